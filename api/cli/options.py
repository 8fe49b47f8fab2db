"""Options that several commands share."""

from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from api.cli.texts import say
from matcher.labour.geography import municipality_set
from matcher.listing import Filters
from matcher.records import EmploymentType

Employment = Enum("Employment", {kind: kind for kind in get_args(EmploymentType)})  # type: ignore[misc]
"""Kinds of employment as the command line takes them: several of a `Literal` it does not."""

Home = Annotated[Path | None, typer.Option("--home", help=say("option.home"), file_okay=True, show_default=False)]
Json = Annotated[bool, typer.Option("--json", help=say("option.json"))]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help=say("option.limit"))]
Explain = Annotated[int, typer.Option("--explain", min=0, max=1000, help=say("option.explain"))]
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help=say("option.as_of"), show_default=False)
]
Municipalities = Annotated[
    list[str] | None, typer.Option("--municipality", help=say("option.municipality"), show_default=False)
]
MaxKm = Annotated[float | None, typer.Option("--max-km", min=0, help=say("option.max_km"), show_default=False)]
EmploymentTypes = Annotated[
    list[Employment] | None,
    typer.Option("--employment-type", help=say("option.employment_type"), show_default=False),
]
AnyWish = Annotated[bool, typer.Option("--ignore-wishes", help=say("option.ignore_wishes"))]


def filters(
    as_of: datetime | None,
    municipalities: list[str] | None,
    employment_types: list[Employment] | None = None,
    *,
    max_km: float | None = None,
    ignore_wishes: bool,
) -> Filters:
    """Return the filters that the options ask for; `UnknownMunicipality` for a municipality nobody knows."""
    day: date | None = as_of.date() if as_of else None
    return Filters(
        as_of=day,
        municipalities=municipality_set(municipalities or ()),
        employment_types=frozenset(cast("EmploymentType", kind.name) for kind in employment_types or ()),
        max_km=max_km,
        wishes=not ignore_wishes,
    )
