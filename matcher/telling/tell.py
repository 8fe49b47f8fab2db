"""A pair's facts in words, for whoever reads them."""

from collections.abc import Callable

from matcher.telling.company import to_company
from matcher.telling.consultant import to_consultant
from matcher.telling.facts import Facts
from matcher.telling.graduate import to_graduate
from matcher.telling.texts import Audience, Telling

_TELLERS: dict[Audience, Callable[[Facts, str], Telling]] = {
    "graduate": to_graduate,
    "consultant": to_consultant,
    "company": to_company,
}


def tell(facts: Facts, audience: Audience, language: str) -> Telling:
    """Return the text about a pair for an audience, in "da" or "en"."""
    return _TELLERS[audience](facts, language)
