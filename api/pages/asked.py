"""What a reader asks of a shortlist, as a form sends it: empty fields ask nothing, wrong ones are said, not guessed."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, get_args

from fastapi import Form, Query

from matcher.errors import UnknownMunicipality
from matcher.labour.families import FAMILIES
from matcher.labour.geography import SETS, municipality_set
from matcher.listing import Filters
from matcher.records import LANGUAGES, InstrumentName

USUAL, MOST = 20, 100
FARTHEST = 2000.0
INSTRUMENTS: tuple[InstrumentName, ...] = get_args(InstrumentName)
Text = Annotated[str, Query(max_length=200)]
Sent = Annotated[str, Form(max_length=200)]
Several = Annotated[list[Annotated[str, Form(max_length=200)]], Form(max_length=120)]
Texts = Annotated[list[Annotated[str, Query(max_length=200)]], Query(max_length=120)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The fields of the filter form as they were sent; `wrong` names those that were left out of `filters`."""

    filters: Filters
    limit: int = USUAL
    municipality: str = ""
    max_km: str = ""
    available_by: str = ""
    wrong: tuple[str, ...] = ()
    near: str = ""
    query: dict[str, object] = field(default_factory=dict)
    """All that was asked, to be put into addresses."""

    @property
    def active(self) -> int:
        """How many filters narrow the list."""
        found = self.filters
        sets = (found.municipalities, found.languages, found.families, found.instruments)
        return sum(map(bool, sets)) + (found.max_km is not None) + (found.available_by is not None) + (not found.wishes)


def asked_of(
    municipality: Text = "",
    max_km: Text = "",
    available_by: Text = "",
    language: Texts = [],  # noqa: B006 - FastAPI copies it
    family: Texts = [],  # noqa: B006
    instrument: Texts = [],  # noqa: B006
    ignore_wishes: Text = "",
    limit: Text = "",
) -> Asked:
    """Read the filter form. A dependency."""
    wrong: list[str] = []
    places, near = places_of(municipality, wrong)
    filters = Filters(
        municipalities=places,
        max_km=_kilometres(max_km, wrong),
        available_by=_day(available_by, wrong),
        languages=frozenset(one for one in LANGUAGES if one in language),
        families=frozenset(one for one in family if one in FAMILIES),
        instruments=frozenset(one for one in INSTRUMENTS if one in instrument),
        wishes=not ignore_wishes,
    )
    query: dict[str, object] = {
        "municipality": municipality,
        "max_km": max_km,
        "available_by": available_by,
        "language": sorted(filters.languages),
        "family": sorted(filters.families),
        "instrument": sorted(filters.instruments),
        "ignore_wishes": ignore_wishes,
    }
    return Asked(
        filters=filters,
        limit=_limit(limit),
        municipality=municipality,
        max_km=max_km,
        available_by=available_by,
        wrong=tuple(wrong),
        near=near,
        query=query,
    )


def asked_in_form(
    municipality: Sent = "",
    max_km: Sent = "",
    available_by: Sent = "",
    language: Several = [],  # noqa: B006 - FastAPI copies it
    family: Several = [],  # noqa: B006
    instrument: Several = [],  # noqa: B006
    ignore_wishes: Sent = "",
    limit: Sent = "",
) -> Asked:
    """Read the filter form where it comes with a text that belongs in no address. A dependency."""
    return asked_of(municipality, max_km, available_by, language, family, instrument, ignore_wishes, limit)


def places_of(written: str, wrong: list[str]) -> tuple[frozenset[str], str]:
    """Municipalities and sets of them, with commas between; and the nearest known name for one nobody knows."""
    names = [name.strip() for name in written.split(",") if name.strip()]
    try:
        return municipality_set(names), ""
    except UnknownMunicipality as unknown:
        wrong.append("municipality")
        return frozenset(), str(unknown.found["near"])


def _kilometres(written: str, wrong: list[str]) -> float | None:
    if not written.strip():
        return None
    try:
        wanted = float(written.strip().replace(",", "."))
    except ValueError:
        wanted = -1.0
    if 0 <= wanted <= FARTHEST:
        return wanted
    wrong.append("max_km")
    return None


def _day(written: str, wrong: list[str]) -> date | None:
    if not written.strip():
        return None
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        wrong.append("available_by")
        return None


def _limit(written: str) -> int:
    return min(max(int(written), 1), MOST) if written.isascii() and written.isdecimal() and len(written) < 5 else USUAL


REGION = SETS[0]
"""The set of municipalities that the form offers by name."""
