"""Reads a table of instruments (`instruments.toml`) and refuses, with words, one that contradicts itself."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Literal, NoReturn, cast, get_args

from matcher.errors import InvalidRules
from matcher.records import EmploymentType, InstrumentName

EmployerKind = Literal["private", "public"]
For = Literal["any", "private", "public"]

REQUIRED = ("instrument", "employer", "weeks_from", "valid_from", "da", "en", "source")
OPTIONAL = ("postings", "weeks_to", "valid_to")
NO_END = date.max
MOST_WEEKS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """From which week to which, for whom and when an instrument is proposed; all bounds are included."""

    number: int
    """Which rule of its file it is, from 1."""
    instrument: InstrumentName
    employer: For
    postings: frozenset[EmploymentType]
    """Kinds of posting that it is for; empty for every kind that no other rule names."""
    weeks_from: int
    weeks_to: int
    valid_from: date
    valid_to: date
    da: str
    en: str
    source: str

    @property
    def any_week(self) -> bool:
        """Whether the rule holds however long somebody has been unemployed."""
        return self.weeks_from == 0 and self.weeks_to == MOST_WEEKS

    def valid(self, day: date) -> bool:
        """Whether the rule holds on a day."""
        return self.valid_from <= day <= self.valid_to

    def meets(self, other: "Rule") -> bool:
        """Whether both would speak of the same person, posting and day."""
        return (
            max(self.valid_from, other.valid_from) <= min(self.valid_to, other.valid_to)
            and max(self.weeks_from, other.weeks_from) <= min(self.weeks_to, other.weeks_to)
            and ("any" in (self.employer, other.employer) or self.employer == other.employer)
            and (bool(self.postings & other.postings) or not (self.postings or other.postings))
        )


def parse_rules(file: str, text: str) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Read the rules, and the words that tell a public employer; `InvalidRules` says what cannot be used and why."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise InvalidRules("syntax", file=file, why=problem) from problem
    if unknown := sorted(set(table) - {"rule", "public"}):
        raise InvalidRules("unknown", file=file, where="", found=unknown[0], wanted="rule, public")
    rows, public = table.get("rule", []), table.get("public", [])
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise InvalidRules("empty", file=file)
    if not isinstance(public, list) or not all(isinstance(word, str) for word in public):
        raise InvalidRules("value", file=file, where="", field="public", found=public, wanted='["…", "…"]')
    rules = tuple(_rule(file, number, row) for number, row in enumerate(rows, start=1))
    _consistent(file, rules)
    return rules, tuple(public)


def _consistent(file: str, rules: Sequence[Rule]) -> None:
    for one, other in combinations(rules, 2):
        if one.meets(other):
            raise InvalidRules(
                "overlap" if one.instrument == other.instrument else "contradiction",
                file=file,
                one=one.number,
                other=other.number,
                instrument=one.instrument,
                second=other.instrument,
                day=max(one.valid_from, other.valid_from),
                week=max(one.weeks_from, other.weeks_from),
            )


def _rule(file: str, number: int, row: Mapping[str, object]) -> Rule:
    fields = _Fields(file, number, row)
    rule = Rule(
        number=number,
        instrument=cast("InstrumentName", fields.one_of("instrument", get_args(InstrumentName))),
        employer=cast("For", fields.one_of("employer", get_args(For))),
        postings=fields.postings(),
        weeks_from=fields.weeks("weeks_from", 0),
        weeks_to=fields.weeks("weeks_to", MOST_WEEKS),
        valid_from=fields.day("valid_from", date.min),
        valid_to=fields.day("valid_to", NO_END),
        da=fields.text("da"),
        en=fields.text("en"),
        source=fields.text("source"),
    )
    if rule.valid_to < rule.valid_from:
        raise InvalidRules("days", file=file, rule=number, first=rule.valid_from, last=rule.valid_to)
    if rule.weeks_to < rule.weeks_from:
        raise InvalidRules("weeks", file=file, rule=number, first=rule.weeks_from, last=rule.weeks_to)
    return rule


class _Fields:
    """The fields of one rule, each refused by name where it is missing or of the wrong kind."""

    def __init__(self, file: str, number: int, row: Mapping[str, object]) -> None:
        self._file, self._row, self._number = file, row, number
        known = (*REQUIRED, *OPTIONAL)
        if unknown := sorted(set(row) - set(known)):
            wanted = ", ".join(known)
            raise InvalidRules("unknown", file=file, where=f"#{number}: ", found=unknown[0], wanted=wanted)
        if missing := [name for name in REQUIRED if name not in row]:
            raise InvalidRules("missing", file=file, rule=number, field=missing[0])

    def one_of(self, name: str, allowed: Sequence[str]) -> str:
        value = self._row[name]
        return value if isinstance(value, str) and value in allowed else self._refuse(name, ", ".join(allowed))

    def text(self, name: str) -> str:
        value = self._row[name]
        return value if isinstance(value, str) and value.strip() else self._refuse(name, '"…"')

    def weeks(self, name: str, otherwise: int) -> int:
        value = self._row.get(name, otherwise)
        sound = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_WEEKS
        return cast("int", value) if sound else self._refuse(name, "0, 1, 2, …")

    def day(self, name: str, otherwise: date) -> date:
        value = self._row.get(name, otherwise)
        sound = isinstance(value, date) and not isinstance(value, datetime)
        return cast("date", value) if sound else self._refuse(name, "2020-01-31")

    def postings(self) -> frozenset[EmploymentType]:
        value, kinds = self._row.get("postings", []), get_args(EmploymentType)
        if not isinstance(value, list) or not all(kind in kinds for kind in value):
            self._refuse("postings", ", ".join(kinds))
        return frozenset(cast("list[EmploymentType]", value))

    def _refuse(self, name: str, wanted: str) -> NoReturn:
        where, found = f"#{self._number}: ", self._row[name]
        raise InvalidRules("value", file=self._file, where=where, field=name, found=found, wanted=wanted)
