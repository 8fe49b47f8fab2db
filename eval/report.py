"""The report of an evaluation, for people as one page of HTML and for machines as JSON.

`eval.report_parts.rankings` and `eval.report_parts.trust` make its sections from results.
"""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import isfinite

from eval.report_parts.content import Bars, Cell, Lorenz, Plot, Reliability, Report, ReportLanguage, Section, Table
from eval.report_parts.page import page
from eval.significance import Comparison, Interval

__all__ = [
    "Bars",
    "Cell",
    "Lorenz",
    "Plot",
    "Reliability",
    "Report",
    "ReportLanguage",
    "Section",
    "Table",
    "plain",
    "to_html",
    "to_json",
]


def to_html(report: Report) -> str:
    """Return one self-contained HTML document; equal reports give equal text."""
    return page(report)


def to_json(report: Report) -> str:
    """Return the same as JSON: figures as {"value", "low", "high", "n"}, comparisons also with "p_value".

    What is not known is null; a plot is its kind, its alt text and its table.
    """
    document = {
        "title": report.title,
        "language": report.language,
        "made": report.made,
        "model": report.model,
        "settings": plain(report.settings),
        "sections": [_section(section) for section in report.sections],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _section(section: Section) -> dict[str, object]:
    return {
        "title": section.title,
        "text": list(section.text),
        "plots": [
            {
                "title": plot.title,
                "kind": type(plot.drawing).__name__.lower(),
                "alt": plot.alt,
                "table": _table(plot.table),
            }
            for plot in section.plots
        ],
        "tables": [_table(table) for table in section.tables],
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "columns": list(table.columns),
        "rows": [[plain(cell) for cell in row] for row in table.rows],
        "meaning": list(table.meaning),
    }


def plain(value: object) -> object:
    """Turn anything that settings and cells hold into what JSON has; unknown things become their text."""
    if isinstance(value, Interval):
        return {"value": plain(value.value), "low": plain(value.low), "high": plain(value.high), "n": value.n}
    if isinstance(value, Comparison):
        figures = {"difference": value.difference, "low": value.low, "high": value.high, "p_value": value.p_value}
        return {**{key: plain(figure) for key, figure in figures.items()}, "n": value.n}
    if isinstance(value, float):
        return value if isfinite(value) else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(str(item) for item in value)
    return [plain(item) for item in value] if isinstance(value, Sequence) else str(value)
