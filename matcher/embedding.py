"""Records to passages with vectors to the rows that features compare; cached vectors are not made again."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalVectoriser
from matcher.passages import Draft, kind_of, plan, role_of, vector_key
from matcher.pool import LANGUAGES, SIGNALS, Rows
from matcher.ports import Encoder, Passage, Unit
from matcher.records import Employer, Kind, Posting, Record

Vectors = Mapping[bytes, NDArray[np.float32]]

NO_NORMS = np.zeros((len(SIGNALS), len(LANGUAGES), 2))
"""Norms of a document that has not met the reference cohort yet."""


def embed(
    records: Sequence[Record], encoder: Encoder, *, known: Callable[[Sequence[bytes]], Vectors]
) -> list[tuple[list[Passage], dict[bytes, NDArray[np.float32]]]]:
    """Return passages and vectors of each record; `known` looks vectors up so that nothing is encoded twice."""
    drafts = [(kind_of(record), plan(record, count_tokens=encoder.count_tokens)) for record in records]
    keyed = [[(_key(encoder, kind, draft), draft) for draft in plan_] for kind, plan_ in drafts]
    vectors = dict(known([key for plan_ in keyed for key, _ in plan_]))
    for kind in {kind for kind, _ in drafts}:
        new = {
            key: draft.text
            for (of, _), plan_ in zip(drafts, keyed, strict=True)
            if of == kind
            for key, draft in plan_
            if key not in vectors
        }
        vectors.update(zip(new, encoder.encode(list(new.values()), role=role_of(kind)), strict=True))
    return [
        (
            [Passage(unit=draft.unit, start=draft.start, end=draft.end, key=key) for key, draft in plan_],
            {key: vectors[key] for key, _ in plan_},
        )
        for plan_ in keyed
    ]


def rows_of(record: Record, passages: Iterable[Passage], vectors: Vectors, vectoriser: LexicalVectoriser) -> Rows:
    """Return the rows of one record, without norms."""
    passages = list(passages)
    return Rows(
        id=record.id,
        language="other" if isinstance(record, Employer) else record.language,
        chunks=unit_rows(passages, vectors, "chunk"),
        titles=unit_rows(passages, vectors, "title"),
        lexical=vectoriser.vectorise([lexical_text(record)]),
        norms=NO_NORMS,
    )


def unit_rows(passages: Iterable[Passage], vectors: Vectors, unit: Unit) -> NDArray[np.float32]:
    """Return the vectors of the passages of one unit, shape (n, dimension); n may be 0."""
    rows = [vectors[passage.key] for passage in passages if passage.unit == unit]
    return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)


def lexical_text(record: Record) -> str:
    """Return the words of a record that are compared letter by letter."""
    if isinstance(record, Employer):
        return "\n".join((record.name, record.text, *record.hires, *record.hosts))
    return f"{record.title}\n{record.text}" if isinstance(record, Posting) else record.text


def uncached(_keys: Sequence[bytes]) -> Vectors:
    """Look nothing up: for a pasted text that must leave no trace."""
    return {}


def _key(encoder: Encoder, kind: Kind, draft: Draft) -> bytes:
    return vector_key(encoder.fingerprint, role_of(kind), draft.text)
