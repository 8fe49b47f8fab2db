"""Vectors, documents and plain answers that the tests of the index share."""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from index.hits import Hit, order

Rows = NDArray[np.float32]


def snapped(vectors: NDArray[np.floating]) -> Rows:
    """Unit vectors on the grid of 2**-11."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    rows: Rows = (np.rint(unit * 2048) / 2048).astype(np.float32)
    return rows


def vectors(count: int, dimension: int = 32, seed: int = 0) -> Rows:
    """Random unit vectors on the grid."""
    return snapped(np.random.default_rng(seed).standard_normal((count, dimension)))


def documents(count: int, dimension: int = 32, seed: int = 0, most: int = 4) -> dict[str, Rows]:
    """Ids with one to `most` rows each, in clusters as texts are, so that inverted lists have something to find."""
    random = np.random.default_rng(seed)
    topics = random.standard_normal((20, dimension))
    counts = random.integers(1, most + 1, count)
    near = [topics[random.integers(20)] + 0.5 * random.standard_normal((rows, dimension)) for rows in counts]
    return {f"d{at:05}": snapped(rows) for at, rows in enumerate(near)}


def plain_search(pool: Mapping[str, Rows], queries: Rows, k: int, allowed: Collection[str] | None = None) -> list[Hit]:
    """What a search should answer, worked out in float64 one document at a time."""
    ids = pool.keys() if allowed is None else pool.keys() & set(allowed)
    best = {name: (queries.astype(np.float64) @ pool[name].T.astype(np.float64)).max(axis=1).mean() for name in ids}
    return order(Hit(name, float(score)) for name, score in best.items())[:k]
