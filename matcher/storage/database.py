"""Connections to one database, SQLite or PostgreSQL: short reads, one write at a time, faults told as refusals."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Column, Connection, RowMapping, Select, create_engine, event, tuple_
from sqlalchemy.pool import ConnectionPoolEntry

from matcher.storage import counters
from matcher.storage.refusals import BUSY_SECONDS, refusing

Value = TypeVar("Value")

PAGE = 500
"""Rows fetched at once, and values in one IN list."""


class Database:
    """Hands out transactions. Shared by threads; a process forked from this one must open its own."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS} if self.is_sqlite else {})
        self._writer = self._engine.execution_options(writes=True)
        if self.is_sqlite:
            event.listen(self._engine, "connect", _prepare)
            event.listen(self._engine, "begin", _begin)

    @property
    def file(self) -> Path:
        """The database file of SQLite."""
        return Path(self.url.database or "")

    @property
    def place(self) -> str:
        """How to name the database to people: its folder, or its address without the password."""
        return str(self.file.parent) if self.is_sqlite else self.url.render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database (PostgreSQL: one state for each statement)."""
        with refusing(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that waits for the one before it and is kept whole or not at all."""
        with self.alter() as connection:
            if not self.is_sqlite:
                counters.read(connection, "generation", lock=True)
            yield connection

    @contextmanager
    def alter(self) -> Iterator[Connection]:
        """`write` for a database that may have no tables yet."""
        with refusing(self.place), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def bare(self) -> Iterator[sqlite3.Connection]:
        """A connection of SQLite itself, outside any transaction."""
        with refusing(self.place):
            connection = self._engine.raw_connection()
            try:
                driver = connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                yield driver
            finally:
                connection.close()

    def close(self) -> None:
        """Close what is open; the last one to close a SQLite file folds its `-wal` into it."""
        with refusing(self.place):
            self._engine.dispose()


def paged(database: Database, query: Select[Any], *key: Column[Any]) -> Iterator[RowMapping]:
    """Yield the rows of a query in order of its unique `key`, reading page by page.

    No transaction stays open in between: what another process changes behind the reader's place is not seen, what it
    changes ahead of it is.
    """
    query, page = query.order_by(*key).limit(PAGE), query.order_by(*key).limit(PAGE)
    while True:
        with database.read() as connection:
            rows = connection.execute(page).mappings().all()
        yield from rows
        if len(rows) < PAGE:
            return
        page = query.where(tuple_(*key) > tuple(rows[-1][column.name] for column in key))


def slices(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """Cut values into stretches that fit one IN list."""
    return (values[start : start + PAGE] for start in range(0, len(values), PAGE))


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """Set what SQLite forgets with every connection.

    synchronous=FULL: in WAL mode NORMAL outlives a killed process but may lose the last commits with the power; FULL
    costs one flush a commit (0.2 ms against 0.04 ms on an SSD). secure_delete overwrites what is deleted. temp_store
    keeps personal data out of the temporary folder.
    """
    connection.isolation_level = None  # the driver must not begin transactions by itself: `_begin` does
    for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once if another has written meanwhile: lock at the start.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
