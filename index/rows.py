"""Ids that each own some rows of a matrix, and the grid on which inner products of rows are exact."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.errors import InvalidRows, UnknownIds

STEP = 2.0**-11
"""Components are integers n, |n| <= 2048, times this; int16 holds n. With rows no longer than 2, every partial sum of
an inner product is an integer of at most 2**24 times STEP**2, which float32 holds exactly: no sum depends on order."""

Numbers = slice | NDArray[np.int64]


def to_steps(rows: NDArray[np.floating], dimension: int) -> NDArray[np.int16]:
    """Return rows of shape (n, dimension) as grid steps, int16; refuse what is not on the grid or longer than 2."""
    with np.errstate(over="ignore"):  # infinity is refused below
        scaled = np.asarray(rows, dtype=np.float32) * np.float32(1 / STEP)
    if scaled.ndim != 2 or scaled.shape[1] != dimension:
        raise InvalidRows(f"Rows of shape (n, {dimension}) are wanted, found {scaled.shape}.")
    if not np.all(np.abs(scaled) <= 1 / STEP) or not np.array_equal(np.rint(scaled), scaled):
        raise InvalidRows(f"Rows must hold multiples of {STEP} in [-1, 1], and nothing else.")
    if np.any(np.einsum("ij,ij->i", scaled, scaled) > (2 / STEP) ** 2):
        raise InvalidRows("Rows must be at most 2 long.")
    return scaled.astype(np.int16)


def stretches(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return start, start + 1, ... of stretches with so many numbers each, one stretch after the other.

    >>> stretches(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    shifts = starts - (np.cumsum(counts) - counts)
    numbers: NDArray[np.int64] = np.arange(counts.sum(), dtype=np.int64) + np.repeat(shifts, counts)
    return numbers


class RowTable:
    """Which rows belong to which id, as they lie in storage: all rows of the first id, all of the second, and so on.

    `names`: ids in storage order; `counts`: rows of each, shape (n,), all >= 1; `labels`: the number each id goes by
    in FAISS, shape (n,). Never changes: a change of the index makes a new table.
    """

    def __init__(self, names: Sequence[str], counts: NDArray[np.int64], labels: NDArray[np.int64]) -> None:
        self.names = tuple(names)
        self.counts = counts
        self.labels = labels
        self.ends = np.cumsum(counts)
        self.place = {name: at for at, name in enumerate(self.names)}

    def __len__(self) -> int:
        return len(self.names)

    @property
    def row_count(self) -> int:
        """Number of rows of all ids."""
        return int(self.ends[-1]) if len(self.ends) else 0

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Ids in ascending order."""
        return tuple(sorted(self.names))

    @cached_property
    def ascending(self) -> NDArray[np.int64]:
        """Places of `ids` in storage, shape (n,)."""
        return np.array([self.place[name] for name in self.ids], dtype=np.int64)

    @cached_property
    def place_of_label(self) -> NDArray[np.int64]:
        """Place in storage by label, shape (largest label + 1,)."""
        places = np.zeros(self.labels.max() + 1 if len(self.labels) else 0, dtype=np.int64)
        places[self.labels] = np.arange(len(self))
        return places

    def places(self, ids: Sequence[str]) -> NDArray[np.int64]:
        """Places of the ids in storage, in the order given; an id without rows is refused."""
        if unknown := [name for name in ids if name not in self.place]:
            raise UnknownIds(unknown)
        return np.array([self.place[name] for name in ids], dtype=np.int64)

    def known_places(self, ids: Iterable[str]) -> NDArray[np.int64]:
        """Places of those ids that own rows, ascending, each once."""
        return np.array(sorted({self.place[name] for name in ids if name in self.place}), dtype=np.int64)

    def rows_of(self, places: NDArray[np.int64]) -> Numbers:
        """Row numbers of the ids at `places`; a slice where they lie in one stretch."""
        counts = self.counts[places]
        starts = self.ends[places] - counts
        if np.array_equal(places, np.arange(places[0], places[0] + len(places))):
            return slice(int(starts[0]), int(self.ends[places[-1]]))
        return stretches(starts, counts)

    def blocks(self, places: NDArray[np.int64], size: int) -> Iterator[tuple[slice, Numbers, NDArray[np.int64]]]:
        """Cut `places` into stretches of about `size` rows: (which of them, their row numbers, first row of each)."""
        ends = np.cumsum(self.counts[places])
        first = 0
        while first < len(places):
            done = int(ends[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(ends, done + size, side="right")))
            block = places[first:last]
            yield slice(first, last), self.rows_of(block), ends[first:last] - self.counts[block] - done
            first = last

    def without(self, places: NDArray[np.int64]) -> tuple["RowTable", NDArray[np.bool_]]:
        """Return the table without the ids at `places`, and which rows stay, shape (row_count,)."""
        stays = np.ones(len(self), dtype=np.bool_)
        stays[places] = False
        kept = np.flatnonzero(stays)
        table = RowTable([self.names[at] for at in kept], self.counts[kept], self.labels[kept])
        return table, np.repeat(stays, self.counts)

    def extended(self, names: Sequence[str], counts: NDArray[np.int64]) -> "RowTable":
        """Return the table with more ids at its end, labelled upwards from the largest label in use."""
        first = int(self.labels.max()) + 1 if len(self) else 0
        labels = np.arange(first, first + len(names), dtype=np.int64)
        return RowTable(
            (*self.names, *names), np.concatenate((self.counts, counts)), np.concatenate((self.labels, labels))
        )


def no_rows() -> RowTable:
    """Return the table of an empty index."""
    return RowTable((), np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
