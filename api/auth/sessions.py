"""Sessions in signed cookies. The server keeps nothing but the count on the account that ends them all at once."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.auth.signing import serializer
from matcher.accounts.errors import NotSignedIn
from matcher.accounts.records import Account, Clock

NAME = "matcher_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser's session: whose, under which count of the account, and an id of its own that forms are bound to."""

    account: str
    sessions: int
    id: str
    until: datetime


class Sessions:
    """Opens, reads and closes sessions."""

    def __init__(self, secret: bytes, *, lasting: timedelta, secure: bool, clock: Clock) -> None:
        self._signed: URLSafeSerializer = serializer(secret, "session")
        self._lasting = lasting
        self._secure = secure
        self._clock = clock
        self.cookie = cookie_name(NAME, secure=secure)

    def open(self, response: Response, account: Account) -> Session:
        """Begin a session with a new id, whatever the browser brought along."""
        until = self._clock() + self._lasting
        session = Session(account=account.id, sessions=account.sessions, id=secrets.token_urlsafe(16), until=until)
        value = self._signed.dumps([session.account, session.sessions, session.id, int(until.timestamp())])
        response.set_cookie(
            self.cookie,
            str(value),
            max_age=int(self._lasting.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
        return session

    def read(self, request: HTTPConnection) -> Session:
        """Return the session a request carries, or `NotSignedIn` if it has none, a forged or an old one."""
        try:
            account, sessions, id, until = self._signed.loads(request.cookies.get(self.cookie, ""))
        except BadData:
            raise NotSignedIn from None
        session = Session(account=account, sessions=sessions, id=id, until=datetime.fromtimestamp(until, UTC))
        if self._clock() >= session.until:
            raise NotSignedIn
        return session

    def close(self, response: Response) -> None:
        """Take the cookie out of the browser; `Entrance.sign_out` ends what else there is of it."""
        response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="lax")


def cookie_name(name: str, *, secure: bool) -> str:
    """Return a cookie's name; over TLS the prefix keeps other hosts of the domain from setting it (RFC 6265bis)."""
    return f"__Host-{name}" if secure else name
