"""Reading Kompetencer: spans with their ESCO group, and sentences of postings with the spans that people marked.

The known junk of the files is dealt with here, and only here: a few labels are no groups, sentences are divided by rows
of tabs alone, some rows begin with a bullet or nothing where the word should stand, and some have lost their word.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.benchmarks.tables import malformed, read_lines, read_table
from matcher.records import Language

Layer = Literal["skill", "knowledge"]
LAYERS: tuple[Layer, ...] = ("skill", "knowledge")

_GROUP = re.compile(r"[AKLST][0-9]{1,2}")
_TAG = re.compile(r"O|[BI]-(Skill|Knowledge)")
_COLUMNS = "word\tskill tag\tknowledge tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Spans with group and language, in the order of the files, and how many lines had a label that is no group."""

    texts: tuple[str, ...]
    groups: tuple[str, ...]
    languages: tuple[Language, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A span of a sentence that annotators marked."""

    start: int
    end: int
    layer: Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words joined by single spaces, and what is marked in them: code points of `text`."""

    text: str
    marked: tuple[Marked, ...]


def read_labelled(files: Mapping[Path, Language]) -> Labelled:
    """Read files of (span, group), each in one language, one after the other."""
    rows = [
        (text, group, language)
        for file, language in files.items()
        for _, (text, group) in read_table(file, ("span", "group"), header=False)
    ]
    kept = [row for row in rows if _GROUP.fullmatch(row[1]) and row[0].strip()]
    return Labelled(
        texts=tuple(text for text, _, _ in kept),
        groups=tuple(group for _, group, _ in kept),
        languages=tuple(language for _, _, language in kept),
        left_out=len(rows) - len(kept),
    )


def read_sentences(file: Path) -> list[Sentence]:
    """Read CoNLL rows (word, skill tag, knowledge tag); sentences end where a row has no content."""
    sentences: list[Sentence] = []
    rows: list[tuple[str, ...]] = []
    for row in _rows(file):
        if row:
            rows.append(row)
        elif rows:
            sentences.append(_sentence(rows))
            rows = []
    return [*sentences, _sentence(rows)] if rows else sentences


def _rows(file: Path) -> Iterator[tuple[str, ...]]:
    """Yield (word, skill tag, knowledge tag), or () between sentences; a row that lost its word is left out."""
    for number, line in read_lines(file):
        cells = ["".join(filter(str.isprintable, cell)).strip() for cell in line.split("\t")]
        if not any(cells):
            yield ()
            continue
        if cells == ["O", "O", ""]:
            continue
        word, *tags = cells if cells[0] else [*cells[1:], ""]
        tags = [tag or "O" for tag in tags]
        if len(tags) != len(LAYERS) or not word or not all(map(_TAG.fullmatch, tags)):
            raise malformed(file, number, found=line, wanted=_COLUMNS)
        yield (word, *tags)


def _sentence(rows: Sequence[tuple[str, ...]]) -> Sentence:
    words = [row[0] for row in rows]
    starts = [sum(len(word) + 1 for word in words[:place]) for place in range(len(words))]
    places = [(start, start + len(word)) for start, word in zip(starts, words, strict=True)]
    marked = [
        Marked(start=start, end=end, layer=layer)
        for column, layer in enumerate(LAYERS, start=1)
        for start, end in _spans([row[column] for row in rows], places)
    ]
    return Sentence(text=" ".join(words), marked=tuple(sorted(marked, key=lambda span: (span.start, span.end))))


def _spans(tags: Sequence[str], places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the place of each run of tags: B opens one, and so does an I that continues nothing."""
    open_span: tuple[int, int] | None = None
    for tag, (start, end) in zip(tags, places, strict=True):
        if open_span and tag.startswith("I"):
            open_span = (open_span[0], end)
            continue
        if open_span:
            yield open_span
        open_span = None if tag == "O" else (start, end)
    if open_span:
        yield open_span
