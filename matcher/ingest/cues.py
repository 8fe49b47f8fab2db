"""What a paragraph without a heading is about, told by the phrases it holds."""

import re
from functools import cache
from importlib.resources import files

from matcher.records import Kind, SectionKind

_CLEAR = 1.5
"""Least weight of phrases that tells a paragraph's section."""
_BOILERPLATE: dict[SectionKind, float] = {"application": 2.0, "offer": 2.0}
"""What is set aside must be clearer, or a demand is set aside with it."""
_COMPOUND = 7
_BEGINNING = re.compile(r"[\s\W]*")


@cache
def _phrases(kind: Kind) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, list[tuple[SectionKind, float]]]]:
    text = files("matcher.ingest").joinpath("paragraph_cues.tsv").read_text(encoding="utf-8")
    weights: dict[str, list[tuple[SectionKind, float]]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            of, section, weight, phrase = line.split("\t")
            if of == kind:
                weights.setdefault(phrase, []).append((section, float(weight)))  # type: ignore[arg-type]
    inside = sorted((phrase for phrase in weights if phrase[0] != "^"), key=lambda phrase: (-len(phrase), phrase))
    first = sorted((phrase[1:] for phrase in weights if phrase[0] == "^"), key=lambda phrase: (-len(phrase), phrase))
    return _any(inside), _any(first), weights


def _any(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words; a long one also as the beginning of a longer word (pension-sordning)."""
    ends = (re.escape(phrase) + ("" if len(phrase) >= _COMPOUND else r"(?!\w)") for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends) or '(?!)'})")


def weigh(paragraph: str, kind: Kind) -> dict[SectionKind, float]:
    """Return how much speaks for each section; a phrase counts once, one that opens the paragraph most."""
    inside, first, weights = _phrases(kind)
    lowered = paragraph.lower()
    found = {match.group() for match in inside.finditer(lowered)}
    if opening := first.match(lowered, _BEGINNING.match(lowered).end()):  # type: ignore[union-attr]
        found.add("^" + opening.group())
    sums: dict[SectionKind, float] = {}
    for phrase in sorted(found):
        for section, weight in weights[phrase]:
            sums[section] = sums.get(section, 0.0) + weight
    return sums


def clearest(sums: dict[SectionKind, float]) -> tuple[SectionKind | None, float]:
    """Return the section that most speaks for, with its weight; (None, 0.0) where too little speaks at all."""
    clear = {section: sums[section] for section in sorted(sums) if sums[section] >= _BOILERPLATE.get(section, _CLEAR)}
    best = max(clear, key=lambda section: clear[section], default=None)
    return (best, clear[best]) if best is not None else (None, 0.0)
