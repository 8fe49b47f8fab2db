"""Is the service well, what does it run, who am I, and is the decision log whole."""

import logging
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.decided import VerificationOut
from api.dependencies import LogDep, ServiceDep
from api.metrics import CONTENT_TYPE
from api.routes.access import asking
from matcher.accounts.records import Account
from matcher.accounts.roles import PERMISSIONS, Permission, Role
from matcher.competences.version import reading_version
from matcher.errors import MatcherError
from matcher.indexing import INDEXED

LOG = logging.getLogger(__name__)

router = APIRouter(tags=["system"])
plain = APIRouter(tags=["system"])
"""Routes outside /api/v1, for what watches over the service."""

UNWELL = 503


class HealthOut(BaseModel):
    """Whether the service runs, and whether it can answer."""

    status: Literal["live", "ready", "not_ready"]


class MeOut(BaseModel):
    """Who asks, and what they may do."""

    id: str
    role: Role
    candidate: str | None
    permissions: list[Permission]


class VersionsOut(BaseModel):
    """What makes the lists. `records` counts changes of the database; `indexed`: records in the index, by kind."""

    model: str
    vocabulary: str
    ranker: str
    records: int
    indexed: dict[str, int]


@plain.get("/health/live")
def live() -> HealthOut:
    """Answer that the process runs."""
    return HealthOut(status="live")


@plain.get("/health/ready", responses={UNWELL: {"model": HealthOut}})
def ready(service: ServiceDep, response: Response) -> HealthOut:
    """Answer whether database and index can be used."""
    try:
        service.engine.store.generation()
        for kind in INDEXED:
            service.engine.indexes.pool(kind)
    except (MatcherError, KeyError) as why:
        LOG.warning("Not ready: %s", type(why).__name__)
        response.status_code = UNWELL
        return HealthOut(status="not_ready")
    return HealthOut(status="ready")


@plain.get("/health", responses={UNWELL: {"model": HealthOut}})
def health(service: ServiceDep, response: Response) -> HealthOut:
    """Answer like /health/ready."""
    return ready(service, response)


@plain.get("/metrics", dependencies=[asking("metrics")], response_class=Response)
def metrics(service: ServiceDep) -> Response:
    """Return counts and times for Prometheus, which asks with an API key."""
    for kind in INDEXED:
        service.metrics.records.labels(kind).set(service.engine.store.count(kind))
    return Response(service.metrics.written(), headers={"Content-Type": CONTENT_TYPE})


@router.get("/me")
def get_me(account: Annotated[Account, asking("get_me")]) -> MeOut:
    """Return who asks, and what they may do."""
    return MeOut(
        id=account.id,
        role=account.role,
        candidate=account.candidate,
        permissions=sorted(PERMISSIONS[account.role]),
    )


@router.get("/versions", dependencies=[asking("get_versions")])
def get_versions(service: ServiceDep) -> VersionsOut:
    """Return the versions of model, vocabulary and ranker, and how far the index is."""
    engine = service.engine
    engine.refresh()
    return VersionsOut(
        model=engine.model,
        vocabulary=reading_version(),
        ranker=engine.prior.version,
        records=engine.store.generation(),
        indexed={kind: len(engine.indexes.pool(kind).ids) for kind in INDEXED},
    )


@router.get("/decision-log/verification", dependencies=[asking("verify_decision_log")])
def verify_decision_log(log: LogDep) -> VerificationOut:
    """Check every line of the decision log against the one before it, and against the anchors outside the database."""
    return VerificationOut.of(log.verify())
