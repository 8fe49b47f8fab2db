"""What a candidate lacks for a posting, where that is usually learnt, and what the pair's score would be with it.

The counterfactual is the pair scored again, with the demand's own vector and concept among the candidate's phrases as
a certain competence. Norms, chunks and letters stay as they are, so it tells what covering that demand is worth, not
what a CV would read like that says so. More phrases never lower a fit, and no curve of the ranker falls.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.bands import Band, band_of
from matcher.engine import ANYBODY, Engine, Subject
from matcher.fit import SURENESS, WEIGHT, Phrases
from matcher.labour.learning import Learning
from matcher.listing import Filters
from matcher.pool import Rows
from matcher.records import Candidate
from matcher.speech import NEED, tongues
from matcher.telling.facts import DemandFact, Facts, facts_between

GOOD: frozenset[Band] = frozenset({"strong", "good"})
MOST_POSTINGS = 200
"""Of many open postings only the nearest are looked at: one far away is not opened by one competence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A demand that is missing or only partly there. `score`, `band`: those of the pair if it were covered."""

    demand: DemandFact
    learning: Learning
    score: float
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A competence that would lift postings into band good or better: their ids, best first after the lift."""

    demand: DemandFact
    learning: Learning
    postings: tuple[str, ...]


def gaps(engine: Engine, facts: Facts) -> tuple[Gap, ...]:
    """Return the gaps of a pair with a stored posting: musts first, then those that would lift the score most."""
    offering = engine.subject("candidate", facts.candidate.id)
    asking = engine.subject("posting", facts.posting.id)
    lacking = dict.fromkeys([*_lacking(facts), *(known.demand for known in facts.languages if known.too_low)])
    found = [_gap(fact, score_with(engine, offering.rows, asking, [fact])) for fact in lacking]
    return tuple(sorted(found, key=lambda gap: (not gap.demand.must, -gap.score, gap.demand.number)))


def score_with(engine: Engine, rows: Rows, asking: Subject, met: Sequence[DemandFact]) -> float:
    """Return the calibrated probability of a candidate's rows and a stored posting, were these of its demands met."""
    features = engine.features(with_demands(rows, asking, met), "posting", [asking.record.id])
    return float(engine.ranker.scores(features)[0])


def with_demands(rows: Rows, asking: Subject, met: Sequence[DemandFact]) -> Rows:
    """Return a candidate's rows with demands of a posting among the competences, as sure and as well as they are asked.

    A language is then known at the level that the posting needs, or better where it is already.
    """
    own, asked = rows.phrases, asking.reading.phrases
    numbers = [fact.number for fact in met]
    vectors, figures = asked.vectors[numbers], asked.figures[numbers].copy()
    figures[:, [SURENESS, WEIGHT]] = 1.0
    if len(own):
        vectors, figures = np.concatenate([own.vectors, vectors]), np.concatenate([own.figures, figures])
    spoken = rows.tongues.copy()
    for place in [tongues()[fact.demand.concept] for fact in met if fact.demand.concept in tongues()]:
        spoken[NEED, place] = max(spoken[NEED, place], asking.rows.tongues[NEED, place])
    return replace(rows, phrases=Phrases(own.language, vectors, figures), tongues=spoken)


def opened_by(engine: Engine, candidate: str, *, filters: Filters = ANYBODY) -> tuple[Opening, ...]:
    """Return the single competences that would bring open postings into band good or better, most postings first.

    The same concept of the vocabulary, or else the same words, is one competence in all postings.
    """
    offering = engine.subject("candidate", candidate)
    market = engine.market()
    record = offering.record
    assert isinstance(record, Candidate)
    pool = [id for id in engine.indexes.pool("posting").ids if id in market.postings]
    kept = market.postings_for(record, pool, filters).kept
    lifts: dict[str, list[tuple[float, str, DemandFact]]] = defaultdict(list)
    for match in engine.scored(offering.rows, "posting", kept, MOST_POSTINGS):
        if match.band in GOOD:
            continue
        asking = engine.subject("posting", match.posting)
        facts = facts_between(engine, asking, offering, match, day=filters.day)
        for name, score, fact in _lifting(engine, offering, asking, facts):
            lifts[name].append((-score, match.posting, fact))
    openings = [_opening(found) for found in lifts.values()]
    return tuple(sorted(openings, key=lambda found: (-len(found.postings), found.demand.reason.competence.casefold())))


def _lifting(engine: Engine, offering: Subject, asking: Subject, facts: Facts) -> list[tuple[str, float, DemandFact]]:
    """The competences that would lift this pair far enough, each once, with the score they would lift it to."""
    lacking = _lacking(facts)
    if not lacking or not _good(score_with(engine, offering.rows, asking, lacking)):
        return []
    found: dict[str, tuple[str, float, DemandFact]] = {}
    for fact in lacking:
        score = score_with(engine, offering.rows, asking, [fact])
        if _good(score) and (fact.name not in found or found[fact.name][1] < score):
            found[fact.name] = (fact.name, score, fact)
    return list(found.values())


def _lacking(facts: Facts) -> tuple[DemandFact, ...]:
    return facts.standing("partly", "implied", "missing")


def _good(score: float) -> bool:
    return band_of(score) in GOOD


def _gap(fact: DemandFact, score: float) -> Gap:
    return Gap(demand=fact, learning=fact.learning, score=score, band=band_of(score))


def _opening(found: list[tuple[float, str, DemandFact]]) -> Opening:
    """One competence over the postings it opens; told in the words of the one it fits best."""
    found = sorted(found, key=lambda lift: lift[:2])
    fact = found[0][2]
    return Opening(demand=fact, learning=fact.learning, postings=tuple(posting for _, posting, _ in found))
