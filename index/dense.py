"""Vectors in FAISS under string ids: flat and exact while small, inverted lists with 8-bit codes when large.

FAISS keeps every row that is added under a label; here that is meant: all rows of an id share the id's label.
"""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndex, InvalidRows
from index.files import read_array, read_json, write_json
from index.hits import Hit, best_hits
from index.rows import STEP, Numbers, RowTable, no_rows, to_steps

PROBES = 16
"""Inverted lists that an unfiltered search reads."""
MIN_DEPTH = 400
"""Rows to ask FAISS for, for each query; with 100 the mean over four unlike queries missed one id in ten."""
BLOCK = 4096
SMALL_POOL = 20_000
"""Up to this many rows, comparing them one by one is quicker than finding them in the inverted lists."""
POINTS_PER_LIST = 64
"""Rows of the seeded training sample per list; FAISS warns below 39."""
HEADER = "dense.json"
ROWS = "rows.npy"
INVERTED = "inverted.faiss"
Selector = faiss.IDSelector | None
NOTHING = np.empty(0, dtype=np.int64)


class _Flat:
    """Float32 rows in one FAISS matrix, in storage order."""

    def __init__(self, dimension: int) -> None:
        self._matrix = faiss.IndexFlatIP(dimension)
        self._index = faiss.IndexIDMap(self._matrix)

    def add(self, steps: NDArray[np.int16], labels: NDArray[np.int64]) -> None:
        for start in range(0, len(steps), BLOCK):
            self._index.add_with_ids(_floats(steps[start : start + BLOCK]), labels[start : start + BLOCK])

    def drop(self, labels: NDArray[np.int64], kept: NDArray[np.bool_]) -> None:  # noqa: ARG002
        self._index.remove_ids(_selector(labels))

    def rows(self, numbers: Numbers) -> NDArray[np.float32]:
        """Rows as float32; a slice is a view of FAISS's own memory and must not outlive the next change."""
        if not self._matrix.ntotal:
            return np.empty((0, self._matrix.d), dtype=np.float32)
        memory = faiss.rev_swig_ptr(self._matrix.get_xb(), self._matrix.ntotal * self._matrix.d)
        rows: NDArray[np.float32] = memory.reshape(-1, self._matrix.d)[numbers]
        return rows

    def steps(self, numbers: slice) -> NDArray[np.int16]:
        return (self.rows(numbers) * np.float32(1 / STEP)).astype(np.int16)

    def candidates(self, queries: NDArray[np.float32], k: int, rows: int, selector: Selector) -> NDArray[np.int64]:  # noqa: ARG002
        """Labels among which the best `k` certainly are, or none."""
        if len(queries) > 1:
            return NOTHING  # one matrix product with every row is four times as fast as eight searches
        how = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, labels = self._index.search(queries, _depth(k), params=how)
        _, first = np.unique(labels[0], return_index=True)
        worst = scores[0, np.sort(first)[k - 1]] if len(first) >= k else scores[0, -1]
        if worst > scores[0, -1]:
            return np.unique(labels[0, scores[0] >= worst])
        return NOTHING  # a label that was not seen could be as good as the k-th


