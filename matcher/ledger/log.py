"""The decision log: append, find, verify. What is stored is anchored in the home before anybody is told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matcher.ledger import anchors
from matcher.ledger.lines import START, Entry, Line
from matcher.ledger.ports import LedgerStore
from matcher.ledger.verdicts import Draft, Proposal, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a check of the log found.

    `lines`: how many hold together from the first on. `broken_at`: the first that does not, None if all do.
    `anchor_at`: the first line whose anchor does not fit; one past the last line where newer ones were cut off.
    `anchored`: the newest line with an anchor that fits, 0 for none; `damaged`: lines of the anchor file that are none.
    """

    lines: int
    broken_at: int | None
    anchor_at: int | None
    anchored: int
    damaged: int

    @property
    def anchor_ok(self) -> bool:
        """Whether the anchors vouch for the log; without any they vouch only for an empty one."""
        return self.anchor_at is None and not self.damaged and (self.anchored > 0 or self.lines == 0)

    @property
    def ok(self) -> bool:
        """Whether the log is whole."""
        return self.broken_at is None and self.anchor_ok


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

    def verify(self) -> Verification:
        """Check chain and anchors."""
        return verify(self.store, self.home)


def verify(store: LedgerStore, home: Path) -> Verification:
    """Check every line of the log against the one before it, and each anchor of the home against its line."""
    kept = anchors.read(home)  # before the lines: what was anchored was stored
    wanted: dict[int, set[bytes]] = {}
    for anchor in kept.kept:
        wanted.setdefault(anchor.number, set()).add(anchor.digest)
    last, digest, anchored = 0, START, 0
    broken: int | None = None
    misfits: list[int] = []
    for line in store.lines():
        if not line.follows(last, digest):
            broken = last + 1
            break
        last, digest = line.number, line.digest
        if found := wanted.pop(last, None):
            if found == {digest}:
                anchored = last
            else:
                misfits.append(last)
    if wanted and broken is None:
        misfits.append(last + 1)
    return Verification(
        lines=last,
        broken_at=broken,
        anchor_at=min(misfits, default=None),
        anchored=anchored,
        damaged=kept.damaged,
    )
