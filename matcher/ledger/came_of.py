"""What came of proposing candidates: one row a pair, from the placement history and from what people decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matcher.ledger.verdicts import Verdict
from matcher.records import EmploymentType, Outcome, Placement

ORDER: tuple[Outcome, ...] = (
    "proposed",
    "contacted",
    "interview",
    "offered",
    "rejected",
    "withdrawn",
    "hired",
    "still_there",
)
"""Steps in the order in which they come on one day."""
MET: frozenset[Outcome] = frozenset({"interview", "offered", "hired", "still_there"})
STAYED: frozenset[Outcome] = frozenset({"hired", "still_there"})
PRAKTIK = "virksomhedspraktik"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOf:
    """One candidate and one posting: the steps in the order of time, and the verdict that stands, if there is one.

    `praktik`: whether it was a placement (virksomhedspraktik) and not a job.
    """

    posting: str
    candidate: str
    steps: tuple[Placement, ...] = ()
    verdict: Verdict | None = None
    praktik: bool = False

    @property
    def newest(self) -> str:
        """When something last happened, ISO 8601."""
        times = [step.date.isoformat() for step in self.steps] + ([self.verdict.at] if self.verdict else [])
        return max(times)

    @property
    def proposed(self) -> bool:
        """Whether the candidate was put forward there."""
        return bool(self.steps) or (self.verdict is not None and self.verdict.verdict == "propose")

    @property
    def met(self) -> bool:
        """Whether both sides met: an interview or more."""
        return any(step.outcome in MET for step in self.steps)

    @property
    def stayed(self) -> bool:
        """Whether the candidate came to be there, in a job or in a placement."""
        return any(step.outcome in STAYED for step in self.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many pairs came how far; a placement is no job, and each pair counts once."""

    proposed: int
    met: int
    hired: int
    praktik: int

    @classmethod
    def of(cls, rows: Sequence[CameOf]) -> "Tally":
        """Count the rows."""
        return cls(
            proposed=sum(row.proposed for row in rows),
            met=sum(row.met for row in rows),
            hired=sum(row.stayed and not row.praktik for row in rows),
            praktik=sum(row.stayed and row.praktik for row in rows),
        )


def came_of(
    history: Iterable[Placement], verdicts: Iterable[Verdict], kinds: Mapping[str, EmploymentType]
) -> list[CameOf]:
    """Return what came of each pair, newest first; `kinds`: the kind of each posting, by id."""
    steps: dict[tuple[str, str], list[Placement]] = {}
    for step in history:
        steps.setdefault((step.posting, step.candidate), []).append(step)
    decided = {(verdict.posting, verdict.candidate): verdict for verdict in verdicts}
    rows = [_row(pair, steps.get(pair, []), decided.get(pair), kinds) for pair in dict.fromkeys([*steps, *decided])]
    return sorted(rows, key=lambda row: (row.newest[:10], row.posting, row.candidate), reverse=True)


def _row(
    pair: tuple[str, str],
    steps: Sequence[Placement],
    verdict: Verdict | None,
    kinds: Mapping[str, EmploymentType],
) -> CameOf:
    ordered = sorted(steps, key=lambda step: (step.date, ORDER.index(step.outcome)))
    praktik = kinds.get(pair[0]) == "praktik" or any(step.instrument == PRAKTIK for step in steps)
    return CameOf(posting=pair[0], candidate=pair[1], steps=tuple(ordered), verdict=verdict, praktik=praktik)
