"""Who would stand on a shortlist if one thing were given up: a filter of the reader, or a wish of the candidate."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

from matcher.engine import Engine, Subject
from matcher.errors import UnknownId
from matcher.facets import without_choice
from matcher.listing import Filters, unwanted
from matcher.records import Match, Posting

Relaxation = Literal[
    "area",
    "kind_of_job",
    "hours",
    "distance",
    "municipalities",
    "max_km",
    "languages",
    "families",
    "instruments",
    "available_by",
]
"""The first four are wishes of the candidate, the others filters of the reader."""
FILTERS: tuple[Relaxation, ...] = ("municipalities", "max_km", "languages", "families", "instruments", "available_by")


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A candidate who is left out for one reason only, and a match worth looking at."""

    match: Match
    relaxation: Relaxation


def near_misses(engine: Engine, subject: Subject, filters: Filters, *, limit: int = 5) -> list[NearMiss]:
    """Return the best candidates that giving up one thing would add to the list of a posting, without weak matches."""
    posting = subject.record
    assert isinstance(posting, Posting)
    reasons: dict[str, Relaxation] = {}
    for id, relaxation in _left_out(engine, posting, filters):
        reasons.setdefault(id, relaxation)
    found = []
    for match in engine.scored(subject.rows, "candidate", sorted(reasons), limit):
        if match.band != "weak":
            with suppress(UnknownId):
                explained = engine.explain(subject, match, filters.day)
                found.append(NearMiss(explained, reasons[match.candidate]))
    return found


def _left_out(engine: Engine, posting: Posting, filters: Filters) -> Iterator[tuple[str, Relaxation]]:
    """Yield who each relaxation lets in, filters first."""
    market, ids = engine.market(), engine.indexes.pool("candidate").ids
    kept = frozenset(market.candidates_for(posting, ids, filters).kept)
    for name in FILTERS:
        relaxed = without_choice(filters, name)
        if relaxed != filters:
            yield from ((id, name) for id in market.candidates_for(posting, ids, relaxed).kept if id not in kept)
    if filters.wishes:
        for id in market.candidates_for(posting, ids, replace(filters, wishes=False)).kept:
            wish = unwanted(market.candidates[id], posting) if id not in kept else None
            if wish is not None:
                yield id, wish
