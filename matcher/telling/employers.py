"""The facts of an employer that is suggested to a graduate: of a posting, or of what the employer does."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from matcher.engine import Engine
from matcher.records import Employer, EmployerMatch
from matcher.telling.facts import DemandFact, Facts, facts_between, facts_of

MOST_LACKING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What fits and what lacks; both each once, musts first, and nothing that would be told in masked words."""

    facts: Facts
    met: tuple[DemandFact, ...]
    lacking: tuple[DemandFact, ...]


def standing_with(engine: Engine, found: EmployerMatch, candidate: str, *, day: date) -> Standing:
    """Return how a stored candidate stands with a suggested employer; `UnknownId` if it has gone meanwhile."""
    facts = _facts(engine, found, candidate, day)
    met = [fact for fact in facts.standing("covered") if fact.solid and fact.said]
    lacking = facts.standing("missing")
    return Standing(
        facts=facts,
        met=tuple(filter(_plain, met)),
        lacking=tuple(filter(_plain, lacking))[:MOST_LACKING],
    )


def _facts(engine: Engine, found: EmployerMatch, candidate: str, day: date) -> Facts:
    if found.basis != "profile":
        return facts_of(engine, found.rests_on, candidate, day=day)
    offering = engine.subject("candidate", candidate)
    asking = engine.likely_needs(cast("Employer", engine.store.get("employer", found.rests_on)))
    [match] = engine.scored(offering.rows, "employer", [found.rests_on], 1)
    return facts_between(engine, asking, offering, match, day=day)


def _plain(fact: DemandFact) -> bool:
    """Whether a demand can be told without words that are masked."""
    return not (fact.asked.masked or (fact.said and fact.said.masked))
