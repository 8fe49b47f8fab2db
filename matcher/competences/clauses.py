"""Cuts sentences and list items into clauses, so that each says one thing and can be quoted alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.competences.cues import cues
from matcher.competences.wording import bare
from models.sentences import after_marker, blocks, is_item, split_block

_STRONG = re.compile(
    r"[;|\t·•]\s*|:\s+|\s[–—-]\s|\s*[()\[\]]\s*|\s[/+]\s|\s→\s|[.!?…]\s+|,?\s(?:men|but)\s|\n"
    r"|(?<=[^\W\d_])\s+(?=(?-i:Kan|Er|Har|At|Du|Ser|Din|You|Have|Are|Can|Experience|Knowledge|Erfaring|Kendskab)\s)",
    re.IGNORECASE,
)
"""Always ends a clause; a capital where a demand begins does so in text without punctuation."""
_WEAK = re.compile(
    r",\s+(?:(?:og|and|samt|eller|or|as well as|plus)\s)?"
    r"|\s(?:og/eller|and/or|og|and|samt|eller|or|as well as|såvel som|plus|&)\s",
    re.IGNORECASE,
)
"""Ends a clause where both sides stand alone."""
_SUBORDINATE = cues("subordinate")
"""Opens a clause that says more about another one, wherever it stands."""
_SUBORDINATE_AFTER = cues("subordinate-after")
"""The same, after the first words of the sentence."""
_OWN_START = cues("own-start")
_RELATIVE = re.compile(r"(?:der|som|who|that)\s", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:dig|den|en|én|person|menneske|kollega|medarbejder|kandidat|someone|somebody|one|colleague|candidate),?\s$",
    re.IGNORECASE,
)
"""Before "who": the person sought, so that what follows says what is asked for."""
_SOMEBODY_LETTERS = 14
_HEAD_FOLLOWS = re.compile(r"\w+\s+(?:af|of|på|for|i|til|med|in|with|on|om|fra|to|from)\s", re.IGNORECASE)
_PAIR = re.compile(
    r"(?:tale|skrift|skriftligt?|mundtligt?|spoken|written|oral\w*|writing|speech|speaking|orally)\b", re.IGNORECASE
)
"""Halves of "i skrift og tale", which belong together."""
_PRESENT = re.compile(r"[a-zæøå]{2,}r\s+\w", re.IGNORECASE)
"""A Danish verb in the present tense, where a subject stands before."""
_SUBJECT = re.compile(r"(?:du|jeg|der|som|er|har|kan|skal)\s", re.IGNORECASE)
_VERBISH = re.compile(r"\w+(?:ere|ize|ise|e)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch `text[start:end]` that says one thing; `bullet`: it stands in an item of a list.

    `subordinate`: it begins with "når", "so that" and the like and says more about what stands before it.
    """

    start: int
    end: int
    bullet: bool
    subordinate: bool = False
    parenthesis: bool = False


def clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    """Yield the clauses of all sentences and list items of `text[start:end]`, in order, without overlap."""
    for block in blocks(text, start, end):
        bullet = is_item(text, block)
        begin = after_marker(text, block)
        for sentence in split_block(text, (begin, block[1])) if begin < block[1] else ():
            yield from cut(text, *sentence, bullet=bullet)


def cut(text: str, start: int, end: int, *, bullet: bool = False) -> Iterator[Clause]:
    """Yield the clauses of one sentence."""
    for begin, stop in _parts(text, start, end, _STRONG):
        for part in _coordinated(text, begin, stop):
            first, last = _trimmed(text, *part)
            if first < last:
                subordinate = _is_subordinate(text, first, last, opens=first == start)
                yield Clause(first, last, bullet, subordinate, _in_parenthesis(text, start, first))


def _parts(text: str, start: int, end: int, border: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = start
    for found in border.finditer(text, start, end):
        if found.start() > at:
            yield at, found.start()
        at = found.end()
    if at < end:
        yield at, end


def _coordinated(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts of a coordination that stand alone; what shares a verb or a noun with its neighbour stays together."""
    at = start
    for border in _WEAK.finditer(text, start, end):
        if border.start() > at and _stand_alone(text, (at, border.start()), (border.end(), end), border.group()):
            yield at, border.start()
            at = border.end()
    if at < end:
        yield at, end


def _stand_alone(text: str, left: tuple[int, int], right: tuple[int, int], border: str) -> bool:
    following = _WEAK.search(text, *right)
    after = text[right[0] : following.start() if following else right[1]]
    begin, stop = bare(text, *left)
    before = text[begin:stop].split()
    if _PAIR.match(after) and len(after.split()) == 1:
        return False
    if _PRESENT.match(after) and _SUBJECT.match(text, *left) and not border.startswith(","):
        return True
    if _SUBORDINATE.match(after) or _SUBORDINATE_AFTER.match(after) or _OWN_START.match(after + " "):
        return True
    if not before or not after.strip():
        return True
    if border.startswith(","):
        return not (len(before) == 1 and _VERBISH.fullmatch(before[-1]) and before[0][:1].islower())
    if len(after.split()) == 1:
        return not before[-1].endswith("-")
    return (
        len(before) > 1 and not before[-1].endswith("-") and not _HEAD_FOLLOWS.match(after) and len(after.split()) > 2
    )


def _is_subordinate(text: str, start: int, end: int, *, opens: bool) -> bool:
    if _RELATIVE.match(text, start, end) and _SOMEBODY.search(text[max(0, start - _SOMEBODY_LETTERS) : start]):
        return False
    after = not opens and _SUBORDINATE_AFTER.match(text, start, end) is not None
    return after or _SUBORDINATE.match(text, start, end) is not None


def _in_parenthesis(text: str, start: int, place: int) -> bool:
    return text.count("(", start, place) > text.count(")", start, place)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not (text[start].isalnum() or text[start] in ".#§"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "+#%)"):
        end -= 1
    return start, end
