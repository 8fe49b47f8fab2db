"""Tab-separated files of facts: a header, one fact a line, several values of a cell separated by a bar."""

from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TypeVar

Row = TypeVar("Row")


class MalformedTable(ValueError):
    """A line of a table that cannot be read: a fault of the product, not of the person using it."""

    def __init__(self, file: str, line: int, why: str) -> None:
        self.file = file
        self.line = line
        super().__init__(f"{file}, line {line}: {why}")


def table_text(file: str) -> str:
    """The text of one file beside this one."""
    return files("matcher.labour").joinpath(file).read_text(encoding="utf-8")


def parse_table(
    file: str, text: str, columns: tuple[str, ...], parse: Callable[[dict[str, str]], Row]
) -> Iterator[Row]:
    """Read a table, header line first; MalformedTable names the first line that `parse` refuses by ValueError."""
    header, *lines = text.removesuffix("\n").split("\n")
    if tuple(header.split("\t")) != columns:
        raise MalformedTable(file, 1, f"the header must be {' '.join(columns)}, with tabs between")
    for number, line in enumerate(lines, start=2):
        cells = line.split("\t")
        try:
            if len(cells) != len(columns):
                raise ValueError(f"{len(cells)} columns, wanted {len(columns)} with tabs between")
            yield parse(dict(zip(columns, cells, strict=True)))
        except ValueError as error:
            raise MalformedTable(file, number, str(error)) from error


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell, none when it is empty; ValueError when one is empty or has space around it."""
    values = tuple(cell.split("|")) if cell else ()
    if bad := [value for value in values if not value or value != value.strip()]:
        raise ValueError(f"{bad[0]!r} is empty or has space around it")
    return values


def filled(row: dict[str, str], *names: str) -> None:
    """Refuse, by ValueError, a row that leaves one of the named cells empty."""
    if missing := [name for name in names if not row[name].strip()]:
        raise ValueError(f"{missing[0]} is empty")
