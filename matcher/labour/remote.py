"""Whether a posting lets people work from home, by its own words. Shown beside a match, never part of fit."""

import re
from dataclasses import dataclass
from typing import Literal

Extent = Literal["fully", "partly"]
"""From anywhere, or some of the days."""

_FULLY = re.compile(
    r"\b(?:fully|100\s?%|completely|entirely|permanently)[\s-]+remote\b|\bremote[\s-](?:first|only)\b|"
    r"\bwork\s+from\s+anywhere\b|\b(?:arbejde?|job|stilling\w*)\s+(?:udføres\s+|er\s+)?(?:100\s?%|fuldt|helt|udelukkende)\s+"
    r"(?:hjemmefra|remote|på\s+distancen?)\b|\b(?:100\s?%|fuldt|helt|udelukkende)\s+(?:hjemmefra|remote|på\s+distancen?)\b|"
    r"\barbejde?\s+hvorfra\s+du\s+vil\b|\buanset\s+hvor\s+i\s+landet\s+du\s+bor\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\bhjemmearbejd\w*|\bhjemmekontor\w*|\bfjernarbejd\w*|\bdistancearbejd\w*|\barbejde\s+hjemmefra\b|\bhjemmedage?\b|"
    r"\bremote(?:[\s-]+(?:work\w*|days?|possible|option\w*|position))\b|\b(?:work\w*|days?)\s+remotely\b|"
    r"\bwork(?:ing)?\s+from\s+home\b|\bhome[\s-]?(?:office|working)\b|\bhybrid(?:t)?\s+(?:work\w*|arbejd\w*|model)\b|"
    r"\btelework\w*",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:ikke|ingen|uden|desværre|hverken|no|not|never|without|cannot|can't|isn't)\b|\bn't\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?;]\s|\n")


@dataclass(frozen=True, slots=True)
class Remote:
    """What a posting says of working from home: `evidence == text[start:end]`, offsets in code points."""

    extent: Extent
    evidence: str
    start: int
    end: int


def remote_work(text: str) -> Remote | None:
    """Return the first thing that a posting offers, working from anywhere before working from home; None for nothing.

    >>> remote_work("Du kan arbejde hjemmefra to dage om ugen.").extent
    'partly'
    >>> remote_work("Der er ikke mulighed for hjemmearbejde.") is None
    True
    """
    ways: tuple[tuple[Extent, re.Pattern[str]], ...] = (("fully", _FULLY), ("partly", _PARTLY))
    for extent, words in ways:
        for found in words.finditer(text):
            if not _denied(text, found):
                return Remote(extent, found.group(), found.start(), found.end())
    return None


def _denied(text: str, found: re.Match[str]) -> bool:
    """Whether the sentence around the words says no."""
    before = [end.end() for end in _SENTENCE_END.finditer(text, 0, found.start())]
    after = _SENTENCE_END.search(text, found.end())
    sentence = text[before[-1] if before else 0 : after.start() if after else len(text)]
    return _NOT.search(sentence) is not None
