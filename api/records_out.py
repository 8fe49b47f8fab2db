"""Wire types of stored records: short in lists, whole on their own. No name, address or number of a candidate."""

from datetime import date
from typing import Self

from pydantic import Field

from api.paging import Identified
from api.schemas import CompetenceSpanOut, DemandSpanOut, Wire
from matcher.listing import Closed
from matcher.ports import Passage
from matcher.records import Candidate, Competence, Demand, EmploymentType, Language, Posting


class PostingListedOut(Identified):
    """A posting in a list; `closed`: why it is not open, null if it is."""

    id: str = Field(examples=["p08"])
    title: str
    employer: str | None
    sector: str | None
    municipality: str | None
    postcode: str | None
    employment_type: EmploymentType
    language: Language
    openings: int
    published: date | None
    deadline: date | None
    hours: float | None
    closed: Closed | None = None

    @classmethod
    def standing(cls, posting: Posting, closed: Closed | None) -> Self:
        """Return a posting with whether it is open."""
        return cls.of(posting).model_copy(update={"closed": closed})


class PostingOut(PostingListedOut):
    """A posting with its masked text and what was read in it."""

    text: str
    demands: list[DemandSpanOut]

    @classmethod
    def whole(cls, posting: Posting, passages: list[Passage], closed: Closed | None) -> Self:
        """Return a posting with the demands of its passages."""
        demands = [DemandSpanOut.of(found.span) for found in passages if isinstance(found.span, Demand)]
        listed = PostingListedOut.standing(posting, closed)
        return cls(**listed.model_dump(), text=posting.text, demands=demands)


class CandidateListedOut(Identified):
    """A candidate in a list, by id and facts; programme and municipality may be read from CV and postcode."""

    id: str = Field(examples=["c01"])
    language: Language
    programme: str | None
    institution: str | None
    finished: date | None
    municipality: str | None
    postcode: str | None
    max_km: float | None
    weeks_unemployed: int | None
    available_from: date | None
    registered: date | None
    wanted_types: list[EmploymentType]
    wanted_municipalities: list[str]
    most_hours: float | None


class CandidateOut(CandidateListedOut):
    """A candidate with the masked text of the CV and what was read in it."""

    text: str
    competences: list[CompetenceSpanOut]

    @classmethod
    def whole(cls, candidate: Candidate, passages: list[Passage]) -> Self:
        """Return a candidate with the competences of its passages."""
        held = [CompetenceSpanOut.of(found.span) for found in passages if isinstance(found.span, Competence)]
        return cls(**CandidateListedOut.of(candidate).model_dump(), text=candidate.text, competences=held)


class ContactOut(Wire):
    """How to reach the person behind a record, for whoever follows up."""

    names: list[str]
    phones: list[str]
    emails: list[str]
    addresses: list[str]
    links: list[str]


class EmployerListedOut(Identified):
    """An employer in a list."""

    id: str = Field(examples=["e01"])
    name: str
    cvr: str | None
    sector: str | None
    municipality: str | None
    postcode: str | None


class EmployerRecordOut(EmployerListedOut):
    """An employer with what it does, and whom it hired and hosted before (texts without names)."""

    text: str
    hires: list[str]
    hosts: list[str]
