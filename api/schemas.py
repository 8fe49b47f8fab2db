"""Wire types: what goes out as JSON, on the command line and over HTTP. Fields that a later issue fills are null."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from matcher.bands import no_good_match
from matcher.competences.concepts import ESCO, concepts_by_id
from matcher.competences.linking import Link
from matcher.competences.schemes import Linked
from matcher.labour.isco import unit_group
from matcher.listing import Closed, LeftOut
from matcher.records import (
    Basis,
    Candidate,
    EmployerMatch,
    EmploymentType,
    InstrumentName,
    Language,
    Match,
    Source,
    Status,
    Strength,
)


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
    asked_by_person: bool = False
    told_by_person: bool = False


class InstrumentOut(Wire):
    """What the rules of the day propose beside a match. `expired`: none was valid any more, this is the last one."""

    name: InstrumentName
    da: str
    en: str
    valid_from: date
    valid_to: date | None
    source: str
    expired: bool


class PairOut(Wire):
    """What a scored pair shows, whichever side asked.

    `unknown_postcode`: where `distance_km` is null, the postcode that the table of postcodes lacks, "" for none given.
    """

    rank: int
    score: float
    band: str | None
    demands: list[DemandOut]
    contributions: dict[str, float]
    distance_km: float | None
    unknown_postcode: str | None = None
    instrument: InstrumentOut | None


class CandidateMatchOut(PairOut):
    """A candidate on the shortlist of a posting."""

    candidate: str


class PostingMatchOut(PairOut):
    """A posting suggested to a candidate."""

    posting: str


class ShortlistOut(Wire):
    """Candidates for a posting, best first.

    `closed`: why the posting is not open, null if it is. `no_good_match`: nobody on the list is worth proposing.
    `left_out`: how many candidates are not on it although they are in the pool, by reason.
    """

    posting: str
    model: str
    matches: list[CandidateMatchOut]
    closed: Closed | None = None
    no_good_match: bool = False
    left_out: dict[LeftOut, int] = {}

    @classmethod
    def listing(
        cls,
        posting: str,
        model: str,
        matches: Sequence[Match],
        closed: Closed | None = None,
        left_out: Mapping[LeftOut, int] | None = None,
    ) -> Self:
        """Return a shortlist on the wire."""
        return cls(
            posting=posting,
            model=model,
            matches=[CandidateMatchOut.of(match) for match in matches],
            closed=closed,
            no_good_match=no_good_match(matches[0].score if matches else None),
            left_out=dict(left_out or {}),
        )


class EmployerOut(Wire):
    """An employer suggested to a candidate for its `basis`, which score, band and reasons are of."""

    employer: str
    id: str | None
    basis: Basis
    score: float
    band: str | None
    postings: list[str]
    why: list[DemandOut]


class WishesOut(Wire):
    """What work a candidate wants; empty lists and null for no wish. It cuts lists and is never part of fit."""

    wanted_types: list[EmploymentType]
    wanted_municipalities: list[str]
    most_hours: float | None
    max_km: float | None


class SuggestionOut(Wire):
    """Postings and employers for a candidate, best first; `left_out` counts open postings and closed ones by reason."""

    candidate: str
    model: str
    postings: list[PostingMatchOut]
    employers: list[EmployerOut]
    wishes: WishesOut
    no_good_match: bool
    left_out: dict[LeftOut, int]

    @classmethod
    def listing(
        cls,
        candidate: Candidate,
        model: str,
        matches: Sequence[Match],
        employers: Sequence[EmployerMatch],
        left_out: Mapping[LeftOut, int],
    ) -> Self:
        """Return suggestions on the wire."""
        return cls(
            candidate=candidate.id,
            model=model,
            postings=[PostingMatchOut.of(match) for match in matches],
            employers=[EmployerOut.of(match) for match in employers],
            wishes=WishesOut.of(candidate),
            no_good_match=no_good_match(matches[0].score if matches else None),
            left_out=dict(left_out),
        )


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
