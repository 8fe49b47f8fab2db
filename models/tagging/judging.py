"""Which of the forms found count: rules of case, language and context, lists of names, the longest of nested ones."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from models.tagging.forms import IN_LIST, NOTHING, SHOUTED, Form, Tag, TextLanguage
from models.tagging.surroundings import Surroundings
from models.tagging.tokens import shown

_SPACE = re.compile(r"[\s\-‐‑–]+")
_INFLECTION = re.compile(r"'?(?:s|er|ers|en|ens|et|ets|erne|ernes|ere)?")
_BETWEEN_NAMES = re.compile(
    r"[\s,;/&+|()•●◦‣▪▫■·*–-]{0,8}(?:(?:og|and|samt|eller|or|plus)\s+)?(?:(?:microsoft|ms|adobe|google)\s+)?",
    re.IGNORECASE,
)
OTHERS_IN_LIST = 2
"""Other names in a list that make a name of a word in the wrong case; one is enough where its context stands too."""


class Candidate(NamedTuple):
    """A form at `start:end` of the text, before its rules are asked."""

    form: Form
    start: int
    end: int
    certainty: float
    apart: bool


class _Weighed(NamedTuple):
    """A candidate with what its surroundings say: does its context stand there, how many other names in its list."""

    candidate: Candidate
    context: bool
    others: int


def judged(text: str, found: Iterable[Candidate], language: TextLanguage) -> list[Tag]:
    """Return what counts, by place; where several targets have the same claim to a place they share its certainty."""
    around = Surroundings(text)
    possible = [c for c in found if _may_stand(c, language) and around.in_one_block(c.start, c.end)]
    certain = [
        weighed.candidate._replace(certainty=certainty)
        for weighed in _weighed(text, possible, around)
        if (certainty := _certainty(text, weighed, around))
    ]
    return sorted(_longest(certain), key=lambda tag: (tag.start, tag.end, tag.target))


def _weighed(text: str, candidates: Sequence[Candidate], around: Surroundings) -> list[_Weighed]:
    held = {c: bool(c.form.context) and around.have(c.form.context, c.start, c.end) for c in candidates}
    sure = {(c.start, c.end) for c, context in held.items() if context or not c.form.context}
    company = _company(candidates, text, sure)
    return [_Weighed(c, context, company.get((c.start, c.end), 0)) for c, context in held.items()]


def _may_stand(candidate: Candidate, language: TextLanguage) -> bool:
    form = candidate.form
    return form.language in (None, language) and not (form.case and candidate.apart)


def _certainty(text: str, weighed: _Weighed, around: Surroundings) -> float:
    """Return how sure a candidate is once context and case are asked; 0 where it does not count."""
    candidate, context, others = weighed
    form, certainty = candidate.form, candidate.certainty
    if not form.case:
        return certainty if context or not form.context else 0.0
    listed = form.name and (others >= OTHERS_IN_LIST or (context and others > 0))
    spelled = _same_spelling(text[candidate.start : candidate.end], form.text)
    if form.context and not context:  # a name as spelled, beside another in a list: "R, Excel"
        return min(certainty, IN_LIST) if listed or (form.name and spelled and others > 0) else 0.0
    if around.shouted(candidate.start):
        return min(certainty, IN_LIST if context or (form.name and others > 0) else SHOUTED)
    if spelled:
        return certainty
    return min(certainty, IN_LIST) if listed else 0.0


def _same_spelling(found: str, form: str) -> bool:
    """Whether a form stands exactly as spelled, but for hyphens, spaces and an ending."""
    ours, theirs = (_SPACE.sub("", shown(spelled)) for spelled in (found, form))
    return ours.startswith(theirs) and _INFLECTION.fullmatch(ours, len(theirs)) is not None


def _company(candidates: Iterable[Candidate], text: str, sure: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Return for every place of a name how many others stand in its list, with only signs and "and" between them.

    Others count that are `sure` of their context.
    """
    names = {(c.start, c.end) for c in candidates if (c.form.name or c.form.case) and not c.apart and c.form.target}
    runs: list[list[tuple[int, int]]] = []
    for place in _outermost(names):
        if runs and _BETWEEN_NAMES.fullmatch(text, runs[-1][-1][1], place[0]):
            runs[-1].append(place)
        else:
            runs.append([place])
    counts = [sum(place in sure for place in run) for run in runs]
    return {place: count - (place in sure) for run, count in zip(runs, counts, strict=True) for place in run}


def _outermost(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places that do not lie in one that begins earlier or at the same point."""
    reached = -1
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if end > reached:
            yield start, end
            reached = end


def _longest(candidates: Sequence[Candidate]) -> Iterator[Tag]:
    """Yield what stands in no longer candidate; what is read apart from its place hides nothing."""
    covering = sorted({(c.start, c.end) for c in candidates if not c.apart}, key=lambda place: (place[0], -place[1]))
    hidden: set[tuple[int, int]] = set()
    reached = -1
    for start, end in covering:
        if end <= reached:
            hidden.add((start, end))
        reached = max(reached, end)
    by_place: dict[tuple[int, int], list[Candidate]] = {}
    for candidate in candidates:
        if candidate.apart or (candidate.start, candidate.end) not in hidden:
            by_place.setdefault((candidate.start, candidate.end), []).append(candidate)
    for group in by_place.values():
        yield from _at_one_place(group)


def _at_one_place(candidates: Sequence[Candidate]) -> Iterator[Tag]:
    """Yield the surest candidates of one place, one a target; those bound by rules before those that are not."""
    if any(c.form.target == NOTHING for c in candidates):
        return
    surest = max(c.certainty for c in candidates)
    best = {c.form.target: c for c in reversed(candidates) if c.certainty == surest}
    ruled = {t: c for t, c in best.items() if c.form.context or c.form.case or c.form.language}
    best = ruled or best
    for target, candidate in best.items():
        yield Tag(
            start=candidate.start,
            end=candidate.end,
            target=target,
            form=candidate.form.text,
            certainty=surest / len(best),
        )
