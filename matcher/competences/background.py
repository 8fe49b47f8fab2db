"""Where in a life a line of a CV belongs: study, job, internship, thesis, ... and how long ago."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.competences.cues import cues, speaks
from matcher.competences.facts import degrees
from matcher.competences.outline import Line
from matcher.records import Section, SectionKind, Source

_BY_SECTION: dict[SectionKind, Source] = {
    "education": "education",
    "experience": "job",
    "skills": "skills",
    "languages": "skills",
    "volunteering": "volunteering",
    "interests": "hobby",
    "profile": "profile",
}
_TOLD: tuple[Source, ...] = ("thesis", "internship", "student_job", "volunteering", "hobby", "job")
"""In this order: a student's internship is an internship, a thesis written in a firm a thesis."""
_MAY_TURN: dict[Source, frozenset[Source]] = {
    "education": frozenset({"thesis", "internship", "student_job", "volunteering"}),
    "job": frozenset({"thesis", "internship", "student_job", "volunteering"}),
    "profile": frozenset({"thesis", "internship", "student_job", "volunteering", "hobby", "job"}),
    "volunteering": frozenset({"hobby", "internship"}),
    "hobby": frozenset({"volunteering"}),
    "skills": frozenset({"thesis", "hobby", "volunteering"}),
}
"""What the words of an entry may make of the section it stands in."""
_YEAR = re.compile(r"(?<![\d,])(?:19[6-9]\d|20[0-4]\d)(?![\d])")
_STANDARD = re.compile(r"\b(?:EN|ISO|IEC|NMEA|DIN|DS|Natura|Office|Windows|Server|Agenda|Horizon)[\s-]?\d[\d:-]*")
"""A standard or product whose number looks like a year."""
_SHORT_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)[-–—/](\d{2})(?![\d.])")
_PRESENT = re.compile(
    rf"(?:[-–—]\s*|til\s+|to\s+|until\s+)(?:{cues('present').pattern})"
    r"|(?:siden|since|fra|from)\s+(?:\w+\.?\s+)?20[0-4]\d(?!\s?[-–—/]|\s+(?:til|to))"
    r"|\b(?:19|20)\d\d\s?[-–—]\s*(?:$|[,)|·])",
    re.IGNORECASE,
)
_CAMPUS = re.compile(r"\b(?:universit\w*|ucn|via|erhvervsakademi\w*|aau|university college)\b", re.IGNORECASE)
_HEADER_WORDS = 18
_LABEL = re.compile(
    r"\s*(?:[\w.'’-]+\s+){0,4}?(?:[\w.'’-]+)(?=\s*[:(\"“»–-]|\s+(?:om|handlede|about|on|i|hos|at|in|with)\b)"
)
_TOLD_EARLY = 80
"""Letters of a line in which it says what it is about."""
_IN_PASSING: frozenset[Source] = frozenset({"hobby", "volunteering"})
"""A sentence about these says nothing about the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a line belongs. `header`: the line names the entry (title, firm, dates) and tells nothing that was done."""

    source: Source
    last_year: int | None
    header: bool


def settings(
    text: str, section: Section, found: Sequence[Line], present: int | None, study: tuple[int, int] | None = None
) -> Iterator[Setting]:
    """Yield the setting of each line of a section; `present` is the year that "now" means.

    `study`: first and last year at a university or the like. A job within them is a student's job.
    """
    base = _BY_SECTION.get(section.kind, "profile")
    headers = [_is_header(text, found, place, section.kind) for place in range(len(found))]
    entry, spoken, year = base, base, None
    heading = None
    for place, line in enumerate(found):
        words = text[line.start : line.end]
        if line.heading != heading:
            heading, year = line.heading, last_year(line.heading, present)
            entry = spoken = _told(line.heading, base)
        if headers[place]:
            if not (place and headers[place - 1]):
                group = _group(text, found, headers, place)
                entry = spoken = _in_study(_told(f"{line.heading}\n{group}", base), group, study)
                year = last_year(group, present)
            yield Setting(source=entry, last_year=year, header=True)
            continue
        spoken = entry if line.opens else spoken
        own = _own(words, line, base, spoken)
        spoken = spoken if own in _IN_PASSING else own
        yield Setting(source=own, last_year=last_year(words, present) or year, header=False)


