"""Which stretches of a record get a vector: chunks to compare whole documents, titles, demands and competences."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from matcher.competences.implied import implied_competences
from matcher.competences.reading import read_candidate, read_posting
from matcher.ports import Role, Unit
from matcher.records import (
    Candidate,
    Competence,
    Demand,
    Employer,
    Kind,
    Posting,
    Record,
    Section,
    SectionKind,
)
from models.chunking import chunk
from models.guards import clean

CHUNK_TOKENS = 200
"""Room of one chunk. Shorter than the model's 512: a chunk about one thing is found more easily."""

BOILERPLATE: frozenset[SectionKind] = frozenset({"offer", "application"})
"""Sections of a posting that say nothing about the work: benefits, and how to apply."""

CHUNK_LETTERS = 30
"""A chunk with fewer letters is a masked letterhead or a stray line, and would only dilute the rest."""

MOST_PHRASES = 300
"""Demands or competences compared of one document; a list without end is cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A passage before it has a vector. `start == end == 0` for text that stands outside the document (a title)."""

    unit: Unit
    start: int
    end: int
    text: str
    span: Competence | Demand | None = None


def kind_of(record: Record) -> Kind:
    """Return "candidate", "posting" or "employer"."""
    match record:
        case Candidate():
            return "candidate"
        case Posting():
            return "posting"
        case Employer():
            return "employer"


def role_of(kind: Kind, unit: Unit) -> Role:
    """Return the encoder's role: demands and competences meet as equals; of longer texts a CV is the passage."""
    if unit in ("phrase", "implied"):
        return "phrase"
    return "passage" if kind == "candidate" else "query"


def plan(record: Record, *, count_tokens: Callable[[str], int]) -> list[Draft]:
    """Return the passages of a record in reading order, chunks first, then titles, then phrases."""
    if isinstance(record, Employer):
        text = record.text or record.name
        return [Draft(unit="chunk", start=0, end=0, text=text), Draft(unit="title", start=0, end=0, text=record.name)]
    chunks = [
        Draft(unit="chunk", start=start, end=end, text=record.text[start:end])
        for section in _telling(record)
        for start, end in chunk(
            record.text, section.start, section.end, count_tokens=count_tokens, max_tokens=CHUNK_TOKENS
        )
    ]
    chunks = [draft for draft in chunks if _letters(draft.text) >= CHUNK_LETTERS] or chunks[:1]
    titles = [Draft(unit="title", start=0, end=0, text=record.title)] if isinstance(record, Posting) else []
    return [*chunks, *titles, *islice(phrases(record), MOST_PHRASES)]


def phrases(record: Candidate | Posting) -> Iterator[Draft]:
    """Yield what is read in a record, by place, and then what a candidate's programme implies."""
    spans = read_posting(record) if isinstance(record, Posting) else read_candidate(record)
    for span in spans:
        yield Draft(unit="phrase", start=span.start, end=span.end, text=span.evidence, span=span)
    if isinstance(record, Candidate):
        for implied in implied_competences(record):
            yield Draft(unit="implied", start=0, end=0, text=implied.label, span=implied)


def vector_key(fingerprint: str, role: Role, text: str) -> bytes:
    """Content address of a vector: 32 bytes over encoder, role and the text as the encoder sees it."""
    return hashlib.sha256("\0".join((fingerprint, role, clean(text))).encode()).digest()


def _sections(record: Candidate | Posting) -> tuple[Section, ...]:
    whole = Section(kind="other", start=0, end=len(record.text), language=record.language)
    return record.sections or (whole,)


def _telling(record: Candidate | Posting) -> list[Section]:
    """The sections that say something about the person or the work; all of them if nothing else is there."""
    sections = list(_sections(record))
    return [s for s in sections if isinstance(record, Candidate) or s.kind not in BOILERPLATE] or sections


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)
