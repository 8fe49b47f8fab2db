"""The telling words of a clause: lead-ins and trailers off, and whether anything is left that says something."""

import re

from matcher.competences.cues import cues, words

_LONGEST_TRAILER = 80
_DATES = re.compile(r"(?:[\d./\s]*(?:19|20)\d\d[\s–—/-]*)+(?=[^\W\d_])")
_WORD = re.compile(r"[^\W_][\w+#.'’&/-]*[\w+#]|[^\W_]")
_EMPTY = words("empty")
_LEAD_IN = re.compile(rf"(?:{cues('lead-in').pattern}),?\s+", re.IGNORECASE)
_TRAILER = re.compile(rf"(?:[\s,]+(?:{cues('trailer').pattern}))+[\s,.]*$", re.IGNORECASE)


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the stretch of a clause that says what it is about, without lead-ins and trailers; may be empty.

    >>> clause = "du har solid erfaring med at undervise voksne"
    >>> clause[slice(*bare(clause, 0, len(clause)))]
    'undervise voksne'
    """
    if dates := _DATES.match(text, start, end):
        start = dates.end()
    while (lead := _LEAD_IN.match(text, start, end)) and lead.end() > start:
        start = lead.end()
    if trailer := _TRAILER.search(text, max(start, end - _LONGEST_TRAILER), end):
        end = max(start, trailer.start())
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "+#%)"):
        end -= 1
    return start, end


def telling_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of the words that carry meaning of their own."""
    return [
        found.span()
        for found in _WORD.finditer(text, start, end)
        if len(found.group()) > 1 and found.group().lower().strip(".") not in _EMPTY and not found.group()[0].isdigit()
    ]
