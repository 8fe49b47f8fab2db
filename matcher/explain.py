"""Demand by demand: the words of the posting beside the words of the CV that come nearest. Never invents a quote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.demands import demanding, strength
from matcher.embedding import Vectors, unit_rows
from matcher.ports import Passage
from matcher.records import Candidate, Posting, Reason, Status
from matcher.reference.cohort import Cohort

MOST_DEMANDS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """Phrases of one document: their places, and vectors of shape (len(passages), dimension)."""

    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]

    @classmethod
    def of(cls, passages: Iterable[Passage], vectors: Vectors) -> Self:
        """Return the phrases among passages with their vectors."""
        chosen = tuple(passage for passage in passages if passage.unit == "phrase")
        return cls(chosen, unit_rows(chosen, vectors, "phrase"))

    def __getitem__(self, chosen: Sequence[int]) -> "Phrases":
        return Phrases(tuple(self.passages[place] for place in chosen), self.vectors[list(chosen)])


def demands_of(posting: Posting, phrases: Phrases) -> Phrases:
    """Return the phrases that are demands, the first `MOST_DEMANDS` of them."""
    return phrases[demanding(posting, [(p.start, p.end) for p in phrases.passages])[:MOST_DEMANDS]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """From which height a demand counts as covered or partly covered; `eval.prior` takes them from unrelated pairs."""

    covered: float
    partly: float

    def status(self, height: float) -> Status:
        """Return the status of a demand whose best phrase reaches this height."""
        if height >= self.covered:
            return "covered"
        return "partly" if height >= self.partly else "missing"


def reasons(
    posting: Posting,
    demands: Phrases,
    candidate: Candidate,
    phrases: Phrases,
    *,
    cohort: Cohort,
    thresholds: Thresholds,
) -> tuple[Reason, ...]:
    """Return one reason a demand, in the order of the posting; quotes are slices of the two texts."""
    if not (demands.passages and phrases.passages):
        return tuple(_missing(posting, demand) for demand in demands.passages)
    heights = cohort.heights(demands.vectors, phrases.vectors, asked_in=posting.language, offered_in=candidate.language)
    found = []
    for demand, row in zip(demands.passages, heights, strict=True):
        place = int(row.argmax())
        reason = replace(_missing(posting, demand), similarity=round(float(row[place]), 3))
        status = thresholds.status(float(row[place]))
        if status != "missing":
            quoted = phrases.passages[place]
            reason = replace(reason, status=status, candidate_evidence=candidate.text[quoted.start : quoted.end])
        found.append(reason)
    return tuple(found)


def _missing(posting: Posting, demand: Passage) -> Reason:
    asked = posting.text[demand.start : demand.end]
    return Reason(
        competence=" ".join(asked.split()),
        strength=strength(asked),
        status="missing",
        posting_evidence=asked,
        candidate_evidence=None,
        similarity=None,
    )
