"""Walks a section line by line and keeps in mind what stands above: its heading, and the lead-in of a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.competences.asking import asked_by_heading
from matcher.ingest.headings import heading_of
from matcher.records import Kind, Section
from models.sentences import after_marker, blocks, is_item, split_block

_SHOUTED = 9
"""A shorter line of capitals is more often an abbreviation in a list (SQL, HPLC) than a heading."""
_LEAD_WORDS = 14
"""A lead-in or an unknown heading is no longer than this."""
_GAP = 80
"""White space that may stand between a heading and what is above it."""
_HEADING_WORDS = 4
_LABEL_LETTERS = 46
_MARKS = re.compile(r"[\d,;:.|·@]")
_DATED = re.compile(r"(?:19|20)\d\d")
_DATE_LETTERS = 40
_ARROW = re.compile(r"(?:[→⇒»✅👉🔹]|>(?=\s)|\(\d\))\s*")
_OPEN_END = re.compile(
    r"(?:[:…]|\b(?:du|dig|der|at|you|who|to|som|bl\.?a\.?|including|herunder|for|med|with|is|are|er))\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence or list item `text[start:end]` without its bullet; `lead` is the lead-in or heading above it."""

    start: int
    end: int
    bullet: bool
    lead: str = ""
    heading: str = ""
    opens: bool = False
    """Whether it begins its paragraph."""
    full: bool = True
    """Whether it ends as a sentence does."""


def lines(text: str, section: Section, kind: Kind) -> Iterator[Line]:
    """Yield the sentences and items of a section in reading order; headings and lead-ins are context, not lines."""
    heading, lead, listing = "", "", False
    found = list(blocks(text, section.start, section.end))
    for place, block in enumerate(found):
        raw = text[slice(*block)]
        following = found[place + 1] if place + 1 < len(found) else None
        item = is_item(text, block) or bool(_ARROW.match(raw))
        if not item and _is_heading(text, block, following, kind, first=place == 0):
            heading, lead, listing = "" if raw.endswith("?") and heading_of(raw, kind) is None else raw, "", False
            continue
        if not item and listing:
            lead = ""
            heading = "" if asked_by_heading(heading) else heading
        listing = item
        begin = _begin(text, block)
        label = "" if item else _label(text, block, kind)
        begin += len(label)
        spans = _sentences(text, (begin, block[1]), kind) if begin < block[1] else []
        for number, (start, end) in enumerate(spans):
            last = number == len(spans) - 1
            if last and not item and _leads(text, (start, end), following):
                lead = text[start:end]
                if not _says_something(text[start:end], kind):
                    continue
            yield Line(
                start=start,
                end=end,
                bullet=item,
                lead=label or ((lead or heading) if item or lead != text[start:end] else heading),
                heading=label or heading,
                opens=number == 0,
                full=text[start:end].endswith((".", "!", "?")),
            )


def _label(text: str, block: tuple[int, int], kind: Kind) -> str:
    """The heading of a posting that stands in the line of its text ("Pluses: SQL, Polish.")."""
    raw = text[slice(*block)]
    colon = raw.find(": ", 0, _LABEL_LETTERS) if kind == "posting" else -1
    known = heading_of(raw, kind) if colon > 0 else None
    return raw[: colon + 2] if known and known.inline else ""


def _begin(text: str, block: tuple[int, int]) -> int:
    arrow = _ARROW.match(text, *block)
    return arrow.end() if arrow else after_marker(text, block)


def _is_heading(
    text: str, block: tuple[int, int], following: tuple[int, int] | None, kind: Kind, *, first: bool
) -> bool:
    raw = text[slice(*block)]
    if "\n" in raw or len(raw.split()) > _LEAD_WORDS or raw.endswith((".", ",", ";")):
        return False
    known = heading_of(raw, kind)
    if known is not None:
        return not known.inline
    if first and raw.endswith("?") and kind == "posting":
        return following is not None
    if following is None or raw.endswith(("?", "!")):
        return False
    if raw.isupper() and len(raw) >= _SHOUTED and len(raw.split()) <= 6 and not _listed(text, following, upper=True):
        return True
    if kind == "candidate" and _is_unknown_heading(text, block, following):
        return True
    if kind == "posting" and asked_by_heading(raw) and not raw[0].islower() and not is_item(text, block):
        return raw.endswith(":") or is_item(text, following) or len(raw.split()) <= 10
    return False


def _is_unknown_heading(text: str, block: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a line of a CV stands apart as a heading does: a few words, space above, text right below."""
    raw = text[slice(*block)]
    above = text[max(0, block[0] - _GAP) : block[0]].rstrip(" \t")
    apart = above.endswith("\n\n") or not above
    below = text[block[1] : following[0]].count("\n") == 1
    return apart and below and len(raw.split()) <= _HEADING_WORDS and not _MARKS.search(raw) and raw[0].isupper()


def _listed(text: str, following: tuple[int, int], *, upper: bool) -> bool:
    """Whether the next block is in capitals too: then capitals are no mark of a heading here."""
    return text[slice(*following)].isupper() is upper and not is_item(text, following)


def _leads(text: str, sentence: tuple[int, int], following: tuple[int, int] | None) -> bool:
    """Whether a sentence introduces the list that comes next."""
    words = text[slice(*sentence)]
    if following is None:
        return False
    listed = is_item(text, following) or bool(_ARROW.match(text, *following))
    if words.endswith(":"):
        return True
    return len(words.split()) <= 2 * _LEAD_WORDS and (
        (listed and not words.endswith((".", "!", ",")))
        or (_OPEN_END.search(words) is not None and text[following[0]].islower())
    )


def _says_something(lead: str, kind: Kind) -> bool:
    """Whether a lead-in is a telling line of its own and not only "Dine opgaver bliver bl.a.:"."""
    if kind == "candidate":
        return not lead.endswith(":") or len(lead.split()) > _HEADING_WORDS
    return len(lead.split()) > _LEAD_WORDS


def _sentences(text: str, block: tuple[int, int], kind: Kind) -> list[tuple[int, int]]:
    """The sentences of a block; the line of a CV that names an entry ("Praktikant, Firma · aug. 2023 – nu") is one."""
    words = text[slice(*block)]
    if kind == "candidate" and "\n" not in words and not words.endswith(".") and _DATED.search(words[-_DATE_LETTERS:]):
        return [block]
    return list(split_block(text, block))
