"""A shortlist to take along: CSV and XLSX for a spreadsheet, and a page made for paper. Each is logged."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from api.dependencies import EngineDep, ListsDep, LogDep
from api.lists import Lists, Shortlist
from api.pages.addresses import IdInPath
from api.pages.asked import Asked, asked_of
from api.pages.language import day_in_words, decimal
from api.pages.page import ExportPage, Page
from api.pages.rows import Row, rows_of
from matcher.engine import Engine
from matcher.ledger.lines import Entry, Person
from matcher.ledger.log import DecisionLog
from matcher.messages import message

router = APIRouter(include_in_schema=False)
AskedDep = Annotated[Asked, Depends(asked_of)]
Format = Literal["csv", "xlsx", "print"]
COLUMNS = (
    "rank",
    "candidate",
    "band",
    "score",
    "covered",
    "partly",
    "missing",
    "missing_musts",
    "programme",
    "municipality",
    "distance",
    "available",
    "instrument",
    "verdict",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, CSV Injection)."""
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/postings/{id}/shortlist.csv")
def as_csv(
    page: ExportPage, engine: EngineDep, lists: ListsDep, log: LogDep, id: IdInPath, asked: AskedDep
) -> Response:
    """Send a shortlist as CSV, as a Danish or English spreadsheet opens it."""
    _, rows = _exported(page, engine, lists, log, id, asked, "csv")
    out = StringIO()
    written = csv.writer(out, delimiter=";" if page.language == "da" else ",", lineterminator="\r\n")
    written.writerows(table(page, rows))
    return _file(("\ufeff" + out.getvalue()).encode(), "text/csv; charset=utf-8", "csv")


@router.get("/postings/{id}/shortlist.xlsx")
def as_xlsx(
    page: ExportPage, engine: EngineDep, lists: ListsDep, log: LogDep, id: IdInPath, asked: AskedDep
) -> Response:
    """Send a shortlist as a workbook."""
    _, rows = _exported(page, engine, lists, log, id, asked, "xlsx")
    return _file(workbook(table(page, rows)), SHEET, "xlsx")


@router.get("/postings/{id}/print")
def on_paper(
    page: ExportPage, engine: EngineDep, lists: ListsDep, log: LogDep, id: IdInPath, asked: AskedDep
) -> Response:
    """Show a shortlist as it is printed."""
    shown, rows = _exported(page, engine, lists, log, id, asked, "print")
    return page.show("print.html", posting=shown.posting, rows=rows, day_now=page.day, model=engine.model)


def table(page: Page, rows: list[Row]) -> list[list[str]]:
    """Return a shortlist as lines of cells, column names first; no cell is a formula."""
    head = [page.t(f"export.{column}") for column in COLUMNS]
    return [head, *([plain(cell) for cell in _cells(page, row)] for row in rows)]


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> plain("=1+1"), plain("c01")
    ("'=1+1", 'c01')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def workbook(lines: list[list[str]]) -> bytes:
    """Return lines of cells as an XLSX file; every cell is text but whole numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("shortlist")
    for line in lines:
        sheet.append([int(cell) if cell.isascii() and cell.isdecimal() and len(cell) < 7 else cell for cell in line])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(page: Page, row: Row) -> list[str]:
    language, match, candidate = page.language, row.match, row.candidate
    return [
        str(match.rank),
        match.candidate,
        page.t(f"band.{match.band}"),
        decimal(match.score, language, digits=2),
        *(str(row.count(status)) for status in ("covered", "partly", "missing")),
        "; ".join(row.missing_musts),
        candidate.programme or "",
        candidate.municipality or "",
        "" if match.distance_km is None else decimal(match.distance_km, language, digits=0),
        day_in_words(candidate.available_from, language) if candidate.available_from else "",
        page.t(f"instrument.{match.instrument.name}") if match.instrument else "",
        message(f"pages.decided.{row.verdict.verdict}", language) if row.verdict else "",
    ]


def _exported(
    page: Page, engine: Engine, lists: Lists, log: DecisionLog, id: str, asked: Asked, made: Format
) -> tuple[Shortlist, list[Row]]:
    filters = replace(asked.filters, as_of=page.day)
    shown = lists.shortlist(id, filters=filters, limit=asked.limit, account=page.reader.id)
    people = [Person(match.candidate) for match in shown.matches]
    content = {"what": "shortlist", "format": made, "posting": id, "account": page.reader.id, "candidates": people}
    log.append(Entry(kind="export", content=content, about=(("posting", id),)))
    return shown, rows_of(engine, log, id, shown.matches)


def _file(content: bytes, media_type: str, ending: str) -> Response:
    """Send a file under a name of ours: an id in a header could be anything."""
    headers = {"Content-Disposition": f'attachment; filename="shortlist.{ending}"'}
    return Response(content, media_type=media_type, headers=headers)
