"""What a line says about the level of a study: cand., BSc, professionsbachelor, AP, ph.d."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.labour.programmes import Degree

_NOT_A_THESIS = r"(?![\s-]*(?:project|projekt|thesis|opgave))"
_LEVELS: tuple[tuple[frozenset[Degree], str], ...] = (
    (frozenset({"phd"}), r"ph\.?\s?d\b\.?|doctorate\b|doktorgrad\b"),
    (
        frozenset({"professional_bachelor"}),
        (
            r"professionsbachelor(?:uddannelsen?|grad)?\b|professional\s+bachelor(?:['’]?s)?(?:\s+degree)?|"
            r"diplomingeniør\b|(?-i:PBA?\b)|b\.?\s?eng\b\.?|top[\s-]up\b"
        ),
    ),
    (
        frozenset({"academy"}),
        (
            r"(?-i:AP\b)(?:\s+(?:degree|graduate))?|academy\s+profession(?:\s+degree)?|"
            r"(?:erhvervs)?akademiuddannelsen?\b|(?-i:AK\b)"
        ),
    ),
    (
        frozenset({"bachelor", "professional_bachelor"}),
        r"bachelor(?:['’]?s)?(?:uddannelsen?|graden?|studerende)?\b(?:\s+degree|\s+of\s+(?:science|arts|engineering|laws))?"
        + _NOT_A_THESIS
        + r"|bach\.|b\.?\s?sc\b\.?|(?-i:\b[BH]A\b)|ll\.?b\b|"
        r"(?-i:HD)(?=\s?\([RFOØ]|\s[12]\.\s*del|-studi|\si\s(?:regnskab|finansiering|organisation|økonomi))",
    ),
    (
        frozenset({"master"}),
        r"cand\b(?:\.[a-zæøå]+)*\.?|kandidat(?:uddannelsen?|graden?|studiet?|studerende)?\b|civilingeniør(?:uddannelsen)?\b|"
        r"master(?:['’]?s)?\b(?:\s+degree|\s+of\s+(?:science|arts|engineering|laws))?"
        + _NOT_A_THESIS
        + r"|m\.?\s?sc\b\.?|(?-i:\bMA\b)|ll\.?m\b\.?",
    ),
)
_MARK = re.compile("|".join(rf"\b(?P<level{at}>{words})" for at, (_, words) in enumerate(_LEVELS)), re.IGNORECASE)
_BETWEEN = re.compile(
    r"[\s()–-]*(?:(?:in|i|inden|indenfor|for|of|within|the|fields?|degree|graduate|program(?:me)?|programmet|uddannelse[rn]?|"
    r"som|as|an?|(?:fra|ved|på|at|from)\s+(?-i:(?:[A-ZÆØÅ]\w*\s+){1,3}))[\s()–-]*)*",
    re.IGNORECASE,
)
"""What may stand between a degree and its subject: "Master's degree programme in", "kandidat fra AAU i"."""
_BEHIND = re.compile(r"\s*[,(–-]?\s*")


@dataclass(frozen=True, slots=True)
class DegreeMark:
    """A word that tells the level of a study, with its place as code points."""

    start: int
    end: int
    degrees: frozenset[Degree]


@dataclass(frozen=True, slots=True)
class Level:
    """What a line says about the level of one programme that it names."""

    mark: DegreeMark | None
    """The word that says it, or None where the line has none."""
    firm: bool = False
    """Whether it is said of this programme, and not only somewhere on the line."""

    @property
    def degrees(self) -> frozenset[Degree]:
        """The levels it can be; empty when nothing was said."""
        return self.mark.degrees if self.mark else frozenset()


def degree_marks(text: str) -> tuple[DegreeMark, ...]:
    """Every word of `text` that tells the level of a study, from left to right."""
    return tuple(_marks(text))


def level_of(text: str, start: int, end: int, marks: tuple[DegreeMark, ...]) -> Level:
    """The level at which the programme named in `text[start:end]` was taken, by the marks on its line.

    >>> line = "Bachelor i sociologi, kandidat i historie"
    >>> sorted(level_of(line, 32, 40, degree_marks(line)).degrees)
    ['master']
    """
    if inside := [mark for mark in marks if mark.start < end and mark.end > start]:
        return Level(inside[0], firm=True)
    before = [mark for mark in marks if mark.end <= start]
    after = [mark for mark in marks if mark.start >= end]
    if before and _BETWEEN.fullmatch(text, before[-1].end, start):
        return Level(before[-1], firm=True)
    if after and _BEHIND.fullmatch(text[end : after[0].start]):
        return Level(after[0], firm=True)
    nearest = before[-1:] or after[:1]
    return Level(nearest[0] if nearest else None)


def _marks(text: str) -> Iterator[DegreeMark]:
    for found in _MARK.finditer(text):
        group = found.lastgroup
        assert group is not None
        yield DegreeMark(found.start(), found.end(), _LEVELS[int(group.removeprefix("level"))][0])
