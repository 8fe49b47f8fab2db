"""Judged or logged pairs to a fitted ranker. Whether it is adopted is decided in `eval/adoption.py`."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.engine import Engine
from matcher.errors import InvalidTraining
from matcher.features import FEATURES
from models.ranker import AdditiveRanker, fit, platt

FOLDS = 5
POSITIVE = 2
"""A pair of this grade or more is one that a careful consultant would propose."""
LEAST_POSTINGS = 10
"""Fewer postings than this with a good and a bad pair teach chance, not fit."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examples:
    """Pairs to learn from, sorted by posting and candidate.

    `rows`: (n, len(FEATURES)); `grades`: (n,), whole numbers; `weights`: (n,), positive, mean 1: how much each counts.
    """

    pairs: tuple[tuple[str, str], ...]
    rows: NDArray[np.float64]
    grades: NDArray[np.int64]
    weights: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def postings(self) -> tuple[str, ...]:
        """The posting of each pair."""
        return tuple(posting for posting, _ in self.pairs)

    def of(self, chosen: NDArray[np.bool_]) -> "Examples":
        """Return the examples for which `chosen`, shape (n,), holds."""
        pairs = tuple(pair for pair, taken in zip(self.pairs, chosen.tolist(), strict=True) if taken)
        return replace(
            self, pairs=pairs, rows=self.rows[chosen], grades=self.grades[chosen], weights=self.weights[chosen]
        )


def examples(
    engine: Engine,
    grades: Mapping[tuple[str, str], int],
    *,
    weights: Mapping[tuple[str, str], float] | None = None,
) -> Examples:
    """Return the features of graded (posting, candidate) pairs of the home; all ids must be in its indexes."""
    of_posting: defaultdict[str, list[str]] = defaultdict(list)
    for posting, candidate in sorted(grades):
        of_posting[posting].append(candidate)
    blocks = [
        engine.features(engine.indexes.pool("posting").rows(posting), "candidate", candidates)
        for posting, candidates in of_posting.items()
    ]
    pairs = tuple((posting, candidate) for posting, candidates in of_posting.items() for candidate in candidates)
    load = np.array([1.0 if weights is None else weights[pair] for pair in pairs])
    return Examples(
        pairs=pairs,
        rows=np.concatenate(blocks) if blocks else np.zeros((0, len(FEATURES))),
        grades=np.array([grades[pair] for pair in pairs], dtype=np.int64),
        weights=load / load.mean() if len(load) else load,
    )


def train(found: Examples) -> AdditiveRanker:
    """Fit a ranker and calibrate it: its link is the probability of a grade of at least `POSITIVE`.

    Calibration (Platt) sees only scores from rankers that have not met the posting: `FOLDS` parts, divided by posting.
    `InvalidTraining` where there is too little to learn from, or only one class.
    """
    check(found)
    raw = fit(found.rows, found.grades, features=FEATURES, cut=POSITIVE, weights=found.weights)
    stretch, shift = platt(out_of_fold(found), found.grades >= POSITIVE, found.weights)
    return raw.stretched(by=stretch, shift=shift)


def out_of_fold(found: Examples) -> NDArray[np.float64]:
    """Return shape (n,): each pair's logit from a ranker fitted without its posting."""
    folds = np.array([fold_of(posting) for posting in found.postings])
    logits = np.zeros(len(found))
    for fold in range(FOLDS):
        held = folds == fold
        if not held.any():
            continue
        rest = found.of(~held)
        if not (rest.grades >= POSITIVE).any() or (rest.grades >= POSITIVE).all():
            raise InvalidTraining("one_fold", count=len({posting for posting, _ in found.pairs}))
        ranker = fit(rest.rows, rest.grades, features=FEATURES, cut=POSITIVE, weights=rest.weights)
        logits[held] = ranker.logits(found.rows[held])
    return logits


def fold_of(posting: str) -> int:
    """Return the fold of a posting: its id decides, so that a pair more or less moves no other."""
    return int.from_bytes(hashlib.sha256(posting.encode()).digest()[:4]) % FOLDS


def check(found: Examples) -> None:
    """Refuse pairs that nothing can be learned from."""
    if not len(found):
        raise InvalidTraining("empty")
    good = found.grades >= POSITIVE
    if good.all() or not good.any():
        raise InvalidTraining("one_class", count=len(found), grade=int(found.grades.max()), least=POSITIVE)
    telling = tellings(found)
    if telling < LEAST_POSTINGS:
        raise InvalidTraining("few_postings", found=telling, wanted=LEAST_POSTINGS)


def tellings(found: Examples) -> int:
    """Return how many postings have a good pair and one that is not."""
    kinds: defaultdict[str, set[bool]] = defaultdict(set)
    for posting, good in zip(found.postings, (found.grades >= POSITIVE).tolist(), strict=True):
        kinds[posting].add(good)
    return sum(len(seen) == 2 for seen in kinds.values())


def weighed(grades: Sequence[int], propensities: Sequence[float | None], *, clip: float) -> list[float]:
    """Return inverse-propensity weights, 1 where none is logged; none is above `clip` (Swaminathan, Joachims 2015)."""
    if len(grades) != len(propensities):
        raise ValueError(f"{len(grades)} grades have {len(propensities)} propensities")
    return [1.0 if chance is None else min(1.0 / max(chance, 1e-9), clip) for chance in propensities]
