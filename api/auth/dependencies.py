"""FastAPI dependencies: who asks, and may they. Every route takes one of these or is public on purpose."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.auth.csrf import SAFE, sent_token
from api.auth.doors import Doors
from api.auth.rates import asker
from matcher.accounts.errors import KeyRefused, NotAllowed
from matcher.accounts.records import Account
from matcher.accounts.roles import Permission
from matcher.errors import Phrase

BEARER = "bearer "


def doors_of(request: Request) -> Doors:
    """Return what guards the app."""
    doors = request.app.state.doors
    assert isinstance(doors, Doors)
    return doors


DoorsDep = Annotated[Doors, Depends(doors_of)]
SentToken = Annotated[str, Depends(sent_token)]


def current_account(request: Request, doors: DoorsDep, sent: SentToken) -> Account:
    """Return who asks, by API key or by session; `NotSignedIn`, `ForgedForm` or `TooManyTries` otherwise.

    A key is never sent by a browser on its own, so only sessions need the form token, and only to change something.
    """
    credentials = request.headers.get("Authorization", "")
    if credentials.lower().startswith(BEARER):
        account = _by_key(doors, asker(request), credentials[len(BEARER) :].strip())
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


def _by_key(doors: Doors, who: str, secret: str) -> Account:
    doors.rates.refuse_if_spent("bad_key", who)
    try:
        return doors.accounts.keys.account(secret)
    except KeyRefused:
        doors.rates.count("bad_key", who)
        raise
