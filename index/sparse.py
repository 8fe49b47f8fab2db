"""Rows of a sparse matrix in numpy alone: importing scipy.sparse takes longer than reading an index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.rows import stretches

_BLOCK = 2**18
"""Stored values worked on at a time, so that temporaries stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class SparseRows:
    """Compressed rows, the layout of scipy's csr_matrix: row i is at `indptr[i]:indptr[i + 1]` of the other two.

    `indptr`: int64 (n + 1,); `indices`: int32 (stored,), columns in [0, columns), ascending within a row; `data`:
    float32 (stored,).
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]
    data: NDArray[np.float32]
    columns: int

    def __len__(self) -> int:
        return len(self.indptr) - 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns; `csr_matrix((rows.data, rows.indices, rows.indptr), shape=rows.shape)` is scipy's own."""
        return len(self), self.columns

    def take(self, numbers: Sequence[int] | NDArray[np.int64]) -> "SparseRows":
        """Rows by number, in that order."""
        chosen = np.asarray(numbers, dtype=np.int64)
        counts = self.indptr[chosen + 1] - self.indptr[chosen]
        entries = stretches(self.indptr[chosen], counts)
        return SparseRows(pointers(counts), self.indices[entries], self.data[entries], self.columns)

    def products(self, query: "SparseRows") -> NDArray[np.float64]:
        """Inner product of each row with the one row of `query`: float64 (n,).

        Exact, whatever else is stored and in whichever order, if both hold multiples of 2**-24 in rows of length 1:
        every partial sum is then an integer below 2**53 times 2**-48.
        """
        wanted = np.zeros(self.columns)
        wanted[query.indices] = query.data
        result = np.zeros(len(self))
        first = 0
        while first < len(self):
            last = int(np.searchsorted(self.indptr, self.indptr[first] + _BLOCK, side="right")) - 1
            last = max(first + 1, min(last, len(self)))
            result[first:last] = self._block(first, last, wanted)
            first = last
        return result

    def _block(self, first: int, last: int, wanted: NDArray[np.float64]) -> NDArray[np.float64]:
        entries = slice(int(self.indptr[first]), int(self.indptr[last]))
        starts, ends = self.indptr[first:last], self.indptr[first + 1 : last + 1]
        result = np.zeros(last - first)
        filled = ends > starts  # reduceat would give an empty row the first entry of the next
        if filled.any():
            terms = wanted.take(self.indices[entries], mode="clip") * self.data[entries]  # "clip" is twice as fast
            result[filled] = np.add.reduceat(terms, starts[filled] - entries.start)
        return result


def pointers(counts: Iterable[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Return `indptr` of rows with so many stored values each."""
    return np.concatenate(([0], np.cumsum(np.fromiter(counts, dtype=np.int64))))


def stacked(parts: Sequence[SparseRows]) -> SparseRows:
    """Return the rows of all parts (at least one, equally wide), one part after the other."""
    counts = np.concatenate([np.diff(part.indptr) for part in parts])
    indices = np.concatenate([part.indices for part in parts])
    data = np.concatenate([part.data for part in parts])
    return SparseRows(pointers(counts), indices, data, parts[0].columns)
