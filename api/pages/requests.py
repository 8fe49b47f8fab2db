"""Asking for a person: a graduate asks or objects, and consultants see who waits, with how to reach them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, cast

from fastapi import APIRouter, Form
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.errors import status_of
from api.pages.addresses import IdInPath
from api.pages.desk import desk_of
from api.pages.own import OwnId, OwnPage
from api.pages.page import ContactPage, Page
from api.service import Service
from matcher.accounts.records import Account
from matcher.accounts.tokens import new_id
from matcher.errors import InvalidRequest
from matcher.ledger.lines import moment
from matcher.requests import LONGEST_NOTE, WANTED, Request, Wanted

MOST_ANSWERED = 25
"""Requests that somebody followed up and that the list still shows."""
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request with who made it (None once the account is gone) and who followed up."""

    request: Request
    asker: Account | None
    answered_by: str


@router.get("/me/ask")
def ask(page: OwnPage, service: ServiceDep) -> Response:
    """Offer the graduate a person to talk to, and show what they asked before."""
    return _own(page, service)


@router.post("/me/ask")
def asked(
    page: OwnPage,
    own: OwnId,
    service: ServiceDep,
    wanted: Annotated[str, Form(max_length=40)] = "",
    note: Annotated[str, Form(max_length=20_000)] = "",
) -> Response:
    """Keep a request; consultants see it at once, and an objection takes the graduate off all shortlists."""
    try:
        request = Request(
            id=new_id("r"),
            account=page.reader.id,
            candidate=own or None,
            wanted=cast("Wanted", wanted),
            note=note.strip(),
            at=moment(),
        )
    except InvalidRequest as refusal:
        told = page.t("ask.choose") if not wanted else refusal.text(page.language)
        return _own(page, service, wanted=wanted, note=note, refused=told, status=status_of(refusal))
    line = desk_of(service).ask(request)
    if line is not None:
        service.log.anchor(line)
    return page.go("/me/ask", said=f"asked_{request.wanted}")


@router.post("/me/ask/withdraw")
def withdraw(page: OwnPage, service: ServiceDep, request: Annotated[str, Form(max_length=100)] = "") -> Response:
    """Take a request or an objection back."""
    service.log.anchor(desk_of(service).withdraw_request(request, account=page.reader.id))
    return page.go("/me/ask", said="asked_withdrawn")


@router.get("/requests")
def requests(page: ContactPage, service: ServiceDep) -> Response:
    """List who asked for a person, those who wait longest first."""
    known = _with_people(page, service)
    answered = sorted((one for one in known if not one.request.open), key=lambda one: one.request.answered)
    return page.show(
        "requests.html",
        waiting=[one for one in known if one.request.open],
        answered=answered[::-1][:MOST_ANSWERED],
    )


@router.post("/requests/{id}")
def answered(page: ContactPage, service: ServiceDep, id: IdInPath) -> Response:
    """Note that the reader has followed up; who was not the first is told."""
    line = desk_of(service).answer_request(id, account=page.reader.id, at=datetime.now(UTC))
    if line is None:
        return page.go("/requests", said="request_taken")
    service.log.anchor(line)
    return page.go("/requests", said="request_answered")


def open_requests(service: Service) -> list[Request]:
    """Return the requests that nobody has followed up yet, oldest first."""
    return [request for request in desk_of(service).requests() if request.open]


def requests_of(service: Service, candidate: str) -> list[Request]:
    """Return what the person behind a record asked that is open or still holds."""
    mine = (request for request in desk_of(service).requests() if request.candidate == candidate)
    return [request for request in mine if request.open or request.wanted == "objection"]


def _own(
    page: Page, service: Service, *, wanted: str = "", note: str = "", refused: str | None = None, status: int = 200
) -> Response:
    mine = [request for request in desk_of(service).requests() if request.account == page.reader.id]
    return page.show(
        "me/ask.html",
        status=status,
        mine=mine,
        choices=WANTED,
        wanted=wanted,
        note=note,
        refused=refused,
        longest=LONGEST_NOTE,
    )


def _with_people(page: Page, service: Service) -> list[Waiting]:
    accounts = {account.id: account for account in page.doors.accounts.roster.all()}
    return [
        Waiting(
            request=request,
            asker=accounts.get(request.account),
            answered_by=accounts[request.by].name if request.by in accounts else request.by,
        )
        for request in desk_of(service).requests()
    ]
