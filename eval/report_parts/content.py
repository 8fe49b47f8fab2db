"""What a report says, before anybody decides how it looks. Texts are in the report's language already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from eval.significance import Comparison, Interval

ReportLanguage = Literal["da", "en"]
Cell = str | int | Interval | Comparison
"""A name, a count, or a figure that brings its n and interval along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; the first cell of a row names it. `meaning` says beneath it what the figures tell."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    meaning: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        odd = [row for row in self.rows if len(row) != len(self.columns)]
        if odd:
            raise ValueError(f"table {self.title!r} has {len(self.columns)} columns, but a row of {len(odd[0])}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One bar with whiskers for each label, from the top down; `first` is drawn in a colour of its own."""

    labels: tuple[str, ...]
    figures: tuple[Interval, ...]
    axis: str
    first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """Share that came true against what was said, with whiskers; the diagonal is where they agree."""

    said: tuple[float, ...]
    came_true: tuple[Interval, ...]
    across: str
    up: str
    diagonal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lorenz:
    """Share of all exposure that the least exposed get, with a band; the diagonal is where all get alike."""

    shares: tuple[float, ...]
    figures: tuple[Interval, ...]
    across: str
    up: str
    diagonal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A drawing, what it shows in words for those who do not see it, and its figures as a table."""

    title: str
    alt: str
    drawing: Bars | Reliability | Lorenz
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A chapter: some words, then plots each beside its table, then tables."""

    title: str
    text: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An evaluation to be read by people; `made` is an ISO date, `model` and `settings` say what was measured how."""

    title: str
    language: ReportLanguage
    made: str
    model: str
    settings: Mapping[str, object] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
