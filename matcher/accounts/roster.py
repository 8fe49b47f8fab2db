"""What an administrator does with accounts that are there."""

from dataclasses import replace

from matcher.accounts.desk import Desk, Event, checked, ended, tidy_email, tidy_name
from matcher.accounts.errors import UnknownAccount
from matcher.accounts.records import Account
from matcher.accounts.roles import Role


class Roster:
    """All accounts. Nobody can be locked out by it for good: the last administrator stays (`LastAdministrator`)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> list[Account]:
        """All accounts by address."""
        return self._desk.book.accounts()

    def get(self, id: str) -> Account:
        """Return an account or raise `UnknownAccount`."""
        return self._desk.book.get(id)

    def named(self, written: str) -> Account:
        """Return the account with an id or an address, as somebody types it, or raise `UnknownAccount`."""
        try:
            return self._desk.book.get(written.strip())
        except UnknownAccount:
            return self._desk.book.of_email(written.strip().lower())

    def give_role(self, id: str, role: Role, *, by: Account) -> Account:
        """Change a role; sessions end, so that no page of the old role stays open."""

        def given(now: Account) -> Account:
            candidate = now.candidate if role == "graduate" else None
            return ended(checked(replace(now, role=role, candidate=candidate)))

        changed = self._desk.book.change(id, given)
        self._desk.note(Event(kind="changed", account=id, by=by.id, details={"role": role}))
        return changed

    def deactivate(self, id: str, *, by: Account) -> Account:
        """Keep somebody out at once: sessions and links end, keys stop working; what they did stays theirs."""
        changed = self._desk.book.change(
            id, lambda now: ended(replace(now, active=False, token=None, token_until=None))
        )
        self._desk.note(Event(kind="changed", account=id, by=by.id, details={"active": "no"}))
        return changed

    def activate(self, id: str, *, by: Account) -> Account:
        """Let somebody in again with the password they had."""
        changed = self._desk.book.change(id, lambda now: replace(now, active=True))
        self._desk.note(Event(kind="changed", account=id, by=by.id, details={"active": "yes"}))
        return changed

    def rename(self, id: str, *, name: str, email: str, by: Account) -> Account:
        """Change name and address; `EmailTaken` if the address is another's."""
        tidy, address = tidy_name(name), tidy_email(email)
        changed = self._desk.book.change(id, lambda now: replace(now, name=tidy, email=address))
        self._desk.note(Event(kind="changed", account=id, by=by.id))
        return changed

    def belongs(self, id: str, candidate: str | None, *, by: Account) -> Account:
        """Tie a graduate's account to the record that is theirs, or untie it when the record is gone."""
        changed = self._desk.book.change(id, lambda now: checked(replace(now, candidate=candidate)))
        self._desk.note(Event(kind="changed", account=id, by=by.id))
        return changed

    def remove(self, id: str, *, by: Account) -> None:
        """Delete an account with its keys."""
        self._desk.book.remove(id)
        self._desk.note(Event(kind="removed", account=id, by=by.id))
