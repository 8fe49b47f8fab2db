"""Candidates for a posting, postings for a candidate: retrieve, compare, score, explain. The same for every reader."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.fusion import reciprocal_rank_fusion
from matcher.embedding import embed, rows_of, uncached
from matcher.errors import NothingToMatch, UnknownId, kind_name
from matcher.explain import Reading, reasons
from matcher.features import FEATURES, candidate_features, posting_features
from matcher.indexing import Indexes, Progress
from matcher.passages import kind_of
from matcher.pool import Rows
from matcher.ports import Encoder, Store
from matcher.prior import Prior
from matcher.records import Candidate, EmployerMatch, Kind, Match, Posting, Record
from matcher.reference.cohort import Cohort

POSTINGS_AN_EMPLOYER, LEAST_POSTINGS = 5, 50
"""How many postings are looked at to suggest employers: so many for each wanted, and never fewer."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Pools up to `exact` documents are scored pair by pair; of larger ones the `keep` nearest are."""

    exact: int
    keep: int


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """Who or what is matched against a pool: stored, or only in memory."""

    record: Posting | Candidate
    rows: Rows
    reading: Reading


class Engine:
    """Scores pairs. A pair has one score, whichever side asked and whoever else is in the pool."""

    def __init__(
        self,
        *,
        home: Path,
        store: Store,
        encoder: Encoder,
        cohort: Cohort,
        indexes: Indexes,
        prior: Prior,
        retrieval: Retrieval,
    ) -> None:
        self.home = home
        self.store = store
        self.encoder = encoder
        self.cohort = cohort
        self.indexes = indexes
        self.prior = prior
        self.ranker = prior.ranker
        self.retrieval = retrieval

    @property
    def model(self) -> str:
        """What made a list: encoder, reference cohort and ranker."""
        return f"{self.encoder.fingerprint}+{self.cohort.version}+{self.prior.version}"

    def posting(self, id: str) -> Posting:
        """Return a stored posting or raise `UnknownId`."""
        return cast("Posting", self.store.get("posting", id))

    def candidate(self, id: str) -> Candidate:
        """Return a stored candidate or raise `UnknownId`."""
        return cast("Candidate", self.store.get("candidate", id))

    def refresh(self, progress: Progress | None = None) -> bool:
        """Bring the indexes up to date with the database; True if there was anything to do."""
        return self.indexes.refresh(progress)

    def match_posting(self, posting: str | Posting, *, limit: int = 20) -> list[Match]:
        """Rank candidates for a stored posting (by id) or one that is only in memory, best first."""
        return self._explained(self._subject("posting", posting), "candidate", limit)

    def match_candidate(self, candidate: str | Candidate, *, limit: int = 10) -> list[Match]:
        """Rank postings for a stored candidate (by id) or one that is only in memory, best first."""
        return self._explained(self._subject("candidate", candidate), "posting", limit)

    def suggest_employers(self, candidate: str | Candidate, *, limit: int = 10) -> list[EmployerMatch]:
        """Rank the employers behind the postings; an employer's score is that of its best posting."""
        subject = self._subject("candidate", candidate)
        by_employer: dict[str, list[Match]] = defaultdict(list)
        for match in self._rank(subject.rows, "posting", max(limit * POSTINGS_AN_EMPLOYER, LEAST_POSTINGS)):
            with suppress(UnknownId):
                employer = self.posting(match.posting).employer
                if employer:
                    by_employer[employer].append(match)
        best = sorted(by_employer.items(), key=lambda item: (-item[1][0].score, item[0]))
        return [
            EmployerMatch(
                employer=employer,
                score=found[0].score,
                postings=tuple(match.posting for match in found),
                why=tuple(reason for reason in self._explain(subject, found[0]).demands if reason.status != "missing"),
            )
            for employer, found in best[:limit]
        ]

    def rank(self, query: str | Posting | Candidate, *, kind: Kind) -> list[tuple[str, float]]:
        """Return every document of `kind` with its raw score, best first, without explanations: for evaluation."""
        subject = self._subject("posting" if kind == "candidate" else "candidate", query)
        ids = self.indexes.pool(kind).ids
        logits = self.ranker.logits(self._features(subject.rows, kind, ids))
        return sorted(zip(ids, logits.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))

    def retrieve(self, rows: Rows, kind: Kind, keep: int) -> list[str]:
        """Return the ids of the nearest `keep` documents by chunks, title and letters, ranks fused."""
        pool = self.indexes.pool(kind)
        titles = pool.chunks.search(rows.titles, keep) if kind == "candidate" else pool.titles.search(rows.chunks, keep)
        lists = [pool.chunks.search(rows.chunks, keep), titles, pool.lexical.search(rows.lexical, keep)]
        return [hit.id for hit in reciprocal_rank_fusion(lists)[:keep]]

    def _features(self, rows: Rows, kind: Kind, ids: Sequence[str]) -> NDArray[np.float64]:
        compare = posting_features if kind == "candidate" else candidate_features
        return compare(rows, self.indexes.pool(kind), ids, self.prior.cover)

    def _rank(self, rows: Rows, kind: Kind, limit: int) -> list[Match]:
        pool = self.indexes.pool(kind)
        if not pool.ids:
            raise NothingToMatch(kind=kind_name(kind), plural=f"{kind}s", home=self.home)
        exact = len(pool.ids) <= self.retrieval.exact
        ids = pool.ids if exact else sorted(self.retrieve(rows, kind, max(self.retrieval.keep, limit)))
        features = self._features(rows, kind, ids)
        logits = self.ranker.logits(features)
        order = sorted(range(len(ids)), key=lambda place: (-logits[place], ids[place]))[:limit]
        scores, parts = self.ranker.scores(features), self.ranker.contributions(features)
        return [
            Match(
                rank=rank,
                posting=rows.id if kind == "candidate" else ids[place],
                candidate=ids[place] if kind == "candidate" else rows.id,
                score=float(scores[place]),
                contributions={
                    "base": self.ranker.intercept,
                    **dict(zip(FEATURES, parts[place].tolist(), strict=True)),
                },
            )
            for rank, place in enumerate(order, start=1)
        ]

    def _subject(self, kind: Kind, query: str | Posting | Candidate) -> Subject:
        self.refresh()
        if isinstance(query, str):
            record = self.posting(query) if kind == "posting" else self.candidate(query)
            return Subject(record, self._stored_rows(kind, query), self._stored_reading(record))
        [(passages, vectors)] = embed([query], self.encoder, known=uncached)
        rows = rows_of(query, passages, vectors, self.cohort.vectoriser)
        return Subject(query, self.cohort.with_norms(rows, of=kind), Reading.of(query, passages, vectors))

    def _stored_rows(self, kind: Kind, id: str) -> Rows:
        if id not in self.indexes.pool(kind).position:  # stored by another process after the refresh
            self.refresh()
        if id not in self.indexes.pool(kind).position:
            raise UnknownId(kind=kind_name(kind), id=id)
        return self.indexes.pool(kind).rows(id)

    def _explained(self, subject: Subject, kind: Kind, limit: int) -> list[Match]:
        """Rank and explain; who was deleted by another process in between is left out."""
        explained = []
        for match in self._rank(subject.rows, kind, limit):
            with suppress(UnknownId):
                explained.append(self._explain(subject, match))
        return explained

    def _stored_reading(self, record: Record) -> Reading:
        passages = [passage for passage in self.store.passages(kind_of(record), record.id) if passage.span is not None]
        return Reading.of(record, passages, self.store.vectors([passage.key for passage in passages]))

    def _explain(self, subject: Subject, match: Match) -> Match:
        """Add the reasons: the subject is one side of the pair, the other is read from the store."""
        if isinstance(subject.record, Posting):
            posting, asked = subject.record, subject.reading
            candidate = self.candidate(match.candidate)
            offered = self._stored_reading(candidate)
        else:
            posting = self.posting(match.posting)
            asked = self._stored_reading(posting)
            candidate, offered = subject.record, subject.reading
        return replace(match, demands=reasons(posting, asked, candidate, offered, cover=self.prior.cover))
