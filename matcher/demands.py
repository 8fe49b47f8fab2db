"""Which phrases of a posting are demands, and how strongly they are asked for."""

import re
from collections.abc import Sequence

from matcher.passages import DEMANDING
from matcher.records import Posting, SectionKind, Strength

CORE: frozenset[SectionKind] = frozenset({"tasks", "requirements"})

NICE = re.compile(
    r"\b(fordel|et plus|plus,? (?:hvis|om|men)|gerne|ønskeligt|bonus|nice[ -]to[ -]have|advantage|preferabl[ey]"
    r"|(?:is|are) preferred|desirable|a plus|ideally|welcome)\b",
    re.IGNORECASE,
)
NOT_DEMANDED = re.compile(
    r"(ikke (?:noget |et )?krav|ikke nødvendig\w*|behøver (?:du )?ikke|no requirement|not required|not a requirement"
    r"|not necessary|do(?:es)? not need|don't need|no need)",
    re.IGNORECASE,
)


def demanding(posting: Posting, spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return the places of those spans that are demands: in the task and requirement sections where there are any.

    Never one are a phrase that says itself that something is not asked for, and the lead-in of a list.
    """
    asked = [place for place, (start, end) in enumerate(spans) if _may_ask(posting.text[start:end])]
    for wanted in (CORE, DEMANDING):
        chosen = [place for place in asked if _section(posting, spans[place][0]) in wanted]
        if chosen:
            return chosen
    return asked


def strength(text: str) -> Strength:
    """Return "nice" where the wording says so, else "must"."""
    return "nice" if NICE.search(text) else "must"


def _may_ask(text: str) -> bool:
    return not (NOT_DEMANDED.search(text) or text.rstrip().endswith(":"))


def _section(posting: Posting, place: int) -> SectionKind:
    return next((section.kind for section in posting.sections if section.start <= place < section.end), "other")
