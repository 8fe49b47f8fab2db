"""A placement history made ready for evaluation: lines to applications, past and later, nothing known too early.

An application is a candidate proposed for a posting, with the best stage it reached. Its day is that of its first
line. What is evaluated are the applications proposed on or after a date; what was known before it may be learnt from.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from eval.judged import Direction
from matcher.errors import InvalidPlacements
from matcher.records import Candidate, Outcome, Placement, Posting

GRADES: Mapping[Outcome, int] = {
    "proposed": 0,
    "contacted": 1,
    "interview": 2,
    "offered": 2,
    "hired": 3,
    "still_there": 3,
    "rejected": 0,
    "withdrawn": 0,
}
"""Stage -> grade. `rejected` and `withdrawn` end an application and leave the grade of the stage it had reached.

An interview counts as much as an offer that was not taken: both say that the employer saw somebody who fits, and the
rest is decided by who else was there and by what the candidate wanted. nDCG's gain is 2**grade - 1: 0, 1, 3, 7.
"""
POSITIVE = 2
"""Grade from which an application counts as a success: an interview."""
LATER_SHARE = 0.3
"""Share of the proposals that are evaluated where no date is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What came of proposing a candidate for a posting, over all lines of the history.

    `propensity`, `score`, `exposed` and `instrument` are those of the earliest line that gives them.
    """

    posting: str
    candidate: str
    proposed: date
    grade: int
    outcome: Outcome
    instrument: str | None = None
    exposed: bool | None = None
    propensity: float | None = None
    score: float | None = None

    def query_and_item(self, direction: Direction) -> tuple[str, str]:
        """Return who is asked about and what is ranked for it."""
        return (self.posting, self.candidate) if direction == "postings" else (self.candidate, self.posting)


def applications(placements: Iterable[Placement]) -> list[Application]:
    """Join the lines of each candidate and posting, in the order of (day, posting, candidate); file order is nothing.

    >>> day = date(2026, 1, 1)
    >>> met = Placement(candidate="c", posting="p", date=day, outcome="interview")
    >>> no = Placement(candidate="c", posting="p", date=day, outcome="rejected")
    >>> [(a.grade, a.outcome) for a in applications([no, met])]
    [(2, 'interview')]
    """
    lines: defaultdict[tuple[str, str], list[Placement]] = defaultdict(list)
    for placement in placements:
        lines[placement.posting, placement.candidate].append(placement)
    joined = (_joined(of_pair) for of_pair in lines.values())
    return sorted(joined, key=lambda item: (item.proposed, item.posting, item.candidate))


def _joined(lines: Sequence[Placement]) -> Application:
    ordered = sorted(lines, key=lambda line: (line.date, GRADES[line.outcome], line.outcome))
    best = max(ordered, key=lambda line: (GRADES[line.outcome], _progress(line.outcome)))
    return Application(
        posting=best.posting,
        candidate=best.candidate,
        proposed=ordered[0].date,
        grade=GRADES[best.outcome],
        outcome=best.outcome,
        instrument=next((line.instrument for line in ordered if line.instrument), None),
        exposed=next((line.exposed for line in ordered if line.exposed is not None), None),
        propensity=next((line.propensity for line in ordered if line.propensity is not None), None),
        score=next((line.score for line in ordered if line.score is not None), None),
    )


def _progress(outcome: Outcome) -> int:
    """How far an outcome is along the way, for the one that is shown; ends come last among equals of grade 0."""
    return list(GRADES).index(outcome)


def split_date(proposed: Iterable[Application], *, share: float = LATER_SHARE) -> date:
    """Return the latest day on or after which at least `share` of the proposals were made."""
    days = sorted(application.proposed for application in proposed)
    if not days:
        raise InvalidPlacements("empty")
    return days[max(0, min(len(days) - 1, int(len(days) * (1 - share) + 1e-9)))]


def past_of(placements: Iterable[Placement], before: date) -> list[Placement]:
    """Return the lines dated before a day: all that anybody could have learnt from by then."""
    return [placement for placement in placements if placement.date < before]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The day since when each posting (`published`) and candidate (`registered`) of a home is known.

    None where the record does not say: it then counts as known all along.
    """

    postings: Mapping[str, date | None]
    candidates: Mapping[str, date | None]

    @classmethod
    def of(cls, postings: Iterable[Posting], candidates: Iterable[Candidate]) -> "Known":
        """Take the days from the records."""
        return cls(
            postings={record.id: record.published for record in postings},
            candidates={record.id: record.registered for record in candidates},
        )

    def has(self, application: Application) -> bool:
        """Whether both the posting and the candidate are in the home at all."""
        return application.posting in self.postings and application.candidate in self.candidates

    def too_early(self, application: Application) -> bool:
        """Whether the proposal is older than the posting or the candidate, so that time cannot have run like that."""
        since = self.postings[application.posting], self.candidates[application.candidate]
        return any(day is not None and day > application.proposed for day in since)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Applications on or after the date that are not evaluated, each counted under the first reason that holds."""

    unknown: int = 0
    unknown_postings: tuple[str, ...] = ()
    unknown_candidates: tuple[str, ...] = ()
    not_yet_known: int = 0
    """Proposed before the candidate was registered or the posting published."""
    not_exposed: int = 0
    """Logged as not shown to anybody, whatever came of it: keeping only those hired would select on the outcome."""
    unscored: int = 0
    alone: int = 0
    """The only ones of their query: any order of one is perfect."""

    def as_json(self) -> dict[str, object]:
        """Return the counts; of unknown ids the first five, and how many there are."""
        return {
            "unknown_ids": self.unknown,
            "unknown_postings": {"count": len(self.unknown_postings), "first": list(self.unknown_postings[:5])},
            "unknown_candidates": {"count": len(self.unknown_candidates), "first": list(self.unknown_candidates[:5])},
            "not_yet_known": self.not_yet_known,
            "not_exposed": self.not_exposed,
            "unscored": self.unscored,
            "alone": self.alone,
        }


def usable(later: Sequence[Application], known: Known | None) -> tuple[list[Application], LeftOut]:
    """Keep the applications with a result that could have been had on their day; `known` None asks no home."""
    unknown = [] if known is None else [item for item in later if not known.has(item)]
    here = later if known is None else [item for item in later if known.has(item)]
    too_early = [] if known is None else [item for item in here if known.too_early(item)]
    here = [item for item in here if known is None or not known.too_early(item)]
    kept = [item for item in here if item.exposed is not False]
    return kept, LeftOut(
        unknown=len(unknown),
        unknown_postings=tuple(sorted({i.posting for i in unknown if known and i.posting not in known.postings})),
        unknown_candidates=tuple(
            sorted({i.candidate for i in unknown if known and i.candidate not in known.candidates})
        ),
        not_yet_known=len(too_early),
        not_exposed=len(here) - len(kept),
    )
