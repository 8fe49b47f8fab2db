"""What the ledger needs from the database."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from matcher.ledger.lines import Entry, Line
from matcher.ledger.verdicts import Draft, Proposal, Verdict


class LedgerStore(Protocol):
    """Decision log, pseudonyms and verdicts. One transaction a call; appends wait for one another."""

    def append(self, entry: Entry, *, at: datetime | None = None) -> Line:
        """Write one line after the last."""
        ...

    def lines(self, after: int = 0) -> Iterator[Line]:
        """All lines after a number, in order, read page by page."""
        ...

    def line(self, number: int) -> Line:
        """Return one line or raise `UnknownDecision`."""
        ...

    def newest(self, *, limit: int, kind: str | None = None, before: int | None = None) -> Sequence[Line]:
        """The newest lines, newest first: of one kind and before a number where these are given."""
        ...

    def about(self, kind: str, id: str) -> Sequence[int]:
        """Numbers of the lines about a record (a candidate by its own id), newest first."""
        ...

    def persons(self, pseudonyms: Sequence[str]) -> Mapping[str, str]:
        """Candidate of each pseudonym; who was erased is absent."""
        ...

    def decide(self, draft: Draft, *, version: int, at: datetime | None = None) -> tuple[Verdict, Line | None]:
        """Write a verdict and its line of the log; None where the same account decided just that just before.

        `version` is that of the verdict its maker saw, 0 for none: `VerdictConflict` if there is another by now.
        """
        ...

    def verdict(self, posting: str, candidate: str) -> Verdict | None:
        """Return the verdict on a pair, if there is one."""
        ...

    def verdicts(self, *, posting: str | None = None, candidate: str | None = None) -> Sequence[Verdict]:
        """Verdicts on a posting, a candidate, both or all, newest first."""
        ...

    def proposals(self, candidates: Sequence[str]) -> Mapping[str, Sequence[Proposal]]:
        """Where candidates are proposed at present, by verdict or history, newest first; who is nowhere is absent."""
        ...
