"""The graduate's own page: handing in a CV, what was read in it, and correcting that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from fastapi.responses import RedirectResponse, Response

from api.dependencies import ServiceDep
from api.errors import STATUS
from api.pages import readings
from api.pages.own import OwnId, OwnPage, id_for_upload, own_filters
from api.pages.page import Page, Visitor
from api.pages.readings import Readout
from matcher.competences.concepts import Concept
from matcher.competences.lookup import look_up
from matcher.corrections import MOST_LETTERS
from matcher.errors import InvalidCorrection, UnreadableFile
from matcher.ingest.limits import FILE_BYTES, MEGABYTE
from matcher.ingest.report import rendered
from matcher.labour.geography import place
from matcher.labour.programmes import read_programmes
from matcher.own_cv import HandedIn, receive
from matcher.privacy.erasure import ORIGINALS
from matcher.records import Candidate

FORMATS = ".pdf,.docx,.odt,.rtf,.txt,.html,.xml,.json"
KEY_LETTERS = 400
BEST = 3
router = APIRouter(include_in_schema=False)


@router.get("/me")
def begin(page: OwnPage) -> Response:
    """Lead to the graduate's own page."""
    return page.go("/me/start")


@router.get("/me/start")
def own_page(page: OwnPage, own: OwnId, service: ServiceDep) -> Response:
    """Show where the graduate stands: their CV, their three best postings, and what they can do here."""
    return _own_page(page, own, service)


@router.post("/me/cv")
def hand_in(
    page: OwnPage, own: OwnId, service: ServiceDep, cv: Annotated[UploadFile | None, File()] = None
) -> Response:
    """Read a CV that is handed in, in place of the one before."""
    if cv is None or not cv.filename:
        return _own_page(page, own, service, refused=page.t("me.upload.none"), status=422)
    file = HandedIn(cv.filename, cv.file.read(FILE_BYTES + 1))
    originals = service.home / ORIGINALS if service.settings.keep_originals else None
    try:
        received = receive(service.engine.store, id_for_upload(page, service), file, originals=originals)
    except UnreadableFile as refusal:
        return _own_page(page, own, service, refused=refusal.text(page.language), status=STATUS[UnreadableFile])
    service.engine.refresh()
    said = "me_cv_same" if received.change == "unchanged" else "me_cv_read"
    answer = page.go("/me/reading", said=said, values={"file": file.shown})
    notices = [rendered(notice, page.language) for notice in received.notices]
    return answer if not notices else _with_notices(page, received.record.id, service, file.shown, notices)


@router.get("/me/reading")
def reading(
    page: OwnPage, own: OwnId, service: ServiceDep, q: Annotated[str, Query(max_length=MOST_LETTERS)] = ""
) -> Response:
    """Show what was read in the graduate's CV; `q` looks up competences to add."""
    return _reading(page, own, service, searched=q) if own else page.go("/me/start")


@router.post("/me/reading")
def correct(
    page: OwnPage,
    own: OwnId,
    service: ServiceDep,
    action: Annotated[str, Form(max_length=20)] = "",
    key: Annotated[str, Form(max_length=KEY_LETTERS)] = "",
) -> Response:
    """Confirm, remove or bring back a competence."""
    engine, log, account = service.engine, service.log, page.reader.id
    said = "me_gone"
    if own and action == "restore":
        said = "me_restored" if readings.restore(engine, log, own, key, account) else said
    elif own and action in ("confirm", "drop"):
        row = readings.readout(engine, own, page.language).row(key)
        if row is not None:
            readings.change(engine, log, own, row, "confirm" if action == "confirm" else "drop", account)
            said = f"me_{action}"
    return _back_to_reading(page, said)


@router.post("/me/reading/add")
def add(
    page: OwnPage,
    own: OwnId,
    service: ServiceDep,
    label: Annotated[str, Form(max_length=2000)] = "",
    concept: Annotated[str, Form(max_length=KEY_LETTERS)] = "",
) -> Response:
    """Add a competence that the CV does not say: one of the vocabulary, or one in the graduate's own words."""
    if not own:
        return page.go("/me/start")
    try:
        readings.add(service.engine, service.log, own, label, page.reader.id, concept=concept or None)
    except InvalidCorrection as refusal:
        told = refusal.text(page.language)
        return _reading(page, own, service, refused=told, typed=label, status=STATUS[InvalidCorrection])
    return page.go("/me/reading", said="me_added", values={"label": " ".join(label.split())})


@router.get("/about")
def about(page: Visitor) -> Response:
    """Say in plain words that a computer ranks, on what, who decides, and how to object or ask for a person."""
    return page.show("me/about.html")


def _own_page(page: Page, own: str, service: ServiceDep, *, refused: str | None = None, status: int = 200) -> Response:
    best = []
    if own and service.engine.store.count("posting"):
        found = service.lists.suggestions(own, filters=own_filters(page), limit=BEST, account=page.reader.id)
        best = [(match, service.engine.posting(match.posting)) for match in found.matches]
    return page.show(
        "me/start.html",
        status=status,
        record=service.engine.candidate(own) if own else None,
        best=best,
        refused=refused,
        formats=FORMATS,
        megabytes=FILE_BYTES // MEGABYTE,
    )


def _reading(
    page: Page,
    own: str,
    service: ServiceDep,
    *,
    refused: str | None = None,
    typed: str = "",
    searched: str = "",
    status: int = 200,
    notices: list[str] | None = None,
) -> Response:
    record = service.engine.candidate(own)
    found = readings.readout(service.engine, own, page.language)
    return page.show(
        "me/reading.html",
        status=status,
        record=record,
        programmes=_programmes(record, found.programmes, page.language),
        lives=place(record.postcode),
        rows=found.rows,
        groups=found.groups,
        searched=" ".join(searched.split()),
        concepts=[_named(concept, found, page.language) for concept in look_up(searched)],
        dropped=found.dropped,
        refused=refused,
        typed=typed,
        notices=notices or [],
        most=MOST_LETTERS,
    )


def _with_notices(page: Page, own: str, service: ServiceDep, file: str, notices: list[str]) -> Response:
    """What was read, and what of the file was left out."""
    return _reading(page, own, service, notices=[page.t("flash.me_cv_read", file=file), *notices])


def _back_to_reading(page: Page, said: str) -> RedirectResponse:
    return page.go("/me/reading", said=said)


@dataclass(frozen=True, slots=True)
class Named:
    """A competence of the vocabulary in the reader's language and in the other; `held`: it stands on the list."""

    id: str
    label: str
    other: str
    held: bool


def _named(concept: Concept, found: Readout, language: str) -> Named:
    label, other = (concept.da, concept.en) if language == "da" else (concept.en, concept.da)
    row = found.row(concept.id)
    return Named(concept.id, label, "" if other == label else other, held=row is not None and not row.implied)


def _programmes(record: Candidate, read: Sequence[str], language: str) -> list[str]:
    """The programme as the record names it, or else those that were read in the CV, as the reader says them."""
    known = {each.id: each for each in read_programmes()}
    if record.programme and record.programme not in known:
        return [record.programme]
    ids = [record.programme] if record.programme else list(read)
    return [known[id].da if language == "da" else known[id].en for id in ids if id in known]
