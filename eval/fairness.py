"""Who makes the lists, by group: selection rate, four-fifths ratio and exposure, each with its interval.

A list is a posting's best `k` of all candidates in the home. The selection rate of a group is the share of its pairs
(one of its members, one posting) that make the list. Its ratio is that rate over the highest among the known groups of
at least five; below 4/5 is what US agencies take as a sign of adverse impact (29 CFR 1607.4(D)). Exposure is
1 / log2(rank + 1) on the list (Singh and Joachims, KDD 2018, 2219-2228). Among pairs judged to fit, the same rate is
the true positive rate of equal opportunity (Hardt, Price and Srebro, NIPS 2016).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.families import UNKNOWN
from eval.judged import Judged
from eval.runs import Run
from eval.significance import CONFIDENCE, RESAMPLES, Interval

FOUR_FIFTHS = 0.8
SMALLEST = 5
"""With fewer members nothing can be said about a group."""
FITTING = 2
"""Grade from which a pair fits."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of candidates. `n` of an interval counts postings; of `fitting_rate` and its ratio, fitting pairs."""

    attribute: str
    name: str
    members: int
    rate: Interval
    """Share of the group's pairs that make the list."""
    ratio: Interval
    """`rate` over that of the group with the highest; nan where no group is large enough, or none is ever listed."""
    exposure: Interval
    """Share of all exposure that goes to the group."""
    pool: float
    """Share of the candidates that belong to the group."""
    fitting_rate: Interval | None = None
    """Share of the group's pairs graded 2 or 3 that make the list; None without judgements."""
    fitting_ratio: Interval | None = None

    @property
    def judgeable(self) -> bool:
        """Whether the group has members enough to say anything about it."""
        return self.members >= SMALLEST

    @property
    def questioned(self) -> bool:
        """Whether its ratio is below four fifths: a question, no proof."""
        return self.judgeable and self.name != UNKNOWN and self.ratio.value < FOUR_FIFTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class FairnessReport:
    """Groups by attribute and name, over so many lists of length `k`."""

    k: int
    candidates: int
    postings: int
    groups: tuple[Group, ...]
    seed: int


@dataclass(frozen=True, slots=True, eq=False)
class _Lists:
    """What every posting gives to every candidate, arrays of shape (postings, candidates)."""

    listed: Array
    exposure: Array
    fitting: Array | None


