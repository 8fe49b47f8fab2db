"""How figures and names are written in Danish and English."""

from math import isfinite

from eval.report_parts.content import ReportLanguage
from eval.significance import Comparison, Interval
from matcher.messages.catalogue import catalogue, message

MINUS = "\u2212"
SMALLEST_P = 0.001


def words(key: str, language: ReportLanguage, **values: object) -> str:
    """Return the report's text of that key."""
    return message(f"report.{key}", language, **values)


def name(kind: str, id_: str, language: ReportLanguage) -> str:
    """Return the name of a ranker, group, field, measure, ... or the id itself where it has no other name."""
    return catalogue(language).get(f"report.{kind}.{id_}", id_)


def measure_name(measure: str, language: ReportLanguage) -> str:
    """Return a measure as people write it: "ndcg@10" -> "nDCG@10".

    >>> measure_name("ndcg@10", "en")
    'nDCG@10'
    """
    kind, at, k = measure.partition("@")
    return name("measure", kind, language) + at + k


def number(value: float, language: ReportLanguage, *, sign: bool = False) -> str:
    """Three decimals with the language's decimal mark; "-" where there is no value.

    >>> number(-0.1234, "da"), number(0.5, "en", sign=True), number(float("nan"), "en")
    ('−0,123', '+0.500', '–')
    """
    if not isfinite(value):
        return "–"
    shown = f"{abs(value):.3f}"
    mark = "" if not float(shown) else MINUS if value < 0 else "+" if sign else ""
    return mark + (shown.replace(".", ",") if language == "da" else shown)


def percent(value: float, language: ReportLanguage) -> str:
    r"""Whole percent.

    >>> percent(0.666, "da")
    '67\xa0%'
    """
    return words("percent", language, value=round(100 * value)) if isfinite(value) else "–"


def figure(cell: Interval | Comparison, language: ReportLanguage) -> tuple[str, list[str]]:
    """Return the value of a figure, and what must be said with it: its interval, n, and p of a comparison.

    >>> figure(Interval(value=0.5, low=0.25, high=0.75, n=8), "da")
    ('0,500', ['0,250 til 0,750', 'n = 8'])
    """
    signed = isinstance(cell, Comparison)
    value = cell.difference if isinstance(cell, Comparison) else cell.value
    known = isfinite(cell.low) and isfinite(cell.high)
    low, high = (number(bound, language, sign=signed) for bound in (cell.low, cell.high))
    between = words("interval", language, low=low, high=high) if known else words("no_interval", language)
    beside = [between, words("n", language, n=cell.n)]
    if isinstance(cell, Comparison) and isfinite(cell.p_value):
        beside.append(_p_value(cell.p_value, language))
    return number(value, language, sign=signed), beside


def _p_value(p_value: float, language: ReportLanguage) -> str:
    if p_value < SMALLEST_P:
        return words("p_below", language, p=number(SMALLEST_P, language))
    return words("p", language, p=number(p_value, language))
