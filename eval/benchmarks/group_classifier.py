"""The classifier that learns Kompetencer's groups: logistic regression on the linker's vectors."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.kompetencer_files import Labelled

DANISH_WEIGHT = 10.0
"""How many English spans a Danish one counts for: the test is Danish, and groups are spread otherwise there. Chosen, as
was `C`, by cross-validation on the training spans alone, of which one in eighty is Danish."""


class GroupClassifier:
    """Fulfils `eval.benchmarks.kompetencer.Classifier`."""

    def __init__(self, *, danish_weight: float = DANISH_WEIGHT) -> None:
        self._danish_weight = danish_weight
        self._model: Any = None
        self._centre: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def fit(self, spans: Labelled, vectors: NDArray[np.float32]) -> None:
        """Learn from vectors around their mean: what all phrases share says nothing about a group."""
        from sklearn.linear_model import LogisticRegression

        self._centre = np.asarray(vectors.mean(axis=0), dtype=np.float32)
        weights = [self._danish_weight if language == "da" else 1.0 for language in spans.languages]
        self._model = LogisticRegression(C=1.0, max_iter=1000)
        self._model.fit(self._centred(vectors), list(spans.groups), sample_weight=weights)

    def predict(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> list[str]:  # noqa: ARG002
        """Return the likeliest group of each span."""
        return [str(group) for group in self._model.predict(self._centred(vectors))]

    def _centred(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        moved = vectors - self._centre
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(lengths, 1e-6), dtype=np.float32)
