"""Finding the study programmes that a text names, and only those that it names for certain."""

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from matcher.competences.concepts import folded, read_vocabulary
from matcher.labour.degrees import Level, degree_marks, level_of
from matcher.labour.programmes import Programme, read_programmes
from matcher.labour.surroundings import Surroundings

_WORD = re.compile(r"[^\W_]+|[&,;:|•·\n]")
_AND = {"og", "and", "&"}
_BROAD = re.compile(
    r"cand\W*(?:scient|mag|it|polyt|soc|merc|techn?)\W*|(?:civil|diplom)ingeniør(?:uddannelsen)?|ha|hd|mba|"
    r"m\.?sc in (?:it|engineering)|master of science in engineering|b\.?eng\.?|bachelor of engineering",
    re.IGNORECASE,
)
"""Degrees that leave the subject open: a subject on the same line is worth more."""
_PERSON = re.compile(r".*(?:nurse|therapist|architect|scientist|hygienist|dietitian|educator)", re.IGNORECASE)
_JOBS_TOO = frozenset(
    {"lærer", "journalist", "konstruktør", "animator", "lægesekretær", "medical secretary", "nurse", "optiker"}
    | {"school teacher", "primary school teacher", "laboratory technician", "police officer", "multimedia designer"}
    | {"marine engineer", "social worker", "webudvikler", "e designer", "designer", "skovbruger", "geograf"}
)
"""Names of programmes that people without the programme hold as jobs."""
_UNSAID = ("bachelor", "professional_bachelor", "academy", "master", "phd")
"""Which level to assume where a line says none: what claims least of somebody at a university comes first."""
_COORDINATED = re.compile(r"\s*(?:og|and|&|/)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    spelled: str
    programmes: tuple[Programme, ...]
    bare: bool
    """Whether it names a programme wherever it stands; otherwise a degree or a place of study must be near."""

    @property
    def acronym(self) -> bool:
        return len(self.words) == 1 and len(self.spelled) <= 5 and self.spelled.isupper()


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    form: _Form
    broad: bool


def recognise(text: str, *, field: bool = False) -> Programme | None:
    """The programme that a line of a CV or a programme field names, or None where it names none for certain.

    The longest name wins, and a subject wins over a degree that leaves the subject open. `field` says that `text` is
    known to be a programme, so that a bare subject ("Historie") counts without a degree or a place of study beside it.
    """
    found = _found(text, field=field)
    if not found:
        return None
    longest = max(found, key=lambda item: (not item[0].broad, item[0].end - item[0].start, -item[0].start))
    return longest[1]


def find_programmes(text: str) -> list[tuple[int, int, Programme]]:
    """Every programme that `text` names for certain, as code points from start to end, from left to right."""
    return [(match.start, match.end, programme) for match, programme in _found(text, field=False)]


def _found(text: str, *, field: bool) -> list[tuple[_Match, Programme]]:
    matches = _matches(text)
    contexts = [Surroundings(text, match.start, match.end) for match in matches]
    levels = _levels(text, matches, contexts)
    claimed = {None} | {
        level.mark for match, level in zip(matches, levels, strict=True) if level.firm and not match.broad
    }
    named = [
        (match, programme)
        for match, context, level in zip(matches, contexts, levels, strict=True)
        if (programme := _decide(match.form, context, level, spoken=level.mark not in claimed, field=field)) is not None
    ]
    return [
        (match, programme)
        for at, (match, programme) in enumerate(named)
        if not (match.broad and any(_is_its_subject(following, match) for following, _ in named[at + 1 : at + 2]))
    ]


def _is_its_subject(match: _Match, degree: _Match) -> bool:
    return not match.broad and match.start - degree.end <= 12


def _levels(text: str, matches: list[_Match], contexts: list[Surroundings]) -> list[Level]:
    """The level of each name; in "cand.mag. i dansk og historie" the second has the first one's."""
    marks = degree_marks(text)
    starts = [mark.start for mark in marks]
    levels: list[Level] = []
    for at, (match, context) in enumerate(zip(matches, contexts, strict=True)):
        near = marks[bisect_left(starts, context.first) : bisect_left(starts, context.last)]
        level = level_of(text, match.start, match.end, near)
        inherits = levels and levels[-1].firm and not level.firm
        if inherits and _COORDINATED.fullmatch(text, matches[at - 1].end, match.start):
            level = levels[-1]
        levels.append(level)
    return levels


def _matches(text: str) -> list[_Match]:
    """The names that stand in `text`, longest first where they overlap, without a look at what is around them."""
    words = [(_same(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)]
    forms = _forms()
    candidates = [
        _Match(start, end, form, bool(_BROAD.fullmatch(form.spelled)))
        for at, (word, start, _) in enumerate(words)
        for form in (
            *forms.get((word, ""), ()),
            *forms.get((word, words[at + 1][0] if at + 1 < len(words) else "\n"), ()),
        )
        if tuple(word for word, _, _ in words[at : at + len(form.words)]) == form.words
        for end in [_with_sign(text, words[at + len(form.words) - 1][2], form.spelled)]
        if not form.acronym or text[start:end] == form.spelled
    ]
    kept: list[_Match] = []
    covered = bytearray(len(text))
    for match in sorted(candidates, key=lambda match: (match.start - match.end, match.start)):
        if not any(covered[match.start : match.end]):
            covered[match.start : match.end] = b"x" * (match.end - match.start)
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def _decide(form: _Form, context: Surroundings, level: Level, *, spoken: bool, field: bool) -> Programme | None:
    """The programme behind a name, or None where the surroundings say that it is no programme or another level.

    `spoken` tells that the line has a degree that no other name claims.
    """
    if not (level.firm or form.bare or field or _vouched(context, spoken=spoken)):
        return None
    if context.part_of_a_study() or (not level.firm and context.about_a_subject()):
        return None
    fitting = [programme for programme in form.programmes if programme.degree in level.degrees]
    if not fitting and level.firm:
        return None
    return min(fitting or form.programmes, key=lambda programme: _unlikeliness(programme, context.institutions))


def _vouched(context: Surroundings, *, spoken: bool) -> bool:
    """Whether a name that can mean other things stands as a study does: by itself, beside words of study."""
    return (
        context.by_itself() and (spoken or context.of_study() or bool(context.institutions)) and not context.of_work()
    )


def _unlikeliness(programme: Programme, institutions: frozenset[str]) -> tuple[bool, int]:
    return not institutions & set(programme.institutions), _UNSAID.index(programme.degree)


@cache
def _forms() -> dict[tuple[str, str], tuple[_Form, ...]]:
    """Every name of a programme by its first two words; the second is empty where there is one word only."""
    owners: dict[tuple[str, ...], dict[str, Programme]] = defaultdict(dict)
    spelled: dict[tuple[str, ...], str] = {}
    for programme in read_programmes():
        for form in programme.forms:
            words = tuple(_same(word) for word in _WORD.findall(form))
            owners[words][programme.id] = programme
            spelled.setdefault(words, form)
    uncertain = {folded(form) for concept in read_vocabulary() for form in concept.forms} | _JOBS_TOO
    by_start: dict[tuple[str, str], list[_Form]] = defaultdict(list)
    for words, programmes in owners.items():
        bare = _stands_alone(spelled[words], words, tuple(programmes.values()), uncertain)
        by_start[words[0], words[1] if len(words) > 1 else ""].append(
            _Form(words, spelled[words], tuple(programmes.values()), bare)
        )
    return {start: tuple(forms) for start, forms in by_start.items()}


def _stands_alone(form: str, words: tuple[str, ...], programmes: tuple[Programme, ...], uncertain: set[str]) -> bool:
    """Whether a name can be nothing but a programme: no competence, no bare subject, no job, no abbreviation."""
    if folded(form) in uncertain or (len(form) <= 5 and form.isupper()):
        return False
    if degree_marks(form):
        return True
    academic = any(programme.degree in {"bachelor", "master", "phd"} for programme in programmes)
    single = len(words) == 1 and not words[0].endswith("ingeniør")
    return not academic and (single or _PERSON.fullmatch(form) is not None)


def _with_sign(text: str, end: int, spelled: str) -> int:
    """`end`, moved behind the full stops and brackets that close the name as it is spelled."""
    for sign in spelled[len(spelled.rstrip(".)")) :]:
        end += text.startswith(sign, end)
    return end


def _same(word: str) -> str:
    lower = word.casefold()
    return "&" if lower in _AND else lower
