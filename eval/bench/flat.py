"""How near an exact search comes to the speed at which its bytes can be read at all."""

from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.rows import STEP


def flat_query(n: int = 100_000, dimension: int = 384, repeats: int = 25) -> dict[str, float]:
    """Time one query of a flat index of `n` vectors, on one thread, against one plain read of as many bytes.

    The two take turns. The read takes the largest byte of an array with the same values, the quickest of the numpy
    reductions tried (sum, max, or; over 1, 4 and 8 bytes); that array has memory of its own, so that neither warms the
    cache for the other. Returns milliseconds, best and median, and the share of the read's speed (1.0 is equal).
    """
    rows = _rows(n + repeats, dimension)
    index = DenseIndex.build(dimension, ((f"{at:07}", rows[at : at + 1]) for at in range(n)), flat_limit=n)
    plain = rows[:n].view(np.uint8)
    queries, reads = [], []
    for query in rows[n:, None]:
        start = perf_counter()
        plain.max()
        between = perf_counter()
        index.search(query, 10)
        queries.append(1000 * (perf_counter() - between))
        reads.append(1000 * (between - start))
    return {
        "vectors": n,
        "dimension": dimension,
        "query_ms": min(queries),
        "query_median_ms": median(queries),
        "read_ms": min(reads),
        "read_median_ms": median(reads),
        "share_of_read_speed": min(reads) / min(queries),
        "share_of_read_speed_median": median(read / query for read, query in zip(reads, queries, strict=True)),
    }


def _rows(count: int, dimension: int) -> NDArray[np.float32]:
    """Random unit vectors on the grid of the index: float32 (count, dimension)."""
    rows = np.random.default_rng(0).standard_normal((count, dimension), dtype=np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.rint(rows / STEP) * STEP, dtype=np.float32)
