"""Competences of the vocabulary by what somebody types, in either language."""

from functools import cache

from matcher.competences.concepts import Concept, folded, read_vocabulary

SHORTEST = 2
"""Fewer letters than this name nothing yet."""


def look_up(typed: str, *, limit: int = 10) -> list[Concept]:
    """Return the concepts with a name like what was typed: the name itself first, then names that begin with it.

    >>> [concept.en for concept in look_up("projektled", limit=1)]
    ['project management']
    """
    words = folded(typed)
    if len(words) < SHORTEST:
        return []
    found: dict[str, tuple[tuple[int, int, str], Concept]] = {}
    for form, concept in _forms():
        place = _nearness(form, words)
        if place is not None and (concept.id not in found or place < found[concept.id][0]):
            found[concept.id] = (place, concept)
    return [concept for _, concept in sorted(found.values(), key=lambda one: (one[0], one[1].id))][:limit]


def _nearness(form: str, words: str) -> tuple[int, int, str] | None:
    """How near a name is: the words themselves, their beginning, a later word's beginning, the middle of a word."""
    if form == words:
        return 0, 0, form
    if form.startswith(words):
        return 1, len(form), form
    if f" {words}" in form:
        return 2, len(form), form
    return (3, len(form), form) if words in form else None


@cache
def _forms() -> tuple[tuple[str, Concept], ...]:
    return tuple((folded(form), concept) for concept in read_vocabulary() for form in concept.forms)
