"""To the graduate: three to six sentences. What fits in their words, what lacks, how to close it, what next."""

from collections.abc import Iterable

from matcher.telling.facts import DemandFact, Facts
from matcher.telling.texts import Statement, Telling, Voice

MOST_LETTERS = 90
MATCHES = 2
"""How many of the demands that are met are told."""


def to_graduate(facts: Facts, language: str) -> Telling:
    """Return the text to the graduate, in "da" or "en"."""
    voice = Voice(language, most=MOST_LETTERS)
    missing = sorted(_plain(facts.standing("missing")), key=_soonest)
    told = [*_matches(facts, voice), *_nearly(facts, voice)]
    if missing:
        fact = missing[0]
        told.append(voice.state("graduate.missing", "missing", fact, quotes={"ask": fact.asked}))
        told.append(Statement(text=fact.learning.note(language), basis="table", about=(fact.number,)))
    elif facts.demands:
        told.append(voice.state("graduate.nothing_missing", "score"))
    told.append(voice.state(f"graduate.next.{facts.match.band}", "advice"))
    title = voice.say("graduate.title", title=voice.words(facts.posting.title))
    return Telling(audience="graduate", language=language, title=title, paragraphs=(voice.paragraph("graduate", told),))


def _matches(facts: Facts, voice: Voice) -> list[Statement]:
    met = sorted(_plain(fact for fact in facts.standing("covered") if fact.solid), key=_tells_most)[:MATCHES]
    if not facts.demands:
        return [voice.state("graduate.no_demands", "score"), voice.state("graduate.call", "advice")]
    if not met:
        return [voice.state("graduate.no_match", "score")]
    return [_match(fact, voice, first=place == 0) for place, fact in enumerate(met)]


def _match(fact: DemandFact, voice: Voice, *, first: bool) -> Statement:
    assert fact.said is not None
    if fact.said.shown.casefold() == fact.asked.shown.casefold():
        return voice.state("graduate.both", "quoted", fact, quotes={"ask": fact.asked, "held": fact.said})
    key = "graduate.match" if first else "graduate.match_too"
    return voice.state(key, "quoted", fact, quotes={"ask": fact.asked, "held": fact.said})


def _nearly(facts: Facts, voice: Voice) -> list[Statement]:
    """One demand that is near: the nearest in the CV's words, else one implied by the programme."""
    for fact in sorted(
        _plain(facts.standing("partly")), key=lambda fact: (not fact.must, -(fact.reason.similarity or 0))
    ):
        return [voice.state("graduate.partly", "quoted", fact, quotes={"ask": fact.asked, "held": fact.said})]
    for fact in _plain(facts.standing("implied")):
        named = voice.programme(fact.reason.implied_by or "")
        return [voice.state("graduate.implied", "implied", fact, quotes={"ask": fact.asked}, programme=named)]
    return []


def _plain(facts: Iterable[DemandFact]) -> list[DemandFact]:
    """Leave out what would have to be told in words that are masked."""
    return [fact for fact in facts if not (fact.asked.masked or (fact.said and fact.said.masked))]


def _soonest(fact: DemandFact) -> tuple[bool, bool, float, int]:
    """Musts first, then what is no degree, then what was read most surely."""
    confidence = 1.0 if fact.demand.confidence is None else fact.demand.confidence
    return not fact.must, fact.learning.way == "education", -confidence, fact.number


def _tells_most(fact: DemandFact) -> tuple[bool, bool, float, int]:
    """Musts first, then other words than the posting's own, then the nearest."""
    assert fact.said is not None
    same = fact.said.shown.casefold() == fact.asked.shown.casefold()
    return not fact.must, same, -(fact.reason.similarity or 0.0), fact.number
