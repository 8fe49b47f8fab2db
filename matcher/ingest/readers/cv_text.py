"""A CV that comes as data, written out as text with headings in its own language.

Name, telephone, e-mail and address go to the fields alone, and birth date, sex, nationality and photo nowhere: the
text is what gets compared.
"""

import re
from collections.abc import Iterable

from matcher.ingest.readers.clean import joined
from matcher.messages import message

_COMMON = {
    "da": frozenset(
        ("og", "jeg", "er", "af", "på", "til", "som", "har", "det", "den", "de", "fra", "ved", "ikke", "en")
    ),
    "en": frozenset(("and", "the", "of", "with", "in", "to", "have", "from", "as", "by", "on", "was", "my", "a")),
}
_WORD = re.compile(r"[^\W\d_]+")
_CLEAR = 3
"""Common words that one language has to be ahead by before it overrules what the document says of itself."""
_SAMPLE = 20_000


def likely_language(text: str, named: str = "") -> str:
    """Return "da" or "en": by the common words of the text, else by the language the document names.

    >>> likely_language("Jeg har arbejdet med drift og planlægning på et værft", "en")
    'da'
    """
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    lead = sum(word in _COMMON["da"] for word in words) - sum(word in _COMMON["en"] for word in words)
    if abs(lead) >= _CLEAR:
        return "da" if lead > 0 else "en"
    return "da" if named.lower().startswith("da") else "en"


def heading(key: str, language: str) -> str:
    """Return the heading of a section in Danish or English."""
    return message(f"heading.{key}", language)


def period(start: str, end: str, language: str, *, current: bool = False) -> str:
    """Return "2021-09 – 2024-06", "2024-08 – nu", or as much of it as is known."""
    until = message("heading.present", language) if current else end
    return " – ".join(part for part in (start, until) if part)


def language_name(code: str, language: str) -> str:
    """Return a language's name for its ISO 639 code of two or three letters, or the code where we know none."""
    try:
        return message(f"tongue.{code.lower()}", language)
    except KeyError:
        return code


def graded(name: str, levels: Iterable[str]) -> str:
    """Return "Engelsk: B2–C1" from a language and its levels in listening, reading and so on."""
    known = sorted(filter(None, levels))
    return ": ".join(part for part in (name, "–".join(dict.fromkeys(known[:1] + known[-1:]))) if part)


class CvText:
    """Sections of a CV in the order in which they are added."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._lines: list[str] = []

    def section(self, key: str, lines: Iterable[str]) -> None:
        """Add a section under our own heading; nothing if it has no lines."""
        self.titled(heading(key, self.language), lines)

    def titled(self, title: str, lines: Iterable[str]) -> None:
        """Add a section under a heading the document names itself; nothing if it has no lines."""
        filled = [line for line in lines if line.strip()]
        if filled:
            self._lines += [title, *filled, ""]

    def paragraph(self, text: str) -> None:
        """Add a line without a heading: what the person calls himself or herself."""
        self._lines += [text] if text.strip() else []

    def entry(self, when: str, *what: str) -> str:
        """Return the first line of a job or an education: when, what, where."""
        return "\t".join(part for part in (when, ", ".join(piece for piece in what if piece)) if part)

    def text(self) -> str:
        """Return the whole text."""
        return joined(self._lines)
