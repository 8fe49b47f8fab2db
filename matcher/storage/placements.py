"""Placement history in the database: one line for each candidate, posting, day and outcome."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, insert, select

from matcher.ports import Change
from matcher.records import Outcome, Placement
from matcher.storage.database import Database, paged, slices
from matcher.storage.tables import PLACEMENT

Line = tuple[date, str, str, str]
KEY = (PLACEMENT.c.date, PLACEMENT.c.posting, PLACEMENT.c.candidate, PLACEMENT.c.outcome)


def save(connection: Connection, placements: Sequence[Placement]) -> list[Change]:
    """Insert placements; other details of the same candidate, posting, day and outcome replace the old ones."""
    stored = _stored(connection, placements)
    current = dict(stored)
    changes: list[Change] = []
    for placement in placements:
        known = current.get(_line(placement))
        changes.append("read" if known is None else "unchanged" if known == placement else "updated")
        current[_line(placement)] = placement
    changed = [placement for line, placement in current.items() if stored.get(line) != placement]
    if replaced := [placement for placement in changed if _line(placement) in stored]:
        same_line = and_(*(column == bindparam(f"the_{column.name}") for column in KEY))
        rows = [{f"the_{column.name}": getattr(placement, column.name) for column in KEY} for placement in replaced]
        connection.execute(delete(PLACEMENT).where(same_line), rows)
    if changed:
        connection.execute(insert(PLACEMENT), [asdict(placement) for placement in changed])
    return changes


def of_all(database: Database, *, outcomes: Sequence[Outcome] = ()) -> Iterator[Placement]:
    """Yield all placements, or those with one of `outcomes`, by date, posting, candidate and outcome."""
    query = select(PLACEMENT).where(PLACEMENT.c.outcome.in_(outcomes)) if outcomes else select(PLACEMENT)
    return (_placement(row) for row in paged(database, query, *KEY))


def _stored(connection: Connection, placements: Sequence[Placement]) -> dict[Line, Placement]:
    found: dict[Line, Placement] = {}
    for candidates in slices(sorted({placement.candidate for placement in placements})):
        rows = connection.execute(select(PLACEMENT).where(PLACEMENT.c.candidate.in_(candidates))).mappings()
        found |= {_line(placement): placement for placement in map(_placement, rows)}
    return found


def _line(placement: Placement) -> Line:
    return placement.date, placement.posting, placement.candidate, placement.outcome


def _placement(row: RowMapping) -> Placement:
    return Placement(**{field.name: row[field.name] for field in fields(Placement)})
