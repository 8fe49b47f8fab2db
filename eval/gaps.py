"""Is the engine worse for some than for others: differences between groups, with intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from eval.runs import Evaluation
from eval.significance import RESAMPLES, Interval, resample

LIMIT = 0.05
"""A gap matters when its whole interval lies further from 0 than this."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What the first group has over the second in the mean over its queries."""

    first: str
    second: str
    difference: Interval
    """Its n counts the queries of either group."""
    n_first: int
    n_second: int

    def beyond(self, limit: float = LIMIT) -> bool:
        """Whether the whole interval lies above `limit` or below minus `limit`; no interval proves nothing."""
        return self.difference.low > limit or self.difference.high < -limit


def gaps_of(groups: Mapping[str, Evaluation], measure: str, *, seed: int = 0, resamples: int = RESAMPLES) -> list[Gap]:
    """Compare the groups of `eval.runs.by_group` in pairs, by one of their measures."""
    values = {name: group.values[measure] for name, group in groups.items()}
    return gaps(values, seed=seed, resamples=resamples)


def gaps(values: Mapping[str, Mapping[str, float]], *, seed: int = 0, resamples: int = RESAMPLES) -> list[Gap]:
    """Compare every two groups, given as value by query by group, in the order of their names.

    Queries are drawn, and one that has a value in both groups brings both along. A group of one query has a difference
    but no interval. Many groups make many pairs: of twenty intervals one misses its true value by chance.
    """
    named = [(name, values[name]) for name in sorted(values) if values[name]]
    return [_gap(first, second, seed=seed, resamples=resamples) for first, second in combinations(named, 2)]


def _gap(
    first: tuple[str, Mapping[str, float]], second: tuple[str, Mapping[str, float]], *, seed: int, resamples: int
) -> Gap:
    queries = sorted(first[1].keys() | second[1].keys())
    above, below = _column(first[1], queries), _column(second[1], queries)

    def statistic(drawn: Array) -> Array:
        return _mean(drawn, above) - _mean(drawn, below)

    (difference,) = resample(statistic, len(queries), bounds=(-1.0, 1.0), seed=seed, resamples=resamples)
    if min(len(first[1]), len(second[1])) < 2:
        difference = Interval(value=difference.value, low=np.nan, high=np.nan, n=difference.n)
    return Gap(first=first[0], second=second[0], difference=difference, n_first=len(first[1]), n_second=len(second[1]))


def _column(values: Mapping[str, float], queries: list[str]) -> Array:
    return np.array([[values.get(query, np.nan)] for query in queries])


def _mean(drawn: Array, values: Array) -> Array:
    """Mean over the queries drawn that have a value, shape (draws, 1); nan where none has."""
    known = np.isfinite(values)
    count = drawn @ known
    return np.divide(drawn @ np.where(known, values, 0.0), count, out=np.full_like(count, np.nan), where=count > 0)
