"""Does a ranker fitted on a home's own data order postings better than the one in use? Only then is it adopted.

Compared are postings that neither of the two was fitted on. Judgements: each posting is ordered by a ranker fitted
without it (`matcher.training.out_of_fold`). Placements: what was known before a day is learnt from, and postings first
proposed for from that day on are ordered. Only judged, or proposed, candidates are ordered: nothing is known of others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan

import numpy as np
from numpy.typing import NDArray

from eval.judged import judged
from eval.metrics import ndcg
from eval.period import Period, period_of
from eval.placements import Application, LeftOut, usable
from eval.ranking import known_here
from eval.runs import ranked
from eval.significance import Comparison, compare
from matcher.engine import Engine
from matcher.errors import InvalidTraining, Phrase
from matcher.records import Judgement, Placement
from matcher.trained import Lessons, Trained, learnt_postings
from matcher.training import LEAST_POSTINGS, POSITIVE, Examples, examples, out_of_fold, train, weighed
from models.ranker import AdditiveRanker

K = 10
MEASURE = f"ndcg@{K}"
GRADED = f"grade>={POSITIVE}"
"""What the probability of a ranker fitted on judgements is of."""
PLACED = "interview or more"
"""What that of one fitted on placements is of: `eval.placements.GRADES` has them from `POSITIVE` on."""
HEAVIEST = 10.0
"""No proposal counts for more than this many: rare ones would decide the fit by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that was learnt from: its name, the SHA-256 of its content, and whether it is made up."""

    file: str
    sha256: str
    simulated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A newly fitted ranker, and whether it takes the place of the one in use."""

    ranker: AdditiveRanker
    lessons: Lessons
    lead: Comparison
    """Mean gain of the new ranker in `MEASURE`, posting by posting; its n counts the postings compared."""
    new: float
    """Mean of the new ranker over those postings; nan without any."""
    current: float
    """Mean of the ranker in use over the same."""
    in_use: str
    """Version of the fitted parts that it was compared with."""
    passed_over: int = 0
    """Postings that the ranker in use was fitted on: they say nothing about which is better."""
    left_out: Mapping[str, int]
    warnings: tuple[Phrase, ...] = ()

    @property
    def adopted(self) -> bool:
        """Whether there were postings enough and the whole interval lies above 0."""
        return self.lead.n >= LEAST_POSTINGS and self.lead.low > 0

    @property
    def why(self) -> Phrase:
        """The decision in words."""
        lead = self.lead
        if self.adopted or lead.n >= LEAST_POSTINGS:
            reason = "adopted" if self.adopted else "worse" if lead.high < 0 else "not_shown"
            figures = {name: f"{getattr(lead, name):+.3f}" for name in ("difference", "low", "high")}
            return Phrase(f"training.decision.{reason}", {**figures, "n": lead.n, "ranker": self.in_use})
        values = {"n": lead.n, "wanted": LEAST_POSTINGS, "seen": self.passed_over, "ranker": self.in_use}
        return Phrase("training.decision.too_few", values)

    def warned(self, warning: Phrase) -> "Decision":
        """Return the decision with one more warning."""
        return replace(self, warnings=(*self.warnings, warning))

    def measured(self) -> dict[str, object]:
        """Return the lead as the manifest keeps it; what is not known is None."""
        found = {name: getattr(self.lead, name) for name in ("difference", "low", "high", "p_value")}
        numbers = {name: None if isnan(number) else number for name, number in found.items()}
        return {"measure": MEASURE, **numbers, "n": self.lead.n, "over": self.in_use}


def from_judgements(
    engine: Engine, judgements: Iterable[Judgement], source: Source, own: Trained | None = None
) -> Decision:
    """Fit on graded pairs of the home; `own` is the ranker in use where it was trained here itself."""
    here = known_here(engine)
    truth = judged(judgements, postings=here.postings, candidates=here.candidates)
    grades = {(posting, item): grade for posting, items in truth.grades.items() for item, grade in items.items()}
    found = examples(engine, grades)
    ranker = train(found)
    fresh, seen = _unseen(found, learnt_postings(engine, own))
    return _decision(
        engine,
        ranker,
        (found.of(fresh), out_of_fold(found)[fresh]),
        Lessons(file=source.file, sha256=source.sha256, pairs=len(found), postings=_distinct(found), outcome=GRADED),
        passed_over=seen,
        left_out={"unknown_ids": truth.left_out, "repeated": truth.repeated},
        warnings=_told({"unknown": truth.left_out}),
    )


