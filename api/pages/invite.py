"""Inviting a graduate: an account of their own, for a record that is there or for a CV they hand in themselves."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from api.auth.errors import STATUS
from api.dependencies import ServiceDep
from api.pages.page import InvitingPage, Page
from api.service import Service
from matcher.accounts.errors import EmailTaken, InvalidAccount
from matcher.accounts.records import Account, OneTimeLink

WORDS = 300
ID_LETTERS = 400
router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=WORDS)]


@router.get("/invite")
def invitation(
    page: InvitingPage, service: ServiceDep, candidate: Annotated[str, Query(max_length=ID_LETTERS)] = ""
) -> Response:
    """Ask whom to invite; what a CV says of name and address is filled in for whoever may see it."""
    owner = account_of(page, candidate)
    name = email = ""
    if candidate and page.may("contacts"):
        contact = service.engine.store.contact("candidate", service.engine.candidate(candidate).id)
        name, email = next(iter(contact.names), ""), next(iter(contact.emails), "")
    return _form(page, service, name=name, email=email, candidate=candidate, owner=owner)


@router.post("/invite")
def invite(
    page: InvitingPage,
    service: ServiceDep,
    name: Text = "",
    email: Text = "",
    candidate: Annotated[str, Form(max_length=ID_LETTERS)] = "",
) -> Response:
    """Make a graduate's account and show the link once; a record has one account."""
    owner = account_of(page, candidate)
    if candidate:
        service.engine.candidate(candidate)
    if owner is not None:
        return _form(page, service, name=name, email=email, candidate=candidate, owner=owner, status=409)
    try:
        link = page.doors.accounts.links.invite(
            name=name, email=email, role="graduate", candidate=candidate or None, by=page.reader
        )
    except (EmailTaken, InvalidAccount) as refusal:
        told = page.t("invite.taken") if isinstance(refusal, EmailTaken) else refusal.text(page.language)
        status = STATUS[type(refusal)]
        return _form(page, service, name=name, email=email, candidate=candidate, refused=told, status=status)
    return _form(page, service, candidate=candidate, link=link)


@router.post("/invite/again")
def invite_again(page: InvitingPage, service: ServiceDep, account: Text = "") -> Response:
    """Make a new link for a graduate who has not used theirs; who has a password gets one from an administrator."""
    found = page.doors.accounts.roster.get(account)
    if not _invited(found):
        return _form(page, service, refused=page.t("invite.has_password"), status=409)
    try:
        link = page.doors.accounts.links.reset(found.id, by=page.reader)
    except InvalidAccount as refusal:
        return _form(page, service, refused=refusal.text(page.language), status=STATUS[InvalidAccount])
    return _form(page, service, candidate=found.candidate or "", link=link)


def account_of(page: Page, candidate: str) -> Account | None:
    """Return the account that a candidate's record belongs to."""
    return next((one for one in page.doors.accounts.roster.all() if candidate and one.candidate == candidate), None)


def _invited(account: Account) -> bool:
    """Whether a graduate's account has never been signed in to."""
    return account.role == "graduate" and account.active and account.password is None and account.subject is None


def _form(
    page: Page,
    service: Service,
    *,
    name: str = "",
    email: str = "",
    candidate: str = "",
    owner: Account | None = None,
    link: OneTimeLink | None = None,
    refused: str | None = None,
    status: int = 200,
) -> Response:
    graduates = [one for one in page.doors.accounts.roster.all() if one.role == "graduate" and one.active]
    records = set(service.engine.store.ids("candidate"))
    return page.show(
        "invite.html",
        status=status,
        name=name,
        email=email,
        candidate=candidate,
        owner=owner,
        owner_invited=owner is not None and _invited(owner),
        link=link,
        address=page.doors.link(link) if link else None,
        unused=[one for one in graduates if _invited(one)],
        without_cv=[one for one in graduates if not _invited(one) and one.candidate not in records],
        refused=refused,
    )
