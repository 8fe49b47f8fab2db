"""Cuts text into words and signs: C++, C#, .NET, R&D, node.js and ph.d. stay whole, slashes and hyphens divide."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_WORD = rf"[^\W_]+(?:[{_INVISIBLE}\u0300-\u036f]+[^\W_]*)*"
_TITLE = "[Pp]h|PH|[Cc]and|[Ss]tud|[Dd]ipl|[Mm]ag|[Ee]xam|[Ll]ic"
_NO_NEW_SENTENCE = r"(?!(?:(?<=[a-zæøå]{3}\.)|(?<=[A-ZÆØÅ]{2}\.))[A-ZÆØÅ][a-zæøå])"
"""After a full stop in a word: "opgaver.Du har" are two sentences that lost their space."""
_PIECE = re.compile(
    rf"""
    (?<![\w.])\.(?:NET|Net|net)\b                                                # .NET
    | [^\W\d_]\#(?!\w)                                                  # C#, F#
    | [^\W_]+\+\+\d*                                                    # C++, C++17, Notepad++
    | (?<![^\W_])[^\W\d_]{{1,3}}&[^\W\d_]{{1,3}}(?![^\W_])              # R&D, M&A
    | (?<![^\W_])(?:{_TITLE}|[^\W\d_])(?:\.{_NO_NEW_SENTENCE}{_WORD})+\.?  # ph.d., cand.merc.
    | {_WORD}(?:\.{_NO_NEW_SENTENCE}{_WORD})+                           # node.js, 3.11
    | (?<![^\W_])[eE][-‐‑]{_WORD}                                          # e-conomic, e-handel
    | {_WORD}(?:['’]{_WORD})*                                           # KPI'er
    | [^\s]                                                             # a sign
    """,
    re.VERBOSE,
)
_CHUNK = re.compile(r"([^\W_]+)([.,:;!?)]?)(?!\S)|\S+")
"""Most words stand between spaces, with at most a sign behind."""
_DROPPED = re.compile(f"[{_INVISIBLE}]")
HYPHENS = frozenset("-‐‑–")


class Word(NamedTuple):
    """A word or sign at `text[start:end]`; `key` is what it compares by."""

    text: str
    start: int
    end: int
    key: str


def words(text: str) -> list[Word]:
    """Return all words and signs of `text` in order; white space is what lies between."""
    found: list[Word] = []
    for chunk in _CHUNK.finditer(text):
        start, end = chunk.span()
        word, sign = chunk.groups()
        if word is None:
            found.extend(Word(piece[0], *piece.span(), key(piece[0])) for piece in _PIECE.finditer(text, start, end))
        else:
            found.append(Word(word, start, start + len(word), key(word)))
            if sign:
                found.append(Word(sign, end - 1, end, sign))
    return found


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    r"""Return what two spellings of a word have in common.

    >>> key("Projekt\u00adledelse"), key("Ph.d."), key("KPI’er")
    ('projektledelse', 'ph.d', "kpi'er")
    """
    spelled = shown(word).casefold()
    return spelled.rstrip(".") or spelled or word


def shown(text: str) -> str:
    """Return `text` as a reader sees it: composed, without soft hyphens, with plain apostrophes; case as it is."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", _DROPPED.sub("", text)).replace("’", "'")
