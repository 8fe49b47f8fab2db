"""A text to the competences or demands in it, each with its place in the text that was given."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from matcher.competences.implied import implied_competences
from matcher.competences.meaning import meant
from matcher.competences.reading import read_candidate, read_posting
from matcher.ingest.build import prepare
from matcher.ports import Encoder
from matcher.records import Candidate, Competence, Demand, Language, Posting, Span

_S = TypeVar("_S", bound=Span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read in a text: competences or demands, the other is None.

    Every `evidence` is the slice `start:end`, in code points, of the text that was given.
    """

    language: Language
    competences: tuple[Competence, ...] | None = None
    demands: tuple[Demand, ...] | None = None


def extract_candidate(text: str) -> Extraction:
    """Return the competences of a CV, then those that its study programmes imply. Contact details are none."""
    prepared = prepare(text, "candidate")
    if not prepared.text.strip():
        return Extraction(language=prepared.language, competences=())
    record = Candidate(id="-", text=prepared.text, language=prepared.language, sections=prepared.sections)
    implied = tuple(replace(span, evidence=text[span.start : span.end]) for span in implied_competences(record))
    return Extraction(language=prepared.language, competences=(*_quoting(text, read_candidate(record)), *implied))


def extract_posting(text: str) -> Extraction:
    """Return the demands of a posting, each must or nice; what is named but not demanded is left out."""
    prepared = prepare(text, "posting")
    if not prepared.text.strip():
        return Extraction(language=prepared.language, demands=())
    record = Posting(id="-", title="-", text=prepared.text, language=prepared.language, sections=prepared.sections)
    return Extraction(language=prepared.language, demands=_quoting(text, read_posting(record)))


def with_meanings(found: Extraction, encoder: Encoder) -> Extraction:
    """Return what was read with a concept also for phrases that name none, where one is meant for certain."""
    if found.demands is not None:
        return replace(found, demands=tuple(meant(found.demands, encoder)))
    return replace(found, competences=tuple(meant(found.competences or (), encoder)))


def _quoting(text: str, spans: Iterable[_S]) -> tuple[_S, ...]:
    """The spans with the words of the text as it was given; reading it masked some and cleaned others."""
    quotes = ((span, text[span.start : span.end]) for span in spans)
    return tuple(replace(span, evidence=quote, label=" ".join(quote.split())) for span, quote in quotes)
