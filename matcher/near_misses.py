"""Who would stand on a shortlist if one thing were given up: a filter of the reader, or a wish of the candidate."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, get_args

from matcher.engine import Engine, Subject
from matcher.errors import UnknownId
from matcher.listing import Filters, Wish
from matcher.records import Match, Posting

Filter = Literal["municipalities", "max_km", "languages", "families", "instruments", "available_by"]
Relaxation = Wish | Filter
FILTERS: tuple[Filter, ...] = get_args(Filter)
WISHES: tuple[Wish, ...] = get_args(Wish)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A candidate who is left out for one reason only, and a match worth looking at."""

    match: Match
    relaxation: Relaxation


def near_misses(engine: Engine, subject: Subject, filters: Filters, *, limit: int = 5) -> list[NearMiss]:
    """Return the best candidates that giving up one thing would add to the list of a posting, without weak matches."""
    posting = subject.record
    assert isinstance(posting, Posting)
    cut = engine.market().candidates_for(posting, engine.listable("candidate"), filters)
    reasons = {id: obstacle for id, obstacle in cut.short_of_one.items() if obstacle in FILTERS or obstacle in WISHES}
    found = []
    for match in engine.scored(subject.rows, "candidate", sorted(reasons), limit):
        if match.band != "weak":
            with suppress(UnknownId):
                explained = engine.explain(subject, match, filters.day)
                found.append(NearMiss(explained, reasons[match.candidate]))
    return found
