"""Recognises headings of CVs and postings, Danish and English, however they are decorated."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matcher.privacy.mask import FILLER
from matcher.records import Kind, SectionKind

_BULLET = re.compile(r"[-*•●▪‣–—>·]\s")
_HASHES = re.compile(r"#{1,6}(?=\s*\S)")
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Za-z][.)]|[IVX]{1,4}[.)])\s+(?=[^\W\d_])")
_EDGE = re.compile(r"^[^\w]+|[^\w)?]+$")
_ASIDE = re.compile(r"\s*[(\[].*$")
_SPACED = re.compile(r"(?:\w ){3,}\w")
_PAIR = re.compile(r"\s*(?:\bog\b|\band\b|&|/|,|\+|\|)\s*")
_INLINE = re.compile(r"([^:\n]{2,45}):\s+\S")
_ABOUT = re.compile(r"(?:About|Om|ABOUT|OM) (?:[A-ZÆØÅ&][\w./&-]* ?){1,6}")
"""A firm's own heading: "About" and its name."""
_YEARS = re.compile(r"[\s,(]*(?:\d{4}|\d{2})\s*(?:[-–—/]\s*(?:\d{2,4}|nu|now))?\)?$")
_SPELLED = {"'ll": " will", "'re": " are", "'ve": " have", "'d": " would"}
_CONTRACTED = re.compile("|".join(_SPELLED))
_LONGEST = 90
_BARE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading line. `section` is None for an unknown one; `inline`: its text follows on the same line."""

    section: SectionKind | None
    level: int = 9
    inline: bool = False


@cache
def _table(kind: Kind) -> dict[str, SectionKind]:
    text = files("matcher.ingest").joinpath("headings.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {heading: section for of, section, _, heading in rows if of == kind}  # type: ignore[misc]


def heading_of(line: str, kind: Kind, *, inside: int = 0) -> Heading | None:
    """Return the heading that a line is, or None for text.

    `inside`: level of the Markdown heading above; deeper ones count only where they are a known heading word for word.
    """
    raw = line.strip()
    if not raw or FILLER in raw or _BULLET.match(raw):
        return None
    hashes = _HASHES.match(raw)
    level = len(hashes.group()) if hashes else 9
    if len(raw) > _LONGEST:
        return _inline(raw, kind)
    core = _core(raw)
    words = core.lower().rstrip("?")
    exact = _known(words, kind) or _known(_ASIDE.sub("", words), kind)
    if exact:
        return Heading(exact, level) if _short(core) or hashes else None
    if hashes:
        return Heading(None if inside < level < 9 else _loose(words, kind), level) if not inside < level < 9 else None
    if _strong(raw, core) and (section := _loose(words, kind)):
        return Heading(section, level)
    if _short(core) and not raw.endswith((".", ",", ";")) and (section := _pair(words, kind) or _sentence(words, kind)):
        return Heading(section, level)
    if kind == "posting" and _ABOUT.fullmatch(core) and not raw.endswith((".", ",", ";", "?", "!")):
        return Heading("about", level)
    return _inline(raw, kind)


def _core(raw: str) -> str:
    """The words of a heading without hashes, bold marks, numbering, emoji and closing colon."""
    core = _EDGE.sub("", raw.replace("**", "").replace("__", ""))
    core = _EDGE.sub("", _NUMBERING.sub("", core, count=1))
    return core.replace(" ", "") if _SPACED.fullmatch(core) else " ".join(core.split())


def _known(words: str, kind: Kind) -> SectionKind | None:
    table = _table(kind)
    plain = words.replace("’", "'")
    spelled = _CONTRACTED.sub(lambda found: _SPELLED[found.group()], plain)
    return table.get(words) or table.get(words + "?") or table.get(plain) or table.get(spelled)


def _strong(raw: str, core: str) -> bool:
    letters = [sign for sign in core if sign.isalpha()]
    return len(letters) >= 3 and (core.isupper() or raw.endswith(":") or (raw.startswith("**") and raw.endswith("**")))


def _short(core: str) -> bool:
    return len(core.split()) <= 9 and len(core) <= 60


def _pair(words: str, kind: Kind) -> SectionKind | None:
    """A heading of two ("Uddannelse og kurser"): the first part that is known, if every part is short."""
    parts = [part for part in _PAIR.split(_ASIDE.sub("", words)) if part]
    if not 2 <= len(parts) <= 3 or len(words.split()) > _BARE_WORDS:
        return None
    known = [section for part in parts if (section := _known(part, kind))]
    return known[0] if len(known) == len(parts) else None


def _sentence(words: str, kind: Kind) -> SectionKind | None:
    """A line that ends in a known heading of several words ("Tre ting jeg har gjort")."""
    split = words.split()
    endings = (" ".join(split[-size:]) for size in range(min(len(split) - 1, 5), 2, -1))
    return next((section for ending in endings if (section := _known(ending, kind))), None)


def _loose(words: str, kind: Kind) -> SectionKind | None:
    """A line shaped as a heading: the longest known heading it opens or ends with, or one of a pair."""
    if pair := _pair(words, kind):
        return pair
    bare = _ASIDE.sub("", words).split()
    for size in range(min(len(bare), 6), 0, -1):
        for part in (" ".join(bare[:size]), " ".join(bare[-size:])):
            if len(part) > 3 and (section := _known(part.strip(" ,:;-–—"), kind)):
                return section
    return None


_INLINE_SECTIONS: dict[Kind, frozenset[str]] = {
    "candidate": frozenset({"languages", "volunteering", "interests", "skills", "education", "experience"}),
    "posting": frozenset({"application", "offer", "requirements", "tasks", "about"}),
    "employer": frozenset(),
}


def _inline(raw: str, kind: Kind) -> Heading | None:
    match = _INLINE.match(_NUMBERING.sub("", raw, count=1))
    if not match:
        return None
    section = _known(_YEARS.sub("", _core(match.group(1)).lower()), kind)
    return Heading(section, inline=True) if section in _INLINE_SECTIONS[kind] else None
