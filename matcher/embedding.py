"""Records to passages with vectors to the rows that features compare; cached vectors are not made again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalVectoriser
from matcher.competences.meaning import linked
from matcher.corrections import Correction
from matcher.fit import Phrases, figures
from matcher.passages import Draft, kind_of, plan, role_of, vector_key
from matcher.pool import SIGNALS, Rows
from matcher.ports import Encoder, Passage, Role, Unit
from matcher.privacy.mask import even
from matcher.profiles import profile
from matcher.records import LANGUAGES, Candidate, Employer, Language, Posting, Record
from matcher.speech import needed, spoken

Vectors = Mapping[bytes, NDArray[np.float32]]

NO_NORMS = np.zeros((len(SIGNALS), len(LANGUAGES), 2))
"""Norms of a document that has not met the reference cohort yet."""


def embed(
    records: Sequence[Record],
    encoder: Encoder,
    *,
    known: Callable[[Sequence[bytes]], Vectors],
    corrections: Mapping[str, Sequence[Correction]] = MappingProxyType({}),
) -> list[tuple[list[Passage], dict[bytes, NDArray[np.float32]]]]:
    """Return passages and vectors of each record; `known` looks vectors up so that nothing is encoded twice.

    `corrections`: by id, what people changed in the reading of these records, which are of one kind then.
    """
    plans = [_keyed(record, encoder, corrections.get(record.id, ())) for record in records]
    vectors = dict(known([key for plan_ in plans for key, _, _ in plan_]))
    for role in {role for plan_ in plans for _, role, _ in plan_}:
        new = {key: draft.text for plan_ in plans for key, of, draft in plan_ if of == role and key not in vectors}
        vectors.update(zip(new, encoder.encode(list(new.values()), role=role), strict=True))
    return [
        (
            linked([_passage(key, draft) for key, _, draft in plan_], vectors, encoder),
            {key: vectors[key] for key, _, _ in plan_},
        )
        for plan_ in plans
    ]


def rows_of(record: Record, passages: Iterable[Passage], vectors: Vectors, vectoriser: LexicalVectoriser) -> Rows:
    """Return the rows of one record, without norms."""
    passages = list(passages)
    return Rows(
        id=record.id,
        language=language_of(record),
        chunks=unit_rows(passages, vectors, "chunk"),
        titles=unit_rows(passages, vectors, "title"),
        lexical=vectoriser.vectorise([lexical_text(record)]),
        phrases=phrases_of(record, passages, vectors),
        norms=NO_NORMS,
        tongues=tongues_of(record, passages),
    )


def tongues_of(record: Record, passages: Iterable[Passage]) -> NDArray[np.float32]:
    """Return the languages that a candidate speaks, or that a posting or employer needs (`matcher.speech`)."""
    spans = [passage.span for passage in passages if passage.span is not None]
    told = spoken if isinstance(record, Candidate) else needed
    return told(language_of(record), spans)


def phrases_of(record: Record, passages: Iterable[Passage], vectors: Vectors) -> Phrases:
    """Return the demands or competences among the passages of one record, in their order."""
    read = [passage for passage in passages if passage.span is not None]
    rows = np.stack([vectors[p.key] for p in read]) if read else np.zeros((0, 0), dtype=np.float32)
    return Phrases(language_of(record), rows, figures([p.span for p in read if p.span is not None]))


def language_of(record: Record) -> Language:
    """Return the language of a record's text."""
    return profile(record).language if isinstance(record, Employer) else record.language


def unit_rows(passages: Iterable[Passage], vectors: Vectors, unit: Unit) -> NDArray[np.float32]:
    """Return the vectors of the passages of one unit, shape (n, dimension); n may be 0."""
    rows = [vectors[passage.key] for passage in passages if passage.unit == unit]
    return np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float32)


def lexical_text(record: Record) -> str:
    """Return the words of a record that are compared letter by letter."""
    if isinstance(record, Employer):
        return profile(record).text
    text = even(record.text).text
    return f"{record.title}\n{text}" if isinstance(record, Posting) else text


def uncached(_keys: Sequence[bytes]) -> Vectors:
    """Look nothing up: for a pasted text that must leave no trace."""
    return {}


def _keyed(record: Record, encoder: Encoder, corrections: Sequence[Correction]) -> list[tuple[bytes, Role, Draft]]:
    kind = kind_of(record)
    planned = plan(record, count_tokens=encoder.count_tokens, corrections=corrections)
    drafts = [(role_of(kind, draft.unit), draft) for draft in planned]
    return [(vector_key(encoder.fingerprint, role, draft.text), role, draft) for role, draft in drafts]


def _passage(key: bytes, draft: Draft) -> Passage:
    return Passage(unit=draft.unit, start=draft.start, end=draft.end, key=key, span=draft.span)
