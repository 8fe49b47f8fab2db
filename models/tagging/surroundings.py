"""What stands around a form: its sentence or list, and the line it stands in."""

import re
from bisect import bisect_right
from functools import cached_property, lru_cache

from models.sentences import Span, blocks, is_item, split_block
from models.tagging.tokens import shown

LONGEST_ITEM = 80
"""Characters of a list item that counts as a word of a list rather than a sentence of its own."""
FARTHEST_ITEM = 12
"""Items of a list that are looked at before and after."""
LONGEST_HEADING = 60
FARTHEST_WORD = 300
"""Characters of a sentence or line that are looked at before and after: a list of a thousand words is no sentence."""
_LINE_END = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_LONG_WORD = re.compile(r"[^\W\d_]{5}")


class Surroundings:
    """The text around a place; blocks and sentences are found when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._around: dict[int, tuple[Span, ...]] = {}

    @cached_property
    def _blocks(self) -> list[Span]:
        return list(blocks(self._text, 0, len(self._text)))

    @cached_property
    def _starts(self) -> list[int]:
        return [block[0] for block in self._blocks]

    def have(self, context: tuple[str, ...], start: int, end: int) -> bool:
        """Whether in the sentence or list around `start:end`, but not in it, a word begins like one of `context`."""
        wanted = _beginnings(context)
        pieces: tuple[str, ...]
        for first, last in self._spans(start):
            if first <= start < last:
                pieces = self._text[first:start], self._text[min(end, last) : last]
            else:
                pieces = (self._text[first:last],)
            if any(wanted.search(shown(piece)) for piece in pieces):
                return True
        return False

    def in_one_block(self, start: int, end: int) -> bool:
        """Whether a line break in `start:end` is only a wrapped line, and no tab divides it."""
        if "\t" in self._text[start:end]:
            return False
        return not _LINE_END.search(self._text, start, end) or end <= self._blocks[self._at(start)][1]

    def shouted(self, start: int) -> bool:
        """Whether the line around `start` is all in capitals, with words long enough to tell."""
        before = _LINE_END.split(self._text[max(0, start - FARTHEST_WORD) : start])[-1]
        line = before + _LINE_END.split(self._text[start : start + FARTHEST_WORD], maxsplit=1)[0]
        return line.isupper() and _LONG_WORD.search(line) is not None

    def _at(self, place: int) -> int:
        return max(bisect_right(self._starts, place) - 1, 0)

    def _spans(self, place: int) -> tuple[Span, ...]:
        at = self._at(place)
        if at not in self._around:
            self._around[at] = tuple(self._list_of(at))
        return (self._sentence(at, place), *self._around[at])

    def _sentence(self, at: int, place: int) -> Span:
        start, end = self._blocks[at]
        near = (max(start, place - FARTHEST_WORD), min(end, place + FARTHEST_WORD))
        return next((s for s in split_block(self._text, near) if s[0] <= place < s[1]), near)

    def _list_of(self, at: int) -> list[Span]:
        """Return the short items around block `at` and their heading, if that block is short itself."""
        if not self._is_short(at):
            return []
        first, last = at, at
        while first > max(0, at - FARTHEST_ITEM) and self._is_short(first - 1) and self._adjoin(first - 1):
            first -= 1
        while last < min(len(self._blocks) - 1, at + FARTHEST_ITEM) and self._is_short(last + 1) and self._adjoin(last):
            last += 1
        heading = [self._blocks[first - 1]] if first > 0 and self._is_heading(first - 1) else []
        return [*heading, *(self._blocks[i] for i in range(first, last + 1) if i != at)]

    def _is_short(self, at: int) -> bool:
        start, end = self._blocks[at]
        return end - start <= LONGEST_ITEM and (is_item(self._text, (start, end)) or self._text[end - 1] not in ".!?")

    def _is_heading(self, at: int) -> bool:
        start, end = self._blocks[at]
        return end - start <= LONGEST_HEADING and self._text[end - 1] not in ".!?"

    def _adjoin(self, at: int) -> bool:
        """Whether no blank line divides block `at` from the next."""
        gap = self._text[self._blocks[at][1] : self._blocks[at + 1][0]]
        return len(gap.replace("\r\n", "\n").strip(" \t")) <= 1


@lru_cache(maxsize=10_000)
def _beginnings(context: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(re.escape, context))})", re.IGNORECASE)
