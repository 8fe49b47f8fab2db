"""Where a missing competence is usually learnt, as it stands in `learning.tsv`: judgements, not measurements.

A line applies to a kind of competence, to a kind within an area of the vocabulary, to a concept with all below it, or
to one concept; the narrowest line counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from matcher.competences.concepts import KINDS, concepts_by_id, parse_area
from matcher.labour.tables import filled, parse_table, table_text

Way = Literal["course", "praktik", "job", "education", "arrange"]
"""How it is usually come by. "education": a degree, which no course makes up for; "arrange": nothing to be learnt."""
Effort = Literal["days", "weeks", "months", "years"]

WAYS: frozenset[str] = frozenset(get_args(Way))
EFFORTS: frozenset[str] = frozenset(get_args(Effort))
OTHER_KINDS = frozenset({"education", "experience", "open"})
"""Kinds of demands that no concept of the vocabulary has."""
COLUMNS = ("applies_to", "way", "effort", "da", "en", "source")
FILE = "learning.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """How a competence is usually come by, how long that takes, and a sentence on it in Danish and English."""

    applies_to: str
    way: Way
    effort: Effort
    da: str
    en: str
    source: str

    def note(self, language: str) -> str:
        """Return the sentence in Danish ("da") or English."""
        return self.da if language == "da" else self.en


@cache
def read_learning() -> dict[str, Learning]:
    """All lines by what they apply to; read once."""
    return {line.applies_to: line for line in parse_learning(FILE, table_text(FILE))}


def parse_learning(file: str, text: str) -> Iterator[Learning]:
    """Read the text of the table; MalformedTable names the first line that cannot be read."""
    seen: set[str] = set()

    def line(row: dict[str, str]) -> Learning:
        found = _learning(row)
        if found.applies_to in seen:
            raise ValueError(f"{found.applies_to!r} stands twice")
        seen.add(found.applies_to)
        return found

    return parse_table(file, text, COLUMNS, line)


def learning_of(concept: str | None, kind: str | None) -> Learning:
    """Return the narrowest line for a concept, or for a kind where no concept is known ("open" for an unknown one)."""
    table = read_learning()
    return next(table[key] for key in _keys(concept, kind) if key in table)


@cache
def areas() -> dict[str, str]:
    """Area of the vocabulary (its file's name) by concept."""
    folder = files("matcher.competences").joinpath("vocabulary")
    return {
        concept.id: entry.name.removesuffix(".tsv")
        for entry in folder.iterdir()
        if entry.name.endswith(".tsv")
        for concept in parse_area(entry.name, entry.read_text(encoding="utf-8"))
    }


def _keys(concept: str | None, kind: str | None) -> Iterator[str]:
    """What may apply, the narrowest first."""
    known = concepts_by_id().get(concept or "")
    if known is not None:
        yield f"concept:{known.id}"
        for above in _upwards(known.id):
            yield f"below:{above}"
        yield f"area:{areas()[known.id]} kind:{known.kind}"
        yield f"kind:{known.kind}"
    yield f"kind:{kind}"
    yield "kind:open"


def _upwards(concept: str) -> Iterator[str]:
    """The concept and those above it, nearest first."""
    seen: set[str] = set()
    above: str | None = concept
    while above and above not in seen:
        yield above
        seen.add(above)
        above = concepts_by_id()[above].broader


def _learning(row: dict[str, str]) -> Learning:
    filled(row, *COLUMNS)
    if row["way"] not in WAYS:
        raise ValueError(f"way {row['way']!r} is none of {', '.join(sorted(WAYS))}")
    if row["effort"] not in EFFORTS:
        raise ValueError(f"effort {row['effort']!r} is none of {', '.join(sorted(EFFORTS))}")
    _check(row["applies_to"])
    return Learning(**row)  # type: ignore[arg-type]  # way and effort were checked


def _check(applies_to: str) -> None:
    """Refuse, by ValueError, what is no kind, area or concept."""
    known: dict[str, frozenset[str]] = {
        "kind": KINDS | OTHER_KINDS,
        "area": frozenset(areas().values()),
        "concept": frozenset(concepts_by_id()),
        "below": frozenset(concepts_by_id()),
    }
    parts = [part.partition(":") for part in applies_to.split(" ")]
    if [name for name, _, _ in parts] not in (["kind"], ["area", "kind"], ["concept"], ["below"]):
        raise ValueError(f"{applies_to!r} is none of kind:K, area:A kind:K, below:ID, concept:ID")
    if unknown := [value for name, _, value in parts if value not in known[name]]:
        raise ValueError(f"{unknown[0]!r} of {applies_to!r} is not known")
