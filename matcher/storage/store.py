"""The Store of `matcher.ports` over one database. Each job has its own module; here each gets its transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select

from matcher.corrections import Correction
from matcher.errors import UnknownId, kind_name
from matcher.ports import Change, Passage, Unit
from matcher.records import Contact, Kind, Placement, PostingState, Record
from matcher.storage import corrections, counters, placements, posting_states, records, requests
from matcher.storage import passages as passage_rows
from matcher.storage.accounts import SqlAccounts
from matcher.storage.database import Database, paged
from matcher.storage.desk import SqlDesk
from matcher.storage.ledger import SqlLedger
from matcher.storage.rows import LONG, outline_of, record_of, refuse_unstorable, storable
from matcher.storage.scrub import scrub
from matcher.storage.tables import RECORD_TABLES


class SqlStore:
    """Records, contacts, passages and vectors in SQLite or PostgreSQL; shared by threads, safe between processes.

    What a call has stored when it returns outlives a killed process and a power cut; a call cut off leaves nothing.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; the store can still be used and opens them again."""
        self._database.close()

    @property
    def accounts(self) -> SqlAccounts:
        """Accounts and API keys of the same database."""
        return SqlAccounts(self._database)

    @property
    def ledger(self) -> SqlLedger:
        """Decision log, pseudonyms and verdicts of the same database."""
        return SqlLedger(self._database)

    @property
    def desk(self) -> SqlDesk:
        """What people change by hand, and what is held of one person, in the same database."""
        return SqlDesk(self._database)

    def save(self, rows: Iterable[tuple[Record, Contact]]) -> list[Change]:
        """Insert or update records with their contacts; text that was replaced is overwritten on disk, too."""
        entries = [records.Entry.of(record, contact) for record, contact in rows]
        with self._database.write() as connection:
            changes = records.save(connection, entries)
        if "updated" in changes:
            scrub(self._database)
        return changes

    def save_placements(self, rows: Iterable[Placement]) -> list[Change]:
        """Insert placements; other details for the same candidate, posting, day and outcome are an update."""
        history = list(rows)
        for placement in history:
            refuse_unstorable(placement)
        with self._database.write() as connection:
            return placements.save(connection, history)

    def placements(self) -> Iterator[Placement]:
        """All placements by date, posting, candidate."""
        return placements.of_all(self._database)

    def get(self, kind: Kind, id: str) -> Record:
        """Return one record or raise `UnknownId`."""
        if not storable(id):
            raise UnknownId(kind=kind_name(kind), id=id)
        with self._database.read() as connection:
            return records.get(connection, kind, id)

    def ids(self, kind: Kind) -> list[str]:
        """Ids of all records of a kind in ascending order."""
        table = RECORD_TABLES[kind]
        with self._database.read() as connection:
            return list(connection.execute(select(table.c.id).order_by(table.c.id)).scalars())

    def count(self, kind: Kind) -> int:
        """Number of records of a kind."""
        with self._database.read() as connection:
            return connection.execute(select(func.count()).select_from(RECORD_TABLES[kind])).scalar_one()

    def records(self, kind: Kind) -> Iterator[Record]:
        """All records of a kind, by id, read page by page."""
        table = RECORD_TABLES[kind]
        return (record_of(kind, row) for row in paged(self._database, select(table), table.c.id))

    def outlines(self, kind: Kind) -> Iterator[Record]:
        """All records of a kind, by id, read page by page; every text is `UNREAD`, sections are left out."""
        columns = [column for column in RECORD_TABLES[kind].columns if column.name not in LONG]
        query = select(*columns)
        return (outline_of(kind, row) for row in paged(self._database, query, RECORD_TABLES[kind].c.id))

    def hires(self) -> list[Placement]:
        """Placements that ended in a job, by date, posting, candidate."""
        return list(placements.of_all(self._database, outcomes=("hired", "still_there")))

    def posting_states(self) -> Mapping[str, PostingState]:
        """Postings that people closed or marked filled, by id."""
        with self._database.read() as connection:
            return posting_states.of_all(connection)

    def objectors(self) -> frozenset[str]:
        """Candidates who want to be on no list that a computer makes."""
        with self._database.read() as connection:
            return requests.objectors(connection)

    def corrections(self, kind: Kind, ids: Sequence[str]) -> Mapping[str, Sequence[Correction]]:
        """What people corrected in the reading of each of these records, oldest first; ids without any are absent."""
        with self._database.read() as connection:
            return corrections.of_records(connection, kind, ids)

    def digests(self, kind: Kind) -> Mapping[str, bytes]:
        """Content digest of every record of a kind, by id."""
        with self._database.read() as connection:
            return records.digests(connection, kind)

    def contact(self, kind: Kind, id: str) -> Contact:
        """Return the contact of a record, empty where none was read."""
        if not storable(id):
            return Contact()
        with self._database.read() as connection:
            return records.contact(connection, kind, id)

    def delete(self, kind: Kind, id: str) -> None:
        """Remove a record with contact, passages and the vectors nobody else uses, and overwrite it on disk."""
        if not storable(id):
            raise UnknownId(kind=kind_name(kind), id=id)
        with self._database.write() as connection:
            records.remove(connection, kind, id)
        scrub(self._database)

    def generation(self) -> int:
        """Number of transactions so far that changed a record."""
        with self._database.read() as connection:
            return counters.read(connection, "generation")

    def passages(self, kind: Kind, id: str) -> list[Passage]:
        """Passages of one record in reading order; empty if none were made of its current content."""
        if not storable(id):
            return []
        with self._database.read() as connection:
            return passage_rows.of_record(connection, kind, id)

    def all_passages(self, kind: Kind, units: Sequence[Unit]) -> Iterator[tuple[str, list[Passage]]]:
        """(id, passages of these units) of every record with current passages, by id, read page by page."""
        return passage_rows.of_all(self._database, kind, units)

    def save_passages(
        self,
        kind: Kind,
        id: str,
        *,
        digest: bytes,
        encoder: str,
        passages: Sequence[Passage],
        vectors: Mapping[bytes, NDArray[np.float32]],
    ) -> None:
        """Replace a record's passages and cache the vectors they use; nothing if record or vectors are out of date."""
        passage_rows.refuse_lossy(vectors)
        with self._database.write() as connection:
            passage_rows.save(connection, kind, id, digest=digest, encoder=encoder, passages=passages, vectors=vectors)

    def indexed(self, kind: Kind, encoder: str) -> Mapping[str, bytes]:
        """Digest of every record whose passages are of its current content and this encoder."""
        with self._database.read() as connection:
            return passage_rows.indexed(connection, kind, encoder)

    def vectors(self, keys: Sequence[bytes]) -> Mapping[bytes, NDArray[np.float32]]:
        """Cached vectors of the keys that are known, bit for bit as saved."""
        with self._database.read() as connection:
            return passage_rows.vectors(connection, keys)