def fairness(
    run: Run,
    attributes: Mapping[str, Mapping[str, str]],
    *,
    candidates: Sequence[str],
    k: int = 10,
    judgements: Judged | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> FairnessReport:
    """Measure each attribute (name to group by candidate; who is missing there is "unknown") over a run's lists.

    Intervals resample postings and candidates, both with replacement (the two-way bootstrap of Owen, Annals of Applied
    Statistics 1, 2007, 386-411), since both are a sample of those that could have been.
    """
    everybody, postings = sorted(candidates), sorted(run.rankings)
    lists = _lists(run, everybody, postings, k, judgements)
    groups = [
        group
        for attribute, by_candidate in attributes.items()
        for group in _groups(attribute, by_candidate, everybody, lists, seed=seed, resamples=resamples)
    ]
    return FairnessReport(k=k, candidates=len(everybody), postings=len(postings), groups=tuple(groups), seed=seed)


def _lists(run: Run, everybody: Sequence[str], postings: Sequence[str], k: int, judgements: Judged | None) -> _Lists:
    column = {id: place for place, id in enumerate(everybody)}
    listed, exposure = np.zeros((2, len(postings), len(everybody)))
    fitting = None if judgements is None else np.zeros_like(listed)
    for row, posting in enumerate(postings):
        for rank, id in enumerate(run.rankings[posting][:k], start=1):
            listed[row, column[id]] = 1.0
            exposure[row, column[id]] = 1 / np.log2(rank + 1)
        if fitting is not None and judgements is not None:
            for id, grade in judgements.grades.get(posting, {}).items():
                fitting[row, column[id]] = float(grade >= FITTING)
    return _Lists(listed, exposure, fitting)


def _groups(
    attribute: str,
    by_candidate: Mapping[str, str],
    everybody: Sequence[str],
    lists: _Lists,
    *,
    seed: int,
    resamples: int,
) -> list[Group]:
    group_of = [by_candidate.get(id) or UNKNOWN for id in everybody]
    names = sorted(set(group_of), key=lambda name: (name == UNKNOWN, not name.startswith("<"), name))
    member = np.array([[float(group == name) for group in group_of] for name in names])
    sizes = member.sum(axis=1).astype(int)
    drawn = _Draws(lists, member, _comparable(names, sizes), seed=seed, resamples=resamples)
    rates, ratios = drawn.intervals(lists.listed, None)
    exposures = drawn.shares(lists.exposure)
    fitting = drawn.intervals(lists.listed, lists.fitting) if lists.fitting is not None else None
    return [
        Group(
            attribute=attribute,
            name=name,
            members=int(sizes[place]),
            rate=rates[place],
            ratio=ratios[place],
            exposure=exposures[place],
            pool=float(sizes[place] / len(everybody)) if everybody else float("nan"),
            fitting_rate=fitting[0][place] if fitting else None,
            fitting_ratio=fitting[1][place] if fitting else None,
        )
        for place, name in enumerate(names)
    ]


def _comparable(names: Sequence[str], sizes: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Which groups others may be compared with: known ones with members enough."""
    return np.array([name != UNKNOWN and size >= SMALLEST for name, size in zip(names, sizes, strict=True)], dtype=bool)


class _Draws:
    """Statistics of groups as they are (first draw) and on resampled postings and candidates (the others)."""

    def __init__(self, lists: _Lists, member: Array, large: NDArray[np.bool_], *, seed: int, resamples: int) -> None:
        rows, columns = lists.listed.shape
        draws = np.random.default_rng(seed)
        self._rows = np.vstack([np.ones(rows), _counts(draws, rows, resamples)])
        self._columns = np.vstack([np.ones(columns), _counts(draws, columns, resamples)])
        self._member = member
        self._large = large
        self._postings = rows

    def intervals(self, hits: Array, among: Array | None) -> tuple[list[Interval], list[Interval]]:
        """Return rate and ratio of each group: the share of its pairs (of those in `among`, if given) that are hits."""
        pairs = np.ones_like(hits) if among is None else among
        with np.errstate(invalid="ignore", divide="ignore"):
            rates = self._sums(hits * pairs) / self._sums(pairs)
            best = np.where(self._large & np.isfinite(rates[0]), rates[0], -1.0).argmax() if len(rates[0]) else 0
            highest = rates[:, best : best + 1]
            ratios = np.where((highest > 0) & self._large.any(), rates / highest, np.nan)
        counts = [self._postings] * len(self._member) if among is None else (among @ self._member.T).sum(axis=0)
        return self._of(rates, counts, 1.0), self._of(ratios, counts, np.inf)

    def shares(self, given: Array) -> list[Interval]:
        """Return each group's share of all that is given."""
        sums = self._sums(given)
        with np.errstate(invalid="ignore"):
            shares = sums / sums.sum(axis=1, keepdims=True)
        return self._of(shares, [self._postings] * len(self._member), 1.0)

    def _sums(self, pairs: Array) -> Array:
        """Sum of `pairs` over each group's members, by draw: shape (1 + resamples, groups)."""
        return np.asarray(((self._rows @ pairs) * self._columns) @ self._member.T)

    def _of(self, drawn: Array, counts: Sequence[int] | Array, most: float) -> list[Interval]:
        return [_interval(column, int(count), most) for column, count in zip(drawn.T, counts, strict=True)]


def _counts(draws: np.random.Generator, size: int, resamples: int) -> Array:
    if not size:
        return np.zeros((resamples, 0))
    return draws.multinomial(size, np.full(size, 1 / size), resamples).astype(np.float64)


def _interval(column: Array, n: int, most: float) -> Interval:
    """Percentiles of the draws around the first, which is the value itself; draws with nothing to measure are left."""
    value, known = float(column[0]), column[1:][np.isfinite(column[1:])]
    if not np.isfinite(value) or known.size < 2:
        return Interval(value=value, low=float("nan"), high=float("nan"), n=n)
    low, high = np.quantile(known, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Interval(value=value, low=min(float(low), value), high=max(min(float(high), most), value), n=n)
