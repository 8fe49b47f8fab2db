"""One clause to the phrases in it that say something: concepts of the vocabulary, facts, and what neither knows."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from matcher.competences import facts
from matcher.competences.asking import cue_places
from matcher.competences.clauses import Clause
from matcher.competences.concepts import Concept
from matcher.competences.confidence import (
    LONG,
    LONG_FACTOR,
    SHORT,
    SHORT_FACTOR,
    UNSAID_BESIDE_FACT,
    UNSAID_SHARE,
    UNSAID_WORDS,
    VAGUE_FACTOR,
    VAGUE_WORDS,
    Place,
    Words,
    confidence,
)
from matcher.competences.cues import cues
from matcher.competences.cues import words as word_list
from matcher.competences.wording import bare, telling_words

_OF_OTHERS = cues("of-others")
"""A clause that begins so tells of somebody else."""

_STATEMENT = re.compile(rf"(?:[\w’'-]+\s){{1,5}}?{cues('states').pattern}", re.IGNORECASE)
"""Some words and a verb in the third person."""
_VAGUE_START = re.compile(cues("vague-start").pattern, re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:ca\.? )?(?:\d[\d.,]*%?|one|two|three|four|five|six|en|to|tre|fire|fem|seks|hver|every|each)"
    r"\s(?!years?\b|års?\b|to\b)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\b(?:it|them|themselves|itself|this|those)\b|\b(?:det|dem|den|dette|disse)$", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|we['’]\w+|vi)\b", re.IGNORECASE)
_LETTERS = 2
_YOU = re.compile(r"\b(?:du|you|dig|din|dit|dine|your|jeg|i|my|min|mit|mine)\b", re.IGNORECASE)
_ABILITY = cues("ability")


class Spotted(Protocol):
    """A concept of the vocabulary found in a text, as `matcher.competences.spotting` gives it."""

    @property
    def start(self) -> int:
        """First code point."""
        ...

    @property
    def end(self) -> int:
        """Code point after the last."""
        ...

    @property
    def concept(self) -> Concept:
        """What is meant."""
        ...

    @property
    def certainty(self) -> float:
        """In (0, 1]."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Something said at `text[start:end]`. `kind` as in `matcher.records.Span`, `label` as people call it."""

    start: int
    end: int
    kind: str
    confidence: float
    concept: Concept | None = None
    concept_id: str | None = None
    level: str | None = None
    years: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is known of a whole line before its clauses are read."""

    languages: Sequence[facts.Fact]
    experience: Sequence[facts.Fact]
    strengths: Sequence[tuple[int, int]]
    """Where words stand that only say how strongly something is asked for."""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Line":
        """Return what is known of `text[start:end]`."""
        return cls(
            languages=tuple(facts.languages(text, start, end)),
            experience=tuple(facts.experience(text, start, end)),
            strengths=cue_places(text, start, end),
        )


def chosen(spotted: Sequence[Spotted]) -> list[Spotted]:
    """Return the spots by place, one where several concepts share a place: the surest, else the first."""
    best: dict[tuple[int, int], Spotted] = {}
    for spot in spotted:
        held = best.get((spot.start, spot.end))
        if held is None or spot.certainty > held.certainty:
            best[spot.start, spot.end] = spot
    return sorted(best.values(), key=lambda spot: (spot.start, -spot.end))


def phrases_of(
    text: str, clause: Clause, line: Line, spots: Sequence[Spotted], place: Place, *, kind: str | None = None
) -> Iterator[Phrase]:
    """Yield what a clause says. `spots` lie by place; `kind` is what the words before it announced ("education")."""
    told = [fact for fact in line.languages if fact.start < clause.end and clause.start < fact.end]
    named = [spot for spot in _inside(spots, clause) if not _covered(spot, told) and not _no_language(text, spot)]
    years = next((fact.years for fact in line.experience if fact.years and _in(fact, clause)), None)
    sure = confidence(place, "fact")
    for fact in (fact for fact in told if _in(fact, clause)):
        yield Phrase(
            start=fact.start, end=fact.end, kind="language", confidence=sure, concept_id=fact.concept, level=fact.level
        )
    weight: Words = "aside" if clause.subordinate and place != "asks" else "concept"
    for spot in named:
        if place == "described" or not _names_people(text, spot):
            yield Phrase(
                start=spot.start,
                end=spot.end,
                kind=kind if kind and spot.concept.kind not in ("licence", "language") else spot.concept.kind,
                confidence=confidence(place, weight, spot.certainty),
                concept=spot.concept,
                years=years,
            )
    taken = [(fact.start, fact.end) for fact in told] + [(spot.start, spot.end) for spot in named]
    found = _open(text, clause, taken, line.strengths, named=bool(named))
    if found:
        (start, end), words = found
        sure = confidence(place, _weight(clause, beside=bool(taken)))
        if words >= LONG:
            sure = round(sure * LONG_FACTOR, 2)
        elif words == 1 and end - start < SHORT and text[start:end].islower():
            sure = round(sure * SHORT_FACTOR, 2)
        if _is_vague(text[start:end], words):
            sure = round(sure * VAGUE_FACTOR, 2)
        yield Phrase(start=start, end=end, kind=kind or "open", confidence=sure, years=years)


def _inside(spots: Sequence[Spotted], clause: Clause) -> Iterator[Spotted]:
    first = bisect_left(spots, clause.start, key=lambda spot: spot.start)
    for place in range(first, len(spots)):
        if spots[place].start >= clause.end:
            return
        yield spots[place]


def _covered(spot: Spotted, told: Sequence[facts.Fact]) -> bool:
    return any(spot.start < fact.end and fact.start < spot.end for fact in told)


def _names_people(text: str, spot: Spotted) -> bool:
    """Whether a spot names others at work ("sammen med vores arkæologer")."""
    return cues("people").fullmatch(text, spot.start, spot.end) is not None


def _no_language(text: str, spot: Spotted) -> bool:
    """Whether a spot is the bare name of a language that means none here ("dansk lovgivning")."""
    return spot.concept.kind == "language" and text[spot.start : spot.end].casefold() in (
        spot.concept.da.casefold(),
        spot.concept.en.casefold(),
    )


def _within(word: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(word[0] < last and first < word[1] for first, last in spans)


def _tells_of_others(words: str) -> bool:
    """Whether a clause is a statement about somebody or something else ("the buses do not come here")."""
    if _OF_OTHERS.match(words):
        return True
    return bool(_STATEMENT.match(words)) and not _YOU.search(words) and not _ABILITY.match(words)


def _is_vague(phrase: str, words: int) -> bool:
    """Whether an open phrase says when, where or how many, or points back, more than it names something to be able."""
    if _VAGUE_START.match(phrase) or _WE.search(phrase):
        return True
    return words <= VAGUE_WORDS and bool(_COUNTED.match(phrase) or _POINTS_BACK.search(phrase))


def _is_place(words: str) -> bool:
    return words.casefold() in word_list("place")


def _open(
    text: str,
    clause: Clause,
    taken: Sequence[tuple[int, int]],
    strengths: Sequence[tuple[int, int]],
    *,
    named: bool,
) -> tuple[tuple[int, int], int] | None:
    """The clause as a phrase of its own with its number of telling words, where what is known leaves most unsaid."""
    start, end = bare(text, clause.start, clause.end)
    words = [word for word in telling_words(text, start, end) if not _within(word, strengths)]
    unsaid = [word for word in words if not _within(word, taken)]
    least = max(UNSAID_WORDS if named else UNSAID_BESIDE_FACT, UNSAID_SHARE * len(words)) if taken else 1
    if len(unsaid) < least or "<" in text[start:end] or sum(sign.isalpha() for sign in text[start:end]) < _LETTERS:
        return None
    if (
        facts.is_level(text[start:end])
        or _tells_of_others(text[clause.start : clause.end])
        or _is_place(text[start:end])
    ):
        return None
    return (start, end), len(words)


def _in(fact: facts.Fact, clause: Clause) -> bool:
    return clause.start <= fact.start < clause.end


def _weight(clause: Clause, *, beside: bool) -> Words:
    if clause.subordinate or clause.parenthesis:
        return "aside"
    if beside:
        return "beside"
    return "open_bullet" if clause.bullet else "open"
