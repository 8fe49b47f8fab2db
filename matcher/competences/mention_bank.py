"""The mention bank: how CVs and postings say what a concept means, and what sounds like it and means something else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COLUMNS = ("concept", "language", "side", "kind", "text")

TEST_WRITERS = frozenset({"w7", "w8"})
"""Writers whose mentions no model is trained on: they show whether it understands how somebody else writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A phrase or sentence: `kind` is "mention" where it means the concept, "near" where it only sounds like it."""

    concept: str
    language: str
    side: str
    kind: str
    text: str
    writer: str


@cache
def read_mentions() -> tuple[Mention, ...]:
    """All mentions, by file name and line; the writer is the end of the file's name."""
    folder = files("matcher.competences").joinpath("mentions")
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".tsv")), key=lambda entry: entry.name)
    return tuple(mention for file in found for mention in _read(file.name, file.read_text(encoding="utf-8")))


def _read(name: str, text: str) -> Iterator[Mention]:
    writer = name.removesuffix(".tsv").rsplit("-", 1)[-1]
    for line in text.splitlines()[1:]:
        yield Mention(**dict(zip(COLUMNS, line.split("\t"), strict=True)), writer=writer)
