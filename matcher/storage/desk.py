"""What people change by hand, and what is held of one person: one transaction a call, each with its line in the log."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from matcher.corrections import Correction, logged
from matcher.ledger.lines import Entry, Line, Person
from matcher.privacy.cpr import mask_cpr
from matcher.records import Candidate, Contact, Kind, PostingState
from matcher.requests import Request
from matcher.storage import clocks, corrections, decisions, persons, posting_states, records, requests, search
from matcher.storage.clocks import Due
from matcher.storage.database import Database
from matcher.storage.scrub import scrub


class SqlDesk:
    """Corrections, states of postings, merging, erasing, retention; in SQLite or PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def correct(self, correction: Correction) -> Line:
        """Keep a correction in place of an earlier one of the same place, or raise `UnknownId`."""
        correction = replace(correction, label=mask_cpr(correction.label))
        with self._database.write() as connection:
            corrections.save(connection, correction)
            line = decisions.append(connection, logged(correction), at=correction.at)
        scrub(self._database)
        return line

    def withdraw(self, correction: Correction) -> Line | None:
        """Forget the correction of a place; None, and no line, if there was none."""
        with self._database.write() as connection:
            gone = corrections.withdraw(connection, correction)
            entry = logged(correction, withdrawn=True)
            line = decisions.append(connection, entry, at=correction.at) if gone else None
        scrub(self._database)
        return line

    def set_state(self, state: PostingState) -> Line:
        """Close a posting or mark it filled, or raise `UnknownId`."""
        content = {"posting": state.posting, "state": state.state, "account": state.account}
        entry = Entry(kind="posting_state", content=content, about=(("posting", state.posting),))
        with self._database.write() as connection:
            posting_states.save(connection, state)
            return decisions.append(connection, entry, at=state.at)

    def reopen(self, posting: str, *, account: str, at: datetime | None = None) -> Line:
        """Let deadline and openings of a posting decide again whether it is open."""
        content = {"posting": posting, "state": "open", "account": account}
        entry = Entry(kind="posting_state", content=content, about=(("posting", posting),))
        with self._database.write() as connection:
            posting_states.reopen(connection, posting)
            return decisions.append(connection, entry, at=at)

    def ask(self, request: Request) -> Line | None:
        """Keep a request; None, and no line, where the same account has just asked the same."""
        with self._database.write() as connection:
            return requests.save(connection, request)

    def answer_request(self, id: str, *, account: str, at: datetime | None = None) -> Line | None:
        """Note that somebody followed up; None where a colleague had done so. `UnknownRequest` if there is none."""
        with self._database.write() as connection:
            return requests.answer(connection, id, account=account, at=at)

    def withdraw_request(self, id: str, *, account: str, at: datetime | None = None) -> Line:
        """Forget a request that its maker takes back; `UnknownRequest` if it is not theirs."""
        with self._database.write() as connection:
            line = requests.withdraw(connection, id, account=account, at=at)
        scrub(self._database)
        return line

    def requests(self) -> Sequence[Request]:
        """All requests, oldest first."""
        with self._database.read() as connection:
            return requests.listed(connection)

    def merge(self, kept: Candidate, contact: Contact, gone: str, *, account: str, at: datetime | None = None) -> Line:
        """Store `kept` with all that was held of `gone`, which is deleted; `UnknownId` if either is not there."""
        with self._database.write() as connection:
            content = {"kept": Person(kept.id), "merged": Person(gone), "account": account}
            line = decisions.append(connection, Entry(kind="merge", content=content), at=at)
            persons.merge(connection, kept, contact, gone)
        scrub(self._database)
        return line

    def erase(self, candidate: str, *, account: str, at: datetime | None = None) -> tuple[Mapping[str, int], Line]:
        """Delete all that is held of a candidate; `UnknownId` if that is nothing.

        Returns how many rows went from each table, or lost the candidate's id. The log keeps a pseudonym that nobody
        can resolve any more, the placement history another one.
        """
        with self._database.write() as connection:
            removed, pseudonym = persons.erase(connection, candidate)
            content = {"person": pseudonym, "account": account, "removed": removed}
            about = (("candidate", pseudonym),) if pseudonym else ()
            line = decisions.append(connection, Entry(kind="erasure", content=content, about=about), at=at)
        scrub(self._database)
        return removed, line

    def held(self, candidate: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Rows that name a candidate, by table, without digests and secrets."""
        with self._database.read() as connection:
            return persons.held(connection, candidate)

    def hanging_on(self, candidate: str) -> Mapping[str, int]:
        """How many rows of each table stand beside a candidate's record and would move if it were merged."""
        with self._database.read() as connection:
            return persons.hanging_on(connection, candidate)

    def received_on(self, candidate: str) -> str | None:
        """When the content of a candidate's record last changed (ISO 8601 in UTC), None where that is not known."""
        with self._database.read() as connection:
            return persons.received_on(connection, candidate)

    def contacts(self, kind: Kind) -> Mapping[str, Contact]:
        """The contact of every record of a kind that has one, by id."""
        with self._database.read() as connection:
            return records.contacts(connection, kind)

    def search(self, found_in: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, int, Sequence[str]]]:
        """Yield (table, rows, what `found_in` found in any of its values) for every table."""
        return search.tables(self._database, found_in)

    def due(self, field: str, before: date) -> list[Due]:
        """What a field of the retention rules concerns that was last of use before a day, oldest first."""
        with self._database.read() as connection:
            return clocks.due(connection, field, before)

    def expire(self, field: str, before: date, *, at: datetime | None = None) -> tuple[list[Due], Line | None]:
        """Empty what is due of a field and return it; no line where nothing is."""
        with self._database.write() as connection:
            done = clocks.expire(connection, field, before)
            entry = Entry(kind="retention", content={"field": field, "removed": len(done)})
            line = decisions.append(connection, entry, at=at) if done else None
        scrub(self._database)
        return done, line

    def log(self, entry: Entry, *, at: datetime | None = None) -> Line:
        """Write one line of the decision log."""
        with self._database.write() as connection:
            return decisions.append(connection, entry, at=at)
