"""One person in all tables: what is held, how it is erased, and how two records become one."""

import secrets
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from matcher.errors import UnknownId, kind_name
from matcher.records import Candidate, Contact
from matcher.storage import corrections, counters, decisions, records, verdicts
from matcher.storage.service_tables import (
    ACCOUNT,
    API_KEY,
    CORRECTION,
    DECISION,
    DECISION_ABOUT,
    PSEUDONYM,
    RECEIVED,
    REQUEST,
    VERDICT,
)
from matcher.storage.tables import CANDIDATE, CONTACT, INDEXED, PASSAGE, PLACEMENT

GONE = "gone-"
"""How the pseudonyms in a placement history begin; they are not those of the log."""
SECRET = frozenset({"digest", "password", "token", "sessions", "key", "encoder"})
"""Columns that tell nothing of a person, or what only a program may know."""


def erase(connection: Connection, candidate: str) -> tuple[dict[str, int], str | None]:
    """Delete all that is held of a candidate; return how many rows of each table, and the pseudonym in the log.

    `UnknownId` if nothing was held.
    """
    removed = {name: len(rows) for name, rows in held(connection, candidate).items() if rows}
    if not removed:
        raise UnknownId(kind=kind_name("candidate"), id=candidate)
    own = select(ACCOUNT.c.id).where(ACCOUNT.c.candidate == candidate)
    connection.execute(delete(API_KEY).where(API_KEY.c.account.in_(own)))
    connection.execute(delete(REQUEST).where((REQUEST.c.candidate == candidate) | REQUEST.c.account.in_(own)))
    connection.execute(delete(ACCOUNT).where(ACCOUNT.c.candidate == candidate))
    verdicts.forget(connection, candidate)
    forget_in_placements(connection, candidate)
    if CANDIDATE.name in removed:
        records.remove(connection, "candidate", candidate)
    corrections.remove(connection, "candidate", candidate)
    connection.execute(delete(RECEIVED).where(RECEIVED.c.kind == "candidate", RECEIVED.c.id == candidate))
    counters.count(connection, "removals")
    removed.pop(DECISION.name, None)
    return removed, decisions.forget(connection, candidate)


def forget_in_placements(connection: Connection, candidate: str) -> None:
    """Put a pseudonym that nobody can resolve in the place of a candidate's id in the placement history."""
    own = PLACEMENT.c.candidate == candidate
    connection.execute(update(PLACEMENT).where(own).values(candidate=f"{GONE}{secrets.token_hex(8)}"))


