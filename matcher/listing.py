"""Who may stand on a list on a given day: open postings, candidates not yet hired, and what both sides want.

None of this is fit. It decides who is shown; the score of a pair is the same whether or not it is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Literal, cast, get_args

from matcher.beside import from_anywhere, instrument_beside
from matcher.labour.families import family_of
from matcher.labour.geography import UnknownPlace, distance_km, municipality_at, municipality_name
from matcher.labour.instruments import Instruments, shipped
from matcher.records import (
    Candidate,
    Employer,
    EmploymentType,
    InstrumentName,
    Language,
    Placement,
    Posting,
    PostingState,
)

Closed = Literal["expired", "filled", "not_yet", "closed"]
"""Why a posting is not open: its deadline is over, its openings are filled, it is published later, or a person closed
it."""
LeftOut = Closed | Literal["hired", "not_registered", "objected", "area", "kind_of_job", "hours", "distance", "filter"]
"""Why somebody or something is not on a list."""
Unavailable = Literal["hired", "not_registered", "objected"]
"""Why a candidate is on no shortlist at all: in a job, not registered yet, or not to be ranked by a computer."""
Wish = Literal["area", "kind_of_job", "hours", "distance"]
"""What a candidate can ask of a job."""
Choice = Literal["municipalities", "max_km", "available_by", "languages", "families", "instruments", "employment_types"]
"""What a reader can ask of a list, by its name in `Filters`."""
CHOICES: tuple[Choice, ...] = get_args(Choice)
Obstacle = Closed | Unavailable | Choice | Wish
"""What keeps somebody or something off a list; all of a reader's choices count as "filter" in `LeftOut`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a reader asks of a list. `as_of`: the day whose list it is, None for today; empty sets ask nothing."""

    as_of: date | None = None
    municipalities: frozenset[str] = frozenset()
    employment_types: frozenset[EmploymentType] = frozenset()
    max_km: float | None = None
    """Longest straight line between candidate and posting; an unknown place is shown all the same."""
    languages: frozenset[Language] = frozenset()
    """Languages of CVs."""
    families: frozenset[str] = frozenset()
    """Families of the candidates' programmes (`matcher.labour.families`)."""
    instruments: frozenset[InstrumentName] = frozenset()
    """Instruments that the rules of the day propose for the pair."""
    available_by: date | None = None
    """Latest day that the candidate can begin; one that is not told is no obstacle."""
    wishes: bool = True
    """Whether a candidate's wishes (area, kind of job, hours, distance) keep a pair off the list."""

    @property
    def day(self) -> date:
        """The day whose list it is."""
        return self.as_of or date.today()  # noqa: DTZ011 - a Danish office's day is that of its computer


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Facts of all candidates and postings, and who was hired where: what lists are cut by."""

    candidates: Mapping[str, Candidate]
    postings: Mapping[str, Posting]
    hires: tuple[Placement, ...] = ()
    states: Mapping[str, PostingState] = field(default_factory=dict)
    """Postings that people closed or marked filled."""
    anywhere: Callable[[str], bool] = lambda _: False
    """Whether a posting, by id, can be done from anywhere, so that no distance is too long."""
    instruments: Instruments = field(default_factory=shipped)
    """The rules that propose an instrument for a pair."""
    objectors: frozenset[str] = frozenset()
    """Candidates who want to be on no list that a computer makes."""
    _last_hire: dict[str, date] = field(init=False, repr=False)
    _filled: dict[str, list[date]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        last: dict[str, date] = {}
        filled: dict[str, dict[str, date]] = {}
        for hire in sorted(self.hires, key=lambda placement: placement.date):
            if hire.outcome == "hired" or hire.candidate not in last:
                last[hire.candidate] = hire.date
            filled.setdefault(hire.posting, {}).setdefault(hire.candidate, hire.date)
        object.__setattr__(self, "_last_hire", last)
        object.__setattr__(self, "_filled", {posting: sorted(days.values()) for posting, days in filled.items()})

    def closed(self, posting: Posting, day: date) -> Closed | None:
        """Why a posting is not open on a day, None if it is; what a person said of it comes first."""
        said = self.states.get(posting.id)
        if said is not None and said.at.astimezone().date() <= day:
            return said.state
        if posting.deadline is not None and posting.deadline < day:
            return "expired"
        if posting.published is not None and posting.published > day:
            return "not_yet"
        taken = sum(hired <= day for hired in self._filled.get(posting.id, ()))
        return "filled" if taken >= posting.openings else None

    def unavailable(self, candidate: Candidate, day: date) -> Unavailable | None:
        """Why a candidate is on no shortlist of a day; who registers again after a hire is looking again."""
        if candidate.id in self.objectors:
            return "objected"
        if candidate.registered is not None and candidate.registered > day:
            return "not_registered"
        hired = self._last_hire.get(candidate.id)
        gone = hired is not None and hired <= day and (candidate.registered is None or candidate.registered <= hired)
        return "hired" if gone else None

    def candidates_for(self, posting: Posting, ids: Iterable[str], filters: Filters) -> "Cut":
        """Return who of `ids` may stand on the shortlist of a posting."""
        cut = Cut()
        wanted, remote = _municipalities(filters), from_anywhere(posting.text)
        for id in ids:
            candidate = self.candidates.get(id)
            if candidate is not None:
                found = self._obstacles(candidate, posting, filters, wanted, anywhere=lambda _: remote)
                cut.take(id, *islice(found, 2))
        return cut

    def postings_for(self, candidate: Candidate, ids: Iterable[str], filters: Filters) -> "Cut":
        """Return which of `ids` may be suggested to a candidate."""
        cut, wanted = Cut(), _municipalities(filters)
        for id in ids:
            posting = self.postings.get(id)
            if posting is None:
                continue
            cut.take(id, *islice(self._obstacles_of(posting, candidate, filters, wanted), 1))
        return cut

    def _obstacles_of(
        self, posting: Posting, candidate: Candidate, filters: Filters, wanted: frozenset[str]
    ) -> Iterator[Obstacle]:
        """Yield all that keeps a posting off a candidate's list."""
        if closed := self.closed(posting, filters.day):
            yield closed
        if wanted and _where(posting) not in wanted:
            yield "municipalities"
        if filters.employment_types and posting.employment_type not in filters.employment_types:
            yield "employment_types"
        if _outside(candidate, posting, filters) and not self.anywhere(posting.id):
            yield "max_km"
        if filters.wishes:
            yield from unmet(candidate, posting, anywhere=self.anywhere)

    def _obstacles(
        self,
        candidate: Candidate,
        posting: Posting,
        filters: Filters,
        wanted: frozenset[str],
        *,
        anywhere: Callable[[str], bool],
    ) -> Iterator[Obstacle]:
        """Yield all that keeps a candidate off a shortlist; `wanted`: the municipalities that the reader asks for."""
        if away := self.unavailable(candidate, filters.day):
            yield away
        if wanted and _where(candidate) not in wanted:
            yield "municipalities"
        if _outside(candidate, posting, filters) and not anywhere(posting.id):
            yield "max_km"
        if filters.wishes:
            yield from unmet(candidate, posting, anywhere=anywhere)
        if filters.available_by is not None and (candidate.available_from or date.min) > filters.available_by:
            yield "available_by"
        if filters.languages and candidate.language not in filters.languages:
            yield "languages"
        if filters.families and family_of(candidate.programme) not in filters.families:
            yield "families"
        if filters.instruments:
            found = instrument_beside(candidate, posting, self.instruments, filters.day)
            if found is None or found.name not in filters.instruments:
                yield "instruments"


