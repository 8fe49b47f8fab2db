"""What every part of the accounts works with: the book, the clock, the passwords, and whom to tell what happened."""

import logging
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from matcher.accounts.errors import InvalidAccount
from matcher.accounts.passwords import Passwords
from matcher.accounts.ports import AccountBook
from matcher.accounts.records import Account, Clock, utc_now
from matcher.accounts.roles import ROLES
from matcher.errors import Phrase
from matcher.privacy.cpr import mask_cpr

LOG = logging.getLogger(__name__)
LONGEST = 254
"""Letters in a name or an address: RFC 5321, 4.5.3.1.3."""

Happening = Literal[
    "login",
    "login_refused",
    "logout",
    "invited",
    "link_made",
    "password_set",
    "changed",
    "removed",
    "key_made",
    "key_revoked",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened to an account, for the decision log: ids only, no names, no addresses, no secrets.

    `account` is empty where somebody tried an address that has none.
    """

    kind: Happening
    account: str
    by: str | None = None
    details: dict[str, str] = field(default_factory=dict)


Note = Callable[[Event], None]


def unnoted(event: Event) -> None:
    """Keep an event in the program's own log only."""
    LOG.info("%s of account %s by %s %s", event.kind, event.account, event.by, event.details)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The parts that sign-in, links, keys and administration share."""

    book: AccountBook
    passwords: Passwords = field(default_factory=Passwords)
    clock: Clock = utc_now
    note: Note = unnoted


def tidy_name(name: str) -> str:
    """Return a name on one line, or `InvalidAccount`."""
    tidy = mask_cpr(" ".join(name.split()))
    if not (tidy and tidy.isprintable() and len(tidy) <= LONGEST):
        raise InvalidAccount(found=name[:LONGEST], wanted=Phrase("accounts.wanted.name"))
    return tidy


def tidy_email(email: str) -> str:
    """Return an address without outer space and in lower case, or `InvalidAccount`."""
    address = unicodedata.normalize("NFC", email[: LONGEST + 1].strip()).lower()
    name, _, host = address.rpartition("@")
    if not (name and host and address.isprintable() and " " not in address and len(address) <= LONGEST):
        raise InvalidAccount(found=email[:LONGEST], wanted=Phrase("accounts.wanted.email"))
    return address


def checked(account: Account) -> Account:
    """Return the account if its role is one and goes with its candidate, or `InvalidAccount`."""
    if account.role not in ROLES:
        raise InvalidAccount(found=account.role, wanted=Phrase("accounts.wanted.role", {"roles": ", ".join(ROLES)}))
    if account.candidate is not None and account.role != "graduate":
        raise InvalidAccount(found=account.candidate, wanted=Phrase("accounts.wanted.graduate"))
    return account


def ended(account: Account) -> Account:
    """Return the account with all its sessions ended."""
    return replace(account, sessions=account.sessions + 1)
