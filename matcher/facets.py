"""How many candidates each choice of a filter would leave on a shortlist."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from matcher.beside import instrument_beside
from matcher.labour.families import family_of
from matcher.labour.geography import municipality_at
from matcher.labour.places import municipalities
from matcher.listing import Filters, Market
from matcher.records import Candidate, Posting

Facet = Literal["municipalities", "languages", "families", "instruments"]
"""Filters with a fixed set of choices, by their name in `Filters`."""
FACETS: tuple[Facet, ...] = get_args(Facet)


def facets(market: Market, posting: Posting, ids: Sequence[str], filters: Filters) -> Mapping[Facet, Counter[str]]:
    """Return, for each filter, how many of `ids` each choice has while the other filters stay as they are."""
    cut = market.candidates_for(posting, ids, filters)
    counts: dict[Facet, Counter[str]] = {}
    for facet in FACETS:
        others = [id for id, obstacle in cut.short_of_one.items() if obstacle == facet]
        people = [market.candidates[id] for id in (*cut.kept, *others)]
        values = _instruments(people, posting, market, filters) if facet == "instruments" else _facts(people, facet)
        counts[facet] = Counter(value for value in values if value)
    return counts


def remaining(market: Market, posting: Posting, ids: Sequence[str], filters: Filters) -> int:
    """Return how many of `ids` the filters leave on the list of a posting, however many of them are shown."""
    return len(market.candidates_for(posting, ids, filters).kept)


def _facts(people: Iterable[Candidate], facet: Facet) -> Iterator[str | None]:
    for candidate in people:
        if facet == "municipalities":
            place = municipality_at(candidate.municipality, candidate.postcode)
            yield place if place in municipalities() else None  # nobody can filter by a place that is not known
        else:
            yield candidate.language if facet == "languages" else family_of(candidate.programme)


def _instruments(
    people: Iterable[Candidate], posting: Posting, market: Market, filters: Filters
) -> Iterator[str | None]:
    """Yield what the rules propose for each; of a candidate they ask the weeks only, so each number is asked once."""
    told: dict[int | None, str | None] = {}
    for candidate in people:
        weeks = candidate.weeks_unemployed
        if weeks not in told:
            found = instrument_beside(candidate, posting, market.instruments, filters.day)
            told[weeks] = found.name if found else None
        yield told[weeks]
