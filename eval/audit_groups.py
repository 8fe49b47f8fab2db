"""Groups of candidates for an audit: from what the home holds, and from a separate file that is read and forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.families import UNKNOWN, broad_field
from matcher.competences.implied import implied_competences
from matcher.errors import InvalidLine, UnreadableFile
from matcher.ingest.rows import read_rows
from matcher.ingest.sandbox import Sandbox
from matcher.records import Candidate

LANGUAGE, PROGRAMME, MUNICIPALITY, AGE = "language", "programme_family", "municipality", "age"
_BINS = ((30, "<30"), (40, "30-39"), (200, "40+"))
_OLDEST, _YOUNGEST = 99, 14
_NAMES = {"alder": AGE, "køn": "gender", "sex": "gender", "kommune": MUNICIPALITY}
"""What columns may be called besides."""
_KEYS = frozenset({"candidate", "id"})

Attributes = dict[str, dict[str, str]]
"""Group of each candidate, by attribute."""


class InvalidGroups(UnreadableFile):
    """A file of groups that an audit cannot use; the message is `audit_groups.<reason>`. It repeats no one's values."""

    key = "audit_groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFile:
    """What a separate file says: groups of known candidates by column, and how many lines named unknown ones."""

    attributes: Attributes
    unknown: int


def home_groups(candidates: Iterable[Candidate]) -> Attributes:
    """Return the groups by language of the CV, broad field of the programme (ISCED-F) and municipality."""
    found: Attributes = {LANGUAGE: {}, PROGRAMME: {}, MUNICIPALITY: {}}
    for candidate in candidates:
        found[LANGUAGE][candidate.id] = candidate.language
        found[PROGRAMME][candidate.id] = _family(candidate)
        found[MUNICIPALITY][candidate.id] = candidate.municipality or UNKNOWN
    return found


def read_groups(path: Path, known: Iterable[str]) -> GroupFile:
    """Read `candidate,gender,age` and any further column; ages become "<30", "30-39" and "40+". Nothing is stored."""
    ids = frozenset(known)
    groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
    seen: set[str] = set()
    with Sandbox() as sandbox:
        lines = list(read_rows(path, "judgement", sandbox))
    for line, fields in lines:
        if isinstance(fields, InvalidLine):
            raise InvalidGroups("broken_line", file=path, line=line)
        id = str(fields.get("candidate", "")).strip()
        if not id:
            raise InvalidGroups("no_candidate", file=path, line=line)
        if id in seen:
            raise InvalidGroups("twice", file=path, line=line, candidate=id)
        seen.add(id)
        for column, value in fields.items():
            if column not in _KEYS and id in ids:
                name = _NAMES.get(column, column)
                groups[name][id] = _binned(value, path, line) if name == AGE else str(value).strip().casefold()
    if not groups:
        raise InvalidGroups("none_known" if seen - ids else "no_columns", file=path, count=len(seen))
    return GroupFile(attributes=dict(groups), unknown=len(seen - ids))


def together(first: Mapping[str, dict[str, str]], second: Mapping[str, dict[str, str]]) -> Attributes:
    """Return both; a column of the file that is called like an attribute of the home takes its place."""
    return {**first, **second}


def _family(candidate: Candidate) -> str:
    """The broad field that the record names, else that of the first programme that the CV's education names."""
    told = broad_field(candidate.programme)
    if told != UNKNOWN:
        return told
    implied = next(implied_competences(candidate), None)
    return broad_field(implied.programme) if implied else UNKNOWN


def _binned(value: object, path: Path, line: int) -> str:
    try:
        age = float(str(value).strip().replace(",", "."))
    except ValueError:
        raise InvalidGroups("age", file=path, line=line) from None
    if not _YOUNGEST <= age <= _OLDEST:
        raise InvalidGroups("age", file=path, line=line)
    return next(name for end, name in _BINS if age < end)
