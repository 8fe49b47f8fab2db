"""Which stretches of a record get a vector: chunks to compare whole documents, titles, and phrases to quote."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from matcher.ingest.headings import heading_of
from matcher.ports import Role, Unit
from matcher.privacy.mask import FILLER
from matcher.records import Candidate, Employer, Kind, Posting, Record, Section, SectionKind
from models.chunking import chunk
from models.guards import clean
from models.sentences import sentences

CHUNK_TOKENS = 200
"""Room of one chunk. Shorter than the model's 512: a chunk about one thing is found more easily."""

BOILERPLATE: frozenset[SectionKind] = frozenset({"offer", "application"})
"""Sections of a posting that say nothing about the work: benefits, and how to apply."""

DEMANDING: frozenset[SectionKind] = frozenset({"tasks", "requirements", "profile", "other"})
"""Sections of a posting that may hold demands."""

CHUNK_LETTERS = 30
"""A chunk with fewer letters is a masked letterhead or a stray line, and would only dilute the rest."""

MOST_PHRASES = 300
PHRASE_LETTERS = 12
"""A phrase with fewer letters ("2023-2025", "C++") carries no meaning of its own for a sentence encoder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A passage before it has a vector. `start == end == 0` for text that stands outside the document (a title)."""

    unit: Unit
    start: int
    end: int
    text: str


def kind_of(record: Record) -> Kind:
    """Return "candidate", "posting" or "employer"."""
    match record:
        case Candidate():
            return "candidate"
        case Posting():
            return "posting"
        case Employer():
            return "employer"


def role_of(kind: Kind) -> Role:
    """Return the encoder's role: a posting or employer is the query and a CV the passage, whoever searches."""
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
    """Yield the sentences and bullets that may be a competence or a demand, in reading order.

    A heading is neither, nor is a line with masked contact details or protected facts.
    """
    telling = _telling(record)
    wanted = [s for s in telling if isinstance(record, Candidate) or s.kind in DEMANDING] or telling
    for section in wanted:
        for start, end in sentences(record.text, section.start, section.end):
            phrase = record.text[start:end]
            begins = not record.text[section.start : start].strip(" \t\n#*")
            heading = heading_of(phrase, kind_of(record)) if begins else None
            if _letters(phrase) >= PHRASE_LETTERS and FILLER not in phrase and (heading is None or heading.inline):
                yield Draft(unit="phrase", start=start, end=end, text=phrase)


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
