"""All that guards the service, in one value kept as `app.state.doors`."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from api.auth.csrf import Csrf
from api.auth.rates import Rates, asker
from api.auth.sessions import Session, Sessions
from api.auth.settings import AuthSettings
from matcher.accounts.accounts import Accounts
from matcher.accounts.errors import NotSignedIn
from matcher.accounts.records import Account, Clock, OneTimeLink, utc_now

LINK_PATH = "/link/"
"""Where the page of a one-time link stands; the token follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Accounts with what reads them off a request."""

    accounts: Accounts
    settings: AuthSettings
    secret: bytes
    sessions: Sessions
    csrf: Csrf
    rates: Rates

    @classmethod
    def of(cls, accounts: Accounts, settings: AuthSettings, secret: bytes, *, clock: Clock = utc_now) -> Self:
        """Put the parts together; `InvalidSetting` for a public address that is none."""
        settings.origin()
        lasting = timedelta(hours=settings.session_hours)
        return cls(
            accounts=accounts,
            settings=settings,
            secret=secret,
            sessions=Sessions(secret, lasting=lasting, secure=settings.secure, clock=clock),
            csrf=Csrf(secret, secure=settings.secure),
            rates=Rates(
                requests_per_minute=settings.requests_per_minute, sign_ins_per_minute=settings.sign_ins_per_minute
            ),
        )

    def sign_in(self, request: HTTPConnection, response: Response, email: str, password: str) -> Account:
        """Sign somebody in by password and give the browser its session."""
        self.rates.count("sign_in", asker(request))
        account = self.accounts.entrance.sign_in(email, password)
        self.open(response, account)
        return account

    def open(self, response: Response, account: Account) -> None:
        """Give the browser a new session; the next page brings the form token that goes with it."""
        self.sessions.open(response, account)

    def redeem(self, request: HTTPConnection, response: Response, token: str, password: str) -> Account:
        """Use a one-time link and sign its owner in."""
        self.rates.count("link", asker(request))
        account = self.accounts.links.redeem(token, password)
        self.open(response, account)
        return account

    def sign_out(self, response: Response, account: Account) -> None:
        """End all sessions of an account, and this browser's cookie."""
        self.accounts.entrance.sign_out(account.id)
        self.sessions.close(response)

    def link(self, link: OneTimeLink) -> str:
        """Return the whole address of a one-time link, to print or to hand over."""
        return self.settings.link(LINK_PATH + link.token)

    def session(self, request: HTTPConnection) -> tuple[Session, Account]:
        """Return the browser's session and its account, or `NotSignedIn`."""
        session = self.sessions.read(request)
        return session, self.accounts.entrance.of_session(session.account, session.sessions)

    def form_token(self, request: Request) -> str:
        """Return the token for the forms of a page, which is to be kept by `csrf.keep` on its response."""
        return self.csrf.token(request, self._session_id(request))

    def check_form(self, request: Request, sent: str) -> None:
        """Refuse (`ForgedForm`) a form that is not ours, before sign-in or after."""
        self.csrf.check(request, self._session_id(request), sent)

    def _session_id(self, request: HTTPConnection) -> str:
        try:
            return self.session(request)[0].id
        except NotSignedIn:
            return ""
