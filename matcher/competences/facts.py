"""Facts that have a form of their own: languages with their level, education with its level, years of experience."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from matcher.competences.concepts import read_vocabulary
from matcher.competences.cues import cues

_LEVELS = ("native", "fluent", "professional", "good", "basic")
_CEFR = re.compile(r"\b([ABC][12])\b")
_LEVEL = re.compile("|".join(f"(?P<{name}>{cues('level-' + name).pattern})" for name in _LEVELS), re.IGNORECASE)
_AFTER_NAME = re.compile(rf"\s*(?:$|[^\w\s]|\n|{cues('after-language').pattern})", re.IGNORECASE)
_BEFORE_NAME = re.compile(rf"{cues('before-language').pattern}\s+$", re.IGNORECASE)
_DEGREES = ("phd", "master", "bachelor", "vocational", "other")
_DEGREE = re.compile("|".join(f"(?P<{name}>{cues('degree-' + name).pattern})" for name in _DEGREES), re.IGNORECASE)
_NUMBERS: dict[str, float] = dict.fromkeys(("et", "en", "one"), 1)
_NUMBERS |= dict.fromkeys(("to", "two", "et par", "a couple of", "nogle", "some"), 2)
_NUMBERS |= dict.fromkeys(("tre", "three", "flere", "several", "a few"), 3)
_NUMBERS |= {"halvandet": 1.5, "fire": 4, "four": 4, "fem": 5, "five": 5, "mange": 5, "many": 5, "ti": 10, "ten": 10}
_YEARS = re.compile(
    rf"(?<!\w)(?P<least>\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:\s?(?:[-–]|til|to)\s?\d{1,2})?\+?\s+(?:(?:or more|eller flere|fulde)\s+)?(?:års|år|years?['’]?(?: of)?)\s+"
    r"(?:[\w-]+\s+){0,3}?(?P<what>\w*erfaring|experience|praksis|practice|ansættelse|employment|work)",
    re.IGNORECASE,
)
_EXPERIENCE = cues("experience")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact told at `text[start:end]`; `kind` is "language", "education" or "experience"."""

    start: int
    end: int
    kind: str
    concept: str | None = None
    level: str | None = None
    years: float | None = None


@cache
def _language_names() -> tuple[re.Pattern[str], dict[str, str]]:
    ids: dict[str, str] = {}
    for concept in read_vocabulary():
        if concept.kind == "language" and concept.id.endswith("-language"):
            names = (
                concept.da,
                concept.en,
                *(form for form in concept.aliases_da if form in ("mandarin", "farsi", "nederlandsk")),
            )
            ids.update({name.casefold(): concept.id for name in names})
    return re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(ids, key=len, reverse=True))})(?![\w])", re.IGNORECASE), ids


def is_level(words: str) -> bool:
    """Tell whether words only say how well a language is known ("native")."""
    return _LEVEL.fullmatch(words) is not None or _CEFR.fullmatch(words) is not None


def languages(text: str, start: int, end: int) -> Iterator[Fact]:
    """Yield the languages a clause or line names as languages, each with its level where that is told.

    >>> [(fact.concept, fact.level) for fact in languages("Engelsk C1 og dansk lovgivning", 0, 30)]
    [('english-language', 'C1')]
    """
    names, ids = _language_names()
    found = [name for name in names.finditer(text, start, end) if _is_language(text, name, start, end)]
    for place, name in enumerate(found):
        until = found[place + 1].start() if place + 1 < len(found) else end
        level, stop = _level(text, name, until, shared=end, start=start)
        yield Fact(start=name.start(), end=stop, kind="language", concept=ids[name.group().casefold()], level=level)


def _is_language(text: str, name: re.Match[str], start: int, end: int) -> bool:
    if name.group().islower() and name.group() in ("polish", "dutch", "latin", "thai"):
        return False
    if text[name.end() : name.end() + 1] == "-":
        return text[name.end() : name.end() + 2] == "- " or text[name.end() : name.end() + 6].lower() in (
            "-speak",
            "-talen",
        )
    return bool(
        _AFTER_NAME.match(text, name.end(), end)
        or _BEFORE_NAME.search(text[max(start, name.start() - 14) : name.start()])
    )


def _level(text: str, name: re.Match[str], until: int, *, shared: int, start: int) -> tuple[str | None, int]:
    """The level told after a language, before it, or for all of a list; and where the telling ends."""
    after = text[name.end() : until]
    own = re.match(r"[^.;\n]*", after)
    stretch = own.group() if own else ""
    for words, offset in (
        (stretch, name.end()),
        (text[max(start, name.start() - 25) : name.start()], None),
        (text[until:shared], None),
    ):
        if cefr := _CEFR.search(words):
            return cefr.group(1), offset + cefr.end() if offset else name.end()
        if told := _LEVEL.search(words):
            near = offset is not None and told.start() <= 12
            stop = name.end() + told.end() if near else name.end()
            return told.lastgroup, stop + (text[stop : stop + 1] == ")") if "(" in text[name.end() : stop] else stop
    return None, name.end()


def degrees(text: str, start: int, end: int) -> Iterator[Fact]:
    """Yield the words that name a degree or an education, with its level ("phd", "master", "bachelor", ...)."""
    for found in _DEGREE.finditer(text, start, end):
        level = found.lastgroup if found.lastgroup != "other" else None
        yield Fact(start=found.start(), end=found.end(), kind="education", level=level)


def experience(text: str, start: int, end: int) -> Iterator[Fact]:
    """Yield where years of experience, or experience of a kind of work or place, are told."""
    taken = start
    for found in _YEARS.finditer(text, start, end):
        least = found["least"].lower()
        taken = found.end()
        yield Fact(start=found.start(), end=found.end(), kind="experience", years=float(_NUMBERS.get(least) or least))
    for found in _EXPERIENCE.finditer(text, taken, end):
        yield Fact(start=found.start(), end=found.end(), kind="experience")
