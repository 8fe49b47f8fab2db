"""Candidates by a few words, as if a posting asked for just that: ranked by the engine, across both languages."""

import re
from collections.abc import Sequence

from matcher.corrections import MOST_LETTERS, Correction, added
from matcher.embedding import embed, rows_of, uncached
from matcher.engine import Engine, Subject
from matcher.explain import Reading
from matcher.ingest.build import prepare
from matcher.records import Posting

ID = "search"
MOST_PARTS = 12
FEW_WORDS = 5
"""Up to so many words in a row that each name a competence are several competences, not one."""
_BETWEEN = re.compile(r"[,;\n]|\b(?:og|and|samt)\b", re.IGNORECASE)


def parts_of(words: str) -> list[str]:
    """Return what a search asks for, one by one, in the order it was typed.

    >>> parts_of("GIS og borgerinddragelse"), parts_of("python excel"), parts_of("tale tysk")
    (['GIS', 'borgerinddragelse'], ['python', 'excel'], ['tale tysk'])
    """
    found = [part for typed in _BETWEEN.split(words) for part in _taken_apart(" ".join(typed.split()))]
    return list(dict.fromkeys(part[:MOST_LETTERS] for part in found if part))[:MOST_PARTS]


def asking_for(engine: Engine, words: str) -> Subject:
    """Return a posting that is in memory only and asks for these words and nothing else; `words` must not be blank."""
    prepared = prepare(words, "posting")
    posting = Posting(id=ID, title=prepared.text, text=prepared.text, language=prepared.language)
    wanted = {ID: [_wanted(part) for part in parts_of(prepared.text)]}
    engine.refresh()
    [(passages, vectors)] = embed([posting], engine.encoder, known=uncached, corrections=wanted)
    kept = [each for each in passages if each.span is None or each.span.by_person == "added"]
    rows = rows_of(posting, kept, vectors, engine.cohort.vectoriser)
    return Subject(posting, engine.cohort.with_norms(rows, of="posting"), Reading.of(posting, kept, vectors))


def _taken_apart(phrase: str) -> Sequence[str]:
    words = phrase.split()
    if not 1 < len(words) < FEW_WORDS or _names_one(phrase):
        return [phrase]
    return words if all(_names_one(word) for word in words) else [phrase]


def _names_one(words: str) -> bool:
    """Whether the vocabulary has the words as the name of a competence."""
    return len(words) <= MOST_LETTERS and added([_wanted(words)])[0].concept is not None


def _wanted(label: str) -> Correction:
    return Correction(kind="posting", id=ID, action="add", label=label, strength="must", account="")
