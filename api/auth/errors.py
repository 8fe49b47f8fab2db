"""Refusals at the doors of the service, and the HTTP status of every refusal about accounts."""

from collections.abc import Mapping

from matcher.accounts.errors import (
    EmailTaken,
    InvalidAccount,
    LastAdministrator,
    LinkRefused,
    NotAllowed,
    NotSignedIn,
    SignInRefused,
    UnknownAccount,
    UnknownPerson,
    WeakPassword,
)
from matcher.errors import MatcherError, Phrase


class ForgedForm(MatcherError):
    """A change that did not come from a page of ours."""

    key = "accounts.forged_form"


class TooManyTries(MatcherError):
    """More requests than are allowed; `seconds` until the next one is."""

    key = "accounts.too_many_tries"

    def __init__(self, *, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds=seconds)


class OidcRefused(MatcherError):
    """Sign-in at an issuer that did not work: `issuer`, and why as `accounts.oidc.<reason>`."""

    key = "accounts.oidc.refused"

    def __init__(self, reason: str, *, issuer: str, **found: object) -> None:
        super().__init__(issuer=issuer, why=Phrase(f"accounts.oidc.{reason}", found))


STATUS: Mapping[type[MatcherError], int] = {
    NotSignedIn: 401,
    SignInRefused: 401,
    OidcRefused: 401,
    NotAllowed: 403,
    UnknownPerson: 403,
    ForgedForm: 403,
    UnknownAccount: 404,
    EmailTaken: 409,
    LastAdministrator: 409,
    LinkRefused: 410,
    InvalidAccount: 422,
    WeakPassword: 422,
    TooManyTries: 429,
}
"""Status of each refusal; a subclass has that of its base."""


def headers_of(refusal: MatcherError) -> dict[str, str]:
    """Return the headers that a refusal's answer carries."""
    if isinstance(refusal, TooManyTries):
        return {"Retry-After": str(refusal.seconds)}
    if isinstance(refusal, NotSignedIn):
        return {"WWW-Authenticate": "Bearer"}
    return {}
