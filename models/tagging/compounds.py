"""Parts of Danish words written in one: what is a kind of a form, and what has to do with one."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from models.tagging.forms import HEAD, MODIFIER
from models.tagging.inflection import LONGEST_WORD, is_known, lemma

SHORTEST_PART = 5
"""Letters of a form that is looked for inside words; shorter ones stand there by chance."""
SHORTEST_REST = 3
_NEUTRAL = """
analyse ansvar ansvarlig arbejde arbejdsopgave aktivitet behov case certificering certifikat data design drift
ekspert ekspertise erfaring fag faglighed forløb forståelse forsker forskning færdighed håndtering implementering
indsats ingeniør integration kampagne kendskab kode kompetence koncept konsulent koordinator koordinering kursus
kvalifikation ledelse løsning medarbejder metode metodik model modellering modul område opgave optimering planlægning
platform politik princip proces produkt program programmering projekt rapport rapportering rådgivning rådgiver
specialist strategi studie styring support system software teknik teknologi teori test træning udvikler udvikling
undersøgelse undervisning uddannelse viden videnskab værktøj workshop øvelse
"""
NEUTRAL_HEADS = frozenset(_NEUTRAL.split())
"""Heads that leave the first part its meaning: who works on database development knows databases."""


class Part(NamedTuple):
    """A form found as part of a word."""

    form: str
    certainty: float


class Compounds:
    """Finds forms of one word inside longer words; `parts` are the forms' keys, letters only."""

    def __init__(self, parts: Iterable[str]) -> None:
        self._parts = frozenset(part for part in parts if len(part) >= SHORTEST_PART and part.isalpha())
        self._cached = lru_cache(maxsize=100_000)(self._find)

    def parts(self, word: str) -> tuple[Part, ...]:
        """Return the longest form that ends a casefolded word, and the longest that begins it before a neutral head."""
        if not SHORTEST_PART + SHORTEST_REST <= len(word) <= LONGEST_WORD or not word.isalpha():
            return ()
        return self._cached(word)

    def _find(self, word: str) -> tuple[Part, ...]:
        head = next(self._heads(word), None)
        modifier = next(self._modifiers(word), None)
        return tuple(part for part in (head, modifier) if part)

    def _heads(self, word: str) -> Iterator[Part]:
        for cut in range(SHORTEST_REST, len(word) - SHORTEST_PART + 1):
            right = base(word[cut:], self._parts)
            if right and self._is_first(word[:cut]):
                yield Part(right, HEAD)

    def _modifiers(self, word: str) -> Iterator[Part]:
        for cut in range(len(word) - SHORTEST_REST, SHORTEST_PART - 1, -1):
            left = unlinked(word[:cut], self._parts)
            if left and base(word[cut:], NEUTRAL_HEADS):
                yield Part(left, MODIFIER)

    def _is_first(self, left: str) -> bool:
        stems = {left, left.removesuffix("s"), left.removesuffix("e")}
        return any(stem in self._parts or (len(stem) >= SHORTEST_REST and is_known(stem, "da")) for stem in stems)


def base(word: str, wanted: frozenset[str]) -> str | None:
    """Return which of `wanted` a last part is, or an inflection of; None if it is none."""
    if word in wanted:
        return word
    found = lemma(word, "da") if len(word) >= SHORTEST_REST else word
    return found if found in wanted else None


def unlinked(word: str, wanted: frozenset[str]) -> str | None:
    """Return which of `wanted` a first part is once the linking -s- or -e- is off; None if it is none."""
    return next((stem for stem in (word, word.removesuffix("s"), word.removesuffix("e")) if stem in wanted), None)
