"""Lines of the decision log in the database; whoever appends holds the write transaction, so that lines do not fork.

Erasing a person deletes the line of `pseudonym` and touches no other: what stays is about nobody known.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select

from matcher.errors import UnknownDecision
from matcher.ledger.lines import Entry, Line, line_after, moment
from matcher.storage.database import Database, paged, slices
from matcher.storage.service_tables import DECISION, DECISION_ABOUT, PSEUDONYM


def append(connection: Connection, entry: Entry, *, at: datetime | None = None) -> Line:
    """Write a line after the last one, within a transaction of `Database.write`; anchor it once that has ended."""
    known = pseudonyms(connection, entry.persons())
    line = line_after(_last(connection), at=moment(at), kind=entry.kind, content=entry.written(known))
    connection.execute(insert(DECISION).values(_row(line)))
    about = dict.fromkeys([*(("candidate", pseudonym) for pseudonym in known.values()), *entry.about])
    if about:
        rows = [{"number": line.number, "kind": kind, "id": id} for kind, id in about]
        connection.execute(insert(DECISION_ABOUT), rows)
    return line


def pseudonyms(connection: Connection, candidates: Sequence[str]) -> dict[str, str]:
    """Return the pseudonym of each candidate; who has none gets one, drawn at random."""
    known: dict[str, str] = {}
    for ids in slices(candidates):
        query = select(PSEUDONYM.c.candidate, PSEUDONYM.c.pseudonym).where(PSEUDONYM.c.candidate.in_(ids))
        known |= dict(connection.execute(query).all())
    if new := {id: f"person-{secrets.token_hex(8)}" for id in candidates if id not in known}:
        rows = [{"pseudonym": pseudonym, "candidate": candidate} for candidate, pseudonym in new.items()]
        connection.execute(insert(PSEUDONYM), rows)
    return known | new


def forget(connection: Connection, candidate: str) -> str | None:
    """Delete who is meant by a pseudonym; return the pseudonym, None if the candidate never had one."""
    known = connection.execute(select(PSEUDONYM.c.pseudonym).where(PSEUDONYM.c.candidate == candidate))
    pseudonym = known.scalar_one_or_none()
    connection.execute(delete(PSEUDONYM).where(PSEUDONYM.c.candidate == candidate))
    return pseudonym


def every(database: Database, after: int = 0) -> Iterator[Line]:
    """Yield all lines after a number, in order."""
    query = select(DECISION).where(DECISION.c.number > after)
    return (_line(row) for row in paged(database, query, DECISION.c.number))


def one(connection: Connection, number: int) -> Line:
    """Return one line or raise `UnknownDecision`."""
    last = connection.execute(select(func.max(DECISION.c.number))).scalar_one() or 0
    if not 0 < number <= last:  # before the database, whose numbers have an end
        raise UnknownDecision(number=number, last=last)
    return _line(connection.execute(select(DECISION).where(DECISION.c.number == number)).mappings().one())


def newest(connection: Connection, *, limit: int, kind: str | None, before: int | None) -> list[Line]:
    """Return the newest lines, newest first: of one kind and before a number where these are given."""
    query = select(DECISION).order_by(DECISION.c.number.desc()).limit(limit)
    if kind is not None:
        query = query.where(DECISION.c.kind == kind)
    if before is not None:
        query = query.where(DECISION.c.number < before)
    return [_line(row) for row in connection.execute(query).mappings()]


def about(connection: Connection, kind: str, id: str) -> list[int]:
    """Return the numbers of the lines about a record, newest first; a candidate is given by its own id."""
    wanted = DECISION_ABOUT.c.id == id
    if kind == "candidate":
        wanted = DECISION_ABOUT.c.id.in_(select(PSEUDONYM.c.pseudonym).where(PSEUDONYM.c.candidate == id))
    query = select(DECISION_ABOUT.c.number).where(DECISION_ABOUT.c.kind == kind, wanted)
    return list(connection.execute(query.order_by(DECISION_ABOUT.c.number.desc())).scalars())


def persons(connection: Connection, wanted: Sequence[str]) -> Mapping[str, str]:
    """Return the candidate of each pseudonym; who was erased is absent."""
    found: dict[str, str] = {}
    for names in slices(wanted):
        query = select(PSEUDONYM.c.pseudonym, PSEUDONYM.c.candidate).where(PSEUDONYM.c.pseudonym.in_(names))
        found |= dict(connection.execute(query).all())
    return found


def _last(connection: Connection) -> Line | None:
    return next(iter(newest(connection, limit=1, kind=None, before=None)), None)


def _row(line: Line) -> dict[str, object]:
    return {column.name: getattr(line, column.name) for column in DECISION.columns}


def _line(row: RowMapping) -> Line:
    return Line(**{column.name: row[column.name] for column in DECISION.columns})
