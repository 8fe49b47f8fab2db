"""One line of a posting or CV to the phrases it says: clause by clause, without the title of the job it speaks of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.competences import facts
from matcher.competences.clauses import cut
from matcher.competences.confidence import Place
from matcher.competences.outline import Line
from matcher.competences.phrases import Line as Known
from matcher.competences.phrases import Phrase, Spotted, phrases_of

_UNTIL = r"(?:(?!\b(?:{})\b)[^,.;:(–\n])"
_TITLE = _UNTIL.format("der|som|til|med|to|who|that|with|which|for")
_ROLE = _UNTIL.format("skal|vil|er|bliver|kommer|får|you|your|person|menneske")
_GROUP = _UNTIL.format("der|hvor|som|where|that|who|and|og|with|on")
_SOUGHT = re.compile(
    r"(?:søger|mangler|ansætter|leder efter|kigger efter|looking for|we seek|seeking|look for|need) "
    rf"(?:(?:vi|derfor|nu|også|en ny|a new) )*(?P<title>(?:en|et|an?|to|tre|two|three|\d)\s{_TITLE}+)"
    rf"|^(?P<role>(?:som|as(?: an?| our| the)?) {_ROLE}+)"
    r"|(?P<team>(?:join|part of|del af|plads i|indgår i|indgå i) (?:et|en|vores|an?|our|one of|the) "
    rf"{_GROUP}*?(?:team\w*|afdeling\w*|department|unit|gruppe|group|enhed\w*|hold|stab|kontor\w*)\b)",
    re.IGNORECASE,
)
"""The title of the job itself ("Vi søger en jurist, der ..."), which is no demand."""


def phrases_in(
    text: str, line: Line, spots: Sequence[Spotted], place: Place, *, asides: bool = False
) -> Iterator[Phrase]:
    """Yield what a line says. `asides`: what stands in parentheses counts like the rest, as it does in a CV."""
    educated = next(facts.degrees(text, line.start, line.end), None)
    reach = text.find(". ", educated.end if educated else line.end, line.end)
    known = Known.of(text, line.start, line.end)
    sought = [found.span(found.lastgroup or 0) for found in _SOUGHT.finditer(text, line.start, line.end)]
    for whole in cut(text, line.start, line.end, bullet=line.bullet):
        clause = replace(whole, parenthesis=False) if asides else whole
        for begin, stop in sought:
            if clause.start < stop and begin < clause.end:
                title = replace(clause, end=min(stop, clause.end))
                yield from (said for said in phrases_of(text, title, known, spots, place) if said.kind == "transversal")
                clause = replace(clause, start=_word_from(text, min(stop, clause.end), clause.end))
        if educated and clause.end > educated.start and (reach < 0 or clause.start < reach):
            for phrase in phrases_of(text, clause, known, spots, place, kind="education"):
                yield replace(phrase, level=phrase.level or educated.level) if phrase.kind == "education" else phrase
        else:
            told = any(clause.start <= fact.start < clause.end for fact in known.experience)
            yield from phrases_of(text, clause, known, spots, place, kind="experience" if told else None)


def _word_from(text: str, start: int, end: int) -> int:
    while start < end and not text[start].isalnum():
        start += 1
    return start
