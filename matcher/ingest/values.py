"""Reads typed values out of what a file holds: Danish and ISO dates, decimal commas, yes and no, lists."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite

from matcher.errors import Phrase
from matcher.ingest.fieldnames import fixed_value
from matcher.ingest.parsed import Notice
from matcher.privacy.cpr import mask_cpr

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?")
_DANISH = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?: .*)?")
_YES, _NO = {"1", "true", "ja", "yes", "j", "y", "sand", "x"}, {"0", "false", "nej", "no", "n", "falsk"}
_UNIT = re.compile(
    r"(?<=\d)(?:km|t|timer|timer/uge|timerpruge|timeromugen|hours|hours/week|hoursaweek|hoursperweek|h)\.?$"
)
"""What people write behind a number."""
_SHOWN = 40


class Fields:
    """The fields of one row. A value that cannot be used is left out, and `notices` says so."""

    def __init__(self, raw: Mapping[str, object]) -> None:
        self._raw = raw
        self.notices: list[Notice] = []

    def text(self, name: str) -> str:
        """Return a field as text, empty where it is missing."""
        value = self._raw.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float | date | None):
            self.ignore(name, value, "text")
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        written = "" if value is None else str(value)
        return written if name == "text" else written.strip()

    def optional(self, name: str) -> str | None:
        """Return a field as text, None where it is missing or empty."""
        return self.text(name) or None

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; in a table they stand in one cell, apart by semicolons, bars or lines."""
        value = self._raw.get(name)
        parts = value if isinstance(value, list) else re.split(r"[;|\n]", self.text(name))
        if not all(isinstance(part, str | int | float) for part in parts):
            self.ignore(name, value, "texts")
        return tuple(str(part).strip() for part in parts if isinstance(part, str | int | float) and str(part).strip())

    def date(self, name: str) -> date | None:
        """Return a date (2026-12-31, 31-12-2026, 31.12.2026; 2026-12 and 2026 are their first day)."""
        value = self._raw.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        written = self.text(name)
        try:
            return _date(written) if written else None
        except ValueError:
            self.ignore(name, written, "date")
            return None

    def number(self, name: str, *, most: float = 1e6) -> float | None:
        """Return a number from 0 to `most`; the decimal sign may be a comma."""
        written = self.text(name)
        if not written:
            return None
        number = _number(written)
        if number is None or not 0 <= number <= most:
            self.ignore(name, written, "number")
            return None
        return number

    def whole(self, name: str, *, least: int = 0) -> int | None:
        """Return a whole number of at least `least`."""
        number = self.number(name)
        if number is not None and not (number.is_integer() and number >= least):
            self.ignore(name, self.text(name), "whole")
            return None
        return None if number is None else int(number)

    def flag(self, name: str) -> bool | None:
        """Return yes or no (ja/nej, 1/0, true/false)."""
        value = self._raw.get(name)
        written = str(value).strip().lower() if isinstance(value, bool) else self.text(name).lower()
        if written and written not in _YES | _NO:
            self.ignore(name, written, "flag")
        return written in _YES if written in _YES | _NO else None

    def fixed(self, name: str) -> str:
        """Return a value of the fixed list `name`, empty where it is missing; an unknown one is noticed."""
        written = self.text(name)
        value = fixed_value(name, written)
        if written and not value and written.lower() != "unknown":
            self.notices.append(("notice.unknown_value", {"field": name, "found": _shown(written)}))
        return value

    def several_fixed(self, name: str, *, of: str) -> tuple[str, ...]:
        """Return values of the fixed list `of`, each once; unknown ones are noticed."""
        values = {written: fixed_value(of, written) for written in self.texts(name)}
        for written in (written for written, value in values.items() if not value):
            self.notices.append(("notice.unknown_value", {"field": name, "found": _shown(written)}))
        return tuple(dict.fromkeys(value for value in values.values() if value))

    def ignore(self, name: str, found: object, wanted: str) -> None:
        """Notice that the value of a field was left out; `wanted` names what it should be (`wanted.<name>`)."""
        values: dict[str, object] = {"field": name, "found": _shown(str(found)), "wanted": Phrase(f"wanted.{wanted}")}
        self.notices.append(("notice.value_ignored", values))


def _shown(value: str) -> str:
    masked = mask_cpr(value)
    return masked if len(masked) <= _SHOWN else masked[: _SHOWN - 1] + "…"


def _date(written: str) -> date:
    if match := _ISO.fullmatch(written):
        year, month, day = match.groups()
        return date(int(year), int(month or 1), int(day or 1))
    if match := _DANISH.fullmatch(written):
        day, month, year = (int(part) for part in match.groups())
        return date(year + 2000 if year < 100 else year, month, day)
    raise ValueError(written)


def _number(written: str) -> float | None:
    plain = _UNIT.sub("", "".join(written.lower().split()))
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if isfinite(number) else None
