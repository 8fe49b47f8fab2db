"""Refusals around accounts. None tells a stranger whether an address has an account."""

from matcher.errors import MatcherError


class UnknownAccount(MatcherError):
    """No such account or key: `found`."""

    key = "accounts.unknown"


class EmailTaken(MatcherError):
    """Another account has this address: `email`."""

    key = "accounts.email_taken"


class InvalidAccount(MatcherError):
    """An account that cannot be kept: `found`, `wanted`."""

    key = "accounts.invalid"


class LastAdministrator(MatcherError):
    """Nobody would be left who can keep the accounts."""

    key = "accounts.last_administrator"


class SignInRefused(MatcherError):
    """Wrong address or password, an ended account or a locked one, all in the same words: `tries`, `minutes`."""

    key = "accounts.sign_in_refused"


class LinkRefused(MatcherError):
    """A one-time link that was used, replaced, is too old or never was."""

    key = "accounts.link_refused"


class WeakPassword(MatcherError):
    """A password that is not taken: `why`."""

    key = "accounts.weak_password"


class NotSignedIn(MatcherError):
    """No session, or one that has ended."""

    key = "accounts.not_signed_in"


class KeyRefused(NotSignedIn):
    """An API key that is unknown, revoked, or whose account has ended."""

    key = "accounts.key_refused"


class NotAllowed(MatcherError):
    """The role does not hold the permission: `role`, `permission`."""

    key = "accounts.not_allowed"


class UnknownPerson(MatcherError):
    """An OIDC issuer vouches for somebody whom no administrator has invited."""

    key = "accounts.unknown_person"