def _own(words: str, line: Line, base: Source, spoken: Source) -> Source:
    """What the first words of a line say it is about; else what the line before it was about."""
    if base == "profile" or (line.full and not line.bullet) or _LABEL.match(words):
        told = _told(words[:_TOLD_EARLY], base)
        return told if told != base else spoken
    return spoken


def last_year(words: str, present: int | None) -> int | None:
    """Return the last year that a line of dates tells; None where it tells none.

    >>> last_year("aug. 2023 – nu", 2026), last_year("2017-19", None), last_year("ca. 3.000 sider", 2026)
    (2026, 2019, None)
    """
    if present and _PRESENT.search(words):
        return present
    words = _STANDARD.sub(" ", words)
    years = [int(year) for year in _YEAR.findall(words)]
    years += [int(first[:2] + last) for first, last in _SHORT_YEAR.findall(words)]
    return max(years, default=None)


def years_of_study(text: str, sections: Sequence[Section]) -> tuple[int, int] | None:
    """Return the first and last year of the degrees that the education sections name, if they give years."""
    years: list[int] = []
    for section in sections:
        if section.kind == "education":
            for line in text[section.start : section.end].splitlines():
                if next(degrees(line, 0, len(line)), None) or _CAMPUS.search(line):
                    years += [int(year) for year in _YEAR.findall(line)]
    return (min(years), max(years)) if len(years) > 1 else None


def _in_study(source: Source, dates: str, study: tuple[int, int] | None) -> Source:
    years = [int(year) for year in _YEAR.findall(dates)]
    ended = years and not _PRESENT.search(dates)
    within = study and ended and study[0] <= min(years) and max(years) <= study[1] and max(years) > study[0]
    return "student_job" if source == "job" and within and not speaks("job", dates) else source


def reference_year(text: str) -> int | None:
    """Return the year a CV was written in as far as it tells: the last one it names."""
    return last_year(text, None)


def _told(words: str, base: Source) -> Source:
    allowed = _MAY_TURN.get(base, frozenset())
    return next((source for source in _TOLD if source in allowed and speaks(source, words)), base)


def _group(text: str, found: Sequence[Line], headers: Sequence[bool], place: int) -> str:
    """The lines of one header together: title, firm and dates often stand on lines of their own."""
    lines = []
    while place < len(found) and headers[place]:
        lines.append(text[found[place].start : found[place].end])
        place += 1
    return "\n".join(lines)


def _is_header(text: str, found: Sequence[Line], place: int, kind: SectionKind) -> bool:
    line = found[place]
    words = text[line.start : line.end]
    if (
        kind not in ("education", "experience", "volunteering", "other", "profile")
        or len(words.split()) > _HEADER_WORDS
    ):
        return False
    if cues("entry").match(words):
        return True
    dated = _YEAR.search(words) is not None
    opens = dated and (line.opens or not line.full)
    if opens and _begins_or_ends_with_date(words):
        return True
    if line.bullet or line.full or kind in ("profile", "other"):
        return False
    following = found[place + 1] if place + 1 < len(found) else None
    below = text[following.start : following.end] if following else ""
    return bool(
        not dated
        and following
        and not following.bullet
        and len(below.split()) <= _HEADER_WORDS
        and _YEAR.search(below)
        and not below.endswith(".")
    )


def _begins_or_ends_with_date(words: str) -> bool:
    first = _YEAR.search(words)
    last = [*_YEAR.finditer(words)][-1:]
    return bool(first and first.start() <= 25) or bool(last and len(words) - last[0].end() <= 30)
