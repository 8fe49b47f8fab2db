"""Which phrases of a CV say what somebody can do, and where that was gained."""

import re
from collections.abc import Iterator

from matcher.competences import facts
from matcher.competences.background import Setting, settings
from matcher.competences.confidence import Place
from matcher.competences.cues import cues, speaks
from matcher.competences.outline import Line, lines
from matcher.competences.phrases import Phrase
from matcher.competences.sentence import phrases_in
from matcher.competences.spans import Spot, concepts_in
from matcher.privacy.mask import FILLER
from matcher.records import Candidate, Section, Source

_LABEL_WORDS = 3
"""Words before a colon that name what follows ("Sprog:"), and of the name of a school or firm."""
_NAMES_WHAT_FOLLOWS = re.compile(r" *(?::|\.{3})| {2,}\|")
"""After the first column of a list or table."""


def held_in(
    record: Candidate, section: Section, spot: Spot, years: tuple[int | None, tuple[int, int] | None]
) -> Iterator[tuple[Phrase, Setting]]:
    """Yield the phrases of a section of a CV with their setting; `years`: what "now" means, and the years of study."""
    text = record.text
    found = list(lines(text, section, "candidate"))
    if not found:
        return
    spots = concepts_in(text, section, spot)
    for line, setting in zip(found, settings(text, section, found, *years), strict=True):
        place = _place_of(text[line.start : line.end], line, section, setting)
        for phrase in phrases_in(text, line, spots, place, asides=True):
            if FILLER not in text[phrase.start : phrase.end] and (phrase.concept or _may_be_open(text, phrase, place)):
                yield phrase, setting


def source_of(phrase: Phrase, setting: Setting, section: Section) -> Source:
    """Return where a phrase was gained: languages and licences told in passing are skills, in an entry part of it."""
    passing = section.kind not in ("experience", "education", "volunteering")
    return "skills" if passing and phrase.kind in ("language", "licence") else setting.source


def _place_of(words: str, line: Line, section: Section, setting: Setting) -> Place:
    if setting.header or FILLER in words or cues("wish").match(words):
        return "header"
    if section.kind in ("skills", "languages"):
        return "skills"
    if section.kind in ("profile", "interests"):
        return section.kind
    if section.kind == "other":
        return "interests" if line.heading else "header"
    return "described"


def _may_be_open(text: str, phrase: Phrase, place: Place) -> bool:
    """Whether words no vocabulary knows may be a competence: not where names, dates and grades stand."""
    words = text[phrase.start : phrase.end]
    if phrase.kind == "language":
        return True
    short = len(words.split()) <= _LABEL_WORDS
    label = short and _NAMES_WHAT_FOLLOWS.match(text, phrase.end) is not None
    if label or speaks("noise", words) or (short and (speaks("institution", words) or speaks("student_job", words))):
        return False
    if place == "header":
        return phrase.kind == "education" and next(facts.degrees(words, 0, len(words)), None) is not None
    return True
