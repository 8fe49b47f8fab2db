"""The name that a CV opens with."""

import re
from collections.abc import Iterable
from itertools import takewhile
from unicodedata import normalize

from matcher.privacy.mask import FILLER
from matcher.privacy.names import SURNAME, WORD
from matcher.privacy.words import given_names, words

_HEADER_LABEL = re.compile(
    r"(?i)^(?:(?:curriculum vitae|cv|c\.v\.|r[eé]sum[eé]|navn|name|fulde navn|full name|ansøger|applicant)"
    r"(?:\s+(?:for|of|af|på|-))?\s*[-–—:|]?\s+|#+\s*)+"
)
_PIECE = re.compile(r"\s+[-–—]\s+|\s*[|·•/\t,;()]+\s*|\s{3,}|:\s")
_TOLD = re.compile(
    rf"(?i:(?<!\w)(?:mit navn er|jeg hedder|jeg kaldes|my name is|i am called|(?:fulde |full )?(?:navn|name)\s*:))\s+"
    rf"(?P<name>(?=[^\W\d_])(?-i:(?:{WORD}[ \u00a0]){{0,4}}{WORD}))"
)
_HEADER_LINES = 3
_STACKED = 4
"""A name may be set one word a line."""


def name_in_header(text: str, *, emails: Iterable[str] = ()) -> str:
    """Return the name that a CV opens with, or an empty text; already masked headers hold none.

    Best is a name that an e-mail address confirms, then one with a known given name, then the first that looks like
    one. Where the page opens with a side column, a line further down that an e-mail address confirms is the name.
    """
    lines = [line.strip() for line in text[:4000].splitlines() if line.strip()]
    first = lines[:_HEADER_LINES]
    if any(FILLER in line for line in first):
        return ""
    stacked = " ".join(takewhile(lambda line: len(line.split()) == 1, lines[:_STACKED]))
    candidates = _names_in([stacked, *first])
    if not candidates:
        candidates = [name for name in _names_in(lines[_HEADER_LINES:]) if _in_email(name, emails)]
    best = {name: (_in_email(name, emails), _known(name), -at) for at, name in enumerate(candidates)}
    return max(best, key=lambda name: best[name], default="")


def names_told(text: str) -> list[str]:
    """Return the names that a CV gives in a sentence or behind a label ("Mit navn er ...", "Name: ...")."""
    told: list[str] = []
    for match in _TOLD.finditer(text):
        words_of_name = list(takewhile(_part_of_a_name, match["name"].rstrip(".").split()))
        while words_of_name and words_of_name[-1].lower() in words("particle"):
            words_of_name.pop()
        if words_of_name and words_of_name[0][0].isupper():
            told.append(" ".join(words_of_name))
    return told


def _part_of_a_name(word: str) -> bool:
    known = word.lower().strip(".") not in words("never") | words("title")
    return word.lower() in words("particle") or (_capital(word) and known)


def _capital(word: str) -> bool:
    """Whether a word begins with a capital, behind a particle that is joined to it too ("al-Hariri", "d'Angelo")."""
    joined = re.match(r"([^\W\d_]{1,3})['’-](?=[^\W\d_])", word)
    bare = word[joined.end() :] if joined and joined.group(1).lower() in words("particle") | {"d", "o"} else word
    return bare[0].isupper()


def _names_in(lines: Iterable[str]) -> list[str]:
    """What looks like a name among the first parts of the lines."""
    parts = (part.strip(" *_#.") for line in lines for part in _PIECE.split(_HEADER_LABEL.sub("", line))[:3])
    return [part for part in parts if _looks_like_a_name(part)]


def _looks_like_a_name(piece: str) -> bool:
    tokens = piece.split()
    if not 2 <= len(tokens) <= 5 or not re.fullmatch(rf"{WORD}(?:\s+{WORD})+", piece):
        return False
    if any(token.lower().strip(".") in words("never") | words("title") for token in tokens):
        return False
    big = [token for token in tokens if token.lower() not in words("particle")]
    return len(big) >= 2 and all(_capital(token) for token in big) and len(piece) <= 60


def _known(name: str) -> bool:
    tokens = name.lower().split()
    return tokens[0].split("-")[0] in given_names() or bool(SURNAME.search(tokens[-1]))


def _in_email(name: str, emails: Iterable[str]) -> bool:
    tokens = [_folded(token) for token in name.split() if len(token) > 2]
    return any(token in _folded(email) for email in emails for token in tokens)


def _folded(word: str) -> str:
    for letter, written in (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ß", "ss")):
        word = word.lower().replace(letter, written)
    return "".join(sign for sign in normalize("NFKD", word) if sign.isalnum())
