"""Which instrument is proposed beside a match: a dated rule table, the municipality's own where it has one.

Weeks unemployed select the instrument and nothing else: they are no feature, and no score depends on them.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from matcher.errors import InvalidRules
from matcher.labour.rules import NO_END, EmployerKind, Rule, parse_rules
from matcher.labour.tables import table_text
from matcher.records import EmploymentType, Instrument

FILE = "instruments.toml"


@dataclass(frozen=True, slots=True)
class Instruments:
    """A table of rules that do not contradict each other, and the words that tell a public employer."""

    rules: tuple[Rule, ...]
    public: tuple[str, ...]

    def instrument_for(
        self,
        weeks_unemployed: int | None,
        employer: EmployerKind | None,
        day: date,
        employment_type: EmploymentType = "unknown",
    ) -> Instrument | None:
        """Return what the table proposes on a day, or None where it says nothing, as for unknown weeks.

        A rule for the posting's own kind comes before a general one. Where no rule is valid on the day, those of the
        last day on which one was are taken, and what they propose is marked as expired.
        """
        when = self._day(day)
        valid = [rule for rule in self.rules if when is not None and rule.valid(when)]
        own = [rule for rule in valid if employment_type in rule.postings]
        for rule in own or [rule for rule in valid if not rule.postings]:
            if _applies(rule, weeks_unemployed, employer):
                return _proposed(rule, expired=when != day)
        return None

    def expired(self, day: date) -> date | None:
        """Return the last day of the table where it is over by a day; None where a rule is valid, or none was yet."""
        when = self._day(day)
        return None if when == day else when

    def employer_kind(self, *names: str | None) -> EmployerKind | None:
        """Whether a sector or an employer's name tells a public employer; None where nothing is said."""
        said = " ".join(name for name in names if name and name.strip())
        if not said:
            return None
        return "public" if _pattern(self.public).search(said) else "private"

    def _day(self, day: date) -> date | None:
        """The day itself where a rule is valid, else the last day before it on which one was."""
        if any(rule.valid(day) for rule in self.rules):
            return day
        return max((rule.valid_to for rule in self.rules if rule.valid_to < day), default=None)


def open_instruments(home: Path) -> Instruments:
    """Return the rules of a home: its own `instruments.toml`, or the shipped ones; `InvalidRules` for wrong ones."""
    own = home / FILE
    try:
        text = own.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return shipped()
    except (OSError, UnicodeDecodeError) as problem:
        raise InvalidRules("unreadable", file=own, why=problem) from problem
    rules, public = parse_rules(str(own), text)
    return Instruments(rules, public or shipped().public)


@cache
def shipped() -> Instruments:
    """The rules that come with the product."""
    return Instruments(*parse_rules(FILE, table_text(FILE)))


def instrument_for(
    weeks_unemployed: int | None,
    employer: EmployerKind | None,
    day: date,
    employment_type: EmploymentType = "unknown",
) -> Instrument | None:
    """Return what the shipped rules propose; see `Instruments.instrument_for`.

    >>> proposed = instrument_for(20, "private", date(2020, 9, 1))
    >>> proposed.name, proposed.expired
    ('virksomhedspraktik', False)
    """
    return shipped().instrument_for(weeks_unemployed, employer, day, employment_type)


def _applies(rule: Rule, weeks: int | None, employer: EmployerKind | None) -> bool:
    if rule.employer not in ("any", employer):
        return False
    return rule.any_week if weeks is None else rule.weeks_from <= weeks <= rule.weeks_to


def _proposed(rule: Rule, *, expired: bool) -> Instrument:
    return Instrument(
        name=rule.instrument,
        da=rule.da,
        en=rule.en,
        valid_from=rule.valid_from,
        valid_to=None if rule.valid_to == NO_END else rule.valid_to,
        source=rule.source,
        expired=expired,
    )


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    ways = (re.escape(word.strip()).replace(r"\*", r"\w*") for word in words if word.strip(" *"))
    return re.compile(rf"\b(?:{'|'.join(ways) or '(?!)'})\b", re.IGNORECASE)
