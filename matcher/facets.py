"""How many candidates each choice of a filter would leave on a shortlist."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal, get_args

from matcher.beside import instrument_beside
from matcher.labour.families import family_of
from matcher.labour.geography import municipality_name
from matcher.listing import Filters, Market
from matcher.records import Candidate, Posting

Facet = Literal["municipalities", "languages", "families", "instruments"]
"""Filters with a fixed set of choices, by their name in `Filters`."""
FACETS: tuple[Facet, ...] = get_args(Facet)


def facets(market: Market, posting: Posting, ids: Sequence[str], filters: Filters) -> Mapping[Facet, Counter[str]]:
    """Return, for each filter, how many of `ids` each choice has while the other filters stay as they are."""
    return {facet: _counted(market, posting, ids, filters, facet) for facet in FACETS}


def without_choice(filters: Filters, name: str) -> Filters:
    """Return filters that ask nothing under one name."""
    cleared: dict[str, Any] = {name: getattr(Filters(), name)}
    return replace(filters, **cleared)


def _counted(market: Market, posting: Posting, ids: Sequence[str], filters: Filters, facet: Facet) -> Counter[str]:
    without = without_choice(filters, facet)
    kept = market.candidates_for(posting, ids, without).kept
    values = (_value(facet, market.candidates[id], posting, market, filters) for id in kept)
    return Counter(value for value in values if value)


def _value(facet: Facet, candidate: Candidate, posting: Posting, market: Market, filters: Filters) -> str | None:
    if facet == "municipalities":
        return municipality_name(candidate.municipality) if candidate.municipality else None
    if facet == "languages":
        return candidate.language
    if facet == "families":
        return family_of(candidate.programme)
    found = instrument_beside(candidate, posting, market.instruments, filters.day)
    return found.name if found else None
