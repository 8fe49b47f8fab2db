"""Corrections of readings in the database, and the digest that makes a corrected record one to be read anew."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from matcher.corrections import Correction
from matcher.errors import UnknownId, kind_name
from matcher.records import Kind
from matcher.storage import counters
from matcher.storage.database import slices
from matcher.storage.rows import contact_of, digest_of, record_of
from matcher.storage.service_tables import CORRECTION
from matcher.storage.tables import CONTACT, RECORD_TABLES

DIGESTED = ("action", "start", "end", "label", "concept", "strength")


class Digested(Protocol):
    """A record that is to be saved."""

    @property
    def name(self) -> tuple[Kind, str]:
        """Kind and id."""
        ...

    @property
    def digest(self) -> bytes:
        """Digest of its content."""
        ...


def of_records(connection: Connection, kind: Kind, ids: Sequence[str]) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of each of these records, oldest first; ids without any are absent."""
    found: dict[str, list[Correction]] = {}
    for some in slices(ids):
        query = select(CORRECTION).where(CORRECTION.c.kind == kind, CORRECTION.c.id.in_(some))
        for row in connection.execute(query.order_by(CORRECTION.c.number)).mappings():
            found.setdefault(row["id"], []).append(_correction(row))
    return {id: tuple(corrections) for id, corrections in found.items()}


def save(connection: Connection, correction: Correction) -> None:
    """Keep a correction in place of an earlier one of the same place; `UnknownId` if there is no such record."""
    _remove(connection, correction)
    number = connection.execute(select(func.coalesce(func.max(CORRECTION.c.number), 0) + 1)).scalar_one()
    connection.execute(insert(CORRECTION).values(number=number, **_row(correction)))
    renew_digest(connection, correction.kind, correction.id)


def withdraw(connection: Connection, correction: Correction) -> bool:
    """Forget the correction of a place; False if there was none."""
    gone = _remove(connection, correction)
    if gone:
        renew_digest(connection, correction.kind, correction.id)
    return gone


def renew_digest(connection: Connection, kind: Kind, id: str) -> None:
    """Write the digest that a record has with its corrections: its passages are of other content from now on."""
    table = RECORD_TABLES[kind]
    row = connection.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
    if row is None:
        raise UnknownId(kind=kind_name(kind), id=id)
    query = select(CONTACT.c.details).where(CONTACT.c.kind == kind, CONTACT.c.id == id)
    plain = digest_of(record_of(kind, row), contact_of(connection.execute(query).scalar_one_or_none() or "{}"))
    mixed = with_corrections(plain, of_records(connection, kind, [id]).get(id, ()))
    connection.execute(update(table).where(table.c.id == id).values(digest=mixed))
    counters.count(connection, "generation")


def with_corrections(digest: bytes, corrections: Iterable[Correction]) -> bytes:
    """Return the digest of a record and what people corrected in its reading; without corrections its own."""
    content = [[getattr(correction, name) for name in DIGESTED] for correction in corrections]
    return hashlib.sha256(digest + json.dumps(content).encode()).digest() if content else digest


def digests_with_corrections(connection: Connection, entries: Sequence[Digested]) -> list[bytes]:
    """Return the digest that each record is to be stored with; `entries` hold that of its content alone."""
    found: dict[tuple[Kind, str], tuple[Correction, ...]] = {}
    for kind in {entry.name[0] for entry in entries}:
        ids = sorted({entry.name[1] for entry in entries if entry.name[0] == kind})
        found |= {(kind, id): corrections for id, corrections in of_records(connection, kind, ids).items()}
    return [with_corrections(entry.digest, found.get(entry.name, ())) for entry in entries]


def remove(connection: Connection, kind: Kind, id: str) -> None:
    """Forget all corrections of a record that is deleted."""
    connection.execute(delete(CORRECTION).where(CORRECTION.c.kind == kind, CORRECTION.c.id == id))


def _remove(connection: Connection, correction: Correction) -> bool:
    start, end, label = correction.place
    c = CORRECTION.c
    same = (c.kind == correction.kind, c.id == correction.id, c.start == start, c.end == end, c.label == label)
    gone = connection.execute(delete(CORRECTION).where(*same)).rowcount > 0
    if gone:
        counters.count(connection, "removals")
    return gone


def _row(correction: Correction) -> dict[str, Any]:
    fields = ("kind", "id", "account", *DIGESTED)
    at = correction.at.isoformat() if correction.at else ""
    return {name: getattr(correction, name) for name in fields} | {"at": at}


def _correction(row: RowMapping) -> Correction:
    fields = ("kind", "id", "account", *DIGESTED)
    at = datetime.fromisoformat(row["at"]) if row["at"] else None
    return Correction(**{name: row[name] for name in fields}, at=at)
