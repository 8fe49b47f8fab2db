"""A text to the competences or demands in it: for now its sentences and bullets, each with its place."""

from dataclasses import dataclass
from typing import TypedDict

from matcher.demands import demanding, strength
from matcher.ingest.build import prepare
from matcher.passages import Draft, phrases
from matcher.records import Candidate, Competence, Demand, Language, Posting


class SpanFields(TypedDict):
    """The fields that every span has."""

    label: str
    evidence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read in a text: competences or demands, the other is None.

    Every `evidence` is the slice `start:end`, in code points, of the text that was given.
    """

    language: Language
    competences: tuple[Competence, ...] | None = None
    demands: tuple[Demand, ...] | None = None


def extract_candidate(text: str) -> Extraction:
    """Return the competences of a CV. Contact details are none."""
    prepared = prepare(text, "candidate")
    record = Candidate(id="-", text=prepared.text, language=prepared.language, sections=prepared.sections)
    return Extraction(
        language=prepared.language,
        competences=tuple(Competence(**_span(draft, text)) for draft in phrases(record)),
    )


def extract_posting(text: str) -> Extraction:
    """Return the demands of a posting, each must or nice; what is named but not demanded is left out."""
    prepared = prepare(text, "posting")
    record = Posting(id="-", title="-", text=prepared.text, language=prepared.language, sections=prepared.sections)
    drafts = list(phrases(record))
    chosen = [drafts[place] for place in demanding(record, [(draft.start, draft.end) for draft in drafts])]
    return Extraction(
        language=prepared.language,
        demands=tuple(Demand(**_span(draft, text), strength=strength(draft.text)) for draft in chosen),
    )


def _span(draft: Draft, text: str) -> SpanFields:
    evidence = text[draft.start : draft.end]
    return SpanFields(label=" ".join(evidence.split()), evidence=evidence, start=draft.start, end=draft.end)
