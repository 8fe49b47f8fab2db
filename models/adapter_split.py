"""Which groups of occupations the measured weights never see: one rule, used by training and by measuring alike.

A unit group is held out when the SHA-256 of its four digits, read as a whole number, is divisible by `PARTS`. The rule
knows only the code, so it gives the same split whatever data there are, and no occupation can stand on both sides.
"""

import hashlib
import re

PARTS = 5
RULE = f"ISCO unit groups whose four digits have a SHA-256 divisible by {PARTS}"
"""The rule in words, for reports."""

_CODE = re.compile(r"C?([0-9]{4})(?:\.[0-9]+)*")


def unit_group(isco_code: str) -> str:
    """Return the four digits of a unit group, also of an occupation below it; ValueError for anything wider.

    >>> unit_group("2654.1.7"), unit_group("C2654")
    ('2654', '2654')
    """
    match = _CODE.fullmatch(isco_code.strip())
    if not match:
        raise ValueError(f"{isco_code!r} is no ISCO-08 unit group or occupation below one (wanted: four digits)")
    return match[1]


def held_out(isco_code: str) -> bool:
    """Tell whether the unit group of this code is kept for measuring.

    >>> held_out("2631"), held_out("2631.1"), held_out("2144")
    (True, True, False)
    """
    return int(hashlib.sha256(unit_group(isco_code).encode()).hexdigest(), 16) % PARTS == 0
