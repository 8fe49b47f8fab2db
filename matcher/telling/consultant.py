"""To the consultant: complete talking points. What fits, what is near, what lacks, what to ask, what to be wary of."""

from collections.abc import Iterator

from matcher.messages.catalogue import catalogue
from matcher.records import Competence, Source
from matcher.telling.facts import DemandFact, Facts
from matcher.telling.quotes import Quote
from matcher.telling.texts import Basis, Statement, Telling, Voice

MOST_LETTERS = 160
OLD = 5
"""A competence last used more than so many years ago is told as old."""
DATED: frozenset[Source | None] = frozenset({"job", "internship", "student_job", "thesis", "volunteering", "education"})
"""Parts of a life that a CV gives years."""
WEIGHTY = 0.1
"""A contribution to the logit below this is not worth a word."""
BASES: dict[str, Basis] = {"covered": "quoted", "partly": "quoted", "implied": "implied", "missing": "missing"}


def to_consultant(facts: Facts, language: str) -> Telling:
    """Return the talking points about a pair, in "da" or "en"."""
    voice = Voice(language, most=MOST_LETTERS)
    near = facts.standing("partly", "implied")
    missing = facts.standing("missing")
    parts = {
        "summary": _summary(facts, voice),
        "fits": [_held(fact, facts, voice) for fact in facts.standing("covered")],
        "near": [_held(fact, facts, voice) for fact in near],
        "lacks": [_held(fact, facts, voice) for fact in missing],
        "ask": [_question(fact, voice) for fact in (*missing, *near)],
        "reservations": list(_reservations(facts, voice)),
        "unsure": _unsure(facts, voice),
    }
    return Telling(
        audience="consultant",
        language=language,
        title=voice.say("consultant.title", candidate=facts.candidate.id, title=voice.words(facts.posting.title)),
        paragraphs=tuple(voice.paragraph(key, statements) for key, statements in parts.items() if statements),
    )


def _summary(facts: Facts, voice: Voice) -> list[Statement]:
    """The band, how many demands stand how, and what draws the score up and down."""
    told = facts.standing("covered", "partly", "implied", "missing")
    covered = facts.standing("covered")
    counts = voice.state(
        "consultant.counts" if told else "consultant.no_demands",
        "score",
        all=len(told),
        covered=len(covered),
        musts=sum(fact.must for fact in told),
        musts_covered=sum(fact.must for fact in covered),
        near=len(facts.standing("partly", "implied")),
        missing=len(facts.standing("missing")),
    )
    return [voice.state(f"band.{facts.match.band}", "score"), counts, *_pulls(facts, voice)]


def _pulls(facts: Facts, voice: Voice) -> Iterator[Statement]:
    """What draws the score up, and what draws it down, the weightiest first; a feature without words is left out."""
    known = catalogue(voice.language)
    parts = sorted(facts.match.contributions.items(), key=lambda part: -abs(part[1]))
    for way, sign in (("up", 1), ("down", -1)):
        told = [
            voice.say(f"feature.{name}.{way}")
            for name, value in parts
            if sign * value >= WEIGHTY and f"telling.feature.{name}.{way}" in known
        ]
        if told:
            yield voice.state(f"consultant.{way}", "score", features="; ".join(told))


def _held(fact: DemandFact, facts: Facts, voice: Voice) -> Statement:
    """One demand with what the CV has for it, and why that is not all of it."""
    return voice.state(
        f"consultant.{fact.standing}",
        BASES[fact.standing],
        fact,
        quotes={"ask": fact.asked, "held": fact.said},
        strength=voice.say(f"strength.{fact.reason.strength}"),
        where=_where(fact, facts, voice),
        why=voice.say(f"kin.{fact.kin}"),
        note=fact.learning.note(voice.language),
        programme=voice.programme(fact.reason.implied_by) if fact.reason.implied_by else "",
    )


def _where(fact: DemandFact, facts: Facts, voice: Voice) -> str:
    """Where the competence was gained and when it was last used, in brackets, as far as the CV tells."""
    source, year = (fact.held.source, _last_used(fact.held)) if fact.held else (None, None)
    told = [voice.say(f"source.{source}")] if source else []
    told += [voice.say("last_used", year=year)] if year and year < facts.day.year else []
    return f" ({', '.join(told)})" if told else ""


def _last_used(held: Competence) -> int | None:
    """The year in which it was last used, where the CV dates it: a year near a list of skills is none of theirs."""
    return held.last_year if held.source in DATED else None


def _question(fact: DemandFact, voice: Voice) -> Statement:
    """What to ask about a demand that is not clearly met: where it stands, and a question made for its kind."""
    named = voice.programme(fact.reason.implied_by) if fact.reason.implied_by else ""
    basis = BASES[fact.standing]
    opening = voice.state(f"ask.{fact.standing}", basis, fact, quotes={"held": fact.said}, programme=named)
    question = voice.state(f"question.{fact.nature}", basis, fact, quotes={"ask": fact.asked})
    quotes = (*opening.quotes, *question.quotes)
    return Statement(text=f"{opening.text} {question.text}".lstrip(), basis=basis, quotes=quotes, about=(fact.number,))


def _reservations(facts: Facts, voice: Voice) -> Iterator[Statement]:
    """What is claimed on weak grounds: old, only of spare time, only implied, too low, too short, of another kind."""
    for fact in facts.standing("covered", "partly"):
        held, quotes = fact.held, {"ask": fact.asked, "held": fact.said}
        if held is None:
            continue
        year = _last_used(held)
        if year and facts.day.year - year > OLD:
            yield voice.state("doubt.old", "quoted", fact, quotes=quotes, year=year)
        if held.source == "hobby":
            yield voice.state("doubt.hobby", "quoted", fact, quotes=quotes)
        if fact.demand.years and held.years and held.years < fact.demand.years:
            years = {"asked": f"{fact.demand.years:g}", "years": f"{held.years:g}"}
            yield voice.state("doubt.years", "quoted", fact, quotes=quotes, **years)
        if fact.standing == "covered" and not fact.solid:
            yield voice.state("doubt.other_kind", "quoted", fact, quotes=quotes)
    for fact in facts.standing("implied"):
        named = voice.programme(fact.reason.implied_by or "")
        yield voice.state("doubt.implied", "implied", fact, quotes={"ask": fact.asked}, programme=named)
    yield from _languages(facts, voice)


def _languages(facts: Facts, voice: Voice) -> Iterator[Statement]:
    for language in facts.languages:
        quotes: dict[str, Quote | None] = {"ask": language.demand.asked, "held": language.said}
        asked, held = language.demand.demand.level, language.held
        if asked and held and language.too_low:
            levels = {"asked": _level(asked, voice), "level": _level(held.level or "", voice)}
            yield voice.state("doubt.level", "quoted", language.demand, quotes=quotes, **levels)
        elif asked and held and language.untold:
            told = {"asked": _level(asked, voice)}
            yield voice.state("doubt.level_untold", "quoted", language.demand, quotes=quotes, **told)


def _level(level: str, voice: Voice) -> str:
    """A level in words; one of the CEFR is its own name."""
    return voice.say(f"level.{level}") if f"telling.level.{level}" in catalogue(voice.language) else level


def _unsure(facts: Facts, voice: Voice) -> list[Statement]:
    if not facts.unsure:
        return []
    asks = [fact.asked for fact in facts.unsure]
    return [voice.state("consultant.unsure", "advice", *facts.unsure, quotes={"asks": asks})]
