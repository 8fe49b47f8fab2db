"""Text as it leaves a reader: line ends are newlines, nothing is in it that JSON or a database cannot hold.

Apart from line ends every code point stays in its place: nothing is composed, folded or trimmed within a line.
"""

import re
from collections.abc import Iterable

from matcher.ingest.limits import TEXT_LENGTH
from matcher.ingest.parsed import Notice

_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNUSABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Return the text with usable characters only, cut at `TEXT_LENGTH`, and notices of what was changed.

    NUL and other control characters become spaces, lone surrogates and non-characters U+FFFD: one for one.
    """
    notices: list[Notice] = []
    text = _LINE_END.sub("\n", text)
    text, replaced = _UNUSABLE.subn(lambda found: " " if found.group() < " " else "\ufffd", text)
    if replaced:
        notices.append(("notice.unusable_characters", {"count": replaced}))
    if len(text) > TEXT_LENGTH:
        notices.append(("notice.text_cut", {"length": len(text), "kept": TEXT_LENGTH}))
        text = text[:TEXT_LENGTH]
    return text, tuple(notices)


def clean_value(value: object) -> object:
    """Return a field's value, str or list of str, in the same way and without white space around it."""
    if isinstance(value, str):
        return clean(value)[0].strip()
    if isinstance(value, list):
        return [clean_value(item) for item in value]
    return value


def joined(paragraphs: Iterable[str]) -> str:
    """Join paragraphs by newlines; at most one empty line stays between two, no line ends in white space."""
    lines = (line.rstrip() for paragraph in paragraphs for line in paragraph.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
