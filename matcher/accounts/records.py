"""An account, a key of its own, and the link that opens it once. All times are aware and in UTC."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from matcher.accounts.roles import Permission, Role, allows

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class Author(Protocol):
    """Who does something to an account: an account itself, or a user of the command line, who has none."""

    @property
    def id(self) -> str:
        """What the log names them by."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may sign in, once `password` or `subject` is there.

    `sessions` counts up to end all sessions; `token` is the digest of a one-time link that opens until `token_until`;
    `subject` is the name an OIDC issuer gives; `candidate` is the record that is a graduate's own.
    """

    id: str
    name: str
    email: str
    role: Role
    created: datetime
    password: str | None = field(default=None, repr=False)
    candidate: str | None = None
    active: bool = True
    sessions: int = 0
    token: bytes | None = field(default=None, repr=False)
    token_until: datetime | None = None
    failures: int = 0
    locked_until: datetime | None = None
    subject: str | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the account is active and its role holds the permission."""
        return self.active and allows(self.role, permission)

    def owns(self, candidate: str) -> bool:
        """Whether a candidate's record is this graduate's own."""
        return self.may("own_data") and self.candidate is not None and self.candidate == candidate

    @property
    def administers(self) -> bool:
        """Whether this account can sign in and keep the other accounts."""
        return self.may("accounts") and (self.password is not None or self.subject is not None)

    def locked(self, now: datetime) -> bool:
        """Whether too many wrong passwords keep everyone out for now."""
        return self.locked_until is not None and now < self.locked_until


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key for programs; it may do what its account may. `digest` is all that is kept of it."""

    id: str
    account: str
    name: str
    digest: bytes = field(repr=False)
    created: datetime
    used: datetime | None = None
    revoked: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeLink:
    """The secret of a link that lets `account` choose a password once, until `until`. It is shown and never kept."""

    account: Account
    token: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made; `secret` is shown now and never again."""

    key: ApiKey
    secret: str = field(repr=False)
