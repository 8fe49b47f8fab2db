"""To the company, before first contact: which of its demands a profile meets, and nothing of who that is.

Of the candidate only values from fixed lists are told (degree, broad field, where something was gained), never a word
of the CV; the quotes are the company's own. What could still be a contact or an id is left out of those too.
"""

import re
from collections.abc import Sequence

from matcher.labour.learning import Way
from matcher.labour.programmes import DEGREES
from matcher.privacy.mask import FILLER
from matcher.telling.facts import DemandFact, Facts
from matcher.telling.texts import Basis, Statement, Telling, Voice, programme

MOST_LETTERS = 120
SOURCES = ("job", "student_job", "internship", "thesis", "education", "volunteering", "hobby", "skills", "profile")
WAYS: tuple[Way, ...] = ("course", "praktik", "job", "education", "arrange")

_CONTACT = re.compile(r"(?:\d[ .\-/()]?){6,}|@|https?:|www\.")
"""Six digits and more (a telephone, a CPR or CVR number, a date of birth), and addresses of the net."""


def to_company(facts: Facts, language: str) -> Telling:
    """Return the overview without identity, in "da" or "en"."""
    voice = Voice(language, most=MOST_LETTERS)
    met = [fact for fact in facts.standing("covered") if fact.solid]
    near = [*facts.standing("partly"), *(fact for fact in facts.standing("covered") if not fact.solid)]
    parts = {
        "background": [_background(facts, voice)],
        "meets": [
            statement
            for source in (*SOURCES, None)
            for statement in _listed(f"company.from.{source or 'cv'}", "quoted", _of(met, source), facts, voice)
        ],
        "clarify": [
            *_listed("company.near", "quoted", near, facts, voice),
            *_listed("company.implied", "implied", facts.standing("implied"), facts, voice),
        ],
        "learn": [
            statement
            for way in WAYS
            for statement in _listed(
                f"company.learn.{way}", "missing", _learnt(facts.standing("missing"), way), facts, voice
            )
        ],
        "contact": [voice.state("company.contact", "advice")],
    }
    title = facts.posting.title
    shown = voice.say("company.title", title=voice.words(title)) if _safe(title, facts) else voice.say("company.any")
    return Telling(
        audience="company",
        language=language,
        title=shown,
        paragraphs=tuple(voice.paragraph(key, statements) for key, statements in parts.items() if statements),
    )


def _background(facts: Facts, voice: Voice) -> Statement:
    """The highest degree of the programmes that the CV names, by its broad field only."""
    if not facts.programmes:
        return voice.state("company.no_programme", "advice")
    highest = max((programme(id) for id in facts.programmes), key=lambda found: DEGREES.index(found.degree))
    return voice.state(
        "company.background",
        "implied",
        degree=voice.say(f"degree.{highest.degree}"),
        field=voice.say(f"field.{highest.iscedf[:2]}"),
    )


def _listed(key: str, basis: Basis, found: Sequence[DemandFact], facts: Facts, voice: Voice) -> list[Statement]:
    """One statement that lists demands in the posting's own words, if any may be shown."""
    shown = [fact for fact in found if _safe(fact.asked.text, facts)]
    if not shown:
        return []
    return [voice.state(key, basis, *shown, quotes={"asks": [fact.asked for fact in shown]})]


def _of(met: Sequence[DemandFact], source: str | None) -> list[DemandFact]:
    return [fact for fact in met if fact.held is not None and fact.held.source == source]


def _learnt(missing: Sequence[DemandFact], way: Way) -> list[DemandFact]:
    return [fact for fact in missing if fact.learning.way == way]


def _safe(words: str, facts: Facts) -> bool:
    """Whether words of the posting hold nothing masked, no contact, and not the candidate's id."""
    if FILLER in words or _CONTACT.search(words):
        return False
    return not re.search(rf"(?<!\w){re.escape(facts.candidate.id)}(?!\w)", words, re.IGNORECASE)
