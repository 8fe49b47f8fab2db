"""What routes ask for: the parts of the service, the filters of a list, and the language of whoever asks."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request

from api.lists import Lists
from api.problems import asked_language
from api.service import Service
from matcher.engine import Engine
from matcher.labour.geography import municipality_set
from matcher.ledger.log import DecisionLog
from matcher.listing import Filters
from matcher.records import EmploymentType

TEXT = 200
"""Letters of a search or the name of a place."""


def service_of(request: Request) -> Service:
    """Return the service that the app was made for."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(service_of)]


def engine_of(service: ServiceDep) -> Engine:
    """Return the engine."""
    return service.engine


def lists_of(service: ServiceDep) -> Lists:
    """Return what makes and logs lists."""
    return service.lists


def log_of(service: ServiceDep) -> DecisionLog:
    """Return the decision log."""
    return service.log


def language_of(request: Request) -> str:
    """Return "da" or "en", by Accept-Language."""
    return asked_language(request, request.app.state.language)


EngineDep = Annotated[Engine, Depends(engine_of)]
ListsDep = Annotated[Lists, Depends(lists_of)]
LogDep = Annotated[DecisionLog, Depends(log_of)]
LanguageDep = Annotated[str, Depends(language_of)]

Day = Annotated[date | None, Query(description="The day whose list it is; today where none is given.")]
Municipalities = Annotated[
    list[Annotated[str, Query(max_length=TEXT)]],
    Query(alias="municipality", max_length=100, description='Only these municipalities, or the set "RAR Nordjylland".'),
]
EmploymentTypes = Annotated[
    list[EmploymentType], Query(alias="employment_type", max_length=10, description="Only these kinds of employment.")
]
MostKm = Annotated[
    float | None,
    Query(ge=0, le=2000, allow_inf_nan=False, description="Longest straight line; an unknown place is no obstacle."),
]
Wishes = Annotated[bool, Query(description="Whether candidates' wishes keep a pair off the list.")]


def filters_of(
    as_of: Day = None,
    municipality: Municipalities = [],  # noqa: B006 - FastAPI copies it
    employment_type: EmploymentTypes = [],  # noqa: B006
    max_km: MostKm = None,
    *,
    wishes: Wishes = True,
) -> Filters:
    """Return the filters of a request."""
    return Filters(
        as_of=as_of,
        municipalities=municipality_set(municipality),
        employment_types=frozenset(employment_type),
        max_km=max_km,
        wishes=wishes,
    )


FiltersDep = Annotated[Filters, Depends(filters_of)]
