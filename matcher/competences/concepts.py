"""The vocabulary's concepts as they stand in `vocabulary/*.tsv`; the README there explains columns and rules."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

ConceptKind = Literal["tool", "method", "knowledge", "language", "transversal", "licence"]
RuleLanguage = Literal["da", "en"]

KINDS: frozenset[str] = frozenset(get_args(ConceptKind))
ESCO = "http://data.europa.eu/esco/"
"""Beginning of every address in ESCO; the vocabulary keeps them without it."""
COLUMNS = ("id", "kind", "da", "en", "aliases_da", "aliases_en", "broader", "esco", "rule")

_ITEM_STARTS = re.compile(r"(?:^|\s+)(?=(?:case|context|da-only|en-only)(?:[:\[\s]|$))")
_PLAIN_ITEM = re.compile(r"(?P<name>case|da-only|en-only)(?::(?P<forms>.+))?")
_CONTEXT_ITEM = re.compile(r"context(?:\[(?P<forms>[^\]]+)\])?:(?P<words>\S+)")


class MalformedVocabulary(ValueError):
    """A line of the vocabulary that cannot be read: a fault of the product, not of the person using it."""

    def __init__(self, file: str, line: int, why: str) -> None:
        self.file = file
        self.line = line
        super().__init__(f"{file}, line {line}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One condition under which forms of a concept count; a form with several rules needs all of them."""

    forms: tuple[str, ...] = ()
    """The labels and aliases it is about, as the line spells them; empty for all of the line."""
    case: bool = False
    """Only exactly as spelled."""
    context: tuple[str, ...] = ()
    """Casefolded beginnings of words, one of which stands in the same sentence or list; empty when none is needed."""
    only: RuleLanguage | None = None
    """Only in text of this language."""

    def concerns(self, form: str) -> bool:
        """Tell whether `form`, in any case, is bound by this rule."""
        return not self.forms or form.casefold() in {named.casefold() for named in self.forms}


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """Something a person can do, know, use or hold, with what Danes and others call it."""

    id: str
    kind: ConceptKind
    da: str
    en: str
    aliases_da: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    broader: str | None = None
    esco: str | None = None
    """`skill/<uuid>` below http://data.europa.eu/esco/ where ESCO has the same concept."""
    rules: tuple[Rule, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """Labels and aliases in both languages, Danish first, each spelling once."""
        return tuple(dict.fromkeys((self.da, self.en, *self.aliases_da, *self.aliases_en)))

    def rules_for(self, form: str) -> tuple[Rule, ...]:
        """All rules that must hold where `form` is found; none means that it counts wherever it stands."""
        return tuple(rule for rule in self.rules if rule.concerns(form))


def folded(form: str) -> str:
    """Return `form` as two spellings of one word compare: casefolded, with hyphens and runs of space as one space.

    >>> folded("Back-end  udvikling")
    'back end udvikling'
    """
    return re.sub(r"[\s\-‐‑–]+", " ", form.casefold()).strip()


@cache
def read_vocabulary() -> tuple[Concept, ...]:
    """All concepts of the product, by file name and line; read once."""
    folder = files("matcher.competences").joinpath("vocabulary")
    areas = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".tsv")), key=lambda entry: entry.name)
    return tuple(concept for area in areas for concept in parse_area(area.name, area.read_text(encoding="utf-8")))


@cache
def concepts_by_id() -> dict[str, Concept]:
    """The vocabulary by concept id."""
    return {concept.id: concept for concept in read_vocabulary()}


def parse_area(file: str, text: str) -> Iterator[Concept]:
    """Read one area file, header line first; MalformedVocabulary names the first line that cannot be read."""
    header, *lines = text.removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != COLUMNS:
        raise MalformedVocabulary(file, 1, f"the header must be {' '.join(COLUMNS)}, with tabs between")
    for number, line in enumerate(lines, start=2):
        try:
            yield _concept(line)
        except ValueError as error:
            raise MalformedVocabulary(file, number, str(error)) from error


def _concept(line: str) -> Concept:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{len(cells)} columns, wanted {len(COLUMNS)} with tabs between")
    row = dict(zip(COLUMNS, cells, strict=True))
    if row["kind"] not in KINDS:
        raise ValueError(f"kind {row['kind']!r} is none of {', '.join(sorted(KINDS))}")
    if missing := [name for name in ("id", "da", "en") if not row[name].strip()]:
        raise ValueError(f"{missing[0]} is empty")
    concept = Concept(
        id=row["id"],
        kind=cast("ConceptKind", row["kind"]),
        da=row["da"],
        en=row["en"],
        aliases_da=_aliases(row["aliases_da"]),
        aliases_en=_aliases(row["aliases_en"]),
        broader=row["broader"] or None,
        esco=row["esco"] or None,
        rules=tuple(_rules(row["rule"])),
    )
    for rule in concept.rules:
        if foreign := set(rule.forms) - set(concept.forms):
            raise ValueError(f"a rule names {sorted(foreign)}, which is no label or alias of {concept.id}")
    return concept


def _aliases(cell: str) -> tuple[str, ...]:
    aliases = tuple(cell.split("|")) if cell else ()
    if bad := [alias for alias in aliases if not alias or alias != alias.strip()]:
        raise ValueError(f"alias {bad[0]!r} is empty or has space around it")
    return aliases


def _rules(cell: str) -> Iterator[Rule]:
    for item in filter(None, _ITEM_STARTS.split(cell)):
        if plain := _PLAIN_ITEM.fullmatch(item):
            forms = tuple(plain["forms"].split(",")) if plain["forms"] else ()
            only = None if plain["name"] == "case" else cast("RuleLanguage", plain["name"].removesuffix("-only"))
            yield Rule(forms=forms, case=only is None, only=only)
        elif context := _CONTEXT_ITEM.fullmatch(item):
            forms = tuple(context["forms"].split(",")) if context["forms"] else ()
            yield Rule(forms=forms, context=tuple(word.casefold() for word in context["words"].split("|")))
        else:
            raise ValueError(f"rule {item!r} is none of case, case:FORMS, context:WORDS, context[FORMS]:WORDS, da-only")
