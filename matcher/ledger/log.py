"""The decision log: append, find, verify. What is stored is anchored in the home before anybody is told."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from matcher.ledger import anchors, checks
from matcher.ledger.checks import Check
from matcher.ledger.lines import Entry, Line
from matcher.ledger.ports import LedgerStore
from matcher.ledger.verdicts import Draft, Proposal, Verdict
from matcher.ledger.verification import Tell, Verification, verify


class DecisionLog:
    """The log of one home. Shared by threads, safe between processes."""

    def __init__(self, store: LedgerStore, home: Path) -> None:
        self.store = store
        self.home = home

    def append(self, entry: Entry, *, at: datetime | None = None) -> Line:
        """Write one line and anchor it."""
        line = self.store.append(entry, at=at)
        anchors.keep(self.home, line)
        return line

    def anchor(self, line: Line) -> None:
        """Anchor a line that was stored within another transaction (an erasure, a correction)."""
        anchors.keep(self.home, line)

    def lines(self, after: int = 0) -> Iterator[Line]:
        """All lines after a number, in order."""
        return self.store.lines(after)

    def line(self, number: int) -> Line:
        """Return one line or raise `UnknownDecision`."""
        return self.store.line(number)

    def about(self, kind: str, id: str) -> list[Line]:
        """Lines about a record (a candidate by its own id), newest first."""
        return [self.store.line(number) for number in self.store.about(kind, id)]

    def decide(self, draft: Draft, *, version: int, at: datetime | None = None) -> Verdict:
        """Store a verdict with its line of the log; `version` is that of the verdict its maker saw, 0 for none.

        Raises `VerdictConflict` if somebody else was faster, and `UnknownId`. The same verdict sent twice is one.
        """
        verdict, line = self.store.decide(draft, version=version, at=at)
        if line is not None:
            anchors.keep(self.home, line)
        return verdict

    def verdict(self, posting: str, candidate: str) -> Verdict | None:
        """Return the verdict on a pair, if there is one."""
        return self.store.verdict(posting, candidate)

    def verdicts(self, *, posting: str | None = None, candidate: str | None = None) -> Sequence[Verdict]:
        """Verdicts on a posting, a candidate, both or all, newest first."""
        return self.store.verdicts(posting=posting, candidate=candidate)

    def proposed_elsewhere(self, candidates: Sequence[str], *, posting: str | None) -> Mapping[str, list[Proposal]]:
        """Where else each of the candidates is proposed at present, newest first; who is nowhere is absent."""
        found = self.store.proposals(candidates)
        elsewhere = {id: [one for one in proposals if one.posting != posting] for id, proposals in found.items()}
        return {id: proposals for id, proposals in elsewhere.items() if proposals}

    def newest(self, *, limit: int, kind: str | None = None, before: int | None = None) -> Sequence[Line]:
        """Return the newest lines, newest first: of one kind and before a number where these are given."""
        return self.store.newest(limit=limit, kind=kind, before=before)

    def verify(self, tell: Tell | None = None) -> Verification:
        """Check chain and anchors; this reads the whole log."""
        kept = anchors.read(self.home)
        last = next(iter(self.store.newest(limit=1)), None)
        return verify(self.store.lines(), kept, total=last.number if last else 0, tell=tell)

    def check(self, tell: Tell | None = None) -> Check:
        """Check chain and anchors, and keep what was found for whoever looks next."""
        return checks.keep(self.home, self.verify(tell))

    def last_check(self) -> Check | None:
        """Return what the last `check` found, None where there was none."""
        return checks.last(self.home)
