"""Refusals as pages: in the reader's language, saying what to do, and keeping what was typed."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlsplit

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from api.auth.csrf import FIELD, FORMS, SAFE
from api.auth.errors import ForgedForm
from api.pages.addresses import own_path
from api.pages.page import Page, visitor
from api.problems import FAULT, Problem, of_invalid, of_refusal, of_status
from matcher.accounts.errors import NotSignedIn
from matcher.errors import MatcherError

MOST_KEPT = 500_000
"""Letters of typed text that are handed back on an error page; a browser keeps longer ones on going back."""
SECRET_FIELDS = {FIELD, "password", "password_again", "old_password"}
SEND_AGAIN = {409, 422, 429, 503}
"""Statuses after which the same form may be sent again."""

Typed = Sequence[tuple[str, str]]


async def refusal_page(
    request: Request, status: int, refusal: Exception | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Return the page for a refusal, or for a status alone: what `api.errors.install` takes.

    Who is not signed in is led to signing in and back; what a form held is kept meanwhile and can be sent again.
    """
    page = visitor(request, request.app.state.doors)
    typed = await typed_in(request)
    if isinstance(refusal, NotSignedIn):
        return _sign_in_first(page, typed)
    again = isinstance(refusal, ForgedForm) or status in SEND_AGAIN
    problem = _problem(refusal, status, page.language)
    shown = page.show("error.html", status=status, problem=problem, typed=typed if again else [], fault=status >= FAULT)
    shown.headers.update(dict(headers or {}))
    return shown


def _problem(refusal: Exception | None, status: int, language: str) -> Problem:
    if isinstance(refusal, MatcherError):
        return of_refusal(refusal, status, language)
    if isinstance(refusal, RequestValidationError):
        return of_invalid(refusal, language)
    return of_status(status, language)


async def typed_in(request: Request) -> list[tuple[str, str]]:
    """Return the texts of a form that one of our pages sent; passwords, tokens and files are left out.

    Only the browser's own word that the form came from here counts: another site must not fill in our forms.
    """
    if request.method in SAFE or not _from_here(request):
        return []
    if not request.headers.get("Content-Type", "").startswith(FORMS):
        return []
    try:
        sent = await request.form()
    except (HTTPException, RuntimeError, ClientDisconnect):  # too large, cut off, or read by somebody else
        return []
    found = [(name, value) for name, value in sent.multi_items() if isinstance(value, str)]
    kept = [(name, value) for name, value in found if name not in SECRET_FIELDS]
    return kept if sum(len(value) for _, value in kept) <= MOST_KEPT else []


def _from_here(request: Request) -> bool:
    """Whether the browser says that one of our pages sent this; older ones say it by the origin only."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.headers.get("Host")


def _sign_in_first(page: Page, typed: Typed) -> Response:
    request = page.request
    if "HX-Request" in request.headers:
        parts = urlsplit(request.headers.get("HX-Current-URL", "/"))
        here = own_path(parts.path + (f"?{parts.query}" if parts.query else ""))
        return Response(status_code=401, headers={"HX-Redirect": f"/sign-in?next={quote(here, safe='')}"})
    if request.method in SAFE:
        return RedirectResponse(f"/sign-in?next={quote(page.path, safe='')}", status_code=303)
    return page.show(
        "sign_in.html", status=401, next=page.path if typed else "/", typed=typed, ended=True, refused=None, email=""
    )
