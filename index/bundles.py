"""Ids that each own any number of rows, every row with a vector and some figures; read in blocks of whole ids."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedIndex, InvalidRows
from index.files import read_array, read_json, write_json
from index.rows import STEP, RowTable, no_rows, to_steps

HEADER = "bundles.json"
VECTORS, FIGURES = "vectors.npy", "figures.npy"
BLOCK = 4096
"""Rows read at a time: 6 MB of float32 at 384 dimensions."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Rows of some of the ids that were asked for.

    `asked`: (k,) int64, places in the list of ids; `firsts`: (k,) int64, first row of each here; `vectors`: (r,
    dimension) float32; `figures`: (r, columns) float32.
    """

    asked: NDArray[np.int64]
    firsts: NDArray[np.int64]
    vectors: NDArray[np.float32]
    figures: NDArray[np.float32]


class Bundles:
    """String ids with rows, in half the memory of float32: vectors lie on the grid of `index.rows.STEP`.

    An id without rows is not held. Any number of threads may read at once; a change needs it for itself.
    """

    def __init__(self, dimension: int, columns: int) -> None:
        self.dimension = dimension
        self.columns = columns
        self._table = no_rows()
        self._steps = np.empty((0, dimension), dtype=np.int16)
        self._figures = np.empty((0, columns), dtype=np.float32)

    @property
    def row_count(self) -> int:
        """Number of rows of all ids."""
        return self._table.row_count

    def replace(self, rows: Sequence[tuple[str, NDArray[np.float32], NDArray[np.float32]]]) -> None:
        """Give each id these (vectors, figures) instead of those it has, none included. One call for many ids."""
        given = {name: (to_steps(vectors, self.dimension), figures) for name, vectors, figures in rows if len(vectors)}
        if any(figures.shape != (len(steps), self.columns) for steps, figures in given.values()):
            raise InvalidRows(f"{self.columns} figures for each vector are wanted.")
        self.remove(name for name, _, _ in rows)
        if not given:
            return
        counts = np.array([len(steps) for steps, _ in given.values()], dtype=np.int64)
        self._steps = np.concatenate([self._steps, *(steps for steps, _ in given.values())])
        self._figures = np.concatenate([self._figures, *(figures for _, figures in given.values())])
        self._table = self._table.extended(tuple(given), counts)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove ids with all their rows; ids that own none are no error. One call for many ids."""
        places = self._table.known_places(ids)
        if len(places):
            self._table, kept = self._table.without(places)
            self._steps, self._figures = self._steps[kept], self._figures[kept]

    def get(self, name: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return vectors and figures of an id; both without rows if it owns none."""
        places = self._table.known_places([name])
        numbers = self._table.rows_of(places) if len(places) else slice(0, 0)
        return _floats(self._steps[numbers]), np.array(self._figures[numbers])

    def blocks(self, ids: Sequence[str]) -> Iterator[Block]:
        """Yield the rows of the ids, about `BLOCK` at a time; ids without rows are in no block."""
        held = np.array([at for at, name in enumerate(ids) if name in self._table.place], dtype=np.int64)
        if not len(held):
            return
        places = self._table.places([ids[at] for at in held])
        order = np.argsort(places)
        for block, numbers, firsts in self._table.blocks(places[order], BLOCK):
            yield Block(held[order[block]], firsts, _floats(self._steps[numbers]), self._figures[numbers])

    def save(self, folder: Path) -> None:
        """Write into an existing folder. `index.manifest.publish` makes that atomic and checked."""
        np.save(folder / VECTORS, self._steps, allow_pickle=False)
        np.save(folder / FIGURES, self._figures, allow_pickle=False)
        header = {
            "dimension": self.dimension,
            "columns": self.columns,
            "ids": self._table.names,
            "counts": self._table.counts.tolist(),
        }
        write_json(folder / HEADER, header)

    @classmethod
    def open(cls, folder: Path) -> "Bundles":
        """Read what `save` wrote; the rows stay on disk, mapped into memory."""
        header = read_json(folder / HEADER)
        try:
            bundles = cls(int(header["dimension"]), int(header["columns"]))
            table = no_rows().extended(header["ids"], np.array(header["counts"], dtype=np.int64))
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedIndex(file=HEADER, why=repr(error)) from error
        steps = read_array(folder / VECTORS, np.int16, ndim=2)
        figures = read_array(folder / FIGURES, np.float32, ndim=2)
        if not _fits(table, steps.shape, figures.shape, bundles):
            raise DamagedIndex(file=HEADER, why="ids, counts and rows do not fit together")
        bundles._table, bundles._steps, bundles._figures = table, steps, figures
        return bundles


def _fits(table: RowTable, vectors: tuple[int, ...], figures: tuple[int, ...], bundles: Bundles) -> bool:
    sound = len(table.place) == len(table.counts) and bool(np.all(table.counts >= 1))
    rows = table.row_count
    return sound and vectors == (rows, bundles.dimension) and figures == (rows, bundles.columns)


def _floats(steps: NDArray[np.int16]) -> NDArray[np.float32]:
    return steps.astype(np.float32) * np.float32(STEP)
