"""Records and their contacts in the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Self

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from matcher.errors import UnknownId, kind_name
from matcher.ports import Change
from matcher.records import Contact, Kind, Record
from matcher.storage import corrections, counters, passages, posting_states, received
from matcher.storage.database import slices
from matcher.storage.rows import KINDS, contact_details, contact_of, digest_of, record_of, record_row, refuse_unstorable
from matcher.storage.tables import CONTACT, RECORD_TABLES

Name = tuple[Kind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A record and contact that are to be saved."""

    kind: Kind
    record: Record
    contact: Contact
    digest: bytes

    @classmethod
    def of(cls, record: Record, contact: Contact) -> Self:
        """Take the digest; `InvalidRecord` for what no database keeps."""
        refuse_unstorable(record)
        refuse_unstorable(contact)
        return cls(kind=KINDS[type(record)], record=record, contact=contact, digest=digest_of(record, contact))

    @property
    def name(self) -> Name:
        """Kind and id."""
        return self.kind, self.record.id


def save(connection: Connection, entries: Sequence[Entry]) -> list[Change]:
    """Insert or update what differs from what is stored; of an id that comes twice the last one counts.

    What people corrected in the reading of a record stays, and is part of its digest.
    """
    mixed = corrections.digests_with_corrections(connection, entries)
    entries = [replace(entry, digest=digest) for entry, digest in zip(entries, mixed, strict=True)]
    stored = _stored_digests(connection, entries)
    current = dict(stored)
    changes: list[Change] = []
    changed: dict[Name, Entry] = {}
    for entry in entries:
        known = current.get(entry.name)
        changes.append("read" if known is None else "unchanged" if known == entry.digest else "updated")
        if known != entry.digest:
            changed[entry.name] = entry
            current[entry.name] = entry.digest
    new = [entry for name, entry in changed.items() if name not in stored]
    old = [entry for name, entry in changed.items() if name in stored]
    _insert(connection, new)
    _update(connection, old)
    _save_contacts(connection, new, old)
    received.note(connection, [entry.name for entry in new], [entry.name for entry in old])
    if changed:
        counters.count(connection, "generation")
    if old:
        counters.count(connection, "removals")
    return changes


def get(connection: Connection, kind: Kind, id: str) -> Record:
    """Return one record or raise `UnknownId`."""
    table = RECORD_TABLES[kind]
    row = connection.execute(select(table).where(table.c.id == id)).mappings().one_or_none()
    if row is None:
        raise UnknownId(kind=kind_name(kind), id=id)
    return record_of(kind, row)


def digests(connection: Connection, kind: Kind) -> dict[str, bytes]:
    """Return the digest of every record of a kind, by id."""
    table = RECORD_TABLES[kind]
    return dict(connection.execute(select(table.c.id, table.c.digest).order_by(table.c.id)).all())


def contact(connection: Connection, kind: Kind, id: str) -> Contact:
    """Return the contact of a record, empty where there is none."""
    query = select(CONTACT.c.details).where(CONTACT.c.kind == kind, CONTACT.c.id == id)
    details = connection.execute(query).scalar_one_or_none()
    return Contact() if details is None else contact_of(details)


def contacts(connection: Connection, kind: Kind) -> dict[str, Contact]:
    """Return the contact of every record of a kind that has one, by id."""
    query = select(CONTACT.c.id, CONTACT.c.details).where(CONTACT.c.kind == kind).order_by(CONTACT.c.id)
    return {id: contact_of(details) for id, details in connection.execute(query)}


def remove(connection: Connection, kind: Kind, id: str) -> None:
    """Delete a record with contact, passages and the vectors only it used; raise `UnknownId` if absent."""
    table = RECORD_TABLES[kind]
    if not connection.execute(delete(table).where(table.c.id == id)).rowcount:
        raise UnknownId(kind=kind_name(kind), id=id)
    connection.execute(delete(CONTACT).where(CONTACT.c.kind == kind, CONTACT.c.id == id))
    passages.remove(connection, kind, id)
    corrections.remove(connection, kind, id)
    received.remove(connection, kind, id)
    if kind == "posting":
        posting_states.reopen(connection, id)
    counters.count(connection, "generation")
    counters.count(connection, "removals")


def _stored_digests(connection: Connection, entries: Iterable[Entry]) -> Mapping[Name, bytes]:
    found: dict[Name, bytes] = {}
    for kind, group in _by_kind(entries):
        table = RECORD_TABLES[kind]
        for ids in slices([entry.record.id for entry in group]):
            query = select(table.c.id, table.c.digest).where(table.c.id.in_(ids))
            found |= {(kind, id): digest for id, digest in connection.execute(query)}
    return found


def _insert(connection: Connection, entries: Iterable[Entry]) -> None:
    for kind, group in _by_kind(entries):
        connection.execute(insert(RECORD_TABLES[kind]), [record_row(entry.record, entry.digest) for entry in group])


def _update(connection: Connection, entries: Iterable[Entry]) -> None:
    for kind, group in _by_kind(entries):
        table = RECORD_TABLES[kind]
        rows = [record_row(entry.record, entry.digest) | {"stored_id": entry.record.id} for entry in group]
        connection.execute(update(table).where(table.c.id == bindparam("stored_id")), rows)
        passages.outdate(connection, kind, [entry.record.id for entry in group])


def _save_contacts(connection: Connection, new: Sequence[Entry], old: Sequence[Entry]) -> None:
    if old:
        names = [{"of_kind": entry.kind, "of_id": entry.record.id} for entry in old]
        named = (CONTACT.c.kind == bindparam("of_kind")) & (CONTACT.c.id == bindparam("of_id"))
        connection.execute(delete(CONTACT).where(named), names)
    rows = [
        {"kind": entry.kind, "id": entry.record.id, "details": contact_details(entry.contact)}
        for entry in (*new, *old)
        if entry.contact != Contact()
    ]
    if rows:
        connection.execute(insert(CONTACT), rows)


def _by_kind(entries: Iterable[Entry]) -> list[tuple[Kind, list[Entry]]]:
    ordered = sorted(entries, key=lambda entry: entry.kind)
    return [(kind, list(group)) for kind, group in groupby(ordered, key=lambda entry: entry.kind)]
