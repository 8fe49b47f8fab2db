"""When a record came and when its content last changed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, update

from matcher.records import Kind
from matcher.storage.service_tables import RECEIVED

Name = tuple[Kind, str]


def note(connection: Connection, new: Sequence[Name], changed: Sequence[Name]) -> None:
    """Start the clock of new records, and set back that of records whose content changed."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    if new:
        _forget(connection, new)
        connection.execute(insert(RECEIVED), [{"kind": k, "id": id, "first": now, "last": now} for k, id in new])
    if changed:
        same = (RECEIVED.c.kind == bindparam("of_kind")) & (RECEIVED.c.id == bindparam("of_id"))
        rows = [{"of_kind": kind, "of_id": id} for kind, id in changed]
        connection.execute(update(RECEIVED).where(same).values(last=now), rows)


def remove(connection: Connection, kind: Kind, id: str) -> None:
    """Forget the clock of a record that is deleted."""
    _forget(connection, [(kind, id)])


def _forget(connection: Connection, names: Iterable[Name]) -> None:
    same = (RECEIVED.c.kind == bindparam("of_kind")) & (RECEIVED.c.id == bindparam("of_id"))
    connection.execute(delete(RECEIVED).where(same), [{"of_kind": kind, "of_id": id} for kind, id in names])
