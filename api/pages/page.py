"""What a page's route works with: who reads it, in which language, and how it is sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from api.auth.dependencies import CurrentAccount, DoorsDep, require
from api.auth.doors import Doors
from api.pages import flash
from api.pages.language import PageLanguage, language_of
from api.pages.site import nav_of, render
from matcher.accounts.errors import NotSignedIn
from matcher.accounts.records import Account
from matcher.accounts.roles import Permission
from matcher.engine import PATIENCE, Engine
from matcher.messages import message


@dataclass(frozen=True, slots=True)
class Page:
    """One request for a page; `account` is None where nobody has signed in."""

    request: Request
    doors: Doors
    account: Account | None

    @property
    def language(self) -> PageLanguage:
        """The language that the browser reads in."""
        return language_of(self.request)

    @property
    def reader(self) -> Account:
        """Who has signed in."""
        if self.account is None:
            raise NotSignedIn
        return self.account

    @property
    def day(self) -> date:
        """The day that lists are made for: the app's own where it has one (a demo), else today."""
        return getattr(self.request.app.state, "as_of", None) or date.today()  # noqa: DTZ011 - the office's own day

    def may(self, permission: Permission) -> bool:
        """Whether the reader holds a permission."""
        return self.account is not None and self.account.may(permission)

    def t(self, key: str, **values: object) -> str:
        """Return the text `pages.<key>`."""
        return message(f"pages.{key}", self.language, **values)

    def show(self, template: str, *, status: int = 200, session: str | None = None, **values: object) -> HTMLResponse:
        """Send a page. It says what was done just before, and its forms carry a token that is ours.

        `session`: id of a session that begins with this very answer.
        """
        doors = self.doors
        token = doors.form_token(self.request) if session is None else doors.csrf.token(self.request, session)
        told = flash.read(self.request, self.doors.secret)
        always = {
            "page": self,
            "csrf": token,
            "flash": told,
            "nav": nav_of(self.account),
            "path": self.path,
            "unread": self._unread(),
        }
        response = HTMLResponse(render(template, self.language, {**always, **values}), status_code=status)
        self.doors.csrf.keep(response, token)
        if flash.COOKIE in self.request.cookies:
            flash.forget(response)
        return response

    def go(self, path: str, *, said: str | None = None, values: Mapping[str, str] | None = None) -> RedirectResponse:
        """Send the browser on to a page, with a text `pages.flash.<said>` to show there."""
        response = RedirectResponse(path, status_code=303)
        if said is not None:
            told = flash.Flash(said, values or {})
            flash.keep(response, self.doors.secret, told, secure=self.doors.settings.secure)
        return response

    def _unread(self) -> int:
        """How many records no list holds yet, for readers of lists; a few are read before the next list is made."""
        engine: Engine = self.request.app.state.engine
        found = engine.waiting() if self.may("shortlists") else 0
        return found if found > PATIENCE else 0

    @property
    def path(self) -> str:
        """The address that was asked for, with its query."""
        url = self.request.url
        return f"{self.request.scope['path']}?{url.query}" if url.query else str(self.request.scope["path"])


def visitor(request: Request, doors: DoorsDep) -> Page:
    """Return a page for anybody, signed in or not."""
    try:
        return Page(request, doors, doors.session(request)[1])
    except NotSignedIn:
        return Page(request, doors, None)


def signed_in(request: Request, doors: DoorsDep, account: CurrentAccount) -> Page:
    """Return a page for whoever has signed in."""
    return Page(request, doors, account)


def reader(*permissions: Permission) -> Callable[..., Page]:
    """Return a dependency: a page for who holds one of the permissions."""
    guard = require(*permissions)

    def page(request: Request, doors: DoorsDep, account: Annotated[Account, Depends(guard)]) -> Page:
        return Page(request, doors, account)

    return page


Visitor = Annotated[Page, Depends(visitor)]
SignedIn = Annotated[Page, Depends(signed_in)]
ShortlistPage = Annotated[Page, Depends(reader("shortlists"))]
VerdictPage = Annotated[Page, Depends(reader("verdicts"))]
CorrectionPage = Annotated[Page, Depends(reader("corrections"))]
ExportPage = Annotated[Page, Depends(reader("exports"))]
ContactPage = Annotated[Page, Depends(reader("contacts"))]
InvitingPage = Annotated[Page, Depends(reader("invitations"))]
RulesPage = Annotated[Page, Depends(reader("rules"))]
CardPage = Annotated[Page, Depends(reader("cards"))]
