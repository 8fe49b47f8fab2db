"""How well demands and competences are found in whole labelled documents: `python -m eval.extraction [--misses]`.

A prediction is right where it overlaps a labelled stretch. Each figure's counts stand beside it.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from matcher.competences.reading import read_candidate, read_posting
from matcher.ingest.build import prepare
from matcher.records import Candidate, Competence, Demand, Posting, Span

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label at its place."""

    start: int
    end: int
    label: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: what was read, what is labelled, and what neither has in the other."""

    document: Document
    spans: Sequence[Span]
    labels: Sequence[Labelled]

    def missed(self) -> list[Labelled]:
        """Return labels that no span touches."""
        return [
            label for label in self.labels if label.label.get("strength") != "not" and not _touching(label, self.spans)
        ]

    def wrong(self) -> list[Span]:
        """Return spans that touch no label of something demanded or held."""
        real = [label for label in self.labels if label.label.get("strength") != "not"]
        return [span for span in self.spans if not any(_overlap(span, label) for label in real)]

    def taken(self) -> list[Labelled]:
        """Return the "not" labels that were taken for demands."""
        real = [label for label in self.labels if label.label.get("strength") != "not"]
        wrong = [span for span in self.spans if not any(_overlap(span, label) for label in real)]
        return [label for label in self.labels if label.label.get("strength") == "not" and _touching(label, wrong)]


def places(document: Document) -> list[Labelled]:
    """Return the labels of a document at their places in its text."""
    return [Labelled(*_place(document["text"], label), label) for label in document["labels"]]


def _place(text: str, label: Mapping[str, Any]) -> tuple[int, int]:
    at = -1
    for _ in range(label.get("occurrence", 1)):
        at = text.index(label["quote"], at + 1)
    return at, at + len(label["quote"])


def _overlap(span: Span | Labelled, label: Labelled) -> bool:
    return span.start < label.end and label.start < span.end


def _touching(label: Labelled, spans: Iterable[Span]) -> list[Span]:
    return [span for span in spans if _overlap(span, label)]


def score_posting(document: Document) -> Scored:
    """Read a labelled posting as the product does."""
    prepared = prepare(document["text"], "posting")
    record = Posting(
        id="-", title=document["title"], text=prepared.text, language=prepared.language, sections=prepared.sections
    )
    return Scored(document, read_posting(record), places(document))


def score_candidate(document: Document) -> Scored:
    """Read a labelled CV as the product does."""
    prepared = prepare(document["text"], "candidate")
    record = Candidate(id="-", text=prepared.text, language=prepared.language, sections=prepared.sections)
    return Scored(document, read_candidate(record), places(document))


def figures(scored: Sequence[Scored]) -> dict[str, tuple[int, int]]:
    """Return every measure as (right, of how many)."""
    counts: Counter[str] = Counter()
    for one in scored:
        real = [label for label in one.labels if label.label.get("strength") != "not"]
        counts["recall"] += len(real) - len(one.missed())
        counts["recall/"] += len(real)
        counts["precision"] += len(one.spans) - len(one.wrong())
        counts["precision/"] += len(one.spans)
        counts["not taken as demand"] += len(one.taken())
        counts["not taken as demand/"] += len(one.labels) - len(real)
        for label in real:
            counts.update(_agreements(label, _touching(label, one.spans)))
    names = sorted(name for name in counts if name.endswith("/"))
    return {name[:-1]: (counts[name[:-1]], counts[name]) for name in names}


def _agreements(label: Labelled, spans: Sequence[Span]) -> Iterator[str]:
    """Count what was asked of the spans found for one label, and what was right."""
    truth = label.label
    if not spans:
        return
    best = max(spans, key=lambda span: (span.concept == truth["concept"], span.concept is not None, -span.start))
    if truth["concept"] and best.concept:
        yield "concept/"
        if best.concept == truth["concept"]:
            yield "concept"
    if isinstance(best, Demand):
        yield "must or nice/"
        if best.strength == truth["strength"]:
            yield "must or nice"
    if isinstance(best, Competence):
        yield "source/"
        if best.source == truth["source"].replace(" ", "_"):
            yield "source"
    if truth["kind"] == "language":
        yield "language facts/"
        if best.kind == "language" and best.concept == truth["concept"]:
            yield "language facts"


def read(path: Path) -> list[Document]:
    """Return the documents of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def report(file: Path, *, misses: bool) -> Iterator[str]:
    """Yield the lines of the report on one file, with every miss where asked for."""
    score = score_posting if "posting" in file.name else score_candidate
    scored = [score(document) for document in read(file)]
    yield f"{file.name}: {len(scored)} documents"
    for name, (right, total) in figures(scored).items():
        if total:
            yield f"  {name:22} {right / total:.3f}  ({right} of {total})"
    if misses:
        for one in scored:
            yield from _misses(one)


def _misses(one: Scored) -> Iterator[str]:
    text = one.document["text"]
    yield f"== {one.document['id']}"
    for label in one.missed():
        yield f"  missed   {label.label['quote']!r}   in {_around(text, label.start, label.end)}"
    for span in one.wrong():
        read = f"{span.concept}, {span.kind}, {span.confidence}"
        yield f"  wrong    {span.evidence!r} ({read})   in {_around(text, span.start, span.end)}"
    for label in one.taken():
        yield f"  taken    {label.label['quote']!r}"
    for label in one.labels:
        for span in _touching(label, one.spans):
            if isinstance(span, Demand) and label.label["strength"] not in ("not", span.strength):
                around = _around(text, span.start, span.end)
                yield f"  strength {span.evidence!r} is {label.label['strength']}   in {around}"
            if isinstance(span, Competence) and label.label["source"].replace(" ", "_") != span.source:
                yield f"  source   {span.evidence!r} is {label.label['source']}, not {span.source}"


def _around(text: str, start: int, end: int) -> str:
    return repr(text[max(0, start - 40) : end + 40])


def main(arguments: Sequence[str]) -> None:
    """Write the report on every file of `eval/datasets/extraction`, or on the files named."""
    named = [Path(argument) for argument in arguments if not argument.startswith("--")]
    folder = files("eval.datasets").joinpath("extraction")
    found = named or [Path(str(entry)) for entry in folder.iterdir() if "-dev" in entry.name]
    for file in sorted(found):
        for line in report(file, misses="--misses" in arguments):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
