"""Wire types: what goes out as JSON, on the command line and over HTTP. Fields that a later issue fills are null."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from matcher.competences.concepts import ESCO, concepts_by_id
from matcher.competences.linking import Link
from matcher.competences.schemes import Linked
from matcher.labour.isco import unit_group
from matcher.records import Language, Source, Status, Strength


class Wire(BaseModel):
    """A wire type takes the fields it names from the record of the same shape."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, record: object) -> Self:
        """Return the wire form of a record."""
        return cls.model_validate(record)


class DemandOut(Wire):
    """One demand of the posting held against the candidate."""

    competence: str
    strength: Strength
    status: Status
    posting_evidence: str
    candidate_evidence: str | None
    similarity: float | None
    implied_by: str | None = None


class PairOut(Wire):
    """What a scored pair shows, whichever side asked."""

    rank: int
    score: float
    band: str | None
    demands: list[DemandOut]
    contributions: dict[str, float]
    distance_km: float | None
    instrument: str | None


class CandidateMatchOut(PairOut):
    """A candidate on the shortlist of a posting."""

    candidate: str


class PostingMatchOut(PairOut):
    """A posting suggested to a candidate."""

    posting: str


class ShortlistOut(Wire):
    """Candidates for a posting, best first."""

    posting: str
    model: str
    matches: list[CandidateMatchOut]


class EmployerOut(Wire):
    """An employer suggested to a candidate: the score of its best posting, and the reasons that hold there."""

    employer: str
    score: float
    postings: list[str]
    why: list[DemandOut]


class SuggestionOut(Wire):
    """Postings and employers for a candidate, best first."""

    candidate: str
    model: str
    postings: list[PostingMatchOut]
    employers: list[EmployerOut]


class SpanOut(Wire):
    """Something read, with its place: `evidence` is the slice `start:end` of the text, in code points."""

    label: str
    concept: str | None
    uri: str | None
    kind: str | None
    confidence: float | None
    evidence: str
    start: int
    end: int
    level: str | None = None
    years: float | None = None


class CompetenceSpanOut(SpanOut):
    """A competence of a CV: where it was gained, when it was last used, and the programme that only implies it."""

    source: Source | None = None
    last_year: int | None = None
    programme: str | None = None


class DemandSpanOut(SpanOut):
    """A demand of a posting with its place."""

    strength: Strength


class ExtractionOut(Wire):
    """What was read in one text: competences or demands. `id` is set for JSON Lines in."""

    id: str | None = None
    language: Language
    competences: list[CompetenceSpanOut] | None
    demands: list[DemandSpanOut] | None


class UnitGroupOut(Wire):
    """An ISCO-08 unit group that a title was linked to, with its names."""

    code: str
    da: str
    en: str
    confidence: float


class ConceptOut(Wire):
    """A concept of the vocabulary that a text was linked to, with its labels."""

    concept: str
    da: str
    en: str
    confidence: float


class EscoOut(Wire):
    """An occupation or skill of ESCO that a text was linked to; `label` is its name that came nearest."""

    uri: str
    label: str
    confidence: float

    @classmethod
    def named(cls, link: Link) -> Self:
        """Return a link with the whole address of its concept."""
        return cls(uri=ESCO + link.concept, label=link.label, confidence=link.confidence)


class LinkedOut(Wire):
    """What one text was linked to, surest first; `esco` is null where ESCO was not imported."""

    text: str
    isco: list[UnitGroupOut]
    competences: list[ConceptOut]
    esco: list[EscoOut] | None

    @classmethod
    def named(cls, linked: Linked) -> Self:
        """Return the links with the names of what they point to."""
        groups = [(unit_group(link.concept), link.confidence) for link in linked.isco]
        concepts = [(concepts_by_id()[link.concept], link.confidence) for link in linked.competences]
        return cls(
            text=linked.text,
            isco=[UnitGroupOut(code=g.code, da=g.da, en=g.en, confidence=sure) for g, sure in groups],
            competences=[ConceptOut(concept=c.id, da=c.da, en=c.en, confidence=sure) for c, sure in concepts],
            esco=None if linked.esco is None else [EscoOut.named(link) for link in linked.esco],
        )


class LinksOut(Wire):
    """Links of several texts; `adapted` tells whether the trained part was in use."""

    links: list[LinkedOut]
    model: str
    adapted: bool
