"""Reads every value of every table: what is left of a person shows here, whatever the database."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, Text, cast, select

from matcher.storage.database import Database, paged
from matcher.storage.tables import METADATA


def tables(database: Database, found_in: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, int, Sequence[str]]]:
    """Yield (table, rows, what `found_in` found in its text) for every table, by name."""
    for table in sorted(METADATA.tables.values(), key=lambda table: table.name):
        yield _search(database, table, found_in)


def _search(
    database: Database, table: Table, found_in: Callable[[str], Sequence[str]]
) -> tuple[str, int, Sequence[str]]:
    keys = list(table.primary_key)
    written = [column for column in table.columns if _holds_text(column.type)]
    texts = [cast(column, Text).label(f"text_{column.name}") for column in written]
    found: dict[str, None] = {}
    rows = 0
    for row in paged(database, select(*keys, *texts), *keys):
        rows += 1
        words = "\n".join(str(row[f"text_{column.name}"]) for column in written)
        found.update(dict.fromkeys(found_in(words)))
    return table.name, rows, list(found)


def _holds_text(kind: Any) -> bool:  # noqa: ANN401 - whatever a column is of
    inner = getattr(kind, "impl", kind)
    return isinstance(inner, Text)
