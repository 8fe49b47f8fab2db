"""Is the decision log whole: every line against the one before it, and each anchor of the home against its line."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matcher.ledger.anchors import Anchors
from matcher.ledger.lines import START, Line

Tell = Callable[[int, int], None]
"""Told how many lines were checked, of how many."""
EACH = 500
"""Lines between two tellings."""


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


def verify(lines: Iterable[Line], kept: Anchors, *, total: int = 0, tell: Tell | None = None) -> Verification:
    """Check lines in order, and anchors that were read before them: what was anchored was stored."""
    wanted: dict[int, set[bytes]] = {}
    for anchor in kept.kept:
        wanted.setdefault(anchor.number, set()).add(anchor.digest)
    last, digest, anchored = 0, START, 0
    broken: int | None = None
    misfits: list[int] = []
    for line in lines:
        if not line.follows(last, digest):
            broken = last + 1
            break
        last, digest = line.number, line.digest
        if tell is not None and last % EACH == 0:
            tell(last, max(last, total))
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
