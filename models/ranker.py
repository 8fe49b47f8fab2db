"""An additive ranker: a logistic link over weighted features, so that what is shown as contributions is exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditiveRanker:
    """Probability `1 / (1 + exp(-(intercept + weights . features)))`; no weight is negative: evidence never hurts."""

    features: tuple[str, ...]
    weights: tuple[float, ...]
    intercept: float

    def logits(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return shape (n,) for rows of shape (n, len(features)); each row's value is independent of the others."""
        return np.asarray(self.contributions(rows).sum(axis=1) + self.intercept)

    def contributions(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return shape (n, len(features)): what each feature adds to the logit."""
        return np.asarray(rows * np.array(self.weights))

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return probabilities in [0, 1], shape (n,)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.logits(rows))))

    def stretched(self, *, by: float, shift: float) -> "AdditiveRanker":
        """Return the ranker whose logit is `by * logit + shift`: the same order for any positive `by`."""
        return replace(self, weights=tuple(by * w for w in self.weights), intercept=by * self.intercept + shift)

    @classmethod
    def of(cls, stored: Mapping[str, Any], *, features: Sequence[str]) -> Self:
        """Return the ranker from its stored fields; refuse one that was fitted for other features than `features`."""
        if tuple(stored["features"]) != tuple(features):
            raise ValueError(f"the ranker was fitted for features {stored['features']}, not {list(features)}")
        return cls(features=tuple(stored["features"]), weights=tuple(stored["weights"]), intercept=stored["intercept"])


def fit(rows: NDArray[np.float64], relevant: NDArray[np.bool_], *, features: Sequence[str]) -> AdditiveRanker:
    """Fit by L2-regularised logistic regression, shape (n, len(features)) against (n,); negative weights become 0."""
    from sklearn.linear_model import LogisticRegression

    free = np.ones(len(features), dtype=bool)
    while True:
        model = LogisticRegression(C=1.0, max_iter=1000).fit(rows[:, free], relevant)
        if (model.coef_[0] >= 0).all() or free.sum() == 1:
            break
        free[np.flatnonzero(free)[model.coef_[0].argmin()]] = False
    weights = np.zeros(len(features))
    weights[free] = np.maximum(model.coef_[0], 0.0)
    return AdditiveRanker(
        features=tuple(features),
        weights=tuple(float(w) for w in weights),
        intercept=float(model.intercept_[0]),
    )
