"""Measures of one ranking: ids best first against the grades of what was judged.

Every ranking holds distinct ids. An id without a grade counts as grade 0. An id is relevant from grade `relevant` on;
the default 2 is the scale of whole documents, on which 1 means remotely related. Where nothing is relevant there is
nothing to find, and the value is nan: reports leave those queries out and count them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import inf, log2, nan
from typing import Literal

Gain = Literal["exponential", "linear"]
RELEVANT = 2
"""Grade from which a judged pair of whole documents counts as relevant."""


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], *, k: int, gain: Gain = "exponential") -> float:
    """Normalised discounted cumulative gain at rank `k`, in [0, 1]; every grade above 0 counts.

    Discount log2(rank + 1). Gain 2**grade - 1 (Burges et al., ICML 2005, 89-96), or with `gain="linear"` the grade
    itself (Järvelin and Kekäläinen, TOIS 20, 2002, 422-446).

    >>> round(ndcg(["a", "b"], {"b": 1}, k=2), 4)
    0.6309
    >>> round(ndcg(["a", "b"], {"a": 1, "b": 3}, k=2), 4)
    0.7098
    >>> round(ndcg(["a", "b"], {"a": 1, "b": 3}, k=2, gain="linear"), 4)
    0.7967
    """
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k], gain)
    return _dcg((grades.get(id_, 0) for id_ in ranking[:k]), gain) / ideal if ideal else nan


def average_precision(ranking: Sequence[str], grades: Mapping[str, int], *, relevant: int = RELEVANT) -> float:
    """Mean of the precision at each relevant id, in [0, 1]; a relevant id that is not ranked adds 0.

    Divided by all relevant ids, ranked or not (Buckley and Voorhees, SIGIR 2000, 33-40). Its mean over queries is MAP.

    >>> round(average_precision(["a", "x", "b"], {"a": 3, "b": 2, "c": 2}), 4)
    0.5556
    """
    wanted = _relevant(grades, relevant)
    if not wanted:
        return nan
    found, total = 0, 0.0
    for rank, id_ in enumerate(ranking, start=1):
        if id_ in wanted:
            found += 1
            total += found / rank
            if found == len(wanted):
                break
    return total / len(wanted)


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int], *, relevant: int = RELEVANT) -> float:
    """One over the rank of the first relevant id, 0 if none is ranked (Voorhees, TREC-8 1999, 77-82); its mean is MRR.

    >>> reciprocal_rank(["x", "a"], {"a": 2})
    0.5
    """
    wanted = _relevant(grades, relevant)
    if not wanted:
        return nan
    return next((1 / rank for rank, id_ in enumerate(ranking, start=1) if id_ in wanted), 0.0)


def recall(ranking: Sequence[str], grades: Mapping[str, int], *, k: int, relevant: int = RELEVANT) -> float:
    """Share of the relevant ids that stand among the first `k`, in [0, 1].

    >>> recall(["a", "x", "b"], {"a": 3, "b": 2}, k=2)
    0.5
    """
    wanted = _relevant(grades, relevant)
    return _found(ranking[:k], wanted) / len(wanted) if wanted else nan


def precision(ranking: Sequence[str], grades: Mapping[str, int], *, k: int, relevant: int = RELEVANT) -> float:
    """Share of the first `k` places that hold a relevant id, in [0, 1]; a short ranking leaves places empty.

    >>> precision(["a", "x"], {"a": 3, "b": 2}, k=4)
    0.25
    """
    wanted = _relevant(grades, relevant)
    return _found(ranking[:k], wanted) / k if wanted else nan


def hit(ranking: Sequence[str], grades: Mapping[str, int], *, k: int, relevant: int = RELEVANT) -> float:
    """1 if any of the first `k` ids is relevant, else 0; its mean is the hit rate.

    >>> hit(["x", "a"], {"a": 2}, k=1), hit(["x", "a"], {"a": 2}, k=2)
    (0.0, 1.0)
    """
    wanted = _relevant(grades, relevant)
    return float(any(id_ in wanted for id_ in ranking[:k])) if wanted else nan


def auc(scores: Mapping[str, float], grades: Mapping[str, int], *, relevant: int = RELEVANT) -> float:
    """Chance that a relevant id of one query scores above a judged one that is not, in [0, 1]; a tie counts one half.

    Area under the ROC curve by the Mann-Whitney statistic (Hanley and McNeil, Radiology 143, 1982, 29-36), over judged
    ids only; one without a score was not returned and stands below all that were. nan unless both kinds were judged.

    >>> auc({"a": 0.9, "b": 0.4, "c": 0.4}, {"a": 3, "b": 2, "c": 0})
    0.75
    """
    wanted = _relevant(grades, relevant)
    others = sorted(scores.get(id_, -inf) for id_ in grades.keys() - wanted)
    if not wanted or not others:
        return nan
    below = (bisect_left(others, score) for score in (scores.get(id_, -inf) for id_ in wanted))
    not_above = (bisect_right(others, score) for score in (scores.get(id_, -inf) for id_ in wanted))
    return (sum(below) + sum(not_above)) / (2 * len(wanted) * len(others))


def _dcg(grades: Iterable[int], gain: Gain) -> float:
    gains = ((2**grade - 1 if gain == "exponential" else grade) for grade in grades)
    return sum(value / log2(rank + 1) for rank, value in enumerate(gains, start=1) if value)


def _relevant(grades: Mapping[str, int], threshold: int) -> frozenset[str]:
    return frozenset(id_ for id_, grade in grades.items() if grade >= threshold)


def _found(ranking: Sequence[str], wanted: frozenset[str]) -> int:
    return sum(id_ in wanted for id_ in ranking)
