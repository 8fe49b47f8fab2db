"""The graduate's own page: handing in a CV, what was read in it, and correcting that."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from api.dependencies import ServiceDep
from api.errors import STATUS
from api.pages import readings
from api.pages.own import OwnId, OwnPage, id_for_upload, own_filters
from api.pages.page import Page, Visitor
from matcher.corrections import MOST_LETTERS
from matcher.errors import InvalidCorrection, UnreadableFile
from matcher.ingest.limits import FILE_BYTES, MEGABYTE
from matcher.ingest.report import rendered
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
def reading(page: OwnPage, own: OwnId, service: ServiceDep) -> Response:
    """Show what was read in the graduate's CV."""
    return _reading(page, own, service) if own else page.go("/me/start")


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
def add(page: OwnPage, own: OwnId, service: ServiceDep, label: Annotated[str, Form(max_length=2000)] = "") -> Response:
    """Add a competence that the CV does not say."""
    if not own:
        return page.go("/me/start")
    try:
        readings.add(service.engine, service.log, own, label, page.reader.id)
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
    status: int = 200,
    notices: list[str] | None = None,
) -> Response:
    record = service.engine.candidate(own)
    found = readings.readout(service.engine, own, page.language)
    return page.show(
        "me/reading.html",
        status=status,
        record=record,
        programme=_programme(record, page.language),
        rows=found.rows,
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


def _programme(record: Candidate, language: str) -> str | None:
    """The name of the programme that the record names, as the reader says it."""
    found = next((each for each in read_programmes() if each.id == record.programme), None)
    if found is None:
        return record.programme
    return found.da if language == "da" else found.en
