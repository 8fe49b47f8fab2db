"""A spotter of a few words, so that reading is tested without the tagger."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.competences.concepts import Concept, concepts_by_id
from matcher.ingest.build import prepare
from matcher.records import Candidate, Language, Posting

WORDS = {
    "python": "python",
    "sql": "sql",
    "power bi": "power-bi",
    "excel": "excel",
    "solidworks": "solidworks",
    "hplc": "hplc",
    "nvivo": "nvivo",
    "projektledelse": "project-management",
    "project management": "project-management",
    "nysgerrig": "curiosity",
    "curious": "curiosity",
    "struktureret": "structured-approach",
    "maskinteknik": "mechanical-engineering",
    "kørekort": "driving-licence-b",
    "driving licence": "driving-licence-b",
    "arkæologer": "archaeology",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A word found."""

    start: int
    end: int
    concept: Concept
    certainty: float = 1.0


def spot_words(text: str, language: Language) -> Sequence[Named]:
    """Find the words of `WORDS`, whatever the language."""
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in WORDS), re.IGNORECASE)
    found = pattern.finditer(text)
    return [Named(*one.span(), concepts_by_id()[WORDS[one.group().lower()]]) for one in found]


def posting(text: str, title: str = "Stilling") -> Posting:
    """Return a posting as ingest would make it."""
    prepared = prepare(text, "posting")
    return Posting(id="p", title=title, text=prepared.text, language=prepared.language, sections=prepared.sections)


def candidate(text: str) -> Candidate:
    """Return a candidate as ingest would make it."""
    prepared = prepare(text, "candidate")
    return Candidate(id="c", text=prepared.text, language=prepared.language, sections=prepared.sections)
