"""Who may stand on a list on a given day: open postings, candidates not yet hired, and what both sides want.

None of this is fit. It decides who is shown; the score of a pair is the same whether or not it is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from matcher.beside import from_anywhere, instrument_beside
from matcher.labour.families import family_of
from matcher.labour.geography import UnknownPlace, distance_km, municipality_name
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
LeftOut = Closed | Literal["hired", "not_registered", "area", "kind_of_job", "hours", "distance", "filter"]
"""Why somebody or something is not on a list."""


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

    def unavailable(self, candidate: Candidate, day: date) -> Literal["hired", "not_registered"] | None:
        """Why a candidate is not looking for work on a day; who registers again after a hire is looking again."""
        if candidate.registered is not None and candidate.registered > day:
            return "not_registered"
        hired = self._last_hire.get(candidate.id)
        gone = hired is not None and hired <= day and (candidate.registered is None or candidate.registered <= hired)
        return "hired" if gone else None

    def candidates_for(self, posting: Posting, ids: Iterable[str], filters: Filters) -> "Cut":
        """Return who of `ids` may stand on the shortlist of a posting."""
        cut = Cut()
        remote = from_anywhere(posting.text)
        for id in ids:
            candidate = self.candidates.get(id)
            if candidate is None:
                continue
            why = self.unavailable(candidate, filters.day) or _filtered(candidate.municipality, filters)
            between = why or _between(candidate, posting, filters, anywhere=lambda _: remote)
            cut.take(id, between or self._not_asked_for(candidate, posting, filters))
        return cut

    def postings_for(self, candidate: Candidate, ids: Iterable[str], filters: Filters) -> "Cut":
        """Return which of `ids` may be suggested to a candidate."""
        cut = Cut()
        for id in ids:
            posting = self.postings.get(id)
            if posting is None:
                continue
            why = self.closed(posting, filters.day) or _filtered(posting.municipality, filters)
            if why is None and filters.employment_types and posting.employment_type not in filters.employment_types:
                why = "filter"
            cut.take(id, why or _between(candidate, posting, filters, anywhere=self.anywhere))
        return cut

    def _not_asked_for(self, candidate: Candidate, posting: Posting, filters: Filters) -> Literal["filter"] | None:
        """Whether a reader of shortlists asked for others: another language, field, instrument, or sooner."""
        late = filters.available_by is not None and (candidate.available_from or date.min) > filters.available_by
        other = filters.languages and candidate.language not in filters.languages
        if late or other or (filters.families and family_of(candidate.programme) not in filters.families):
            return "filter"
        if not filters.instruments:
            return None
        found = instrument_beside(candidate, posting, self.instruments, filters.day)
        return None if found and found.name in filters.instruments else "filter"


@dataclass(slots=True)
class Cut:
    """Ids that may be listed, and how many were left out for which reason."""

    kept: list[str] = field(default_factory=list)
    left_out: Counter[LeftOut] = field(default_factory=Counter)

    def take(self, id: str, why: LeftOut | None) -> None:
        """Keep an id, or count why not."""
        if why is None:
            self.kept.append(id)
        else:
            self.left_out[why] += 1


def suits(candidate: Candidate, employer: Posting | Employer, filters: Filters) -> bool:
    """Whether an employer, or its posting, lies where reader and candidate want it.

    One whose place is not known suits everybody but a reader who filters by municipality.
    """
    if _filtered(employer.municipality, filters) or _outside(candidate, employer, filters):
        return False
    return not (filters.wishes and (_elsewhere(candidate, employer.municipality) or _too_far(candidate, employer)))


def unwanted(
    candidate: Candidate, posting: Posting, *, anywhere: Callable[[str], bool] = lambda _: False
) -> Literal["area", "kind_of_job", "hours", "distance"] | None:
    """Which wish of the candidate the posting does not meet; what either side does not say is no obstacle.

    `anywhere` tells by its id whether a posting can be done from anywhere; it is asked only where the way is too long.
    """
    if candidate.wanted_types and posting.employment_type not in ("unknown", *candidate.wanted_types):
        return "kind_of_job"
    if _elsewhere(candidate, posting.municipality):
        return "area"
    if candidate.most_hours is not None and posting.hours is not None and posting.hours > candidate.most_hours:
        return "hours"
    return "distance" if _too_far(candidate, posting) and not anywhere(posting.id) else None


def farther(here: str | None, there: str | None, most_km: float | None) -> bool:
    """Whether two postcodes lie farther apart than wanted; None wants nothing, and an unknown place is not farther.

    Measured in a straight line, so that nothing is left out that a road shorter than estimated brings within reach.
    """
    if most_km is None:
        return False
    distance = distance_km(here, there)
    return not isinstance(distance, UnknownPlace) and distance.straight_km > most_km


def _between(
    candidate: Candidate, posting: Posting, filters: Filters, *, anywhere: Callable[[str], bool]
) -> LeftOut | None:
    """Why the pair is not listed: outside the reader's radius, or not what the candidate wants."""
    if _outside(candidate, posting, filters) and not anywhere(posting.id):
        return "filter"
    return unwanted(candidate, posting, anywhere=anywhere) if filters.wishes else None


def _outside(candidate: Candidate, employer: Posting | Employer, filters: Filters) -> bool:
    return farther(candidate.postcode, employer.postcode, filters.max_km)


def _too_far(candidate: Candidate, employer: Posting | Employer) -> bool:
    """Whether it is farther than the candidate wants, and not in a municipality that the candidate named."""
    if not farther(candidate.postcode, employer.postcode, candidate.max_km):
        return False
    named = {municipality_name(name) for name in candidate.wanted_municipalities}
    return municipality_name(employer.municipality or "") not in named


def _elsewhere(candidate: Candidate, municipality: str | None) -> bool:
    wanted = {municipality_name(name) for name in candidate.wanted_municipalities}
    return bool(wanted and municipality) and municipality_name(municipality or "") not in wanted


def _filtered(municipality: str | None, filters: Filters) -> Literal["filter"] | None:
    if not filters.municipalities:
        return None
    wanted = {municipality_name(name) for name in filters.municipalities}
    return None if municipality_name(municipality or "") in wanted else "filter"
