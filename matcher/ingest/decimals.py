"""Numbers as people and programs write them, where a wrong guess would change a result a thousandfold."""

import re
from collections.abc import Iterable
from math import isfinite

_DECIMAL = re.compile(r"[+-]?(?:\d+([.,])\d*|([.,])\d+|\d+)(?:[eE][+-]?\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
"""May be a whole number with a sign for thousands or a number with three decimals."""
_USUAL = {",": ".", ";": ","}
"""Delimiter of a table -> the decimal sign that programs write together with it."""


class NoNumber(ValueError):
    """What is written is no number."""


class Ambiguous(NoNumber):
    """A number that reads as thousands or as decimals, and nothing in its file says which."""


class Decimals:
    """Reads the numbers of one file: decimal points and commas, thousands never.

    `1.234` is read only where it cannot mean thousands: the file's delimiter goes with that decimal sign and no other
    number of the file has the other one, or the file's plain numbers all have that sign.

    >>> Decimals(["0,5"], ";").read("0,25")
    0.25
    """

    def __init__(self, written: Iterable[object], delimiter: str = "") -> None:
        """Learn from the numbers of a file, and the delimiter of its columns where it has one."""
        self._usual = _USUAL.get(delimiter, "")
        self._seen = {sign for text in written if isinstance(text, str) and (sign := _plain_sign(text.strip()))}

    def read(self, value: object) -> float:
        """Return a finite number; `NoNumber`, or `Ambiguous` of it, where there is none to be read."""
        text = str(value).strip()
        if isinstance(value, str | bool) or not isinstance(value, int | float):
            if not _DECIMAL.fullmatch(text):
                raise NoNumber(text)
            grouped = _GROUPED.fullmatch(text)
            if grouped and not self._is_decimal(grouped.group(1)):
                raise Ambiguous(text)
        number = float(text.replace(",", "."))
        if not isfinite(number):
            raise NoNumber(text)
        return number

    def _is_decimal(self, sign: str) -> bool:
        return self._seen == {sign} or (sign == self._usual and not self._seen)


def _plain_sign(text: str) -> str:
    match = _DECIMAL.fullmatch(text)
    return "" if match is None or _GROUPED.fullmatch(text) else match.group(1) or match.group(2) or ""
