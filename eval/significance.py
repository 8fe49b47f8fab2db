"""How sure a mean over queries is, and whether one run beats another on the same queries.

Queries are the unit that is resampled: pairs of one query are not independent of each other. Everything is seeded, and
values are taken in the order of their query ids, so that equal values give equal intervals.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.95
RESAMPLES = 2_000
PERMUTATIONS = 10_000
_BLOCK = 2**20
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A mean over `n` queries between `low` and `high`; one query gives no interval (nan), none no value either."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the first run gains over the second: mean difference over `n` queries, its interval, two-sided p-value."""

    difference: float
    low: float
    high: float
    p_value: float
    n: int


def bootstrap(
    values: Sequence[float], *, seed: int = 0, resamples: int = RESAMPLES, confidence: float = CONFIDENCE
) -> Interval:
    """Mean of finite `values`, one a query, with its percentile interval (Efron and Tibshirani 1993, ch. 13).

    >>> bootstrap([0.5, 0.5, 0.5])
    Interval(value=0.5, low=0.5, high=0.5, n=3)
    """
    if not all(map(isfinite, values)):
        raise ValueError("bootstrap wants finite values; leave out the queries without one and count them")
    sample = np.asarray(values, dtype=np.float64)
    if sample.size < 2:
        return Interval(value=float(sample[0]) if sample.size else nan, low=nan, high=nan, n=sample.size)
    draws = np.random.default_rng(seed)
    chosen = (draws.integers(0, sample.size, (rows, sample.size)) for rows in _blocks(resamples, sample))
    means = np.concatenate([sample[block].mean(axis=1) for block in chosen])
    low, high = np.quantile(means, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Interval(value=float(sample.mean()), low=float(low), high=float(high), n=sample.size)


def compare(
    first: Mapping[str, float],
    second: Mapping[str, float],
    *,
    seed: int = 0,
    resamples: int = RESAMPLES,
    permutations: int = PERMUTATIONS,
) -> Comparison:
    """Compare two runs query by query, given as value by query id over the same queries.

    Bootstrap interval of the mean difference, and the paired randomisation test (Smucker, Allan and Carterette,
    CIKM 2007, 623-632): the share of random sign changes that give a mean difference at least as large, counting the
    observed one, so p is never 0. Both nan without queries; one query has p = 1 and no interval.
    """
    if first.keys() != second.keys():
        odd = sorted(first.keys() ^ second.keys())[:5]
        raise ValueError(f"compare wants values for the same queries; only one run has {odd}")
    differences = [first[query] - second[query] for query in sorted(first)]
    mean = bootstrap(differences, seed=seed, resamples=resamples)
    p_value = _randomisation(np.asarray(differences), seed=seed, permutations=permutations) if differences else nan
    return Comparison(difference=mean.value, low=mean.low, high=mean.high, p_value=p_value, n=mean.n)


def _randomisation(differences: NDArray[np.float64], *, seed: int, permutations: int) -> float:
    observed = abs(differences.mean()) - _ROUNDING
    draws = np.random.default_rng(seed)
    extreme = 0
    for rows in _blocks(permutations, differences):
        signs = 2.0 * draws.integers(0, 2, (rows, differences.size)) - 1.0
        extreme += int(np.count_nonzero(np.abs((signs * differences).mean(axis=1)) >= observed))
    return (extreme + 1) / (permutations + 1)


def _blocks(rows: int, sample: NDArray[np.float64]) -> Iterator[int]:
    """Split `rows` resamples into blocks that stay small in memory, however many queries there are."""
    size = max(1, _BLOCK // sample.size)
    for start in range(0, rows, size):
        yield min(size, rows - start)
