"""Erasure with proof, retention, versions, and the model card."""

import json
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.pages.page import Page, reader
from matcher.assemble import desk
from matcher.competences.version import reading_version
from matcher.errors import UnknownId
from matcher.features import FEATURES
from matcher.ledger.shown import versions as list_versions
from matcher.privacy.erasure import erase
from matcher.privacy.retention import FILE, read_rules, run

ID_LETTERS = 400
QUALITY = "quality.json"
router = APIRouter(include_in_schema=False)
ErasurePage = Annotated[Page, Depends(reader("erasure"))]
RetentionPage = Annotated[Page, Depends(reader("retention"))]
VersionsPage = Annotated[Page, Depends(reader("versions"))]


@router.get("/admin/erasure")
def ask_erasure(page: ErasurePage) -> Response:
    """Ask whom to erase."""
    return page.show("admin/erasure.html", typed="", refused=None, proof=None)


@router.post("/admin/erasure")
def erased(
    page: ErasurePage,
    service: ServiceDep,
    candidate: Annotated[str, Form(max_length=ID_LETTERS)] = "",
    sure: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Erase a person and show the proof."""
    id = candidate.strip()
    if not id or sure != "yes":
        told = page.t("admin.erasure.no_id" if not id else "admin.erasure.not_sure")
        return page.show("admin/erasure.html", status=422, typed=id, refused=told, proof=None)
    try:
        proof = erase(service.engine.store, desk(service.engine.store), service.home, id, account=page.reader.id)
    except UnknownId as refusal:
        told = refusal.text(page.language)
        return page.show("admin/erasure.html", status=404, typed=id, refused=told, proof=None)
    service.engine.refresh()
    return page.show("admin/erasure.html", typed="", refused=None, proof=proof)


@router.get("/admin/retention")
def retention(page: RetentionPage, service: ServiceDep) -> Response:
    """Show the rules and what is due by them today."""
    found = run(service.engine.store, desk(service.engine.store), service.home, dry_run=True)
    return _retention(page, service, found=found, done=False)


@router.post("/admin/retention")
def run_retention(page: RetentionPage, service: ServiceDep) -> Response:
    """Remove what is due."""
    found = run(service.engine.store, desk(service.engine.store), service.home)
    service.engine.refresh()
    return _retention(page, service, found=found, done=True)


@router.get("/versions")
def versions(page: VersionsPage, service: ServiceDep) -> Response:
    """Show what makes the lists: program, model, reading, ranker and index."""
    engine = service.engine
    made = list_versions(engine)
    shown = {
        "program": _installed(),
        "encoder": engine.encoder.fingerprint,
        "cohort": engine.cohort.version,
        "ranker": engine.prior.version,
        "trained_on": engine.prior.trained_on,
        "vocabulary": reading_version(),
        "records": str(made["records"]),
    }
    counts = {kind: service.engine.store.count(kind) for kind in ("candidate", "posting", "employer")}
    rules = [(rule.instrument, rule.valid_from, rule.valid_to, rule.source) for rule in engine.instruments.rules]
    return page.show("admin/versions.html", shown=shown, counts=counts, rules=rules)


@router.get("/model-card")
def model_card(page: VersionsPage, service: ServiceDep) -> Response:
    """Show purpose, data, limits and measured quality."""
    return page.show(
        "admin/model_card.html",
        quality=quality(),
        measured=date.fromisoformat(quality()["on"]),
        features=FEATURES,
        trained_on=service.engine.prior.trained_on,
    )


@cache
def quality() -> dict[str, Any]:
    """Return the measured values that came with this version of the product."""
    return dict(json.loads(files("api.pages").joinpath(QUALITY).read_text(encoding="utf-8")))


def _retention(page: Page, service: ServiceDep, *, found: list[Any], done: bool) -> Response:
    own = (service.home / FILE).is_file()
    return page.show("admin/retention.html", found=found, done=done, rules=read_rules(service.home), own=own)


def _installed() -> str:
    try:
        return version("matcher")
    except PackageNotFoundError:
        return "–"
