"""Passages of records, and the cache of vectors that they point into."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, delete, exists, insert, select, update

from matcher.ports import Passage, Unit
from matcher.records import Kind
from matcher.storage.columns import lossless
from matcher.storage.database import Database, paged, slices
from matcher.storage.spans import span_of, span_text
from matcher.storage.tables import INDEXED, PASSAGE, RECORD_TABLES, VECTOR

Vectors = Mapping[bytes, NDArray[np.float32]]

NO_DIGEST = b""
"""Of passages that are those of no content: a text that comes back is read again."""


def save(
    connection: Connection,
    kind: Kind,
    id: str,
    *,
    digest: bytes,
    encoder: str,
    passages: Sequence[Passage],
    vectors: Vectors,
) -> None:
    """Replace a record's passages, add the vectors they need and drop those that nobody needs any more.

    Does nothing if the record has changed or gone, or if a vector is neither cached nor given (another process removed
    it with the last document that used it): the record then counts as not indexed, and the next run makes it anew.
    """
    table = RECORD_TABLES[kind]
    if connection.execute(select(table.c.digest).where(table.c.id == id)).scalar_one_or_none() != digest:
        return
    used = sorted({passage.key for passage in passages})
    fresh = sorted(set(used) - _cached(connection, used))
    if not vectors.keys() >= set(fresh):
        return
    before = _keys(connection, kind, id)
    _insert_vectors(connection, encoder, {key: vectors[key] for key in fresh})
    connection.execute(delete(INDEXED).where(INDEXED.c.kind == kind, INDEXED.c.id == id))
    row = insert(INDEXED).values(kind=kind, id=id, digest=digest, encoder=encoder).returning(INDEXED.c.number)
    _insert_passages(connection, connection.execute(row).scalar_one(), passages)
    _drop_unused(connection, before - set(used))


def refuse_lossy(vectors: Vectors) -> None:
    """Raise ValueError for vectors that float16 does not hold; it holds what `models.grid.snap` returns."""
    if vectors and not lossless(np.concatenate(list(vectors.values()))):
        worst = next(key for key, vector in vectors.items() if not lossless(vector))
        raise ValueError(f"vector {worst.hex()[:16]} is not on the grid of models.grid.snap; snap it before saving")


def of_record(connection: Connection, kind: Kind, id: str) -> list[Passage]:
    """Return the passages of one record in reading order; none if its content is not the content they were made of."""
    query = (
        select(PASSAGE)
        .join(INDEXED, INDEXED.c.number == PASSAGE.c.document)
        .where(INDEXED.c.id == id, *_current(kind))
        .order_by(PASSAGE.c.ordinal)
    )
    return [_passage(row) for row in connection.execute(query)]


def of_all(database: Database, kind: Kind, units: Sequence[Unit]) -> Iterator[tuple[str, list[Passage]]]:
    """Yield (id, passages of these units) of every record with current passages, by id."""
    documents = select(INDEXED.c.id, INDEXED.c.number).where(*_current(kind))
    for rows in slices(list(paged(database, documents, INDEXED.c.id))):
        numbers = {row["number"]: row["id"] for row in rows}
        query = select(PASSAGE).where(PASSAGE.c.document.in_(list(numbers)), PASSAGE.c.unit.in_(units))
        with database.read() as connection:
            found = connection.execute(query.order_by(PASSAGE.c.document, PASSAGE.c.ordinal)).all()
        grouped = {number: list(group) for number, group in groupby(found, key=lambda row: row.document)}
        for number, id in numbers.items():
            yield id, [_passage(row) for row in grouped.get(number, [])]


def indexed(connection: Connection, kind: Kind, encoder: str) -> dict[str, bytes]:
    """Return the digest of every record whose passages are of its current content and of this encoder, by id."""
    query = select(INDEXED.c.id, INDEXED.c.digest).where(INDEXED.c.encoder == encoder, *_current(kind))
    return dict(connection.execute(query.order_by(INDEXED.c.id)).all())


def vectors(connection: Connection, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
    """Return the cached vectors of the keys that are known."""
    found: dict[bytes, NDArray[np.float32]] = {}
    for some in slices(keys):
        query = select(VECTOR.c.key, VECTOR.c.components).where(VECTOR.c.key.in_(some))
        found |= dict(connection.execute(query).all())
    return found


def remove(connection: Connection, kind: Kind, id: str) -> None:
    """Delete a record's passages and the vectors that only it used."""
    keys = _keys(connection, kind, id)
    connection.execute(delete(INDEXED).where(INDEXED.c.kind == kind, INDEXED.c.id == id))
    _drop_unused(connection, keys)


def outdate(connection: Connection, kind: Kind, ids: Sequence[str]) -> None:
    """Forget what was read in records whose text was replaced; their vectors stay until they are indexed anew."""
    for some in slices(ids):
        chosen = INDEXED.c.kind == kind, INDEXED.c.id.in_(some)
        documents = select(INDEXED.c.number).where(*chosen)
        connection.execute(update(PASSAGE).where(PASSAGE.c.document.in_(documents)).values(span=None))
        connection.execute(update(INDEXED).where(*chosen).values(digest=NO_DIGEST))


def _current(kind: Kind) -> tuple[ColumnElement[bool], ...]:
    """Conditions on INDEXED: passages of this kind, made of what the record holds now."""
    table = RECORD_TABLES[kind]
    now = select(table.c.digest).where(table.c.id == INDEXED.c.id).scalar_subquery()
    return INDEXED.c.kind == kind, INDEXED.c.digest == now


def _passage(row: Row[Any]) -> Passage:
    return Passage(unit=row.unit, start=row.start, end=row.end, key=row.key, span=span_of(row.span))


def _keys(connection: Connection, kind: Kind, id: str) -> set[bytes]:
    """Vectors that a record's passages use, current or not."""
    query = select(PASSAGE.c.key).join(INDEXED, INDEXED.c.number == PASSAGE.c.document)
    return set(connection.execute(query.where(INDEXED.c.kind == kind, INDEXED.c.id == id)).scalars())


def _cached(connection: Connection, keys: Sequence[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for some in slices(keys):
        found.update(connection.execute(select(VECTOR.c.key).where(VECTOR.c.key.in_(some))).scalars())
    return found


def _insert_vectors(connection: Connection, encoder: str, fresh: Vectors) -> None:
    rows = [{"key": key, "encoder": encoder, "components": vector} for key, vector in fresh.items()]
    if rows:
        connection.execute(insert(VECTOR), rows)


def _insert_passages(connection: Connection, document: int, passages: Iterable[Passage]) -> None:
    rows = [
        {
            "document": document,
            "ordinal": ordinal,
            "unit": p.unit,
            "start": p.start,
            "end": p.end,
            "key": p.key,
            "span": span_text(p.span),
        }
        for ordinal, p in enumerate(passages)
    ]
    if rows:
        connection.execute(insert(PASSAGE), rows)


def _drop_unused(connection: Connection, keys: Iterable[bytes]) -> None:
    for some in slices(sorted(keys)):
        in_use = exists(select(PASSAGE.c.key).where(PASSAGE.c.key == VECTOR.c.key))
        connection.execute(delete(VECTOR).where(VECTOR.c.key.in_(some), ~in_use))
