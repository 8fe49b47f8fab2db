"""Lists as they are shown to people: made by the engine, and each one a line of the decision log."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from matcher.employers import suggest_employers
from matcher.engine import Engine, Subject
from matcher.ledger.log import DecisionLog
from matcher.ledger.shown import employers_shown, list_shown
from matcher.listing import Closed, Filters, LeftOut
from matcher.records import Candidate, EmployerMatch, Match, Posting

Made = TypeVar("Made")

TRIES = 3
"""A list that the indexes change under while it is made is made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Candidates for a posting, best first, and why others are not on the list. `subject`: the posting, compared."""

    posting: Posting
    subject: Subject
    matches: Sequence[Match]
    closed: Closed | None
    left_out: Mapping[LeftOut, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Postings and employers for a candidate, best first, and why other postings are not on the list."""

    candidate: Candidate
    matches: Sequence[Match]
    employers: Sequence[EmployerMatch]
    left_out: Mapping[LeftOut, int]


class Lists:
    """Makes lists for the account that asks. What `kept=False` says of a text that was pasted: it is stored nowhere."""

    def __init__(self, engine: Engine, log: DecisionLog) -> None:
        self._engine = engine
        self._log = log

    def shortlist(self, posting: str | Posting, *, filters: Filters, limit: int, account: str) -> Shortlist:
        """Rank candidates for a stored posting (by id) or one that is only in memory, and log who was shown."""
        subject, matches, left_out = self._steady(lambda: self._matched("posting", posting, filters, limit))
        record = subject.record
        assert isinstance(record, Posting)
        kept = isinstance(posting, str)
        self._log.append(
            list_shown(self._engine, subject, matches, filters=filters, limit=limit, account=account, kept=kept)
        )
        closed = self._engine.closed(record, filters) if kept else None
        return Shortlist(posting=record, subject=subject, matches=matches, closed=closed, left_out=left_out)

    def suggestions(self, candidate: str, *, filters: Filters, limit: int, account: str) -> Suggestions:
        """Rank postings and employers for a stored candidate, and log what was shown."""
        subject, matches, left_out = self._steady(lambda: self._matched("candidate", candidate, filters, limit))
        employers = self._steady(lambda: suggest_employers(self._engine, candidate, limit=limit, filters=filters))
        record = subject.record
        assert isinstance(record, Candidate)
        for entry in (
            list_shown(self._engine, subject, matches, filters=filters, limit=limit, account=account),
            employers_shown(self._engine, subject, employers, filters=filters, limit=limit, account=account),
        ):
            self._log.append(entry)
        return Suggestions(candidate=record, matches=matches, employers=employers, left_out=left_out)

    def _matched(
        self, kind: str, query: str | Posting, filters: Filters, limit: int
    ) -> tuple[Subject, list[Match], Mapping[LeftOut, int]]:
        subject = self._engine.subject("posting" if kind == "posting" else "candidate", query)
        matches, left_out = self._engine.listing(subject, limit=limit, filters=filters)
        return subject, matches, left_out

    def _steady(self, make: Callable[[], Made]) -> Made:
        """Make a list again if another thread brought the indexes up to date in the middle of it."""
        for _ in range(TRIES - 1):
            before = self._engine.store.generation()
            try:
                return make()
            except KeyError:
                if self._engine.store.generation() == before:
                    raise
        return make()
