"""What every encoder does around its model: guard the texts, encode each once, keep rows on the grid."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.grid import STEP, snap
from models.guards import clean

GRID = f"grid{round(1 / STEP)}"
"""Part of every fingerprint: vectors on another grid are other vectors."""


def rows_of(
    texts: Sequence[str], dimension: int, encode: Callable[[list[str]], NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return shape (len(texts), dimension): `encode` of each distinct cleaned text, snapped; zeros for empty texts.

    `encode` gets no empty text and no text twice, and returns rows of length 1 in order.
    """
    cleaned = [clean(text) for text in texts]
    distinct = [text for text in dict.fromkeys(cleaned) if text]
    rows = np.zeros((len(distinct) + 1, dimension), dtype=np.float32)
    if distinct:
        rows[1:] = snap(encode(distinct))
    place = {text: number for number, text in enumerate(distinct, start=1)}
    return rows[[place.get(text, 0) for text in cleaned]] if cleaned else rows[:0]
