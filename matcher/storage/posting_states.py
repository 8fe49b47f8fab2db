"""Postings that a person closed or marked filled."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from matcher.errors import UnknownId, kind_name
from matcher.records import PostingState
from matcher.storage.service_tables import POSTING_STATE
from matcher.storage.tables import POSTING


def of_all(connection: Connection) -> dict[str, PostingState]:
    """Return the state of every posting that has one, by id."""
    rows = connection.execute(select(POSTING_STATE).order_by(POSTING_STATE.c.posting)).mappings()
    return {
        row["posting"]: PostingState(
            posting=row["posting"], state=row["state"], account=row["account"], at=datetime.fromisoformat(row["at"])
        )
        for row in rows
    }


def save(connection: Connection, state: PostingState) -> None:
    """Keep the state of a posting in place of an earlier one; `UnknownId` if there is no such posting."""
    known = select(POSTING.c.id).where(POSTING.c.id == state.posting)
    if connection.execute(known).scalar_one_or_none() is None:
        raise UnknownId(kind=kind_name("posting"), id=state.posting)
    reopen(connection, state.posting)
    row = {"posting": state.posting, "state": state.state, "account": state.account, "at": state.at.isoformat()}
    connection.execute(insert(POSTING_STATE).values(row))


def reopen(connection: Connection, posting: str) -> None:
    """Forget the state of a posting: its deadline and openings decide again."""
    connection.execute(delete(POSTING_STATE).where(POSTING_STATE.c.posting == posting))
