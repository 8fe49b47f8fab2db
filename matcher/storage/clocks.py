"""Since when data is held and when it was last of use: what retention counts from. Days are of times in UTC."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from matcher.records import Kind
from matcher.storage import corrections, counters, persons
from matcher.storage.service_tables import ACCOUNT, RECEIVED, REQUEST, VERDICT
from matcher.storage.tables import CANDIDATE, CONTACT, PLACEMENT, POSTING


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """Something whose time is over. `key`: what names it (an id, or posting and candidate); `since`: its last use."""

    since: date
    key: tuple[str, ...]


def due(connection: Connection, field: str, before: date) -> list[Due]:
    """What a field concerns that was last of use before a day, oldest first."""
    return sorted(one for one in FIELDS[field].clock(connection) if one.since < before)


def expire(connection: Connection, field: str, before: date) -> list[Due]:
    """Empty what is due of a field and return it."""
    found = due(connection, field, before)
    for one in found:
        FIELDS[field].empty(connection, *one.key)
    if found:
        counters.count(connection, "removals")
    return found


def _candidates(connection: Connection) -> list[Due]:
    """Candidates by the newest of: came or changed, registered, a step of a placement, a verdict."""
    last = _last(connection, "candidate")
    for id, registered in connection.execute(select(CANDIDATE.c.id, CANDIDATE.c.registered)):
        _later(last, id, registered)
    steps = select(PLACEMENT.c.candidate, func.max(PLACEMENT.c.date)).group_by(PLACEMENT.c.candidate)
    for id, day in connection.execute(steps):
        _later(last, id, day)
    verdicts = select(VERDICT.c.candidate, func.max(VERDICT.c.at)).group_by(VERDICT.c.candidate)
    for id, at in connection.execute(verdicts):
        _later(last, id, _day(at))
    return _dues(last)


def _with_contact(kind: Kind, clock: Callable[[Connection], list[Due]]) -> Callable[[Connection], list[Due]]:
    def those(connection: Connection) -> list[Due]:
        holding = set(connection.execute(select(CONTACT.c.id).where(CONTACT.c.kind == kind)).scalars())
        return [one for one in clock(connection) if one.key[0] in holding]

    return those


def _postings(connection: Connection) -> list[Due]:
    last = _last(connection, "posting")
    for id, deadline in connection.execute(select(POSTING.c.id, POSTING.c.deadline)):
        _later(last, id, deadline)
    return _dues(last)


def _employers(connection: Connection) -> list[Due]:
    return _dues(_last(connection, "employer"))


def _notes(connection: Connection) -> list[Due]:
    query = select(VERDICT.c.posting, VERDICT.c.candidate, VERDICT.c.at).where(VERDICT.c.note != "")
    return [Due(_day(row.at), (row.posting, row.candidate)) for row in connection.execute(query)]


def _placements(connection: Connection) -> list[Due]:
    """Candidates under their own id in the history, by their last step there."""
    known = ~PLACEMENT.c.candidate.startswith(persons.GONE)
    query = select(PLACEMENT.c.candidate, func.max(PLACEMENT.c.date)).where(known).group_by(PLACEMENT.c.candidate)
    return [Due(day, (id,)) for id, day in connection.execute(query)]


def _links(connection: Connection) -> list[Due]:
    query = select(ACCOUNT.c.id, ACCOUNT.c.token_until).where(ACCOUNT.c.token_until.is_not(None))
    return [Due(_day(until), (id,)) for id, until in connection.execute(query)]


def _requests(connection: Connection) -> list[Due]:
    """Requests that somebody followed up, by when; an objection holds until it is withdrawn."""
    query = select(REQUEST.c.id, REQUEST.c.answered).where(REQUEST.c.answered != "", REQUEST.c.wanted != "objection")
    return [Due(_day(answered), (id,)) for id, answered in connection.execute(query)]


def _forget_request(connection: Connection, id: str) -> None:
    connection.execute(delete(REQUEST).where(REQUEST.c.id == id))


def _empty_contact(kind: Kind) -> Callable[[Connection, str], None]:
    def empty(connection: Connection, id: str) -> None:
        connection.execute(delete(CONTACT).where(CONTACT.c.kind == kind, CONTACT.c.id == id))
        corrections.renew_digest(connection, kind, id)

    return empty


def _empty_note(connection: Connection, posting: str, candidate: str) -> None:
    pair = (VERDICT.c.posting == posting) & (VERDICT.c.candidate == candidate)
    connection.execute(update(VERDICT).where(pair).values(note=""))


def _empty_link(connection: Connection, account: str) -> None:
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account).values(token=None, token_until=None))


def _rename(connection: Connection, candidate: str) -> None:
    persons.forget_in_placements(connection, candidate)


def _elsewhere(_connection: Connection, *_key: str) -> None:
    """Nothing in the tables: what is due lies in files, or takes an erasure of its own."""


@dataclass(frozen=True, slots=True)
class Field:
    """What can be due: `clock` tells since when, `empty` removes one."""

    clock: Callable[[Connection], list[Due]]
    empty: Callable[..., None]


FIELDS: Mapping[str, Field] = {
    "candidate": Field(_candidates, _elsewhere),
    "candidate.original": Field(_candidates, _elsewhere),
    "candidate.contact": Field(_with_contact("candidate", _candidates), _empty_contact("candidate")),
    "posting.contact": Field(_with_contact("posting", _postings), _empty_contact("posting")),
    "employer.contact": Field(_with_contact("employer", _employers), _empty_contact("employer")),
    "verdict.note": Field(_notes, _empty_note),
    "placement.candidate": Field(_placements, _rename),
    "request": Field(_requests, _forget_request),
    "account.link": Field(_links, _empty_link),
}


def _last(connection: Connection, kind: Kind) -> dict[str, date]:
    query = select(RECEIVED.c.id, RECEIVED.c.last).where(RECEIVED.c.kind == kind)
    return {id: _day(last) for id, last in connection.execute(query)}


def _later(last: dict[str, date], id: str, day: Any) -> None:  # noqa: ANN401 - a date column's value
    """Move a known record's clock on; what stands under another name is nobody's."""
    if id in last and day is not None:
        last[id] = max(last[id], day)


def _dues(last: Mapping[str, date]) -> list[Due]:
    return [Due(day, (id,)) for id, day in last.items()]


def _day(at: str) -> date:
    return datetime.fromisoformat(at).date()
