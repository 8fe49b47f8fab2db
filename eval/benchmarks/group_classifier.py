"""The classifier that learns Kompetencer's groups: logistic regression on the linker's vectors."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.kompetencer_files import Labelled


class GroupClassifier:
    """Fulfils `eval.benchmarks.kompetencer.Classifier`. Both languages weigh the same in all.

    The test is Danish and one training span in eighty is, and groups are spread otherwise in Danish.
    """

    def __init__(self) -> None:
        self._model: Any = None
        self._centre: NDArray[np.float32] = np.zeros(0, dtype=np.float32)

    def fit(self, spans: Labelled, vectors: NDArray[np.float32]) -> None:
        """Learn from vectors around their mean: what all phrases share says nothing about a group."""
        from sklearn.linear_model import LogisticRegression

        self._centre = np.asarray(vectors.mean(axis=0), dtype=np.float32)
        counts = Counter(spans.languages)
        weights = [len(spans.languages) / counts[language] for language in spans.languages]
        self._model = LogisticRegression(C=1.0, max_iter=1000)
        self._model.fit(self._centred(vectors), list(spans.groups), sample_weight=np.array(weights) / np.mean(weights))

    def predict(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> list[str]:  # noqa: ARG002
        """Return the likeliest group of each span."""
        return [str(group) for group in self._model.predict(self._centred(vectors))]

    def _centred(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        moved = vectors - self._centre
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(lengths, 1e-6), dtype=np.float32)
