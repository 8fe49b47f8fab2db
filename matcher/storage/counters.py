"""Three numbers: how often records changed, how often text was removed, and up to where that was scrubbed."""

from typing import Literal

from sqlalchemy import Connection, select, update

from matcher.storage.tables import META

Counter = Literal["generation", "removals", "scrubbed"]


def read(connection: Connection, counter: Counter, *, lock: bool = False) -> int:
    """Return a counter; `lock` keeps others from locking it until the transaction ends (SQLite locks as a whole)."""
    query = select(META.c.value).where(META.c.name == counter)
    return int(connection.execute(query.with_for_update() if lock else query).scalar_one())


def count(connection: Connection, counter: Counter) -> None:
    """Add one to a counter."""
    connection.execute(update(META).where(META.c.name == counter).values(value=META.c.value + 1))


def raise_to(connection: Connection, counter: Counter, value: int) -> None:
    """Lift a counter to `value`; one that is higher already stays."""
    connection.execute(update(META).where(META.c.name == counter, META.c.value < value).values(value=value))
