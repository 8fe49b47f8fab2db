"""FastAPI dependencies: who asks, and may they. Every route takes one of these or is public on purpose."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from anyio import to_thread
from fastapi import Depends, Request

from api.auth.csrf import FIELD, FORMS, HEADER, SAFE
from api.auth.doors import Doors
from api.auth.rates import asker
from matcher.accounts.errors import KeyRefused, NotAllowed, NotSignedIn
from matcher.accounts.records import Account
from matcher.accounts.roles import Permission
from matcher.errors import Phrase

BEARER = "bearer "
FILES = "multipart/form-data"


def doors_of(request: Request) -> Doors:
    """Return what guards the app."""
    doors = request.app.state.doors
    assert isinstance(doors, Doors)
    return doors


DoorsDep = Annotated[Doors, Depends(doors_of)]


async def sent_token(request: Request, doors: DoorsDep) -> AsyncIterator[str]:
    """Yield the token a request carries in its header or form, "" for none.

    A form with files is read for who has a session only: of anybody else it is refused before it is taken in.
    """
    if header := request.headers.get(HEADER):
        yield header
    elif request.method in SAFE or _has_key(request) or not await _may_send_form(request, doors):
        yield ""
    else:
        async with request.form() as form:
            field = form.get(FIELD)
            yield field if isinstance(field, str) else ""


SentToken = Annotated[str, Depends(sent_token)]


def current_account(request: Request, doors: DoorsDep, sent: SentToken) -> Account:
    """Return who asks, by API key or by session; `NotSignedIn`, `ForgedForm` or `TooManyTries` otherwise.

    A key is never sent by a browser on its own, so only sessions need the form token, and only to change something.
    """
    if _has_key(request):
        account = _by_key(doors, asker(request), request.headers["Authorization"][len(BEARER) :].strip())
    else:
        session, account = doors.session(request)
        if request.method not in SAFE:
            doors.csrf.check(request, session.id, sent)
    doors.rates.count("requests", account.id)
    return account


def own_form(request: Request, doors: DoorsDep, sent: SentToken) -> None:
    """Refuse a form that is not ours: for public routes that change something (sign-in, one-time links)."""
    doors.check_form(request, sent)


CurrentAccount = Annotated[Account, Depends(current_account)]


@dataclass(frozen=True, slots=True)
class Require:
    """A dependency that returns who asks if their role holds one of the permissions, else `NotAllowed`."""

    permissions: tuple[Permission, ...]

    def __call__(self, account: CurrentAccount) -> Account:
        """Return who asks."""
        if not any(account.may(permission) for permission in self.permissions):
            wanted = Phrase(f"accounts.permission.{self.permissions[0]}")
            raise NotAllowed(role=Phrase(f"accounts.role.{account.role}"), permission=wanted)
        return account


def require(*permissions: Permission) -> Require:
    """Return a dependency for who holds one of `permissions`: `Annotated[Account, Depends(require("verdicts"))]`."""
    if not permissions:
        raise ValueError("a route requires at least one permission")
    return Require(permissions)


def _has_key(request: Request) -> bool:
    return request.headers.get("Authorization", "").lower().startswith(BEARER)


async def _may_send_form(request: Request, doors: Doors) -> bool:
    """Whether a request holds a form that is worth reading."""
    kind = request.headers.get("Content-Type", "").lower()
    return kind.startswith(FORMS) and (
        not kind.startswith(FILES) or await to_thread.run_sync(_has_session, request, doors)
    )


def _has_session(request: Request, doors: Doors) -> bool:
    try:
        doors.session(request)
    except NotSignedIn:
        return False
    return True


def _by_key(doors: Doors, who: str, secret: str) -> Account:
    doors.rates.refuse_if_spent("bad_key", who)
    try:
        return doors.accounts.keys.account(secret)
    except KeyRefused:
        doors.rates.count("bad_key", who)
        raise
