"""Character n-gram TF-IDF with fixed document frequencies: the similarity of two texts depends on no third."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndex, InvalidRows, UnknownIds
from index.files import read_array, read_json, write_json
from index.hits import Hit, best_hits
from index.ngrams import SIZES, hashed_ngrams
from index.sparse import SparseRows, pointers, stacked

GRID = 2.0**-24
"""Weights are multiples of this, which float32 holds and which makes inner products exact in float64."""
HEADER = "lexical.json"
ARRAYS = {"indptr": np.int64, "indices": np.int32, "data": np.float32}


def fit_idf(texts: Iterable[str], *, bits: int = 18) -> NDArray[np.float32]:
    """Return ln((1 + n) / (1 + df)) + 1 for each hashed n-gram (scikit-learn's smooth idf): float32 (2**bits,).

    `df` counts the `n` texts with the n-gram. One that no text has gets the largest value, ln(1 + n) + 1.
    """
    documents, frequencies = 0, np.zeros(2**bits)
    for text in texts:
        documents += 1
        frequencies[np.unique(hashed_ngrams(text, bits))] += 1
    return (np.log((1 + documents) / (1 + frequencies)) + 1).astype(np.float32)


class LexicalVectoriser:
    """Texts to sparse unit rows: (1 + ln tf) * idf of character n-grams within words, hashed, strongest kept.

    `idf`: float32 (2**bits,), positive, from `fit_idf` on a fixed reference corpus. `keep`: n-grams kept of a text.
    """

    def __init__(self, idf: NDArray[np.float32], *, keep: int = 2048) -> None:
        self._bits = len(idf).bit_length() - 1
        if idf.ndim != 1 or len(idf) != 2**self._bits or not np.all((idf > 0) & np.isfinite(idf)) or keep < 1:
            raise InvalidRows("An idf of positive numbers, 2**bits of them, and a positive `keep` are wanted.")
        self._idf = idf.astype(np.float64)
        self._keep = keep
        parts = f"char_wb {SIZES} keep {keep} ".encode() + np.asarray(idf, dtype="<f4").tobytes()
        self.fingerprint = hashlib.sha256(parts).hexdigest()
        """Rows of two vectorisers compare only if this is equal."""

    @property
    def columns(self) -> int:
        """Width of the rows."""
        return len(self._idf)

    def vectorise(self, texts: Iterable[str]) -> SparseRows:
        """Return one row a text, of length 1; a text without n-grams has an empty row."""
        rows = [self._row(text) for text in texts]
        indices = np.concatenate([np.empty(0, dtype=np.int32), *(columns for columns, _ in rows)])
        data = np.concatenate([np.empty(0, dtype=np.float32), *(weights for _, weights in rows)])
        return SparseRows(pointers(len(columns) for columns, _ in rows), indices, data, self.columns)

    def _row(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        columns, counts = np.unique(hashed_ngrams(text, self._bits), return_counts=True)
        weights = (1 + np.log(counts)) * self._idf[columns]
        if len(columns) > self._keep:
            strongest = np.sort(np.lexsort((columns, -weights))[: self._keep])
            columns, weights = columns[strongest], weights[strongest]
        length = np.sqrt(np.square(weights).sum()) if len(weights) else 1.0
        return columns.astype(np.int32), (np.rint(weights / length / GRID) * GRID).astype(np.float32)


class LexicalIndex:
    """String ids with one sparse row each, compared exactly with a query; rows come from one `LexicalVectoriser`.

    Any number of threads may ask at once; a change needs the index for itself.
    """

    def __init__(self, columns: int) -> None:
        self._ids: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        none = np.empty(0, dtype=np.int32)
        self._rows = SparseRows(pointers(()), none, none.astype(np.float32), columns)

    @classmethod
    def build(cls, ids: Sequence[str], rows: SparseRows) -> "LexicalIndex":
        """Index row i of `rows` under `ids[i]`."""
        index = cls(rows.columns)
        index.replace(ids, rows)
        return index

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in ascending order."""
        return self._ids

    def rows(self, ids: Sequence[str]) -> SparseRows:
        """Rows of the ids, in that order."""
        return self._rows.take(self._known(ids))

    def replace(self, ids: Sequence[str], rows: SparseRows) -> None:
        """Give each id its row of `rows` instead of the one it has. One call for many ids: everything is copied."""
        if len(ids) != len(rows) or len(set(ids)) != len(ids) or rows.columns != self._rows.columns:
            raise InvalidRows(
                f"One row of {self._rows.columns} columns for each of {len(ids)} different ids is wanted."
            )
        given = set(ids)
        stays = [place for place, name in enumerate(self._ids) if name not in given]
        names = [self._ids[place] for place in stays] + list(ids)
        self._set(names, stacked([self._rows.take(stays), rows]))

    def remove(self, ids: Iterable[str]) -> None:
        """Remove ids; ids that are not there are no error. One call for many ids."""
        gone = set(ids) & self._places.keys()
        stays = [place for place, name in enumerate(self._ids) if name not in gone]
        if gone:
            self._set([self._ids[place] for place in stays], self._rows.take(stays))

    def scores(self, query: SparseRows, ids: Sequence[str] | None = None) -> NDArray[np.float64]:
        """Exact cosine of the one row of `query` with each id: float64 (n,) in [0, 1 + 1e-4].

        Values follow `ids`, or `self.ids` where none are given.
        """
        if query.shape != (1, self._rows.columns):
            raise InvalidRows(f"A query of shape (1, {self._rows.columns}) is wanted, found {query.shape}.")
        rows = self._rows if ids is None else self.rows(ids)
        return rows.products(query)

    def search(self, query: SparseRows, k: int, *, allowed: Collection[str] | None = None) -> list[Hit]:
        """Best `k` ids among the allowed ones; an id that shares no n-gram with the query is no hit."""
        ids = self._ids if allowed is None else sorted({name for name in allowed if name in self._places})
        scores = self.scores(query, None if allowed is None else ids)
        return [hit for hit in best_hits(ids, scores, k) if hit.score > 0]

    def save(self, folder: Path) -> None:
        """Write the index into an existing folder. `index.manifest.publish` makes that atomic and checked."""
        write_json(folder / HEADER, {"columns": self._rows.columns, "ids": self._ids})
        for name in ARRAYS:
            np.save(_array(folder, name), getattr(self._rows, name), allow_pickle=False)

    @classmethod
    def open(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote; the rows stay on disk, mapped into memory."""
        header = read_json(folder / HEADER)
        arrays = {name: read_array(_array(folder, name), dtype, ndim=1) for name, dtype in ARRAYS.items()}
        try:
            index, names = cls(int(header["columns"])), list(header["ids"])
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedIndex(file=HEADER, why=repr(error)) from error
        rows = SparseRows(**arrays, columns=index._rows.columns)
        stored = len(rows.indices) == len(rows.data) == (rows.indptr[-1] if len(rows.indptr) else -1)
        if not stored or len(names) != len(rows) or names != sorted(set(names)):
            raise DamagedIndex(file=HEADER, why="ids and rows do not fit together")
        index._keep(names, rows)
        return index

    def _set(self, names: list[str], rows: SparseRows) -> None:
        order = sorted(range(len(names)), key=names.__getitem__)
        self._keep([names[at] for at in order], rows.take(order))

    def _keep(self, names: list[str], rows: SparseRows) -> None:
        self._ids = tuple(names)
        self._places = {name: place for place, name in enumerate(names)}
        self._rows = rows

    def _known(self, ids: Sequence[str]) -> list[int]:
        if unknown := [name for name in ids if name not in self._places]:
            raise UnknownIds(unknown)
        return [self._places[name] for name in ids]


def _array(folder: Path, name: str) -> Path:
    return folder / f"lexical-{name}.npy"
