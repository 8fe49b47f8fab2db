"""Scores of CVs that are in no home: read, embedded and compared as stored ones are, and nothing is kept of them."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import embed, rows_of
from matcher.engine import Engine
from matcher.records import Candidate


class InMemory:
    """Scores CVs against postings of the home; vectors are kept for as long as this lives: equal texts cost nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._vectors: dict[bytes, NDArray[np.float32]] = {}

    def features(self, record: Candidate, postings: Sequence[str]) -> NDArray[np.float64]:
        """Return shape (len(postings), features): one CV against postings of the index."""
        [(passages, vectors)] = embed([record], self._engine.encoder, known=self._known)
        self._vectors.update(vectors)
        cohort = self._engine.cohort
        rows = cohort.with_norms(rows_of(record, passages, vectors, cohort.vectoriser), of="candidate")
        return self._engine.features(rows, "posting", postings)

    def logits(self, record: Candidate, postings: Sequence[str]) -> NDArray[np.float64]:
        """Return the raw scores of one CV, shape (len(postings),)."""
        return self._engine.ranker.logits(self.features(record, postings))

    def _known(self, keys: Sequence[bytes]) -> Mapping[bytes, NDArray[np.float32]]:
        return {key: self._vectors[key] for key in keys if key in self._vectors}