@dataclass(slots=True)
class Cut:
    """Ids that may be listed, and how many were left out for which reason.

    `short_of_one`: of those left out, the ids that one thing alone keeps away, with what it is.
    """

    kept: list[str] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    short_of_one: dict[str, Obstacle] = field(default_factory=dict)

    def take(self, id: str, *obstacles: Obstacle) -> None:
        """Keep an id, or count why not: by the first of what keeps it away."""
        if not obstacles:
            self.kept.append(id)
            return
        first = obstacles[0]
        self.left_out["filter" if first in CHOICES else cast("LeftOut", first)] += 1
        if len(obstacles) == 1:
            self.short_of_one[id] = first


def suits(candidate: Candidate, employer: Posting | Employer, filters: Filters) -> bool:
    """Whether an employer, or its posting, lies where reader and candidate want it.

    One whose place is not known suits everybody but a reader who filters by municipality.
    """
    wanted = _municipalities(filters)
    if (wanted and _where(employer) not in wanted) or _outside(candidate, employer, filters):
        return False
    return not (filters.wishes and (_elsewhere(candidate, employer) or _too_far(candidate, employer)))


def unwanted(
    candidate: Candidate, posting: Posting, *, anywhere: Callable[[str], bool] = lambda _: False
) -> Wish | None:
    """Which wish of the candidate the posting does not meet, the first of several (`unmet`)."""
    return next(unmet(candidate, posting, anywhere=anywhere), None)


def unmet(
    candidate: Candidate, posting: Posting, *, anywhere: Callable[[str], bool] = lambda _: False
) -> Iterator[Wish]:
    """Yield the wishes of the candidate that the posting does not meet; what either side leaves open is no obstacle.

    `anywhere` tells by its id whether a posting can be done from anywhere; it is asked only where the way is too long.
    """
    if candidate.wanted_types and posting.employment_type not in ("unknown", *candidate.wanted_types):
        yield "kind_of_job"
    if _elsewhere(candidate, posting):
        yield "area"
    if candidate.most_hours is not None and posting.hours is not None and posting.hours > candidate.most_hours:
        yield "hours"
    if _too_far(candidate, posting) and not anywhere(posting.id):
        yield "distance"


def farther(here: str | None, there: str | None, most_km: float | None) -> bool:
    """Whether two postcodes lie farther apart than wanted; None wants nothing, and an unknown place is not farther.

    Measured in a straight line, so that nothing is left out that a road shorter than estimated brings within reach.
    """
    if most_km is None:
        return False
    distance = distance_km(here, there)
    return not isinstance(distance, UnknownPlace) and distance.straight_km > most_km


def _outside(candidate: Candidate, employer: Posting | Employer, filters: Filters) -> bool:
    return farther(candidate.postcode, employer.postcode, filters.max_km)


def _too_far(candidate: Candidate, employer: Posting | Employer) -> bool:
    """Whether it is farther than the candidate wants, and not in a municipality that the candidate named."""
    if not farther(candidate.postcode, employer.postcode, candidate.max_km):
        return False
    return _where(employer) not in _wanted(candidate)


def _elsewhere(candidate: Candidate, employer: Posting | Employer) -> bool:
    """Whether the candidate named municipalities, and the employer's is known and none of them."""
    wanted, there = _wanted(candidate), _where(employer)
    return bool(wanted and there) and there not in wanted


def _wanted(candidate: Candidate) -> set[str]:
    return {municipality_at(name, None) for name in candidate.wanted_municipalities}


def _where(record: Candidate | Posting | Employer) -> str:
    """The municipality of a record by its name or its postcode, "" where neither tells."""
    return municipality_at(record.municipality, record.postcode)


def _municipalities(filters: Filters) -> frozenset[str]:
    """The municipalities that a reader asks for, as they are written here; none asks for all."""
    return frozenset(municipality_name(name) for name in filters.municipalities)
