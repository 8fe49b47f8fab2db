"""Tables with one record a row: CSV as Excel and case systems write it, and XLSX."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from matcher.errors import InvalidLine, UnreadableFile
from matcher.ingest import limits
from matcher.ingest.fieldnames import FIELDS, RowKind, field_of
from matcher.ingest.sandbox import Sandbox

Line = tuple[int, dict[str, object] | InvalidLine]
"""Where a row begins (line of the file, row of the sheet), and its fields by name or why it cannot be used."""

_DELIMITERS = ";,\t|"
_CELL = 2 * limits.TEXT_LENGTH


def csv_lines(path: Path, data: bytes, kind: RowKind) -> Iterator[Line]:
    """Yield the rows of a CSV file: any usual encoding and delimiter, quoted line breaks inside cells."""
    # In this process, unlike all other formats: nothing unpacks or nests, so work and memory follow the bounded size.
    text = decoded(data)
    csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, kind), strict=True)
    yield from _named(path, kind, _counted(path, reader))


def xlsx_lines(path: Path, data: bytes, kind: RowKind, sandbox: Sandbox) -> Iterator[Line]:
    """Yield the rows of the first sheet of an Excel file that has any; it is unpacked and parsed in the child."""
    yield from _named(path, kind, sandbox.sheet(str(path), data))


def decoded(data: bytes) -> str:
    """Return a table's text: UTF-8 or UTF-16 by their mark, UTF-8 without one, else Windows-1252 as Excel writes it."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def delimiter_of(data: bytes, kind: RowKind) -> str:
    """Return the sign between the columns of a CSV file, as `csv_lines` finds it."""
    return _delimiter(decoded(data), kind)


def _delimiter(text: str, kind: RowKind) -> str:
    """The sign that splits the first line into most known columns; Excel's own `sep=` line is obeyed."""
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0].rstrip("\r")
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]

    def known(delimiter: str) -> tuple[int, int]:
        columns = next(csv.reader([first], delimiter=delimiter), [])
        return sum(field_of(column, kind) in FIELDS[kind] for column in columns), len(columns)

    return max(_DELIMITERS, key=known)


class _Reader(Iterator[list[str]], Protocol):
    """What `csv.reader` returns."""

    @property
    def line_num(self) -> int: ...


def _counted(path: Path, reader: _Reader) -> Iterator[tuple[int, Sequence[object] | InvalidLine]]:
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, InvalidLine("broken_table", file=path, line=line, why=str(error))


def _named(path: Path, kind: RowKind, rows: Iterable[tuple[int, Sequence[object] | InvalidLine]]) -> Iterator[Line]:
    columns: list[str] = []
    for line, row in rows:
        if isinstance(row, InvalidLine):
            yield line, row
        elif not any(str(cell).strip() for cell in row if cell is not None) or _is_separator(row):
            continue
        elif not columns:
            columns = _columns(path, kind, row)
        elif any(str(cell).strip() for cell in row[len(columns) :] if cell is not None):
            yield line, InvalidLine("too_many_cells", file=path, line=line, found=len(row), wanted=len(columns))
        else:
            cells = zip(columns, row, strict=False)
            yield line, {name: cell for name, cell in cells if name and cell is not None and cell != ""}
    if not columns:
        raise UnreadableFile("rows_empty", file=path)


def _is_separator(row: Sequence[object]) -> bool:
    return str(row[0]).lower().startswith("sep=") and len(row) <= 2


def _columns(path: Path, kind: RowKind, row: Sequence[object]) -> list[str]:
    columns = ["" if cell is None else field_of(str(cell), kind) for cell in row]
    known = [column for column in columns if column in FIELDS[kind]]
    if not known:
        found = ", ".join(column for column in columns if column)[:80]
        raise UnreadableFile("no_columns", file=path, found=found, wanted=", ".join(FIELDS[kind]))
    twice = sorted({column for column in known if known.count(column) > 1})
    if twice:
        raise UnreadableFile("columns_twice", file=path, columns=", ".join(twice))
    return columns
