"""What covers a masked code point, how spans of a text are covered, and how a text reads with its masks evened out."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

FILLER = "\u2588"
"""Every masked code point becomes this one, so that offsets into the text still hold."""
HUSH = "\u2593"
"""Covers a word that only tells somebody's sex ("hun", "his"): what it stands in still says what somebody can do."""

_MASKS = re.compile(rf"(?P<filler>{FILLER}+(?:[ \u00a0]+{FILLER}+)*)|{HUSH}+")

Spans = list[tuple[int, int]]


def mask(text: str, spans: Iterable[tuple[int, int]], filler: str = FILLER) -> str:
    """Return `text` with every code point inside `spans` covered, line ends and masks excepted; the length stays.

    >>> mask("Ring 98 12 34 56 nu", [(5, 16)])
    'Ring ███████████ nu'
    """
    out = list(text)
    kept = "\r\n" if filler == FILLER else f"\r\n{FILLER}"
    for start, end in spans:
        for at in range(start, end):
            if out[at] not in kept:
                out[at] = filler
    return "".join(out)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space and closing punctuation at its ends."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:|·•-–—/"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


@dataclass(frozen=True, slots=True)
class _Cut:
    """A mask at `start` of the evened text, one code point long there, which covers `span` of the text itself."""

    start: int
    span: tuple[int, int]


@dataclass(frozen=True)
class Evened:
    """A text as it is read and compared: how long a mask is tells nothing. `place` leads back to the text itself."""

    original: str
    text: str
    cuts: tuple[_Cut, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [cut.start for cut in self.cuts]

    @cached_property
    def _originals(self) -> list[int]:
        return [cut.span[0] for cut in self.cuts]

    def place(self, at: int) -> int:
        """Return where an offset of the evened text stands in the text itself."""
        before = bisect_right(self._starts, at - 1)
        return at - self.cuts[before - 1].start - 1 + self.cuts[before - 1].span[1] if before else at

    def evened(self, at: int) -> int:
        """Return where an offset of the text itself stands in the evened text; inside a mask, its end."""
        before = bisect_right(self._originals, at - 1)
        if not before:
            return at
        cut = self.cuts[before - 1]
        return cut.start + 1 + max(0, at - cut.span[1])


def even(text: str) -> Evened:
    """Return `text` with every mask of an identity one code point long, and a hushed word a single space.

    A longer name or a later birthday would otherwise break lines and chunks elsewhere, and so change a score.

    >>> even("Mit navn er ████ ██████, og ▓▓▓ skriver").text
    'Mit navn er █, og   skriver'
    """
    parts: list[str] = []
    cuts: list[_Cut] = []
    done = length = 0
    for match in _MASKS.finditer(text):
        parts += [text[done : match.start()], FILLER if match["filler"] else " "]
        length += match.start() - done
        cuts.append(_Cut(length, match.span()))
        length += 1
        done = match.end()
    return Evened(text, "".join([*parts, text[done:]]), tuple(cuts))
