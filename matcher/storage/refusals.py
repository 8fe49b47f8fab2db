"""Faults of a database, told as refusals: what is wrong with the home or the setting, and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from matcher.errors import DamagedDatabase, HomeNotWritable, InvalidSetting, MatcherError, Phrase

BUSY_SECONDS = 30
"""How long a write waits for another process's."""

DAMAGED = ("SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_READ", "SQLITE_IOERR_CORRUPTFS")
NOT_WRITABLE = {
    "SQLITE_FULL": "storage.disk_full",
    "SQLITE_READONLY": "storage.read_only",
    "SQLITE_CANTOPEN": "storage.cannot_open",
    "SQLITE_BUSY": "storage.locked",
    "SQLITE_LOCKED": "storage.locked",
    "SQLITE_IOERR": "storage.not_written",
    # What PostgreSQL calls them: https://www.postgresql.org/docs/current/errcodes-appendix.html
    "53100": "storage.disk_full",
    "25006": "storage.read_only",
}


@contextmanager
def refusing(place: str) -> Iterator[None]:
    """Turn a fault of the database at `place` into a refusal; what is a fault of ours passes through."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as fault:
        refusal = refusal_of(fault, place)
        if refusal is None:
            raise
        raise refusal from fault


def refusal_of(fault: DBAPIError | sqlite3.Error, place: str) -> MatcherError | None:
    """Return what to tell about a fault; None where the program, not the database, is wrong."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    code = str(getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or "")
    if code == "SQLITE_NOTADB":
        return DamagedDatabase(home=place, why=Phrase("storage.not_a_database"))
    if code.startswith(DAMAGED):
        return DamagedDatabase(home=place, why=Phrase("storage.damaged", {"code": code}))
    for known, key in NOT_WRITABLE.items():
        if code.startswith(known):
            return HomeNotWritable(home=place, why=Phrase(key, {"code": code, "seconds": BUSY_SECONDS}))
    if isinstance(fault, OperationalError) and not code.startswith("SQLITE"):
        return InvalidSetting(
            name="MATCHER_DATABASE", found=place, wanted=Phrase("storage.wanted.answer", {"why": str(cause).strip()})
        )
    return None
