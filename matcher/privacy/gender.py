"""Words of a CV that tell somebody's sex by grammar alone: she, his, hun, hans, Mrs. They are hushed, not its line."""

import re

from matcher.privacy.mask import FILLER, HUSH, Spans

_WORD = r"[Hh]un|[Hh]endes?|[Hh]an|[Hh]ans|[Ss]he|[Hh]e|[Hh]im|[Hh]is|[Hh]ers|[Hh]erself|[Hh]imself"
_PRONOUN = re.compile(rf"(?<![\w@.-])(?:{_WORD})(?![\w@-])(?!\.\w)")
_TITLE = re.compile(rf"(?<![\w.])(?:(?:Mrs?|Hr|Fru|Frk)\.?|Ms\.)(?=[ \u00a0]+[A-ZÆØÅ{FILLER}])")
_EITHER = re.compile(r"(?<![\w@.-])(?P<her>[Hh]er)(?![\w@-])|(?<![\w@.-])(?P<ham>[Hh]am)(?![\w@-])")
"""In Danish "her" is here, in English "ham" is food."""
_ENGLISH = re.compile(r"(?i)\b(?:the|and|of|with|has|is|was|in|to|at|as|a|by|from|on|she|colleagues)\b")
_DANISH = re.compile(r"(?i)\b(?:og|jeg|på|med|har|er|var|det|til|som|et|af|fra|den|vi|blev|hun|han|jeg|ved)\b")
_AROUND = 80


def gender_spans(text: str) -> Spans:
    """Return where pronouns of one sex stand, and titles before a name; capitals throughout are an abbreviation."""
    spans = [match.span() for pattern in (_PRONOUN, _TITLE) for match in pattern.finditer(text)]
    either = (match for match in _EITHER.finditer(text) if _english(text, *match.span()) == bool(match["her"]))
    return sorted([*spans, *(match.span() for match in either)])


def _english(text: str, start: int, end: int) -> bool:
    """Whether the words of the line around a place are English rather than Danish."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    newline = text.find("\n", end)
    last = min(newline if newline >= 0 else len(text), end + _AROUND)
    around = f"{text[first:start]} {text[end:last]}".replace(HUSH, " ")
    return len(_ENGLISH.findall(around)) > len(_DANISH.findall(around))
