"""An additive, monotone ranker: a logistic link over one never falling curve a feature, so contributions are exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

QUANTILES = (0.0, 0.25, 0.5, 0.75, 0.9, 0.97, 1.0)
"""Where a curve may bend: denser towards the top, where a ranking is decided."""
HEADROOM = 1.25
"""A curve goes on rising this far beyond the largest value it was fitted on, and is level from there."""
SHRINK, SMOOTH = 10.0, 30.0
"""Penalties on squared slopes and on squared changes of slope, in units of the feature's deviation."""


class RankerMismatchError(ValueError):
    """A stored ranker was fitted for other features than the ones it is asked to weigh."""

    def __init__(self, *, found: Sequence[str], wanted: Sequence[str]) -> None:
        self.found, self.wanted = tuple(found), tuple(wanted)
        super().__init__(f"the ranker was fitted for features {list(found)}, not {list(wanted)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """What one feature adds to the logit: linear between `knots` (ascending), level outside them, never falling.

    `values` are those at the knots, shifted so that the curve is 0 at feature value 0.
    """

    knots: tuple[float, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.knots) != len(self.values) or not self.knots:
            raise ValueError(f"a curve of {len(self.knots)} knots has {len(self.values)} values")
        if any(np.diff(self.knots) <= 0) or any(np.diff(self.values) < 0):
            raise ValueError("the knots of a curve ascend, and its values never fall")

    def __call__(self, column: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the curve's value for each entry, same shape."""
        return np.asarray(np.interp(column, self.knots, self.values))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditiveRanker:
    """Probability `1 / (1 + exp(-(intercept + sum of curves)))`; no curve ever falls: evidence never hurts."""

    features: tuple[str, ...]
    curves: tuple[Curve, ...]
    intercept: float

    def __post_init__(self) -> None:
        if len(self.features) != len(self.curves):
            raise ValueError(f"{len(self.features)} features have {len(self.curves)} curves")

    def logits(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return shape (n,) for rows of shape (n, len(features)); each row's value is independent of the others."""
        return np.asarray(self.contributions(rows).sum(axis=1) + self.intercept)

    def contributions(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return shape (n, len(features)): what each feature adds to the logit."""
        columns = [curve(rows[:, place]) for place, curve in enumerate(self.curves)]
        return np.stack(columns, axis=1)

    def scores(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return probabilities in [0, 1], shape (n,)."""
        return probability(self.logits(rows))

    def stretched(self, *, by: float, shift: float) -> "AdditiveRanker":
        """Return the ranker whose logit is `by * logit + shift`: the same order for any positive `by`."""
        curves = tuple(replace(curve, values=tuple(by * value for value in curve.values)) for curve in self.curves)
        return replace(self, curves=curves, intercept=by * self.intercept + shift)

    def without(self, features: Sequence[str]) -> "AdditiveRanker":
        """Return the ranker to which these features say nothing; the other curves stay as they are."""
        level = Curve(knots=(0.0,), values=(0.0,))
        pairs = zip(self.features, self.curves, strict=True)
        return replace(self, curves=tuple(level if name in features else curve for name, curve in pairs))

    @classmethod
    def of(cls, stored: Mapping[str, Any], *, features: Sequence[str]) -> Self:
        """Return the ranker from its stored fields; `RankerMismatchError` if it was fitted for other `features`."""
        if tuple(stored["features"]) != tuple(features):
            raise RankerMismatchError(found=stored["features"], wanted=features)
        curves = tuple(Curve(knots=tuple(c["knots"]), values=tuple(c["values"])) for c in stored["curves"])
        return cls(features=tuple(features), curves=curves, intercept=float(stored["intercept"]))


def probability(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logistic function of `logits`, values in [0, 1], same shape; no overflow at either end."""
    from scipy.special import expit

    return np.asarray(expit(logits))


def fit(
    rows: NDArray[np.float64],
    grades: NDArray[np.int64],
    *,
    features: Sequence[str],
    cut: int,
    weights: NDArray[np.float64] | None = None,
    shrink: float = SHRINK,
    smooth: float = SMOOTH,
) -> AdditiveRanker:
    """Fit never falling curves to ordered grades; the link gives the probability of a grade of at least `cut`.

    `rows`: (n, len(features)); `grades`: (n,), whole numbers of at least two kinds; `weights`: (n,), positive. One
    set of curves serves all thresholds between grades, each of which has an intercept of its own: the all-threshold
    logistic loss (Rennie and Srebro, IJCAI Multidisciplinary Workshop on Preference Handling 2005), convex, with
    slopes held at or above 0.
    """
    cuts = np.unique(grades)[1:]
    place = int(np.searchsorted(cuts, cut))  # with grades 0 and 3 only, at least 2 is at least 3
    if not grades.min() < cut <= grades.max():
        raise ValueError(f"grades on both sides of {cut} are needed; found {np.unique(grades).tolist()}")
    scale = np.maximum(rows.std(axis=0), 1e-9)
    knots = [_knots(rows[:, place]) for place in range(rows.shape[1])]
    basis = np.concatenate([_rises(rows[:, j], knots[j]) / scale[j] for j in range(len(knots))], axis=1)
    penalty = _penalty([len(at) - 1 for at in knots], shrink, smooth)
    slopes, intercepts = _minimise(basis, grades[:, None] >= cuts[None, :], penalty, weights)
    curves, used = [], 0
    for at, deviation in zip(knots, scale, strict=True):
        own = slopes[used : used + len(at) - 1] / deviation
        used += len(at) - 1
        values = np.concatenate([[0.0], np.cumsum(own * np.diff(at))])
        curves.append((at, values, float(np.interp(0.0, at, values))))
    return AdditiveRanker(
        features=tuple(features),
        curves=tuple(
            Curve(knots=tuple(at.tolist()), values=tuple((values - zero).tolist())) for at, values, zero in curves
        ),
        intercept=float(intercepts[place] + sum(zero for *_, zero in curves)),
    )


def platt(
    logits: NDArray[np.float64], positive: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """Return (stretch, shift) that turn logits of shape (n,) into those of a calibrated probability: same order.

    Platt, Advances in Large Margin Classifiers 1999, by logistic regression with hardly any penalty.
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e3, max_iter=1000).fit(logits[:, None], positive, sample_weight=weights)
    return max(float(model.coef_[0, 0]), 1e-6), float(model.intercept_[0])


def _knots(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ascending places where the curve of a feature may bend; two of them if the feature never varies."""
    low, high = float(column.min()), float(column.max())
    top = high + (HEADROOM - 1) * max(high - low, 1e-6)
    inner = np.unique(np.quantile(column, QUANTILES))
    return np.append(inner[inner < high], top) if high > low else np.array([low, top])


def _rises(column: NDArray[np.float64], knots: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each value has come within each stretch between knots: (n, len(knots) - 1)."""
    return np.clip(column[:, None] - knots[None, :-1], 0.0, np.diff(knots)[None, :])


def _penalty(sizes: Sequence[int], shrink: float, smooth: float) -> NDArray[np.float64]:
    """Quadratic form over all slopes: their squares, and the squares of the changes within each curve."""
    total = sum(sizes)
    form = np.eye(total) * shrink
    start = 0
    for size in sizes:
        for place in range(start, start + size - 1):
            step = np.zeros(total)
            step[place], step[place + 1] = 1.0, -1.0
            form += smooth * np.outer(step, step)
        start += size
    return form


def _minimise(
    basis: NDArray[np.float64],
    above: NDArray[np.bool_],
    penalty: NDArray[np.float64],
    weights: NDArray[np.float64] | None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Slopes (at or above 0) and one intercept a threshold, by bounded quasi-Newton steps."""
    from scipy.optimize import minimize

    wide, cuts = basis.shape[1], above.shape[1]
    signs = np.where(above, 1.0, -1.0)
    load = (np.ones(len(basis)) if weights is None else weights)[:, None]

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * ((basis @ at[:wide])[:, None] + at[None, wide:])
        pull = -signs * probability(-margins) * load
        bent = penalty @ at[:wide]
        value = float((np.logaddexp(0.0, -margins) * load).sum() + at[:wide] @ bent / 2)
        return value, np.concatenate([basis.T @ pull.sum(axis=1) + bent, pull.sum(axis=0)])

    start = np.concatenate([np.full(wide, 0.1), np.zeros(cuts)])
    bounds = [(0.0, None)] * wide + [(None, None)] * cuts
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000})
    return found.x[:wide], found.x[wide:]