def held(connection: Connection, candidate: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that are about a candidate, by table; lines of the log are those under the pseudonym."""
    found = {
        CANDIDATE.name: _rows(connection, CANDIDATE, CANDIDATE.c.id == candidate),
        **{table.name: _rows(connection, table, _of(table, candidate)) for table in (CONTACT, CORRECTION, RECEIVED)},
        PASSAGE.name: _passages(connection, candidate),
        **{
            table.name: _rows(connection, table, table.c.candidate == candidate)
            for table in (PLACEMENT, VERDICT, REQUEST, ACCOUNT, PSEUDONYM)
        },
    }
    keys = API_KEY.c.account.in_(select(ACCOUNT.c.id).where(ACCOUNT.c.candidate == candidate))
    found[API_KEY.name] = _rows(connection, API_KEY, keys)
    pseudonym = select(PSEUDONYM.c.pseudonym).where(PSEUDONYM.c.candidate == candidate)
    about = select(DECISION_ABOUT.c.number).where(
        DECISION_ABOUT.c.kind == "candidate", DECISION_ABOUT.c.id.in_(pseudonym)
    )
    found[DECISION.name] = _rows(connection, DECISION, DECISION.c.number.in_(about))
    return found


def hanging_on(connection: Connection, candidate: str) -> dict[str, int]:
    """Return how many rows of each table stand beside a candidate's record and would move if it were merged."""
    by_id = {table: table.c.candidate == candidate for table in (VERDICT, PLACEMENT, REQUEST, ACCOUNT)}
    wanted = {**by_id, CORRECTION: _of(CORRECTION, candidate)}
    return {
        table.name: connection.execute(select(func.count()).select_from(table).where(own)).scalar_one()
        for table, own in wanted.items()
    }


def received_on(connection: Connection, candidate: str) -> str | None:
    """Return when the content of a candidate's record last changed (ISO 8601 in UTC), None where that is not known."""
    return connection.execute(select(RECEIVED.c.last).where(_of(RECEIVED, candidate))).scalar_one_or_none()


def merge(connection: Connection, kept: Candidate, contact: Contact, gone: str) -> None:
    """Store `kept` and give it all that was held of `gone`, which is deleted; what both have stays as `kept` had it."""
    for id in (kept.id, gone):
        records.get(connection, "candidate", id)
    _move_placements(connection, gone, kept.id)
    _move_verdicts(connection, gone, kept.id)
    _move_corrections(connection, gone, kept.id)
    for table in (ACCOUNT, REQUEST):
        connection.execute(update(table).where(table.c.candidate == gone).values(candidate=kept.id))
    _move_lines(connection, gone, kept.id)
    records.remove(connection, "candidate", gone)
    records.save(connection, [records.Entry.of(kept, contact)])
    corrections.renew_digest(connection, "candidate", kept.id)


def _move_placements(connection: Connection, gone: str, kept: str) -> None:
    theirs = connection.execute(select(PLACEMENT).where(PLACEMENT.c.candidate == kept))
    line = (PLACEMENT.c.date, PLACEMENT.c.posting, PLACEMENT.c.outcome)
    taken = {(row.date, row.posting, row.outcome) for row in theirs}
    for row in connection.execute(select(*line).where(PLACEMENT.c.candidate == gone)).all():
        same = (PLACEMENT.c.candidate == gone, *(column == row[place] for place, column in enumerate(line)))
        if tuple(row) in taken:
            connection.execute(delete(PLACEMENT).where(*same))
        else:
            connection.execute(update(PLACEMENT).where(*same).values(candidate=kept))


def _move_verdicts(connection: Connection, gone: str, kept: str) -> None:
    """Of two verdicts for one posting the newer one stands, with a version that neither had."""
    for row in connection.execute(select(VERDICT).where(VERDICT.c.candidate == gone)).mappings().all():
        pair = (VERDICT.c.posting == row["posting"], VERDICT.c.candidate == kept)
        other = connection.execute(select(VERDICT).where(*pair)).mappings().one_or_none()
        newer = dict(row if other is None or row["at"] > other["at"] else other)
        version = max(row["version"], other["version"]) + 1 if other else row["version"]
        connection.execute(delete(VERDICT).where(*pair))
        connection.execute(insert(VERDICT).values({**newer, "candidate": kept, "version": version}))
    verdicts.forget(connection, gone)


def _move_corrections(connection: Connection, gone: str, kept: str) -> None:
    place = (CORRECTION.c.start, CORRECTION.c.end, CORRECTION.c.label)
    of_gone, of_kept = ((CORRECTION.c.kind == "candidate") & (CORRECTION.c.id == id) for id in (gone, kept))
    taken = {tuple(row) for row in connection.execute(select(*place).where(of_kept))}
    for row in connection.execute(select(CORRECTION.c.number, *place).where(of_gone)).all():
        if tuple(row[1:]) not in taken:
            connection.execute(update(CORRECTION).where(CORRECTION.c.number == row.number).values(id=kept))


def _move_lines(connection: Connection, gone: str, kept: str) -> None:
    """Find the log's lines about `gone` under the pseudonym of `kept`; the lines themselves never change."""
    known = decisions.pseudonyms(connection, [gone, kept])
    about = (DECISION_ABOUT.c.kind == "candidate", DECISION_ABOUT.c.id == known[gone])
    of_kept = (DECISION_ABOUT.c.kind == "candidate", DECISION_ABOUT.c.id == known[kept])
    taken = set(connection.execute(select(DECISION_ABOUT.c.number).where(*of_kept)).scalars())
    numbers = connection.execute(select(DECISION_ABOUT.c.number).where(*about)).scalars().all()
    connection.execute(delete(DECISION_ABOUT).where(*about))
    if rows := [
        {"number": number, "kind": "candidate", "id": known[kept]} for number in numbers if number not in taken
    ]:
        connection.execute(insert(DECISION_ABOUT), rows)
    decisions.forget(connection, gone)


def _passages(connection: Connection, candidate: str) -> list[dict[str, Any]]:
    """What was read in the CV; passages that are only compared as a whole say no more than the text does."""
    own = select(INDEXED.c.number).where(INDEXED.c.kind == "candidate", INDEXED.c.id == candidate)
    return _rows(connection, PASSAGE, PASSAGE.c.document.in_(own))


def _rows(connection: Connection, table: Table, wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    shown = [column for column in table.columns if column.name not in SECRET | {"previous"}]
    query = select(*shown).where(wanted).order_by(*table.primary_key)
    return [dict(row) for row in connection.execute(query).mappings()]


def _of(table: Table, candidate: str) -> ColumnElement[bool]:
    return (table.c.kind == "candidate") & (table.c.id == candidate)
