"""Wire types: what goes out as JSON, on the command line and over HTTP. Fields that a later issue fills are null."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from matcher.records import Language, Status, Strength


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
    """A competence of a CV with its place: `evidence` is the slice `start:end` of the text, in code points."""

    label: str
    concept: str | None
    uri: str | None
    kind: str | None
    confidence: float | None
    evidence: str
    start: int
    end: int


class DemandSpanOut(SpanOut):
    """A demand of a posting with its place."""

    strength: Strength


class ExtractionOut(Wire):
    """What was read in one text: competences or demands. `id` is set for JSON Lines in."""

    id: str | None = None
    language: Language
    competences: list[SpanOut] | None
    demands: list[DemandSpanOut] | None
