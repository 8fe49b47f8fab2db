"""The first filled sheet of an Excel file, as rows of plain values; read in the child, for a sheet can be a bomb."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from xml.etree.ElementTree import ParseError

from matcher.ingest import limits
from matcher.ingest.parsed import Cell, NumberedRow, Refused
from matcher.ingest.readers.packages import Package

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PART_BYTES = limits.ZIP_BYTES // 2
_ROOM = limits.MEGABYTE
"""What an answer holds beside its rows, generously."""


def read(data: bytes) -> list[NumberedRow]:
    """Return (row number, cells) of every filled row of the first sheet that has any; raise `Refused` otherwise."""
    if data.startswith(_OLE):
        raise Refused("password" if _ENCRYPTED in data else "rows_old_excel")
    if not data.startswith(b"PK"):
        raise Refused("rows_damaged")
    package = Package(data)
    for name in package.names:
        package.read(name, limit=_PART_BYTES)
    return list(_bounded(_rows(data)))


def _bounded(rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
    size = 0
    for row in rows:
        size += len(json.dumps(row))
        if size > limits.ANSWER_BYTES - _ROOM:
            raise Refused("rows_too_many", limit=limits.ANSWER_BYTES // limits.MEGABYTE)
        yield row


def _rows(data: bytes) -> Iterator[NumberedRow]:
    import warnings

    import openpyxl
    from defusedxml import DefusedXmlException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a sheet says of its size is not believed
                filled = False
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                    if cells := _trimmed([_plain(cell) for cell in row]):
                        filled = True
                        yield number, cells
                if filled:
                    return
    except DefusedXmlException as error:
        raise Refused("xml_entities") from error
    except (ValueError, LookupError, OSError, TypeError, AttributeError, EOFError, ParseError) as error:
        raise Refused("rows_damaged") from error


def _trimmed(cells: list[Cell]) -> list[Cell]:
    """Cells up to the last filled one: a sheet that was formatted to its edge has 16,384 in every row."""
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _plain(value: object) -> Cell:
    """A cell as JSON holds it; a date at midnight is a date."""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return value if isinstance(value, str | int | float | None) else str(value)
