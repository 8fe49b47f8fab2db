"""Reads files with one record a row: JSON Lines, CSV, XLSX; a broken row never stops the others."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from matcher.errors import InvalidLine, UnreadableFile
from matcher.ingest import limits
from matcher.ingest.fieldnames import RowKind
from matcher.ingest.judgements import judgements_of
from matcher.ingest.sandbox import Sandbox
from matcher.ingest.tables import Line, csv_lines, decoded, xlsx_lines
from matcher.records import Judgement

_JSON_LINES = {".jsonl", ".ndjson"}
ROW_SUFFIXES = frozenset({*_JSON_LINES, ".csv", ".tsv", ".xlsx"})
"""Files that hold one record a row; all others are documents."""
_LINE_BYTES = 16 * limits.MEGABYTE


def read_rows(path: Path, kind: RowKind, sandbox: Sandbox) -> Iterator[Line]:
    """Yield (line, fields or refusal) of every row of a file; raise `UnreadableFile` where it is no such file.

    Columns of tables may have Danish names (`column_names.tsv`). Numbers of lines are those an editor shows.
    `sandbox` parses Excel files; for others it starts nothing.
    """
    try:
        if path.suffix.lower() in _JSON_LINES:
            yield from json_lines(path)
            return
        if path.stat().st_size > limits.FILE_BYTES:
            size, limit = -(-path.stat().st_size // limits.MEGABYTE), limits.FILE_BYTES // limits.MEGABYTE
            raise UnreadableFile("too_large", file=path, size=size, limit=limit)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile("not_found", file=path) from error
    except PermissionError as error:
        raise UnreadableFile("no_permission", file=path) from error
    except OSError as error:
        raise UnreadableFile("no_reading", file=path, why=error.strerror) from error
    if not data.strip():
        raise UnreadableFile("rows_empty", file=path)
    if path.suffix.lower() == ".xlsx":
        yield from xlsx_lines(path, data, kind, sandbox)
    elif data.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile("rows_damaged", file=path)
    else:
        yield from csv_lines(path, data, kind)


def json_lines(path: Path) -> Iterator[Line]:
    """Yield the JSON objects of a file, one a line; read as a stream, however long the file is."""
    empty = True
    with path.open("rb") as file:
        wide = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
        file.seek(0)
        lines = iter(decoded(file.read()).encode().split(b"\n")) if wide else _bounded_lines(file)
        for number, line in enumerate(lines, start=1):
            if line.strip():
                empty = False
                yield number, _object(path, number, line.removeprefix(b"\xef\xbb\xbf"))
    if empty:
        raise UnreadableFile("rows_empty", file=path)


def read_judgements(path: Path) -> list[Judgement]:
    """Return the judgements of a file with rows; `InvalidJudgementLines` names the lines that are none."""
    with Sandbox() as sandbox:
        return judgements_of(path, read_rows(path, "judgement", sandbox))


def _bounded_lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines of a file; of one that is too long only the beginning, one byte longer than may be."""
    while line := file.readline(_LINE_BYTES + 1):
        rest = line
        while len(rest) > _LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(_LINE_BYTES + 1)
        yield line


def _object(path: Path, number: int, line: bytes) -> dict[str, object] | InvalidLine:
    if len(line) > _LINE_BYTES:
        return InvalidLine("too_long", file=path, line=number, limit=_LINE_BYTES // limits.MEGABYTE)
    try:
        found = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        return InvalidLine("not_utf8", file=path, line=number)
    except json.JSONDecodeError as error:
        return InvalidLine("not_json", file=path, line=number, column=error.colno)
    except (ValueError, RecursionError):
        return InvalidLine("not_json", file=path, line=number, column=1)
    if not isinstance(found, dict):
        return InvalidLine("no_object", file=path, line=number)
    return {str(name): value for name, value in found.items() if value is not None}
