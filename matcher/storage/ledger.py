"""The LedgerStore of `matcher.ledger.ports` over one database: each call gets its transaction."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from matcher.ledger.lines import Entry, Line
from matcher.ledger.verdicts import Draft, Proposal, Verdict
from matcher.storage import decisions, verdicts
from matcher.storage.database import Database
from matcher.storage.rows import storable


class SqlLedger:
    """Decision log, pseudonyms and verdicts in SQLite or PostgreSQL; shared by threads, safe between processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entry: Entry, *, at: datetime | None = None) -> Line:
        """Write one line after the last."""
        with self._database.write() as connection:
            return decisions.append(connection, entry, at=at)

    def lines(self, after: int = 0) -> Iterator[Line]:
        """All lines after a number, in order, read page by page."""
        return decisions.every(self._database, after)

    def line(self, number: int) -> Line:
        """Return one line or raise `UnknownDecision`."""
        with self._database.read() as connection:
            return decisions.one(connection, number)

    def newest(self, *, limit: int, kind: str | None = None, before: int | None = None) -> Sequence[Line]:
        """The newest lines, newest first: of one kind and before a number where these are given."""
        with self._database.read() as connection:
            return decisions.newest(connection, limit=limit, kind=kind, before=before)

    def about(self, kind: str, id: str) -> Sequence[int]:
        """Numbers of the lines about a record (a candidate by its own id), newest first."""
        if not storable(id):
            return []
        with self._database.read() as connection:
            return decisions.about(connection, kind, id)

    def persons(self, pseudonyms: Sequence[str]) -> Mapping[str, str]:
        """Candidate of each pseudonym; who was erased is absent."""
        with self._database.read() as connection:
            return decisions.persons(connection, pseudonyms)

    def decide(self, draft: Draft, *, version: int, at: datetime | None = None) -> tuple[Verdict, Line | None]:
        """Write a verdict and its line of the log, or raise `VerdictConflict`."""
        with self._database.write() as connection:
            return verdicts.decide(connection, draft, version=version, at=at)

    def verdict(self, posting: str, candidate: str) -> Verdict | None:
        """Return the verdict on a pair, if there is one."""
        if not (storable(posting) and storable(candidate)):
            return None
        with self._database.read() as connection:
            return verdicts.of_pair(connection, posting, candidate)

    def verdicts(self, *, posting: str | None = None, candidate: str | None = None) -> Sequence[Verdict]:
        """Verdicts on a posting, a candidate, both or all, newest first."""
        if not (storable(posting) and storable(candidate)):
            return []
        with self._database.read() as connection:
            return verdicts.listed(connection, posting=posting, candidate=candidate)

    def proposals(self, candidates: Sequence[str]) -> Mapping[str, Sequence[Proposal]]:
        """Where candidates are proposed at present, newest first; who is nowhere is absent."""
        with self._database.read() as connection:
            return verdicts.proposals(connection, candidates)
