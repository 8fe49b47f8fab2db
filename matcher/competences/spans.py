"""Phrases of a document to the spans of its record; the concepts of a section at their places in the document."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from matcher.competences.concepts import ESCO, Concept, concepts_by_id
from matcher.competences.phrases import Phrase, Spotted, chosen
from matcher.records import Candidate, Language, Posting, Section, Span

Spot = Callable[[str, Language], Sequence[Spotted]]
"""A text and its language to the concepts it names; offsets into that text."""

_S = TypeVar("_S", bound=Span)


class SpanFields(TypedDict):
    """The fields that every span has."""

    label: str
    evidence: str
    start: int
    end: int
    confidence: float | None
    concept: str | None
    uri: str | None
    kind: str | None
    level: str | None
    years: float | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A spotted concept at its place in the whole text."""

    start: int
    end: int
    concept: Concept
    certainty: float


def spotter() -> Spot:
    """Return the product's own way to find concepts; its tagger is built when it is first used."""
    from matcher.competences.spotting import spot

    return spot


def concepts_in(text: str, section: Section, spot: Spot) -> list[Placed]:
    """Return the concepts a section names, with their places in the whole text."""
    return [
        Placed(found.start + section.start, found.end + section.start, found.concept, found.certainty)
        for found in chosen(spot(text[section.start : section.end], section.language))
    ]


def sections_of(record: Candidate | Posting) -> tuple[Section, ...]:
    """Return the sections of a record; all of it as one where it has none."""
    whole = Section(kind="other", start=0, end=len(record.text), language=record.language)
    return record.sections or (whole,)


def fields(text: str, phrase: Phrase) -> SpanFields:
    """Return what a span of the record says for a phrase of its text."""
    concept = phrase.concept or (concepts_by_id()[phrase.concept_id] if phrase.concept_id else None)
    evidence = text[phrase.start : phrase.end]
    return SpanFields(
        label=" ".join(evidence.split()),
        evidence=evidence,
        start=phrase.start,
        end=phrase.end,
        confidence=phrase.confidence,
        concept=concept.id if concept else None,
        uri=ESCO + concept.esco if concept and concept.esco else None,
        kind=phrase.kind,
        level=phrase.level,
        years=phrase.years,
    )


def each_once(spans: Iterable[_S]) -> list[_S]:
    """Return the spans by place, none twice at the same place."""
    seen: dict[tuple[int, int], _S] = {}
    for span in spans:
        seen.setdefault((span.start, span.end), span)
    return sorted(seen.values(), key=lambda span: (span.start, span.end))
