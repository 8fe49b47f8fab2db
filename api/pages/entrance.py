"""Ways in and out: signing in, one-time links, signing out, the language switch, and the first page."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse, Response

from api.auth.dependencies import own_form
from api.auth.errors import STATUS, TooManyTries
from api.pages.addresses import own_path
from api.pages.language import keep_language
from api.pages.page import Page, SignedIn, Visitor
from api.pages.site import start_of
from matcher.accounts.errors import LinkRefused, SignInRefused, WeakPassword

PATH_LETTERS = 2000
router = APIRouter(include_in_schema=False)
OwnForm = Depends(own_form)
Next = Annotated[str, Query(max_length=PATH_LETTERS)]


@router.get("/")
def home(page: Visitor) -> Response:
    """Lead to where the reader begins."""
    return page.go("/sign-in" if page.account is None else start_of(page.account))


@router.get("/sign-in")
def sign_in(page: Visitor, next: Next = "/") -> Response:  # noqa: A002 - the word in the address
    """Ask for address and password."""
    if page.account is not None:
        return page.go(own_path(next))
    return page.show("sign_in.html", next=own_path(next), typed=[], ended=next != "/", refused=None, email="")


@router.post("/sign-in", dependencies=[OwnForm])
def signed_in(
    page: Visitor,
    email: Annotated[str, Form(max_length=400)] = "",
    password: Annotated[str, Form(max_length=2000)] = "",
    next: Annotated[str, Form(max_length=PATH_LETTERS)] = "/",  # noqa: A002
    typed_name: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
    typed_value: Annotated[list[str], Form()] = [],  # noqa: B006
) -> Response:
    """Sign in and go on to the page that was asked for; what was typed there before comes along."""
    typed, onward = list(zip(typed_name, typed_value, strict=False)), own_path(next)
    answer = RedirectResponse(onward, status_code=303)
    try:
        account = page.doors.sign_in(page.request, answer, email, password)
    except (SignInRefused, TooManyTries) as refusal:
        told = refusal.text(page.language)
        status = STATUS[type(refusal)]
        return page.show(
            "sign_in.html", status=status, next=onward, typed=typed, ended=False, refused=told, email=email
        )
    if not typed:
        return answer if onward != "/" else _led(answer, start_of(account))
    opened = Response()
    session = page.doors.sessions.open(opened, account)
    mine = Page(page.request, page.doors, account)
    again = mine.show("send_again.html", session=session.id, typed=typed, action=onward)
    again.headers.append("set-cookie", opened.headers["set-cookie"])
    return again


@router.post("/sign-out")
def sign_out(page: SignedIn) -> Response:
    """End all sessions of the reader."""
    answer = page.go("/sign-in", said="signed_out")
    page.doors.sign_out(answer, page.reader)
    return answer


@router.get("/link/{token}")
def link(page: Visitor, token: str) -> Response:
    """Ask who holds a one-time link for a new password."""
    try:
        account = page.doors.accounts.links.account(token)
    except LinkRefused as refusal:
        return page.show("link.html", status=410, token="", holder=None, refused=refusal.text(page.language))
    return page.show("link.html", token=token, holder=account, refused=None)


@router.post("/link/{token}", dependencies=[OwnForm])
def redeem(
    page: Visitor,
    token: str,
    password: Annotated[str, Form(max_length=2000)] = "",
    password_again: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Set the password and sign in."""
    holder = page.doors.accounts.links.account(token)
    if password != password_again:
        return page.show("link.html", status=422, token=token, holder=holder, refused=page.t("link.differ"))
    answer = page.go("/", said="password_set")
    try:
        page.doors.redeem(page.request, answer, token, password)
    except (WeakPassword, TooManyTries) as refusal:
        status, told = STATUS[type(refusal)], refusal.text(page.language)
        return page.show("link.html", status=status, token=token, holder=holder, refused=told)
    return answer


@router.get("/language/{language}")
def switch(page: Visitor, language: str, next: Next = "/") -> Response:  # noqa: A002
    """Read on in another language."""
    answer = page.go(own_path(next))
    keep_language(answer, language, secure=page.doors.settings.secure)
    return answer


def _led(answer: RedirectResponse, path: str) -> RedirectResponse:
    answer.headers["location"] = path
    return answer