def from_placements(
    engine: Engine, placements: Sequence[Placement], source: Source, own: Trained | None = None
) -> Decision:
    """Fit on the earlier period of a history, on proposals that were seen, each weighted by the chance it had."""
    here = known_here(engine)
    period = period_of(placements, None, here)
    past, earlier = usable(period.past, here)
    found = _learnable(engine, past)
    ranker = train(found)
    later = _examples(engine, _first_proposed_later(period, found))
    fresh, seen = _unseen(later, learnt_postings(engine, own))
    left_out = {"unknown_ids": earlier.unknown + period.left_out.unknown, **_counts(earlier, period.left_out)}
    not_logged = sum(item.propensity is None for item in past)
    return _decision(
        engine,
        ranker,
        (later.of(fresh), ranker.logits(later.rows[fresh])),
        _lessons(source, found, past),
        passed_over=seen,
        left_out=left_out,
        warnings=_told({"simulated": source.simulated, "not_logged": not_logged, "unknown": left_out["unknown_ids"]}),
    )


def trained_before(engine: Engine, period: Period) -> AdditiveRanker | None:
    """Return a ranker fitted on nothing but what was known before the period's day; None where that is too little."""
    past, _ = usable(period.past, known_here(engine))
    try:
        return train(_learnable(engine, past))
    except InvalidTraining:
        return None


def _decision(
    engine: Engine,
    ranker: AdditiveRanker,
    compared: tuple[Examples, NDArray[np.float64]],
    lessons: Lessons,
    *,
    passed_over: int,
    left_out: Mapping[str, int],
    warnings: tuple[Phrase, ...],
) -> Decision:
    """Order the same postings by the new logits and by the ranker in use."""
    held, logits = compared
    new, current = by_posting(held, logits), by_posting(held, engine.ranker.logits(held.rows))
    return Decision(
        ranker=ranker,
        lessons=lessons,
        lead=compare(new, current),
        new=_mean(new),
        current=_mean(current),
        in_use=engine.prior.version,
        passed_over=passed_over,
        left_out=left_out,
        warnings=warnings,
    )


def by_posting(found: Examples, logits: NDArray[np.float64]) -> dict[str, float]:
    """Return the nDCG of each posting that has a pair above grade 0 and one more to order; `logits`: (n,)."""
    scores: defaultdict[str, dict[str, float]] = defaultdict(dict)
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    pairs = zip(found.pairs, found.grades.tolist(), logits.tolist(), strict=True)
    for (posting, candidate), grade, logit in pairs:
        scores[posting][candidate], grades[posting][candidate] = logit, grade
    values = {posting: ndcg(ranked(items), grades[posting], k=K) for posting, items in scores.items() if len(items) > 1}
    return {posting: value for posting, value in values.items() if not isnan(value)}


def _learnable(engine: Engine, past: Sequence[Application]) -> Examples:
    loads = weighed([item.grade for item in past], [item.propensity for item in past], clip=HEAVIEST)
    weights = {(item.posting, item.candidate): load for item, load in zip(past, loads, strict=True)}
    if not weights:
        raise InvalidTraining("empty")
    return _examples(engine, past, weights)


def _examples(
    engine: Engine, items: Iterable[Application], weights: Mapping[tuple[str, str], float] | None = None
) -> Examples:
    return examples(engine, {(item.posting, item.candidate): item.grade for item in items}, weights=weights)


def _first_proposed_later(period: Period, learnt: Examples) -> list[Application]:
    """Proposals of the later period, without those for postings that are already known from the earlier one."""
    before = {*learnt.postings, *(item.posting for item in period.past)}
    return [item for item in period.kept if item.posting not in before]


def _unseen(found: Examples, seen: Collection[str]) -> tuple[NDArray[np.bool_], int]:
    """Which pairs, shape (n,), are of postings that the ranker in use was not fitted on, and how many it was."""
    known = frozenset(seen)
    fresh = np.array([posting not in known for posting in found.postings], dtype=np.bool_)
    return fresh, len(known & {*found.postings})


def _lessons(source: Source, found: Examples, past: Sequence[Application]) -> Lessons:
    days = sorted(item.proposed for item in past)
    return Lessons(
        file=source.file,
        sha256=source.sha256,
        pairs=len(found),
        postings=_distinct(found),
        outcome=PLACED,
        first=days[0].isoformat(),
        last=days[-1].isoformat(),
        simulated=source.simulated,
    )


def _counts(earlier: LeftOut, later: LeftOut) -> dict[str, int]:
    return {name: getattr(earlier, name) + getattr(later, name) for name in ("not_yet_known", "not_exposed")}


def _told(counts: Mapping[str, int]) -> tuple[Phrase, ...]:
    return tuple(Phrase(f"training.warning.{name}", {"count": count}) for name, count in counts.items() if count)


def _distinct(found: Examples) -> tuple[str, ...]:
    return tuple(sorted({*found.postings}))


def _mean(values: Mapping[str, float]) -> float:
    return sum(values.values()) / len(values) if values else float("nan")
