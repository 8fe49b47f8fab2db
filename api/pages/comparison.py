"""Two kept reports side by side: every figure that both have, and by how much it changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Report = Mapping[str, Any]
"""A report as `eval.report.to_json` writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedFigure:
    """One figure of both reports; None where it is not known. `clear`: the intervals do not touch."""

    name: str
    column: str
    first: Mapping[str, Any] | None
    second: Mapping[str, Any] | None
    difference: float | None
    clear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTable:
    """A table that both reports have."""

    title: str
    figures: tuple[ComparedFigure, ...]


def compared(first: Report, second: Report) -> list[ComparedTable]:
    """Return the tables with figures that both reports have, in the order of the second."""
    before = dict(_tables(first))
    found = []
    for title, table in _tables(second):
        if title in before:
            figures = tuple(_figures(before[title], table))
            if figures:
                found.append(ComparedTable(title=title, figures=figures))
    return found


def _tables(report: Report) -> Iterator[tuple[str, Mapping[str, Any]]]:
    seen: set[str] = set()
    for section in report["sections"]:
        for table in [*(plot["table"] for plot in section["plots"]), *section["tables"]]:
            named = table["title"].startswith(section["title"])
            title = table["title"] if named else f"{section['title']}: {table['title']}"
            if title not in seen:
                seen.add(title)
                yield title, table


def _figures(first: Mapping[str, Any], second: Mapping[str, Any]) -> Iterator[ComparedFigure]:
    rows = {str(row[0]): dict(zip(first["columns"], row, strict=True)) for row in first["rows"]}
    for row in second["rows"]:
        name = str(row[0])
        for column, cell in list(zip(second["columns"], row, strict=True))[1:]:
            other = rows.get(name, {}).get(column)
            if isinstance(cell, Mapping) and isinstance(other, Mapping):
                yield _compared(name, column, other, cell)


def _compared(name: str, column: str, first: Mapping[str, Any], second: Mapping[str, Any]) -> ComparedFigure:
    key = "value" if "value" in second else "difference"
    values = (first.get(key), second.get(key))
    known = [value for value in values if isinstance(value, int | float)]
    return ComparedFigure(
        name=name,
        column=column,
        first=first,
        second=second,
        difference=known[1] - known[0] if len(known) == len(values) else None,
        clear=_apart([first.get("low"), first.get("high")], [second.get("low"), second.get("high")]),
    )


def _apart(first: Sequence[float | None], second: Sequence[float | None]) -> bool:
    if None in (*first, *second):
        return False
    (low, high), (other_low, other_high) = first, second
    assert low is not None
    assert high is not None
    assert other_low is not None
    assert other_high is not None
    return high < other_low or other_high < low
