"""Demand by demand: the words of the posting beside the words of the CV that come nearest. Never invents a quote."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.embedding import Vectors, phrases_of
from matcher.fit import Cover, Phrases, chance
from matcher.ports import Passage
from matcher.records import Candidate, Demand, Posting, Reason, Record

MOST_DEMANDS = 30


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read in one document: passages with a span, and the figures to compare them by, in the same order."""

    passages: tuple[Passage, ...]
    phrases: Phrases

    @classmethod
    def of(cls, record: Record, passages: Iterable[Passage], vectors: Vectors) -> Self:
        """Return the passages of `record` that were read as a demand or a competence."""
        read = tuple(passage for passage in passages if passage.span is not None)
        return cls(read, phrases_of(record, read, vectors))


@dataclass(frozen=True, slots=True)
class Compared:
    """A reason with what it rests on: the demand, and the competence that is quoted or implied (None: missing)."""

    reason: Reason
    asked: Passage
    offered: Passage | None = None


def reasons(
    posting: Posting, asked: Reading, candidate: Candidate, offered: Reading, *, cover: Cover
) -> tuple[Reason, ...]:
    """Return one reason a demand, as `compared` finds them."""
    return tuple(found.reason for found in compared(posting, asked, candidate, offered, cover=cover))


def compared(
    posting: Posting, asked: Reading, candidate: Candidate, offered: Reading, *, cover: Cover
) -> tuple[Compared, ...]:
    """Return one reason a demand, the first `MOST_DEMANDS` in the order of the posting; quotes are slices of the texts.

    What only a programme implies never covers a demand and is never quoted as if the CV said it: such a demand is at
    most partly covered, by what the reason names in `implied_by`.
    """
    cosines = asked.phrases.vectors @ offered.phrases.vectors.T if asked.passages and offered.passages else None
    chances = None if cosines is None else chance(cover.logits(cosines, asked.phrases, offered.phrases))
    implied = np.array([passage.unit == "implied" for passage in offered.passages], dtype=np.bool_)
    return tuple(
        _reason(posting, demand, candidate, offered, None if chances is None else chances[place], implied, cover)
        for place, demand in enumerate(asked.passages[:MOST_DEMANDS])
    )


def _reason(
    posting: Posting,
    demand: Passage,
    candidate: Candidate,
    offered: Reading,
    chances: NDArray[np.float64] | None,
    implied: NDArray[np.bool_],
    cover: Cover,
) -> Compared:
    reason = _missing(posting, demand)
    if chances is None:
        return Compared(reason, demand)
    said = np.where(implied, 0.0, chances)
    best = int(said.argmax())
    if said[best] >= cover.partly:
        quoted = offered.passages[best]
        met = replace(
            reason,
            status="covered" if said[best] >= cover.covered else "partly",
            candidate_evidence=_words(candidate.text, quoted),
            told_by_person=_added(quoted),
            similarity=round(float(said[best]), 3),
        )
        return Compared(met, demand, quoted)
    likeliest = int(chances.argmax())
    if implied[likeliest] and chances[likeliest] >= cover.partly:
        span = offered.passages[likeliest].span
        programme = span.programme if span is not None and not isinstance(span, Demand) else None
        met = replace(reason, status="partly", implied_by=programme, similarity=round(float(chances[likeliest]), 3))
        return Compared(met, demand, offered.passages[likeliest])
    return Compared(reason if implied.all() else replace(reason, similarity=round(float(said[best]), 3)), demand)


def _missing(posting: Posting, demand: Passage) -> Reason:
    span = demand.span
    asked = _words(posting.text, demand)
    return Reason(
        competence=span.label if span is not None else " ".join(asked.split()),
        strength=span.strength if isinstance(span, Demand) else "must",
        status="missing",
        posting_evidence=asked,
        candidate_evidence=None,
        similarity=None,
        asked_by_person=_added(demand),
    )


def _words(text: str, passage: Passage) -> str:
    """The words of the document, or of the person who added what it does not say."""
    return passage.span.label if passage.span and _added(passage) else text[passage.start : passage.end]


def _added(passage: Passage) -> bool:
    return passage.span is not None and passage.span.by_person == "added"
