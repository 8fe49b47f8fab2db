"""What a history would say had everybody been proposed: proposals weighted by the chance they had.

A past policy proposed some candidates of a posting's pool, each with a logged chance p (its propensity). A logged one
then stands for 1/p candidates of the pool (Horvitz and Thompson, JASA 47, 1952, 663-685): its gain is weighted so, as
in counterfactual learning to rank (Joachims, Swaminathan and Schnabel, WSDM 2017, 781-789), and it takes up 1/p places
of the ranking, which estimates its rank in the whole pool. With p = 1 everywhere each part is the uncorrected one.

Each measure gives a numerator and a denominator a query; what is shown is the sum of the ones over the sum of the
others (self-normalised: Swaminathan and Joachims, NIPS 2015, 3231-3239). Ratios query by query would be off by far
where few are logged. AUC comes out right on average; precision and nDCG come near, the nearer the larger the share of
the pool that is logged (nDCG from above: a few candidates do not show the best possible order of the pool), and in
return they never leave [0, 1]. Weights are clipped: below `CLIP` a propensity counts as `CLIP`, for less variance and
some bias.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import floor, log2, nan

import numpy as np

from eval.significance import CONFIDENCE, RESAMPLES, Interval

CLIP = 0.02
"""A candidate stands for at most fifty."""
_BLOCK = 100

Weighted = Sequence[tuple[int, float]]
"""(grade, weight) of a query's logged items, best first."""
Part = tuple[float, float]
"""Numerator and denominator of one query."""


def weight(propensity: float, *, clip: float = CLIP) -> float:
    """One over the propensity, at most one over `clip`."""
    return 1 / max(propensity, clip)


def effective_size(weights: Sequence[float]) -> float:
    """How many equally weighted observations say as much: (sum w)**2 / sum w**2 (Kish, Survey Sampling, 1965, 8.2).

    >>> effective_size([1.0, 1.0, 2.0])
    2.6666666666666665
    """
    squares = sum(value * value for value in weights)
    return sum(weights) ** 2 / squares if squares else 0.0


def ratio(parts: Iterable[Part], *, seed: int = 0, resamples: int = RESAMPLES) -> Interval:
    """Sum of numerators over sum of denominators, with the percentile interval over queries drawn anew.

    `n` counts the queries with a denominator; fewer than two give no interval, none no value.

    >>> ratio([(1.0, 2.0), (0.0, 2.0)]).value
    0.25
    """
    counted = np.array([part for part in parts if part[1] > 0], dtype=np.float64).reshape(-1, 2)
    if len(counted) < 2:
        value = float(counted[0, 0] / counted[0, 1]) if len(counted) else nan
        return Interval(value=value, low=nan, high=nan, n=len(counted))
    draw = np.random.default_rng(seed)
    sums = [
        counted[draw.integers(0, len(counted), (min(_BLOCK, resamples - start), len(counted)))].sum(axis=1)
        for start in range(0, resamples, _BLOCK)
    ]
    drawn = np.concatenate(sums)
    low, high = np.quantile(drawn[:, 0] / drawn[:, 1], [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    whole = counted.sum(axis=0)
    return Interval(value=float(whole[0] / whole[1]), low=float(low), high=float(high), n=len(counted))


def weighted_ndcg(ranking: Weighted, *, k: int) -> Part:
    """DCG at rank `k` of the pool that the logged items stand for, and that of their best order.

    >>> weighted_ndcg([(0, 1.0), (3, 1.0)], k=1)
    (0.0, 7.0)
    """
    return _dcg(ranking, k), _dcg(sorted(ranking, key=lambda item: -item[0]), k)


def weighted_precision(ranking: Weighted, *, k: int, positive: int) -> Part:
    """How many of the first `k` places of the pool hold a success, and `k`.

    >>> weighted_precision([(2, 1.0), (0, 3.0)], k=2, positive=2)
    (1.0, 2.0)
    """
    found = sum(min(end, k) - min(start, k) for grade, start, end in _places(ranking) if grade >= positive)
    return float(found), float(k)


def weighted_auc(
    scores: Mapping[str, float], grades: Mapping[str, int], weights: Mapping[str, float], *, positive: int
) -> Part:
    """Weight of the pairs in which a success scores above one that is none (a tie counts one half), and of all.

    >>> weighted_auc({"a": 2.0, "b": 1.0, "c": 3.0}, {"a": 2, "b": 0, "c": 0}, {"a": 1, "b": 3, "c": 1}, positive=2)
    (3.0, 4.0)
    """
    wanted = [id_ for id_ in sorted(grades) if grades[id_] >= positive]
    others = sorted((scores[id_], weights[id_]) for id_ in grades if grades[id_] < positive)
    marks = [score for score, _ in others]
    upto = [0.0, *accumulate(value for _, value in others)]
    above = sum(
        weights[id_] * (upto[bisect_left(marks, scores[id_])] + upto[bisect_right(marks, scores[id_])])
        for id_ in wanted
    )
    return float(above / 2), float(sum(weights[id_] for id_ in wanted) * upto[-1])


def _dcg(ranking: Weighted, k: int) -> float:
    gains = ((2**grade - 1, start, end) for grade, start, end in _places(ranking) if grade and start < k)
    return float(sum(gain * (_discounts(min(end, k)) - _discounts(start)) for gain, start, end in gains))


def _places(ranking: Weighted) -> list[tuple[int, float, float]]:
    """(grade, first place, last place) of each item in the pool; places are counted from 0 and may be parts."""
    ends = list(accumulate(value for _, value in ranking))
    return [(grade, end - value, end) for (grade, value), end in zip(ranking, ends, strict=True)]


def _discounts(places: float) -> float:
    """Sum of 1 / log2(rank + 1) over the first `places` ranks; a part of a place counts in part."""
    whole = floor(places)
    full = sum(1 / log2(rank + 1) for rank in range(1, whole + 1))
    return float(full + (places - whole) / log2(whole + 2))
