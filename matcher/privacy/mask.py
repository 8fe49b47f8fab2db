"""What covers a masked code point, and how spans of a text are covered."""

from collections.abc import Iterable

FILLER = "\u2588"
"""Every masked code point becomes this one, so that offsets into the text still hold."""

Spans = list[tuple[int, int]]


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with every code point inside `spans` covered, line ends excepted; the length stays.

    >>> mask("Ring 98 12 34 56 nu", [(5, 16)])
    'Ring ███████████ nu'
    """
    out = list(text)
    for start, end in spans:
        for at in range(start, end):
            if out[at] not in "\r\n":
                out[at] = FILLER
    return "".join(out)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without white space and closing punctuation at its ends."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:|·•-–—/"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
