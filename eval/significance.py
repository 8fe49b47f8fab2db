"""How sure a mean over queries is, and whether one run beats another on the same queries.

Queries are the unit that is resampled: pairs of one query are not independent of each other. Everything is seeded, and
values are taken in the order of their query ids, so that equal values give equal intervals.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
    chosen = (draws.integers(0, sample.size, (rows, sample.size)) for rows in _blocks(resamples, sample.size))
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


def resample(
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    queries: int,
    *,
    width: int = 1,
    bounds: tuple[float, float] = (0.0, 1.0),
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> list[Interval]:
    """Intervals of figures that are no mean over queries, by the bootstrap over queries.

    `statistic` takes how often each query was drawn, shape (draws, queries), and returns shape (draws, figures), nan
    where a draw leaves nothing to measure; such draws are passed over. `width` is how many numbers it holds at once for
    a draw. Resampling repeats queries and so by itself moves such figures (lists drawn twice reach fewer candidates);
    that shift is taken off, and what is left is cut to `bounds` (Efron and Tibshirani 1993, ch. 10 on bias).
    """
    values = statistic(np.ones((1, queries)))[0] if queries else np.empty(0)
    if queries < 2:
        return [Interval(value=float(value), low=nan, high=nan, n=queries) for value in values]
    draws = np.random.default_rng(seed)
    evenly = np.full(queries, 1 / queries)
    blocks = _blocks(resamples, max(queries, width))
    drawn = np.vstack([statistic(draws.multinomial(queries, evenly, rows).astype(np.float64)) for rows in blocks])
    return [_around(float(value), column, queries, bounds) for value, column in zip(values, drawn.T, strict=True)]


def _around(value: float, drawn: NDArray[np.float64], n: int, bounds: tuple[float, float]) -> Interval:
    known = drawn[np.isfinite(drawn)]
    if not isfinite(value) or known.size < 2:
        return Interval(value=value, low=nan, high=nan, n=n)
    quantiles = np.quantile(known, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    low, high = np.clip(quantiles - known.mean() + value, *bounds)
    return Interval(value=value, low=min(float(low), value), high=max(float(high), value), n=n)


def _randomisation(differences: NDArray[np.float64], *, seed: int, permutations: int) -> float:
    observed = abs(differences.mean()) - _ROUNDING
    draws = np.random.default_rng(seed)
    extreme = 0
    for rows in _blocks(permutations, differences.size):
        signs = 2.0 * draws.integers(0, 2, (rows, differences.size)) - 1.0
        extreme += int(np.count_nonzero(np.abs((signs * differences).mean(axis=1)) >= observed))
    return (extreme + 1) / (permutations + 1)


def _blocks(rows: int, width: int) -> Iterator[int]:
    """Split `rows` resamples of `width` numbers each into blocks that stay small in memory."""
    size = max(1, _BLOCK // width)
    for start in range(0, rows, size):
        yield min(size, rows - start)
