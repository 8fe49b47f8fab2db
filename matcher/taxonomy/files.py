"""The official ESCO files in a folder: which are there, and their rows."""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InvalidTaxonomy

FILE_BYTES = 256 * 1024 * 1024
"""Largest unpacked file that is read; the largest official one has 20 MB."""

NAMED = {"skills": "skills", "occupations": "occupations", "iscogroups": "ISCOGroups"}
"""Files with one table of names a language, by stem in lower case, as the official names write them."""
RELATIONS = {
    "broaderrelationsskillpillar": "broaderRelationsSkillPillar",
    "occupationskillrelations": "occupationSkillRelations",
}
"""Files of relations; newer versions add a language to the name, which changes nothing in them."""

_NAME = re.compile(r"(?P<stem>[a-z]+)(?:_(?P<language>[a-z]{2}))?\.csv(?:\.gz)?", re.IGNORECASE)
_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """What a folder and its subfolders hold: named tables by (stem, language), relations by stem, and the rest."""

    named: Mapping[tuple[str, str], Path]
    relations: Mapping[str, Path]
    ignored: tuple[str, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages in which skills or occupations have names."""
        return tuple(sorted({language for stem, language in self.named if stem != "iscogroups"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of a file by column name with the line each ends on, and the lines that have too few or many columns."""

    file: Path
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    misshapen: tuple[int, ...]


def find_files(folder: Path) -> Files:
    """Look through `folder` and its direct subfolders; without any table of skills or occupations it is refused."""
    if not folder.is_dir():
        raise InvalidTaxonomy("no_folder", folder=folder)
    paths = sorted(path for pattern in ("*", "*/*") for path in folder.glob(pattern) if path.is_file())
    named: dict[tuple[str, str], Path] = {}
    relations: dict[str, Path] = {}
    ignored: list[str] = []
    for path in paths:
        match = _NAME.fullmatch(path.name)
        stem, language = (match["stem"].lower(), (match["language"] or "").lower()) if match else ("", "")
        if stem in NAMED and language:
            if (stem, language) in named:
                raise InvalidTaxonomy("two_files", first=named[stem, language], second=path)
            named[stem, language] = path
        elif stem in RELATIONS:
            relations.setdefault(stem, path)
        else:
            ignored.append(path.relative_to(folder).as_posix())
    found = Files(named=named, relations=relations, ignored=tuple(ignored))
    if not found.languages:
        raise InvalidTaxonomy("nothing_there", folder=folder, found=", ".join(p.name for p in paths[:8]) or "-")
    return found


def read_table(file: Path, needed: Sequence[str]) -> Table:
    """Read a CSV file whose header names at least the `needed` columns; Excel's semicolons and tabs are understood."""
    text = _text(file)
    header_line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header_line.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, Mapping[str, str]]] = []
    misshapen: list[int] = []
    try:
        header = [name.strip() for name in next(lines, [])]
        if missing := [name for name in needed if name not in header]:
            raise InvalidTaxonomy(
                "missing_columns", file=file, found=", ".join(header)[:200] or "-", wanted=", ".join(missing)
            )
        for cells in filter(None, lines):
            if len(cells) == len(header):
                rows.append((lines.line_num, dict(zip(header, cells, strict=True))))
            else:
                misshapen.append(lines.line_num)
    except csv.Error as problem:
        raise InvalidTaxonomy("damaged", file=file, line=lines.line_num, why=problem) from problem
    return Table(file=file, rows=tuple(rows), misshapen=tuple(misshapen))


def lines_of(cell: str) -> Iterator[str]:
    """The entries of a cell that holds several, one a line, each with single spaces; empty ones are none."""
    for line in cell.splitlines():
        if entry := " ".join(line.split()):
            yield entry


def _text(file: Path) -> str:
    try:
        with gzip.open(file) if file.suffix.lower() == ".gz" else file.open("rb") as stream:
            content = stream.read(FILE_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as problem:
        raise InvalidTaxonomy("not_unpacked", file=file, why=problem) from problem
    except OSError as problem:
        raise InvalidTaxonomy("unreadable", file=file, why=problem.strerror) from problem
    if len(content) > FILE_BYTES:
        raise InvalidTaxonomy("too_large", file=file, limit=FILE_BYTES >> 20)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise InvalidTaxonomy("not_text", file=file, byte=problem.start) from problem
