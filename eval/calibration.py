"""Whether probabilities come true: of the pairs called 70 % likely, about 70 % should be good.

Pairs of one query stay together when intervals are made: queries are drawn, not pairs. Bins are made once, from all
pairs, and equal probabilities share a bin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eval.judged import Judged
from eval.metrics import RELEVANT
from eval.significance import RESAMPLES, Interval, resample

BINS = 10
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What was said of one pair, in [0, 1], and whether it came true."""

    query: str
    probability: float
    positive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Pairs of like probability: the mean of what was said of them and the share that came true.

    The n of both is the number of queries that have a pair in the bin, `pairs` the number of those pairs.
    """

    said: Interval
    came_true: Interval
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Errors of the probabilities, 0 when they all come true; the n of each interval counts queries."""

    equal_mass_error: Interval
    """Expected calibration error over bins of as many pairs each."""
    equal_width_error: Interval
    """Expected calibration error over bins of the same width."""
    brier_error: Interval
    positive: Interval
    """Share of positive pairs."""
    mass_bins: tuple[Bin, ...]
    width_bins: tuple[Bin, ...]
    pairs: int
    without_probability: int = 0
    """Judged pairs that nothing was said of; they are left out."""


def calibration(
    probabilities: Mapping[str, Mapping[str, float]],
    judgements: Judged,
    *,
    relevant: int = RELEVANT,
    bins: int = BINS,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Calibration:
    """Hold the probabilities, by query and item, against the judged pairs; grades from `relevant` on are positive."""
    judged = [(query, item, grade) for query, items in judgements.grades.items() for item, grade in items.items()]
    said = [
        Prediction(query=query, probability=probabilities[query][item], positive=grade >= relevant)
        for query, item, grade in judged
        if item in probabilities.get(query, {})
    ]
    missing = len(judged) - len(said)
    return calibrate(said, bins=bins, seed=seed, resamples=resamples, without_probability=missing)


def calibrate(
    predictions: Sequence[Prediction],
    *,
    bins: int = BINS,
    seed: int = 0,
    resamples: int = RESAMPLES,
    without_probability: int = 0,
) -> Calibration:
    """Measure predictions in bins of equal mass and of equal width, with the Brier error.

    Expected calibration error: Naeini, Cooper and Hauskrecht, AAAI 2015, 2901-2907, for bins of as many pairs each;
    Guo et al., ICML 2017, 1321-1330, for bins of the same width. Brier error: Brier, Monthly Weather Review 78, 1950.
    """
    if not predictions:
        raise ValueError("calibration wants at least one pair with a probability")
    chances = np.array([prediction.probability for prediction in predictions], dtype=np.float64)
    if not np.all((chances >= 0) & (chances <= 1)):
        raise ValueError("a probability lies between 0 and 1")
    order = sorted({prediction.query for prediction in predictions})
    place = {query: at for at, query in enumerate(order)}
    rows = np.array([place[prediction.query] for prediction in predictions])
    positive = np.array([prediction.positive for prediction in predictions], dtype=np.float64)

    def by(groups: NDArray[np.intp]) -> "_Sums":
        return _Sums.of(rows, groups, chances, positive)

    mass, width = by(_equal_mass(chances, bins)), by(_equal_width(chances, bins))
    whole = by(np.zeros(len(chances), dtype=np.intp))
    return Calibration(
        equal_mass_error=mass.error(seed, resamples),
        equal_width_error=width.error(seed, resamples),
        brier_error=whole.means(whole.squares, seed, resamples)[0],
        positive=whole.means(whole.positive, seed, resamples)[0],
        mass_bins=mass.table(seed, resamples),
        width_bins=width.table(seed, resamples),
        pairs=len(predictions),
        without_probability=without_probability,
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums over the pairs of each query in each bin, every array of shape (queries, bins); no bin is empty."""

    pairs: Array
    chances: Array
    positive: Array
    squares: Array

    @classmethod
    def of(cls, rows: NDArray[np.intp], groups: NDArray[np.intp], chances: Array, positive: Array) -> "_Sums":
        used, columns = np.unique(groups, return_inverse=True)
        shape = (int(rows.max()) + 1, len(used))

        def summed(values: Array) -> Array:
            result = np.zeros(shape)
            np.add.at(result, (rows, columns), values)
            return result

        return cls(summed(np.ones(len(rows))), summed(chances), summed(positive), summed((chances - positive) ** 2))

    def error(self, seed: int, resamples: int) -> Interval:
        """Mean over pairs of how far the share of positives of their bin lies from what was said there."""

        def statistic(drawn: Array) -> Array:
            apart = np.abs(drawn @ self.chances - drawn @ self.positive).sum(axis=1, keepdims=True)
            return _ratio(apart, drawn @ self.pairs.sum(axis=1, keepdims=True))

        return resample(statistic, len(self.pairs), width=self.pairs.shape[1], seed=seed, resamples=resamples)[0]

    def means(self, sums: Array, seed: int, resamples: int) -> list[Interval]:
        """Mean over the pairs of each bin of what `sums` adds up, in [0, 1]; n counts the queries with such pairs."""
        found = resample(
            lambda drawn: _ratio(drawn @ sums, drawn @ self.pairs),
            len(self.pairs),
            width=self.pairs.shape[1],
            seed=seed,
            resamples=resamples,
        )
        present = (self.pairs > 0).sum(axis=0).tolist()
        return [replace(interval, n=queries) for interval, queries in zip(found, present, strict=True)]

    def table(self, seed: int, resamples: int) -> tuple[Bin, ...]:
        """Return the bins from the lowest probability up."""
        said = self.means(self.chances, seed, resamples)
        came_true = self.means(self.positive, seed, resamples)
        counts = self.pairs.sum(axis=0).tolist()
        return tuple(
            Bin(said=chance, came_true=share, pairs=int(count))
            for chance, share, count in zip(said, came_true, counts, strict=True)
        )


def _equal_width(chances: Array, bins: int) -> NDArray[np.intp]:
    return np.minimum((chances * bins).astype(np.intp), bins - 1)


def _equal_mass(chances: Array, bins: int) -> NDArray[np.intp]:
    """Cut the sorted probabilities into `bins` parts; equal ones go to the upper part together."""
    ordered = np.sort(chances)
    cuts = ordered[[len(ordered) * part // bins for part in range(1, bins)]]
    return np.asarray(np.searchsorted(np.unique(cuts), chances, side="right"), dtype=np.intp)


def _ratio(over: Array, under: Array) -> Array:
    return np.asarray(np.divide(over, under, out=np.full(np.shape(over), np.nan), where=under > 0), dtype=np.float64)
