"""What a candidate, a posting and a match are. Nothing here knows how they are matched."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from matcher.errors import InvalidRecord

Language = Literal["da", "en", "other"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
Kind = Literal["candidate", "posting", "employer"]
SectionKind = Literal[
    "profile",
    "education",
    "experience",
    "skills",
    "languages",
    "volunteering",
    "interests",
    "about",
    "tasks",
    "requirements",
    "offer",
    "application",
    "other",
]
EmploymentType = Literal["ordinary", "praktik", "loentilskud", "vikariat", "studentermedhjaelper", "unknown"]
InstrumentName = Literal["ordinary", "virksomhedspraktik", "loentilskud", "vikariat", "course"]
Outcome = Literal[
    "proposed",
    "contacted",
    "interview",
    "offered",
    "hired",
    "still_there",
    "rejected",
    "withdrawn",
]
Strength = Literal["must", "nice"]
Source = Literal[
    "education",
    "job",
    "internship",
    "thesis",
    "student_job",
    "volunteering",
    "hobby",
    "skills",
    "profile",
]
"""Where in a life a competence was gained or shown."""
Status = Literal["covered", "partly", "missing"]
ByPerson = Literal["added", "confirmed", "strength"]
"""What a person did to something that is read: added it, confirmed it, or said how strongly it is asked for."""
Basis = Literal["open_posting", "earlier_posting", "profile"]
"""What an employer is suggested for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch `text[start:end]` of a document; offsets are code points, the heading line belongs to it."""

    kind: SectionKind
    start: int
    end: int
    language: Language


def _require(record: object, **values: str) -> None:
    for field, value in values.items():
        if not value.strip():
            raise InvalidRecord(record=type(record).__name__, field=field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A graduate as the engine sees one: the masked CV text and the facts that filter, never a name."""

    id: str
    text: str
    language: Language
    sections: tuple[Section, ...] = ()
    programme: str | None = None
    institution: str | None = None
    finished: date | None = None
    municipality: str | None = None
    postcode: str | None = None
    max_km: float | None = None
    weeks_unemployed: int | None = None
    available_from: date | None = None
    registered: date | None = None
    wanted_types: tuple[EmploymentType, ...] = ()
    """Kinds of employment that the candidate wants; empty for any."""
    wanted_municipalities: tuple[str, ...] = ()
    """Where the candidate wants to work; empty for anywhere."""
    most_hours: float | None = None
    """Hours a week that the candidate wants at most."""

    def __post_init__(self) -> None:
        _require(self, id=self.id, text=self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A job posting: title, masked text, and the facts that filter. `employer` is the employer's name."""

    id: str
    title: str
    text: str
    language: Language
    sections: tuple[Section, ...] = ()
    employer: str | None = None
    sector: str | None = None
    municipality: str | None = None
    postcode: str | None = None
    employment_type: EmploymentType = "unknown"
    openings: int = 1
    published: date | None = None
    deadline: date | None = None
    hours: float | None = None
    """Hours a week; None where the posting does not say."""

    def __post_init__(self) -> None:
        _require(self, id=self.id, title=self.title, text=self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """A company or public employer, with whom it hired and hosted before (texts without names)."""

    id: str
    name: str
    cvr: str | None = None
    sector: str | None = None
    municipality: str | None = None
    postcode: str | None = None
    text: str = ""
    hires: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(self, id=self.id, name=self.name)


Record = Candidate | Posting | Employer


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach the people behind a record; kept apart, never embedded, never in a list."""

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How well a careful consultant finds a candidate to fit a posting: 0 not, 1 remotely, 2 well, 3 fully."""

    posting: str
    candidate: str
    grade: int

    def __post_init__(self) -> None:
        if self.grade not in (0, 1, 2, 3):
            raise InvalidRecord(record="Judgement", field="grade")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One line of a placement history: what came of proposing a candidate for a posting."""

    candidate: str
    posting: str
    date: date
    outcome: Outcome
    instrument: str | None = None
    exposed: bool | None = None
    propensity: float | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingState:
    """A posting that a person closed or marked filled, whatever its deadline; `at` in UTC."""

    posting: str
    state: Literal["closed", "filled"]
    account: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A phrase of a document with its place: `evidence == text[start:end]`, offsets in code points."""

    label: str
    evidence: str
    start: int
    end: int
    confidence: float | None = None
    concept: str | None = None
    uri: str | None = None
    kind: str | None = None
    """A kind of the vocabulary, or "education", "experience" or "open" (a phrase that no vocabulary knows)."""
    level: str | None = None
    """Of a language ("native", "C1") or of an education ("master")."""
    years: float | None = None
    sureness: float | None = None
    """How sure `concept` is where it was linked by meaning; None where the words name it."""
    by_person: ByPerson | None = None
    """What a person changed in the reading; one that was added has no place: `start == end == 0`, no evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence(Span):
    """Something a candidate can do, with the words of the CV that say so. `last_year`: when it was last used."""

    source: Source | None = None
    last_year: int | None = None
    programme: str | None = None
    """The study programme (its id) that implies it; `evidence` then names the programme and says no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Span):
    """Something a posting asks for, with the words of the posting that say so."""

    strength: Strength = "must"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One demand of a posting held against a candidate, with a quote from each side.

    `similarity` is the chance in [0, 1] that the nearest competence covers the demand; None where there was none to
    compare. `implied_by`: id of the programme that implies what the CV does not say; there is no quote then.
    `asked_by_person`, `told_by_person`: a person added the demand or the competence; in place of the quote stand the
    words of that person.
    """

    competence: str
    strength: Strength
    status: Status
    posting_evidence: str
    candidate_evidence: str | None
    similarity: float | None
    implied_by: str | None = None
    asked_by_person: bool = False
    told_by_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What the rules of a day propose beside a match, in words, and how long they hold. Never part of fit.

    `expired`: no rule was valid on the day; this is the last one. `valid_to`: None until further notice.
    """

    name: InstrumentName
    da: str
    en: str
    valid_from: date
    valid_to: date | None
    source: str
    expired: bool

    def text(self, language: str) -> str:
        """Return the rule in Danish ("da") or English."""
        return self.da if language == "da" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A scored pair. `score` is in [0, 1]; `contributions` sum to the score's logit.

    `distance_km` (straight line between the postcodes' towns, None where one is unknown) and `instrument` stand beside
    the match: neither score nor order depends on them. `unknown_postcode` says why a distance is unknown: the postcode
    that the table of postcodes lacks, "" where a side has none; None where the distance is known or was not asked for.
    """

    rank: int
    posting: str
    candidate: str
    score: float
    contributions: dict[str, float]
    demands: tuple[Reason, ...] = ()
    band: str | None = None
    distance_km: float | None = None
    instrument: Instrument | None = None
    unknown_postcode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerMatch:
    """An employer suggested to a candidate, and the reasons that speak for it. `score` and `why` are of `basis`.

    `basis`: "open_posting" is its best open posting, "earlier_posting" one that is closed by now, "profile" what the
    employer does and whom it hired and hosted before. `postings`: the open ones, best first. `id`: None where only
    postings name the employer. `rests_on`: id of the posting, or of the employer's own record, that `basis` is about.
    """

    employer: str
    score: float
    postings: tuple[str, ...]
    why: tuple[Reason, ...]
    basis: Basis = "open_posting"
    id: str | None = None
    band: str | None = None
    rests_on: str = ""
