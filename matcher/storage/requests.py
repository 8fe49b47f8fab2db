"""Requests for a person in the database."""

from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from matcher.errors import UnknownRequest
from matcher.ledger.lines import Line, moment
from matcher.privacy.cpr import mask_cpr
from matcher.requests import Request, logged
from matcher.storage import counters, decisions
from matcher.storage.service_tables import REQUEST


def listed(connection: Connection, *wanted: ColumnElement[bool]) -> list[Request]:
    """Return requests, oldest first."""
    query = select(REQUEST).where(*wanted).order_by(REQUEST.c.at, REQUEST.c.id)
    return [_request(row) for row in connection.execute(query).mappings()]


def save(connection: Connection, request: Request) -> Line | None:
    """Keep a request with its line of the log; None where the same account has just asked the same."""
    request = replace(request, note=mask_cpr(request.note))
    if any(known.same_as(request) for known in listed(connection, REQUEST.c.account == request.account)):
        return None
    connection.execute(insert(REQUEST).values({field.name: getattr(request, field.name) for field in fields(Request)}))
    return decisions.append(connection, logged(request, "asked", request.account))


def answer(connection: Connection, id: str, *, account: str, at: datetime | None) -> Line | None:
    """Note that somebody followed up; None where a colleague had done so."""
    found = _one(connection, id)
    if not found.open:
        return None
    row = {"answered": moment(at), "by": account}
    connection.execute(update(REQUEST).where(REQUEST.c.id == id).values(row))
    return decisions.append(connection, logged(found, "answered", account), at=at)


def withdraw(connection: Connection, id: str, *, account: str, at: datetime | None) -> Line:
    """Forget a request; `UnknownRequest` if it is not that account's."""
    found = _one(connection, id)
    if found.account != account:
        raise UnknownRequest(id=id)
    connection.execute(delete(REQUEST).where(REQUEST.c.id == id))
    counters.count(connection, "removals")
    return decisions.append(connection, logged(found, "withdrawn", account), at=at)


def objectors(connection: Connection) -> frozenset[str]:
    """Return the candidates who want to be on no list that a computer makes."""
    query = select(REQUEST.c.candidate).where(REQUEST.c.wanted == "objection", REQUEST.c.candidate.is_not(None))
    return frozenset(connection.execute(query).scalars())


def given_a_record(connection: Connection, account: str, candidate: str) -> None:
    """Let what an account asked before it had this record be about it."""
    connection.execute(update(REQUEST).where(REQUEST.c.account == account).values(candidate=candidate))


def forget_account(connection: Connection, account: str) -> None:
    """Delete what an account asked that has no record; what is about a record stays for as long as that does."""
    connection.execute(delete(REQUEST).where(REQUEST.c.account == account, REQUEST.c.candidate.is_(None)))


def _one(connection: Connection, id: str) -> Request:
    found = listed(connection, REQUEST.c.id == id)
    if not found:
        raise UnknownRequest(id=id)
    return found[0]


def _request(row: RowMapping) -> Request:
    return Request(**{field.name: row[field.name] for field in fields(Request)})
