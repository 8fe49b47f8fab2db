"""A weightless encoder for tests: texts that share words and beginnings of words come out near each other."""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from models.guards import clean
from models.prompts import Role
from models.rows import GRID, rows_of

_WORD = re.compile(r"\w+")
LETTERS = 4


class HashingEncoder:
    """Words and their letter 4-grams in signed buckets (Weinberger et al., ICML 2009). Roles make no difference."""

    dimension = 384
    adapter = None
    fingerprint = f"hashing-{dimension}+{GRID}"

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:  # noqa: ARG002
        """Return shape (len(texts), dimension), rows of length 1 on the grid; zeros for an empty text."""
        return rows_of(texts, self.dimension, lambda distinct: np.stack([self._row(text) for text in distinct]))

    def count_tokens(self, text: str) -> int:
        """Number of words."""
        return len(clean(text).split())

    def _row(self, text: str) -> NDArray[np.float32]:
        counts = np.zeros(self.dimension, dtype=np.float32)
        for feature, count in Counter(_features(text)).items():
            bits = zlib.crc32(feature.encode())
            counts[bits % self.dimension] += count if bits >> 31 else -count
        counts[zlib.crc32(text.encode()) % self.dimension] += 0.5  # so that no text cancels out to nothing
        return np.asarray(counts / np.linalg.norm(counts), dtype=np.float32)


def _features(text: str) -> Iterator[str]:
    """Yield every word and its 4-grams; signs where there is no word."""
    for word in _WORD.findall(text.casefold()) or text.split():
        yield f"={word}"
        yield from (word[at : at + LETTERS] for at in range(max(1, len(word) - LETTERS + 1)))
