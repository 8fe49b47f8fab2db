"""Base forms of Danish and English words, by simplemma's dictionaries, and by endings where they know a word not."""

import re
from collections.abc import Iterable
from functools import lru_cache

from models.tagging.forms import AS_WRITTEN, INFLECTED, JOINED, FormLanguage, TextLanguage

_ENDINGS = ("ernes", "erne", "enes", "ene", "ens", "ets", "ers", "er", "en", "et", "es", "s", "e", "r")
SHORTEST_STEM = 4
LONGEST_WORD = 60
"""Letters of a word that may be inflected or a compound; a longer one is noise, and costs."""
_LETTERS_AND_NUMBER = re.compile(r"([^\W\d_]{2,})(\d+)")
_NO_WORD = re.compile(r"[\W\d]")


@lru_cache(maxsize=200_000)
def lemma(word: str, language: FormLanguage) -> str:
    """Return the dictionary form of a casefolded word; itself where there is none.

    Of a word that the dictionary lacks only an ending is taken off, never what looks like another word
    ("servicenow" is no "service").
    """
    import simplemma

    if not 3 <= len(word) <= LONGEST_WORD or _NO_WORD.search(word):
        return word
    base = str(simplemma.lemmatize(word, lang=language)).casefold()
    return base if is_known(word, language) or _is_ending(base, word) else word


def _is_ending(base: str, word: str) -> bool:
    ending = word[len(base) :]
    return word.startswith(base) and (ending in _ENDINGS or (ending[:1] == base[-1:] and ending[1:] in _ENDINGS))


@lru_cache(maxsize=200_000)
def is_known(word: str, language: FormLanguage) -> bool:
    """Whether a dictionary has this casefolded word or an inflection of it."""
    import simplemma

    return bool(simplemma.is_known(word, lang=language))


def form_lemma(word: str, language: FormLanguage, *, alone: bool) -> str:
    """Return the base form under which a word of a form is kept.

    A form of one word keeps its meaning only if no other language reads it otherwise, and if it does not turn from
    an -ing noun into a verb ("planning" is no "plan") or from a field of law into its matter ("arbejdsret").
    """
    base = lemma(word, language)
    if not alone or base == word:
        return base
    other: FormLanguage = "en" if language == "da" else "da"
    if word.endswith(("ing", "ret")) or (is_known(word, other) and lemma(word, other) != base):
        return word
    return base


@lru_cache(maxsize=20_000)
def gerund(verb: str) -> str | None:
    """Return the -ing form of an English verb as the dictionary has it; None where it has none."""
    if not verb.isalpha() or verb.endswith("ing") or not is_known(verb, "en"):
        return None
    spellings = (verb.removesuffix("e") + "ing", verb + verb[-1] + "ing", verb + "ing")
    return next((spelling for spelling in spellings if is_known(spelling, "en")), None)


class Stems:
    """Base forms of words of a text, given the words that forms are made of."""

    def __init__(self, parts: Iterable[str]) -> None:
        self._parts = frozenset(parts)
        self.of = lru_cache(maxsize=100_000)(self._find)
        """Base forms of a casefolded word that differ from it; mostly none or one."""
        self.readings = lru_cache(maxsize=100_000)(self._read)
        """Keys a casefolded word may stand for, each with its certainty: itself, base forms, ("iso", "9001")."""

    def _read(self, word: str, language: TextLanguage) -> tuple[tuple[tuple[str, ...], float], ...]:
        readings: list[tuple[tuple[str, ...], float]] = [((word,), AS_WRITTEN)]
        if word[0].isalnum():
            readings += (((stem,), INFLECTED) for stem in self.of(word, language))
        if numbered := _LETTERS_AND_NUMBER.fullmatch(word):
            readings.append((numbered.groups(), JOINED))
        return tuple(readings)

    def _find(self, word: str, language: TextLanguage) -> tuple[str, ...]:
        if len(word) > LONGEST_WORD:
            return ()
        if "'" in word:
            stem = word.partition("'")[0]
            return (stem,) if stem and stem != word else ()
        first: FormLanguage = "en" if language == "en" else "da"
        second: FormLanguage = "da" if first == "en" else "en"
        if is_known(word, first):
            found = {lemma(word, first)}
        elif is_known(word, second):
            found = {lemma(word, second)}
        else:
            found = {lemma(word, first), lemma(word, second), *self._cut(word)}
        return tuple(sorted(found - {word}))

    def _cut(self, word: str) -> list[str]:
        stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
        return [stem for stem in stems if len(stem) >= SHORTEST_STEM and stem in self._parts]