class _Inverted:
    """8-bit codes in about sqrt(n) inverted lists to find rows; the exact rows as int16 steps beside them to score."""

    def __init__(self, index: faiss.IndexIVF, steps: NDArray[np.int16]) -> None:
        self.index = index
        self._steps = steps

    @classmethod
    def trained(cls, steps: NDArray[np.int16]) -> "_Inverted":
        """Make empty lists for rows like `steps`, the same ones for the same rows."""
        dimension = steps.shape[1]
        lists = max(1, min(round(len(steps) ** 0.5), len(steps) // 39))
        sample = np.random.default_rng(0).permutation(len(steps))[: POINTS_PER_LIST * lists]
        centres = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFScalarQuantizer(
            centres, dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.train(_floats(steps[np.sort(sample)]))
        return cls(index, np.empty((0, dimension), dtype=np.int16))

    def add(self, steps: NDArray[np.int16], labels: NDArray[np.int64]) -> None:
        for start in range(0, len(steps), BLOCK):
            self.index.add_with_ids(_floats(steps[start : start + BLOCK]), labels[start : start + BLOCK])
        self._steps = np.concatenate((self._steps, steps)) if len(self._steps) else steps

    def drop(self, labels: NDArray[np.int64], kept: NDArray[np.bool_]) -> None:
        self.index.remove_ids(_selector(labels))
        self._steps = self._steps[kept]

    def rows(self, numbers: Numbers) -> NDArray[np.float32]:
        return _floats(self._steps[numbers])

    def steps(self, numbers: slice) -> NDArray[np.int16]:
        return self._steps[numbers]

    def candidates(self, queries: NDArray[np.float32], k: int, rows: int, selector: Selector) -> NDArray[np.int64]:
        """At least `k` labels, very likely with the best `k` of the `rows` allowed ones among them, or none."""
        if rows <= SMALL_POOL:
            return NOTHING
        lists, depth = self.index.nlist, _depth(k)
        probes = min(lists, -(-PROBES * len(self._steps) // rows))  # as many allowed rows as without a filter
        for probed, deep in ((probes, depth), (lists, depth), (lists, min(rows, 16 * depth))):
            how = faiss.SearchParametersIVF(sel=selector, nprobe=probed)  # type: ignore[call-arg]
            _, labels = self.index.search(queries, deep, params=how)
            found = np.unique(labels[labels >= 0])
            if len(found) >= k:
                return np.asarray(found)
        return NOTHING


def _depth(k: int) -> int:
    """How many rows to ask for to find `k` ids."""
    return max(MIN_DEPTH, 4 * k)


def _floats(steps: NDArray[np.int16]) -> NDArray[np.float32]:
    return steps.astype(np.float32) * np.float32(STEP)


def _selector(labels: NDArray[np.int64]) -> faiss.IDSelector:
    marked = np.zeros(int(labels.max()) + 1, dtype=np.bool_)
    marked[labels] = True
    return faiss.IDSelectorBitmap(np.packbits(marked, bitorder="little"))  # type: ignore[call-arg, arg-type]


class DenseIndex:
    """String ids, each owning one or more rows: unit vectors on the grid of `index.rows.STEP`.

    Any number of threads may ask at once; a change needs the index for itself. Scores are exact inner
    products, the same to the last bit whatever else the index holds and however many queries are asked together.
    """

    def __init__(self, dimension: int, *, flat_limit: int = 200_000) -> None:
        self.dimension = dimension
        self.flat_limit = flat_limit
        self._table = no_rows()
        self._store: _Flat | _Inverted = _Flat(dimension)

    @classmethod
    def build(
        cls, dimension: int, rows: Iterable[tuple[str, NDArray[np.floating]]], *, flat_limit: int = 200_000
    ) -> "DenseIndex":
        """Index (id, rows of shape (>= 1, dimension)); above `flat_limit` rows a search may miss, scores stay exact."""
        index = cls(dimension, flat_limit=flat_limit)
        index.replace(rows)
        return index

    def __len__(self) -> int:
        return len(self._table)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in ascending order."""
        return self._table.ids

    @property
    def row_count(self) -> int:
        """Number of rows of all ids."""
        return self._table.row_count

    @property
    def is_flat(self) -> bool:
        """Whether `search` compares every row."""
        return isinstance(self._store, _Flat)

    def replace(self, rows: Iterable[tuple[str, NDArray[np.floating]]]) -> None:
        """Give each id these rows instead of those it has. One call for many ids: a removal reads the whole index."""
        given: dict[str, NDArray[np.int16]] = {}
        for name, vectors in rows:
            if name in given or not len(vectors):
                raise InvalidRows(f"Id {name!r} needs one entry with at least one row.")
            given[name] = to_steps(vectors, self.dimension)
        if not given:
            return
        self.remove(given)
        counts = np.array([len(steps) for steps in given.values()], dtype=np.int64)
        table = self._table.extended(tuple(given), counts)
        self._take_in(np.concatenate(list(given.values())), table)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove ids with all their rows; ids that own none are no error. One call for many ids."""
        places = self._table.known_places(ids)
        if len(places):
            table, kept = self._table.without(places)
            self._store.drop(self._table.labels[places], kept)
            self._table = table

    def best(self, queries: NDArray[np.float32], ids: Sequence[str] | None = None) -> NDArray[np.float32]:
        """Exact largest inner product of each query with any row of each id: float32 (len(queries), len(ids)).

        Columns follow `ids`, or `self.ids` where none are given. Queries: float32 (m, dimension) on the grid.
        """
        to_steps(queries, self.dimension)
        if ids is not None:
            return np.ascontiguousarray(self._best(queries, self._table.places(ids)).T)
        stored = self._best(queries, np.arange(len(self._table)))
        return np.ascontiguousarray(stored[self._table.ascending].T)

    def agreement(self, queries: NDArray[np.float32], ids: Sequence[str]) -> NDArray[np.float64]:
        """Late interaction both ways, in [-1, 1], shape (len(ids),).

        The mean over the queries of their best row of the id, and the mean over its rows of their best query, averaged.
        """
        to_steps(queries, self.dimension)
        if not len(queries):
            raise InvalidRows("At least one query is wanted, found none.")
        places = self._table.places(ids)
        order = np.argsort(places)
        result = np.empty(len(places))
        for block, numbers, firsts in self._table.blocks(places[order], BLOCK):
            products = (self._store.rows(numbers) @ queries.T).astype(np.float64)
            asked = np.maximum.reduceat(products, firsts, axis=0).mean(axis=1)
            answered = np.add.reduceat(products.max(axis=1), firsts) / np.diff([*firsts, len(products)])
            result[order[block]] = (asked + answered) / 2
        return result

    def rows(self, name: str) -> NDArray[np.float32]:
        """Return a copy of the rows of an id, shape (n, dimension), none if it owns none."""
        if name not in self._table.place:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._store.rows(self._table.rows_of(self._table.places([name]))).copy()

    def search(self, queries: NDArray[np.float32], k: int, *, allowed: Collection[str] | None = None) -> list[Hit]:
        """Best `k` ids by the mean over the queries of their best row (late interaction), among the allowed ids.

        Always min(k, number of allowed ids) hits. Exact while the index is flat or few rows are allowed; otherwise the
        candidates come from the inverted lists and only their scores are exact.
        """
        to_steps(queries, self.dimension)
        if not len(queries):
            raise InvalidRows("At least one query is wanted, found none.")
        faiss.omp_set_num_threads(1)  # holds for this thread only; two threads under contention are five times slower
        pool = np.arange(len(self._table)) if allowed is None else self._table.known_places(allowed)
        if k <= 0 or not len(pool):
            return []
        found = self._candidates(queries, min(k, len(pool)), pool)
        scores = self._best(queries, found).mean(axis=1, dtype=np.float64)
        return best_hits([self._table.names[at] for at in found], scores, k)

    def save(self, folder: Path) -> None:
        """Write the index into an existing folder. `index.manifest.publish` makes that atomic and checked."""
        flat = isinstance(self._store, _Flat)
        shape = (self.row_count, self.dimension)
        rows = np.lib.format.open_memmap(folder / ROWS, mode="w+", dtype=np.int16, shape=shape)
        for start in range(0, len(rows), BLOCK):
            rows[start : start + BLOCK] = self._store.steps(slice(start, start + BLOCK))
        rows.flush()
        header = {
            "dimension": self.dimension,
            "flat_limit": self.flat_limit,
            "flat": flat,
            "ids": self._table.names,
            "counts": self._table.counts.tolist(),
            "labels": self._table.labels.tolist(),
        }
        write_json(folder / HEADER, header)
        if isinstance(self._store, _Inverted):
            faiss.write_index(self._store.index, str(folder / INVERTED))

    @classmethod
    def open(cls, folder: Path) -> "DenseIndex":
        """Read what `save` wrote; the rows of a large index stay on disk, mapped into memory."""
        header = read_json(folder / HEADER)
        rows = read_array(folder / ROWS, np.int16, ndim=2)
        try:
            index = cls(int(header["dimension"]), flat_limit=int(header["flat_limit"]))
            counts, labels = (np.array(header[name], dtype=np.int64) for name in ("counts", "labels"))
            table = RowTable(header["ids"], counts, labels)
            flat = bool(header["flat"])
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedIndex(file=HEADER, why=repr(error)) from error
        fits = len(table.place) == len(counts) == len(np.unique(labels)) and bool(np.all(counts >= 1))
        if not fits or rows.shape != (table.row_count, index.dimension):
            raise DamagedIndex(file=HEADER, why="ids, counts and rows do not fit together")
        if flat:
            index._store.add(rows, np.repeat(labels, counts))
        else:
            index._store = _Inverted(_read_inverted(folder / INVERTED, rows.shape), rows)
        index._table = table
        return index

    def _take_in(self, steps: NDArray[np.int16], table: RowTable) -> None:
        """Add the rows of the ids that `table` has beyond the present ones; change the kind of store by size.

        Back to flat only at half the limit, so that an index about as large as the limit is not rebuilt at each change.
        """
        faiss.omp_set_num_threads(1)  # training sums in one order
        before = self.row_count
        limit = self.flat_limit if self.is_flat else self.flat_limit // 2
        labels = np.repeat(table.labels, table.counts)
        if (table.row_count <= limit) == self.is_flat:
            self._store.add(steps, labels[before:])
        else:
            every = np.concatenate((self._store.steps(slice(None)), steps))
            store = _Inverted.trained(every) if self.is_flat else _Flat(self.dimension)
            store.add(every, labels)
            self._store = store
        self._table = table

    def _best(self, queries: NDArray[np.float32], places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Best row of each id at `places` for each query: (len(places), len(queries))."""
        result = np.empty((len(places), len(queries)), dtype=np.float32)
        for block, numbers, firsts in self._table.blocks(places, BLOCK):
            products = self._store.rows(numbers) @ queries.T  # this way round is twice as fast for few queries
            np.maximum.reduceat(products, firsts, axis=0, out=result[block])
        return result

    def _candidates(self, queries: NDArray[np.float32], k: int, pool: NDArray[np.int64]) -> NDArray[np.int64]:
        """Places within the ascending `pool` to score exactly: all of it, unless FAISS can tell which matter."""
        rows = int(self._table.counts[pool].sum())
        if rows <= _depth(k):
            return pool
        selector = None if len(pool) == len(self._table) else _selector(self._table.labels[pool])
        labels = self._store.candidates(queries, k, rows, selector)
        return np.sort(self._table.place_of_label[labels]) if len(labels) else pool


def _read_inverted(path: Path, shape: tuple[int, ...]) -> faiss.IndexIVF:
    try:
        index: faiss.IndexIVF = faiss.read_index(str(path))  # type: ignore[assignment]
    except RuntimeError as error:
        raise DamagedIndex(file=path.name, why="FAISS cannot read it") from error
    if (index.ntotal, index.d) != shape:
        raise DamagedIndex(file=path.name, why=f"it holds {index.ntotal} rows of {index.d}, not {shape}")
    return index
