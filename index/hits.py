"""What a search answers: ids with scores, in one order everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Hit:
    """An id that was found; a larger `score` is better."""

    id: str
    score: float


def order(hits: Iterable[Hit]) -> list[Hit]:
    """Best first; equal scores by id.

    >>> [hit.id for hit in order([Hit("b", 1.0), Hit("a", 1.0), Hit("c", 2.0)])]
    ['c', 'a', 'b']
    """
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))


def best_hits(ids: Sequence[str], scores: NDArray[np.floating], k: int) -> list[Hit]:
    """Return the first `k` of `order` without sorting everything; `scores` has shape (len(ids),) and no nan."""
    if k <= 0 or not len(ids):
        return []
    if k < len(ids):
        worst = np.partition(scores, len(ids) - k)[len(ids) - k]
        kept = np.flatnonzero(scores >= worst)
    else:
        kept = np.arange(len(ids))
    return order(Hit(ids[i], float(scores[i])) for i in kept.tolist())[:k]
