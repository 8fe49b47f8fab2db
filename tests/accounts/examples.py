"""Accounts of invented people, with a clock that is moved by hand and passwords that cost nothing to hash."""

from datetime import UTC, datetime, timedelta

from argon2 import PasswordHasher

from matcher.accounts.accounts import Accounts
from matcher.accounts.desk import Desk, Event
from matcher.accounts.passwords import Passwords
from matcher.accounts.ports import AccountBook
from matcher.accounts.records import Account
from matcher.accounts.roles import Role

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "blå heste drikker kaffe"
EMAIL = "maja@example.org"
BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class HandClock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = BEGINNING

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


class House:
    """Accounts over a book, with what they noted."""

    def __init__(self, book: AccountBook) -> None:
        self.book = book
        self.clock = HandClock()
        self.events: list[Event] = []
        desk = Desk(book=book, passwords=Passwords(CHEAP), clock=self.clock, note=self.events.append)
        self.accounts = Accounts.at(desk)

    def somebody(
        self, role: Role = "consultant", email: str = EMAIL, name: str = "Maja Testesen", candidate: str | None = None
    ) -> Account:
        """An account that can sign in with PASSWORD."""
        link = self.accounts.links.invite(name=name, email=email, role=role, candidate=candidate)
        return self.accounts.links.redeem(link.token, PASSWORD)

    def administrator(self) -> Account:
        """Somebody who keeps the accounts."""
        return self.somebody("administrator", "bo@example.org", "Bo Prøvesen")

    def kinds(self) -> list[str]:
        """What was noted, in order."""
        return [event.kind for event in self.events]
