"""Splits a document into sections that cover it without gap or overlap, each with its own language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from matcher.ingest.cues import clearest, weigh
from matcher.ingest.headings import Heading, heading_of
from matcher.ingest.language import detect
from matcher.privacy.mask import even
from matcher.records import Kind, Language, Section, SectionKind

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_BULLET = re.compile(r"\s*(?:[-*•●▪‣–—>·]|\d{1,2}[.)])\s")
_WRAPPED = 60
"""A line at least this long that ends in no full stop goes on in the next one."""
_PROSE = 80
"""Letters from which a paragraph before the first heading of a CV is prose and no line of a letterhead."""
_OVERRIDE = 3.0
"""How clearly a paragraph must speak of offer or application to leave the section whose heading stands above it."""
_BOILERPLATE: frozenset[SectionKind] = frozenset({"offer", "application"})
_LAST: frozenset[SectionKind] = frozenset({"languages", "volunteering", "interests"})
_LONG = 200
"""Letters from which a paragraph in another language begins a section of its own."""


@dataclass(slots=True)
class _Unit:
    """A heading line or a paragraph."""

    start: int
    text: str
    heading: Heading | None = None
    apart: bool = True
    """Whether it begins after an empty line."""


def split(text: str, kind: Kind, language: Language) -> tuple[Section, ...]:
    """Return the sections of a document in reading order; the first starts at 0, the last ends at len(text).

    A heading belongs to its section. `language` is the document's; sections too short to tell take it. How long a mask
    is makes no difference.
    """
    evened = even(text)
    return tuple(
        replace(section, start=evened.place(section.start), end=evened.place(section.end))
        for section in _split(evened.text, kind, language)
    )


def _split(text: str, kind: Kind, language: Language) -> tuple[Section, ...]:
    starts: list[tuple[int, SectionKind]] = []
    spoken: Language | None = None
    for unit, section in _sections_of(list(_units(text, kind)), kind):
        own = detect(unit.text, default=language) if len(unit.text) >= _LONG and not unit.heading else None
        begins = not starts or section != starts[-1][1] or (unit.heading is not None and not unit.heading.inline)
        if begins or (own and spoken and {own, spoken} == {"da", "en"}):
            starts.append((unit.start if starts else 0, section))
            spoken = None
        spoken = own or spoken
    ends = [*(start for start, _ in starts[1:]), len(text)][: len(starts)]
    return tuple(
        Section(kind=section, start=start, end=end, language=_spoken(text[start:end], language))
        for (start, section), end in zip(starts, ends, strict=True)
    )


def _spoken(text: str, language: Language) -> Language:
    """The language of a section; a short one full of foreign names is not yet in a third language."""
    spoken = detect(text, default=language)
    return language if spoken == "other" and len(text) < _LONG else spoken


def _units(text: str, kind: Kind) -> Iterator[_Unit]:
    """Headings and paragraphs; a bullet or a line that begins a sentence after a short one is its own paragraph."""
    unit: _Unit | None = None
    blank, level, previous = True, 0, ""
    for match in _LINE.finditer(text):
        line = match.group()
        if not line.strip():
            blank = True
            continue
        heading = heading_of(line, kind, inside=level)
        if unit and not heading and not unit.heading and not blank and _goes_on(previous, line):
            unit.text += line
        else:
            if unit:
                yield unit
            unit = _Unit(match.start(), line, heading, apart=blank)
        if heading and heading.level < 9 and heading.section:
            level = heading.level
        blank, previous = False, line
    if unit:
        yield unit


def _goes_on(previous: str, line: str) -> bool:
    begins = line.lstrip()
    if _BULLET.match(line):
        return False
    return begins[0].islower() or (
        len(previous.rstrip()) >= _WRAPPED and not previous.rstrip().endswith((".", "!", "?", ":"))
    )


def _sections_of(units: list[_Unit], kind: Kind) -> Iterator[tuple[_Unit, SectionKind]]:
    """Each unit with its section: by the heading above it, else by its phrases, else as the unit before it."""
    has_headings = any(unit.heading and not unit.heading.inline for unit in units)
    headed: SectionKind | None = None
    current: SectionKind = "other"
    inline, fresh = False, True
    for unit in units:
        if unit.heading and not (unit.heading.inline and _is_entry(unit, headed)):
            inline = unit.heading.inline
            headed = headed if inline else unit.heading.section
            current, fresh = unit.heading.section or "other", True
        elif inline and unit.apart:
            inline = False
            current = _by_phrases(unit, kind) or headed or "other"
        elif not inline and not _listed(unit):
            if headed:
                current = _under_heading(unit, kind, headed, current, fresh=fresh)
            else:
                current = _without_heading(unit, kind, current, letterhead=has_headings)
            fresh = False
        elif kind == "posting" and not headed and current in ("about", "other"):
            current = _by_phrases(unit, kind) or "tasks"
        yield unit, current


def _is_entry(unit: _Unit, headed: SectionKind | None) -> bool:
    """Whether "Studiejob: ..." is an entry of the section it stands in and opens none of its own."""
    opens = unit.apart and headed is None
    return unit.heading is not None and unit.heading.section in ("experience", "education") and not opens


def _listed(unit: _Unit) -> bool:
    """Whether a unit is an item of a list: it belongs to what introduces the list."""
    return bool(_BULLET.match(unit.text)) or unit.text.lstrip()[:1].islower()


def _without_heading(unit: _Unit, kind: Kind, current: SectionKind, *, letterhead: bool) -> SectionKind:
    """By phrases; the letterhead of a CV (`letterhead`: headings follow) is neither profile nor education."""
    if kind == "candidate" and letterhead:
        if sum(sign.isalpha() for sign in unit.text) < _PROSE:
            return current
        return _by_phrases(unit, kind) or ("profile" if current == "other" else current)
    return _by_phrases(unit, kind) or current


def _under_heading(unit: _Unit, kind: Kind, headed: SectionKind, current: SectionKind, *, fresh: bool) -> SectionKind:
    """The heading's section, unless the paragraph stands apart and clearly speaks of something else.

    In a posting that is boilerplate about offer and application; in a CV what follows the short last sections.
    """
    sums = weigh(unit.text, kind)
    section, weight = clearest(sums)
    if kind == "candidate":
        leaves = headed in _LAST and unit.apart and not fresh and section is not None
        return section if leaves and section else (current if not unit.apart else headed)
    if section in _BOILERPLATE and section != headed and weight >= _OVERRIDE + sums.get(headed, 0.0):
        return section
    return current if current in _BOILERPLATE and not unit.apart else headed


def _by_phrases(unit: _Unit, kind: Kind) -> SectionKind | None:
    return clearest(weigh(unit.text, kind))[0]
