"""Reports kept in a home, in both languages: the page, the figures and every drawing as a picture."""

import json
import re
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast, get_args

from eval.plots import png
from eval.report import Report, ReportLanguage, Table, to_html, to_json
from eval.report_parts.wording import words
from matcher.errors import MatcherError
from matcher.home import writing

FOLDER = "reports"
FACTS = "facts.json"
MOST_KEPT = 200
"""Of more, the oldest go."""
NAMING = ("unknown_candidates", "unknown_postings", "unanswered_queries")
"""Settings that list ids, which an analyst does not see: how many there are stands in the report."""
HUSHED = "…"
_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{8}")

ReportKind = Literal["judgements", "placements", "groups", "swap", "deletion"]
KINDS: tuple[ReportKind, ...] = get_args(ReportKind)
LANGUAGES: tuple[ReportLanguage, ...] = get_args(ReportLanguage)


class UnknownReport(MatcherError):
    """No such report: `id`."""

    key = "pages.error.unknown_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """What is known of a report without opening it. `made`: ISO 8601 in UTC."""

    id: str
    kind: ReportKind
    made: str
    model: str
    plots: int


class KeptReports:
    """The reports of one home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / FOLDER

    def keep(
        self, kind: ReportKind, make: Callable[[ReportLanguage], Report], *, at: datetime | None = None
    ) -> KeptReport:
        """Write a report in both languages, without ids of records, and return what to find it by."""
        now = (at or datetime.now(UTC)).astimezone(UTC)
        id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
        with writing(self._folder):
            building = self._folder / f"new-{id}"
            building.mkdir(parents=True, mode=0o700)
            try:
                reports = {language: without_ids(make(language)) for language in LANGUAGES}
                plots = [_write(building, report) for report in reports.values()]
                facts = {"kind": kind, "made": now.isoformat(), "model": reports["en"].model, "plots": plots[0]}
                (building / FACTS).write_text(json.dumps(facts), encoding="utf-8")
                building.rename(self._folder / id)
            finally:
                shutil.rmtree(building, ignore_errors=True)
            self._forget_oldest()
        return self.get(id)

    def all(self) -> list[KeptReport]:
        """All reports, newest first."""
        if not self._folder.is_dir():
            return []
        names = sorted((each.name for each in self._folder.iterdir() if _ID.fullmatch(each.name)), reverse=True)
        return [self.get(name) for name in names]

    def get(self, id: str) -> KeptReport:
        """Return a report or raise `UnknownReport`."""
        facts = json.loads(self._read(id, FACTS))
        return KeptReport(id=id, kind=facts["kind"], made=facts["made"], model=facts["model"], plots=facts["plots"])

    def content(self, id: str, language: ReportLanguage) -> Mapping[str, Any]:
        """Return a report as `eval.report.to_json` writes it, or raise `UnknownReport`."""
        return cast("Mapping[str, Any]", json.loads(self._read(id, f"{language}.json")))

    def file(self, id: str, language: ReportLanguage, suffix: Literal["html", "json"]) -> bytes:
        """Return a report as one file to take along, or raise `UnknownReport`."""
        return self._read(id, f"{language}.{suffix}")

    def plot(self, id: str, language: ReportLanguage, number: int) -> bytes:
        """Return a drawing as PNG, counted from 0 through the report, or raise `UnknownReport`."""
        return self._read(id, f"{language}-{number}.png")

    def remove(self, id: str) -> None:
        """Delete a report or raise `UnknownReport`."""
        self.get(id)
        with writing(self._folder):
            shutil.rmtree(self._folder / id)

    def _read(self, id: str, name: str) -> bytes:
        if not _ID.fullmatch(id):
            raise UnknownReport(id=id)
        try:
            return (self._folder / id / name).read_bytes()
        except FileNotFoundError:
            raise UnknownReport(id=id) from None

    def _forget_oldest(self) -> None:
        for old in self.all()[MOST_KEPT:]:
            shutil.rmtree(self._folder / old.id)


def without_ids(report: Report) -> Report:
    """Return a report without the settings and tables that list ids of records, and without those ids in its words."""
    lists = [report.settings.get(key) for key in NAMING]
    ids = [str(id) for found in lists if isinstance(found, list | tuple | set | frozenset) for id in found]
    settings = {key: value for key, value in report.settings.items() if key not in NAMING}
    sections = tuple(
        replace(
            section,
            text=tuple(_hushed(told, ids) for told in section.text),
            tables=tuple(table for table in section.tables if not _lists_ids(table, report.language)),
        )
        for section in report.sections
    )
    return replace(report, settings=settings, sections=sections)


def _hushed(told: str, ids: Sequence[str]) -> str:
    """Leave out ids where words quote them."""
    for id in ids:
        told = told.replace(repr(id), HUSHED)
    return told


def _lists_ids(table: Table, language: ReportLanguage) -> bool:
    return table.title == words("left_out.ids", language)


def _write(folder: Path, report: Report) -> int:
    """Write one language of a report and return how many drawings it has."""
    (folder / f"{report.language}.html").write_text(to_html(report), encoding="utf-8")
    (folder / f"{report.language}.json").write_text(to_json(report), encoding="utf-8")
    plots = [plot for section in report.sections for plot in section.plots]
    for number, plot in enumerate(plots):
        (folder / f"{report.language}-{number}.png").write_bytes(png(plot.drawing, report.language))
    return len(plots)
