"""Which stretches of a record get a vector: chunks to compare whole documents, titles, demands and competences."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from matcher.competences.implied import implied_competences
from matcher.competences.reading import read_candidate, read_posting
from matcher.corrections import Correction, added, corrected
from matcher.ports import Role, Unit
from matcher.privacy.mask import Evened, even
from matcher.profiles import earlier, profile
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


def plan(record: Record, *, count_tokens: Callable[[str], int], corrections: Sequence[Correction] = ()) -> list[Draft]:
    """Return the passages of a record in reading order, chunks first, then titles, then phrases as corrected."""
    if isinstance(record, Employer):
        return _plan(profile(record), earlier(record), count_tokens, ())
    return _plan(record, (), count_tokens, corrections)


def _plan(
    record: Candidate | Posting,
    titles: Sequence[str],
    count_tokens: Callable[[str], int],
    corrections: Sequence[Correction],
) -> list[Draft]:
    """Drafts are made of the text with its masks evened out, so that their length is no trace of a name or a sex."""
    evened = even(record.text)
    reads = _read_as(record, evened)
    chunks = [
        Draft(unit="chunk", start=evened.place(start), end=evened.place(end), text=reads.text[start:end])
        for section in _telling(reads)
        for start, end in chunk(
            reads.text, section.start, section.end, count_tokens=count_tokens, max_tokens=CHUNK_TOKENS
        )
    ]
    chunks = [draft for draft in chunks if _letters(draft.text) >= CHUNK_LETTERS] or chunks[:1]
    named = titles or ((record.title,) if isinstance(record, Posting) else ())
    headed = [Draft(unit="title", start=0, end=0, text=title) for title in named]
    read = [_placed(draft, evened) for draft in islice(phrases(reads), MOST_PHRASES)]
    return [*chunks, *headed, *_corrected(read, corrections)]


def phrases(record: Candidate | Posting) -> Iterator[Draft]:
    """Yield what is read in a record, by place, and then what a candidate's programme implies."""
    spans = read_posting(record) if isinstance(record, Posting) else read_candidate(record)
    for span in spans:
        yield Draft(unit="phrase", start=span.start, end=span.end, text=span.evidence, span=span)
    if isinstance(record, Candidate):
        for implied in implied_competences(record):
            yield Draft(unit="implied", start=0, end=0, text=implied.label, span=implied)


def read_in(record: Candidate | Posting) -> list[Competence | Demand]:
    """Return what is read in a record before anybody corrects it, at its place in the record's own text."""
    evened = even(record.text)
    read = (_placed(draft, evened) for draft in islice(phrases(_read_as(record, evened)), MOST_PHRASES))
    return [draft.span for draft in read if draft.span is not None]


def _corrected(drafts: list[Draft], corrections: Sequence[Correction]) -> list[Draft]:
    """What people added, and what was read as they corrected it."""
    if not corrections:
        return drafts
    spans = corrected([draft.span for draft in drafts if draft.span is not None], corrections)
    new = [Draft(unit="phrase", start=0, end=0, text=span.label, span=span) for span in added(corrections)]
    kept = [replace(draft, span=span) for draft, span in zip(drafts, spans, strict=True) if span is not None]
    return [*new, *kept]


def _read_as(record: Candidate | Posting, evened: Evened) -> Candidate | Posting:
    """The record as it is read: its text evened, its sections where they stand in that."""
    if evened.text == record.text or not evened.text.strip():
        return record
    sections = tuple(
        replace(section, start=evened.evened(section.start), end=evened.evened(section.end))
        for section in record.sections
    )
    return replace(record, text=evened.text, sections=sections)


def _placed(draft: Draft, evened: Evened) -> Draft:
    """A phrase where it stands in the record's own text, and with the words that stand there."""
    if draft.span is None or not evened.cuts:
        return draft
    start, end = evened.place(draft.span.start), evened.place(draft.span.end)
    span = replace(draft.span, start=start, end=end, evidence=evened.original[start:end])
    if draft.unit == "implied":
        return replace(draft, span=span)
    return replace(draft, start=start, end=end, span=span)


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
