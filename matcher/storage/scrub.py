"""Makes sure that removed text is gone from the files of SQLite too, not only from its tables.

`secure_delete` zeroes deleted rows, but copies remain: in `-wal`, and in pages that SQLite once rebalanced (about one
removed text in a thousand, as measured with texts of 0.1-7 kB). So the tables that hold text are written anew into
zeroed pages, and `-wal` is folded in and cut to nothing. PostgreSQL does its own cleaning (`VACUUM`).
"""

import logging
import sqlite3

from sqlalchemy import Table

from matcher.errors import HomeNotWritable
from matcher.storage import counters
from matcher.storage.database import Database
from matcher.storage.refusals import BUSY_SECONDS
from matcher.storage.service_tables import ACCOUNT, CORRECTION, PSEUDONYM, REQUEST, VERDICT
from matcher.storage.tables import CONTACT, INDEXED, PASSAGE, RECORD_TABLES

LOG = logging.getLogger(__name__)
READERS_SECONDS = 5.0
"""How long to wait for readers of the state before; ours read page by page and are gone in milliseconds."""

HOLDING_TEXT = (*RECORD_TABLES.values(), CONTACT, INDEXED, PASSAGE, ACCOUNT, CORRECTION, PSEUDONYM, REQUEST, VERDICT)


def scrub(database: Database) -> bool:
    """Scrub if text was removed since the last time; False if that has to wait for another process or for disk space.

    What waits is remembered in the database and done at the next removal or start.
    """
    with database.read() as connection:
        removals, scrubbed = counters.read(connection, "removals"), counters.read(connection, "scrubbed")
    if removals == scrubbed or not database.is_sqlite:
        return True
    try:
        with database.bare() as driver:
            _rewrite(driver)
            folded = _fold(driver)
        if not folded:
            LOG.warning("Removed text is not yet overwritten on disk: another process is reading.")
            return False
        with database.write() as connection:
            counters.raise_to(connection, "scrubbed", removals)
    except HomeNotWritable as refusal:
        LOG.warning("Removed text is not yet overwritten on disk: %s", refusal)
        return False
    return True


def _rewrite(connection: sqlite3.Connection) -> None:
    """Empty each table, which zeroes its pages, and fill it again, all in one transaction."""
    connection.execute("PRAGMA foreign_keys=OFF")  # else emptying `indexed` would empty `passage`
    try:
        connection.execute("BEGIN IMMEDIATE")
        for table in HOLDING_TEXT:
            _refill(connection, table)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys=ON")


def _refill(connection: sqlite3.Connection, table: Table) -> None:
    """Empty and fill one table; its indexes are made anew at the end, which is five times as fast as row by row."""
    order = ", ".join(column.name for column in table.primary_key)
    of_table = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    indexes = connection.execute(of_table, (table.name,)).fetchall()
    for name, _ in indexes:
        connection.execute(f"DROP INDEX {name}")
    connection.execute(f"CREATE TEMP TABLE kept AS SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - our own names
    connection.execute(f"DELETE FROM {table}")  # noqa: S608
    connection.execute(f"INSERT INTO {table} SELECT * FROM kept ORDER BY rowid")  # noqa: S608
    connection.execute("DROP TABLE temp.kept")
    for _, definition in indexes:
        connection.execute(definition)


def _fold(connection: sqlite3.Connection) -> bool:
    """Move what `-wal` holds into the database and cut it to nothing; False if readers of the state before remain."""
    connection.execute(f"PRAGMA busy_timeout={READERS_SECONDS * 1000:.0f}")
    try:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    return not busy
