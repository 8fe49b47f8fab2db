"""Which phrases of a posting are asked for, and how strongly."""

from collections.abc import Iterator

from matcher.competences.asking import Asked, Scope, asked_at, asked_by_heading, scopes
from matcher.competences.boilerplate import ASKING, BOILERPLATE, purpose_of
from matcher.competences.confidence import Place
from matcher.competences.cues import cues
from matcher.competences.outline import Line, lines
from matcher.competences.phrases import Phrase
from matcher.competences.sentence import phrases_in
from matcher.competences.spans import Spot, concepts_in
from matcher.privacy.mask import FILLER
from matcher.records import Posting, Section

_ASIDE = 30
"""Letters of a question that is answered in the next sentence ("Danish? We don't ask for it")."""
_LETTERHEAD = 100
"""Nothing but white space and marks up to here: the line may be the title."""
_ALONE_WORDS = 2
"""A single word without anything around it is a heading."""


def asked_in(record: Posting, section: Section, spot: Spot, *, alone: bool = False) -> Iterator[tuple[Phrase, Asked]]:
    """Yield the phrases of a section that may be demands, each with how strongly it is asked for.

    `alone`: the text is a sentence out of its surroundings.
    """
    wanted = list(_asking(record, section, alone=alone))
    spots = concepts_in(record.text, section, spot) if wanted else []
    before: Asked | None = None
    for number, (line, place) in enumerate(wanted):
        following = wanted[number + 1][0] if number + 1 < len(wanted) else None
        strengths = _strengths(record.text, line, following, before)
        before = strengths[-1].asked
        for phrase in phrases_in(record.text, line, spots, place):
            yield phrase, asked_at(strengths, phrase.start)


def _asking(record: Posting, section: Section, *, alone: bool) -> Iterator[tuple[Line, Place]]:
    """The lines of a section that ask for something or tell a task."""
    going_on = False
    for line in lines(record.text, section, "posting"):
        sentence = record.text[line.start : line.end]
        if FILLER in sentence or _is_title(record, line, sentence):
            continue
        headed = line.heading or line.bullet or alone or (going_on and not line.opens)
        kind = section.kind if headed or section.kind in BOILERPLATE else "other"
        purpose = purpose_of(sentence, kind, lead=line.lead, bullet=line.bullet)
        going_on = purpose in ASKING
        if going_on and (not alone or _asks_alone(sentence)):
            yield line, "asks" if purpose == "asks" else "does"


def _strengths(text: str, line: Line, following: Line | None, before: Asked | None) -> list[Scope]:
    """How strongly a line asks; "the same goes for" as the line before, "Danish?" as its answer."""
    same = cues("same").match(text, line.start, line.end)
    if following and text[line.start : line.end].endswith("?") and line.end - line.start <= _ASIDE:
        return [Scope(line.start, line.end, scopes(text, following.start, following.end)[0].asked)]
    return scopes(text, line.start, line.end, inherited=before if same else asked_by_heading(line.lead))


def _asks_alone(sentence: str) -> bool:
    """Whether a sentence is a demand wherever it stands: it speaks to you, or begins as an item of a list does."""
    if "<CONTACT>" in sentence or len(sentence.split()) < _ALONE_WORDS:
        return False
    return bool(cues("opens").match(sentence) or purpose_of(sentence, "other") in ASKING)


def _is_title(record: Posting, line: Line, sentence: str) -> bool:
    first = line.start <= _LETTERHEAD and not record.text[: line.start].strip(" \t\n#*")
    return sentence.strip() == record.title or (
        first and not line.full and record.text[line.end : line.end + 1] == "\n"
    )
