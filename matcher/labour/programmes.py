"""Study programmes as they stand in `programmes.tsv`; the README explains the columns.

What a programme implies is a guess about everybody who took it: weigh it less than what a CV says, and never show
it as if the CV had said it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from matcher.labour.tables import filled, parse_table, several, table_text

Degree = Literal["academy", "professional_bachelor", "bachelor", "master", "phd"]

DEGREES: tuple[Degree, ...] = get_args(Degree)
COLUMNS = (
    "id",
    "da",
    "en",
    "aliases_da",
    "aliases_en",
    "degree",
    "iscedf",
    "isco",
    "institutions",
    "competences",
    "as_of",
)
INSTITUTION_COLUMNS = ("id", "names")
WEIGHTS = (0.2, 0.9)
"""The least and the greatest sureness that a graduate can do something because of the programme alone."""


@dataclass(frozen=True, slots=True)
class ImpliedCompetence:
    """A concept of the vocabulary that graduates of a programme probably have."""

    concept: str
    weight: float
    """How sure one may be, in [0.2, 0.9]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A study programme at one level, whatever institution offers it."""

    id: str
    da: str
    en: str
    aliases: tuple[str, ...]
    """Real-life names in both languages, Danish first."""
    degree: Degree
    iscedf: str
    """Four-digit detailed field of ISCED-F 2013."""
    isco: tuple[str, ...]
    """Kinds of work as ISCO-08 unit groups, the most typical one first."""
    institutions: tuple[str, ...]
    implied: tuple[ImpliedCompetence, ...]
    as_of: int
    """The year in which this was known to be so."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Titles and aliases, each spelling once."""
        return tuple(dict.fromkeys((self.da, self.en, *self.aliases)))


@cache
def read_programmes() -> tuple[Programme, ...]:
    """All programmes in the order of the file; read once."""
    return tuple(parse_programmes("programmes.tsv", table_text("programmes.tsv")))


def parse_programmes(file: str, text: str) -> Iterator[Programme]:
    """Read the text of a table of programmes; MalformedTable names the first line that cannot be read."""
    return parse_table(file, text, COLUMNS, _programme)


@cache
def read_institutions() -> dict[str, tuple[str, ...]]:
    """Abbreviation to full names, for every institution that a programme names; read once."""
    table = parse_table("institutions.tsv", table_text("institutions.tsv"), INSTITUTION_COLUMNS, dict)
    return {row["id"]: several(row["names"]) for row in table}


def _programme(row: dict[str, str]) -> Programme:
    filled(row, "id", "da", "en", "iscedf", "isco", "competences")
    if row["degree"] not in DEGREES:
        raise ValueError(f"degree {row['degree']!r} is none of {', '.join(DEGREES)}")
    if not row["as_of"].isdecimal():
        raise ValueError(f"as_of {row['as_of']!r} is no year")
    return Programme(
        id=row["id"],
        da=row["da"],
        en=row["en"],
        aliases=(*several(row["aliases_da"]), *several(row["aliases_en"])),
        degree=row["degree"],
        iscedf=row["iscedf"],
        isco=several(row["isco"]),
        institutions=several(row["institutions"]),
        implied=tuple(_implied(item) for item in several(row["competences"])),
        as_of=int(row["as_of"]),
    )


def _implied(item: str) -> ImpliedCompetence:
    concept, colon, weight = item.partition(":")
    least, greatest = WEIGHTS
    try:
        sure = float(weight)
    except ValueError:
        raise ValueError(f"competence {item!r} is not written concept:weight") from None
    if not (concept and colon and least <= sure <= greatest):
        raise ValueError(f"competence {item!r} needs a concept and a weight between {least} and {greatest}")
    return ImpliedCompetence(concept, sure)
