"""The names of fields, what columns of them may be called, and the values of fixed lists."""

from functools import cache
from importlib.resources import files
from typing import Literal

RowKind = Literal["candidate", "posting", "employer", "placement", "judgement"]
"""What a line of a file may hold."""

FIELDS: dict[RowKind, tuple[str, ...]] = {
    "candidate": (
        *("id", "text", "language", "name", "email", "phone", "address", "programme", "institution", "finished"),
        *("municipality", "postcode", "max_km", "weeks_unemployed", "available_from", "registered"),
        *("wanted_types", "wanted_municipalities", "most_hours"),
    ),
    "posting": (
        *("id", "title", "text", "language", "employer", "sector", "municipality", "postcode", "employment_type"),
        *("openings", "published", "deadline", "hours"),
    ),
    "employer": ("id", "name", "cvr", "sector", "municipality", "postcode", "text", "hires", "hosts"),
    "judgement": ("posting", "candidate", "grade"),
    "placement": ("candidate", "posting", "date", "outcome", "instrument", "exposed", "propensity", "score"),
}
"""The fields that are read, in the order of DESIGN.md; a candidate's ways of contact go to the contact table."""


def field_of(column: str, kind: RowKind) -> str:
    """Return the field that a column of a table holds, or its own name where none is known."""
    plain = " ".join(column.strip().lower().replace("_", " ").split())
    joined = plain.replace(" ", "_")
    return joined if joined in FIELDS[kind] else _columns(kind).get(plain, plain)


def fixed_value(list_name: str, written: str) -> str:
    """Return the value of a fixed list ("employment_type", "outcome") that is written so, empty for an unknown one."""
    return _values(list_name).get(" ".join(written.strip().lower().split()), "")


@cache
def _columns(kind: RowKind) -> dict[str, str]:
    rows = _rows("column_names.tsv")
    return {name: field for of, field, name in rows if of in ("*", kind) and field in FIELDS[kind]}


@cache
def _values(list_name: str) -> dict[str, str]:
    return {written: value for of, value, written in _rows("fixed_values.tsv") if of == list_name}


def _rows(name: str) -> list[list[str]]:
    text = files("matcher.ingest").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
