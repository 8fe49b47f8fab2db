"""Candidates for a posting, postings for a candidate: retrieve, compare, score, explain. The same for every reader."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import cast

import numpy as np
from numpy.typing import NDArray

from index.fusion import reciprocal_rank_fusion
from matcher.bands import band_of
from matcher.beside import FromAnywhere, beside
from matcher.documents import Documents
from matcher.embedding import embed, rows_of, uncached
from matcher.errors import NothingToMatch, UnknownId, kind_name
from matcher.explain import Reading, reasons
from matcher.features import FEATURES, candidate_features, posting_features
from matcher.indexing import Indexes, Progress
from matcher.labour.instruments import Instruments, shipped
from matcher.listing import Closed, Cut, Filters, LeftOut, Market
from matcher.pool import Rows
from matcher.ports import Encoder, Store
from matcher.prior import Prior
from matcher.profiles import profile
from matcher.records import Candidate, Employer, Kind, Match, Posting
from matcher.reference.cohort import Cohort
from matcher.studies import Studies
from models.ranker import AdditiveRanker

ANYBODY = Filters()
PATIENCE = 16
"""So many new or changed records are read while somebody waits for a list; more are left to `Engine.behind`."""


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
        instruments: Instruments | None = None,
    ) -> None:
        self.home = home
        self.store = store
        self.encoder = encoder
        self.cohort = cohort
        self.indexes = indexes
        self.prior = prior
        self.ranker = prior.ranker
        self.retrieval = retrieval
        self.instruments = instruments or shipped()
        self.behind: Callable[[], None] | None = None
        """Called instead of reading more than `PATIENCE` records at once; None reads all, however long it takes."""
        self._documents = Documents(store, lambda: (store.generation(), indexes.generation))
        self._cores = BoundedSemaphore(os.cpu_count() or 1)
        self._anywhere = FromAnywhere(store)
        self._studies = Studies(store)
        self._facts: tuple[int, dict[str, Candidate], dict[str, Posting]] | None = None

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
        """Bring the indexes up to date with the database; True if there was anything to do.

        Where that takes long and somebody else does it (`behind`), lists are made from the records read so far.
        """
        if self.behind is not None and self.indexes.generation >= 0 and self.waiting() > PATIENCE:
            self.behind()
            return False
        return self.indexes.refresh(progress)

    def waiting(self) -> int:
        """How many new or changed records are not read yet, and therefore on no list."""
        return sum(map(len, self.indexes.waiting().values()))

    def listable(self, kind: Kind) -> list[str]:
        """Return the ids of the records that lists are made of: those that were read as they are stored now."""
        unread = self._unread(kind)
        return [id for id in self.indexes.pool(kind).ids if id not in unread]

    def _unread(self, kind: Kind) -> frozenset[str]:
        return self.indexes.waiting().get(kind, frozenset())

    def market(self) -> Market:
        """Return the facts that lists are cut by, as stored now; what a CV tells fills in what is left open."""
        generation = self.store.generation()
        if self._facts is None or self._facts[0] != generation:
            candidates = self._studies.filled(self.store.outlines("candidate"))
            postings = {record.id: cast("Posting", record) for record in self.store.outlines("posting")}
            self._facts = (generation, candidates, postings)
        return Market(
            self._facts[1],
            self._facts[2],
            tuple(self.store.hires()),
            self.store.posting_states(),
            self._anywhere,
            self.instruments,
            self.store.objectors(),
        )

    def match_posting(self, posting: str | Posting, *, limit: int = 20, filters: Filters = ANYBODY) -> list[Match]:
        """Rank candidates for a stored posting (by id) or one that is only in memory, best first.

        Whoever was hired, is not registered yet or does not want such a job is left out (`left_out` counts them).
        """
        subject = self.subject("posting", posting)
        return self._explained(subject, "candidate", limit, filters, self._cut(subject, filters))

    def match_candidate(
        self, candidate: str | Candidate, *, limit: int = 10, filters: Filters = ANYBODY
    ) -> list[Match]:
        """Rank open postings for a stored candidate (by id) or one that is only in memory, best first."""
        subject = self.subject("candidate", candidate)
        return self._explained(subject, "posting", limit, filters, self._cut(subject, filters))

    def listing(
        self, subject: Subject, *, limit: int, filters: Filters = ANYBODY
    ) -> tuple[list[Match], Counter[LeftOut]]:
        """Return the list of a subject, explained and best first, and how many are left out of it for what reason."""
        kind: Kind = "candidate" if isinstance(subject.record, Posting) else "posting"
        cut = self._cut(subject, filters)
        return self._explained(subject, kind, limit, filters, cut), cut.left_out

    def left_out(self, query: Posting | Candidate, filters: Filters = ANYBODY) -> Counter[LeftOut]:
        """Count who or what `match_posting` or `match_candidate` leaves out, by reason."""
        return self._cut(self.subject(_kind(query), query.id), filters).left_out

    def closed(self, posting: Posting, filters: Filters = ANYBODY) -> Closed | None:
        """Why a posting is no longer, or not yet, open; None if it is."""
        return self.market().closed(posting, filters.day)

    def rank(self, query: str | Posting | Candidate, *, kind: Kind) -> list[tuple[str, float]]:
        """Return every document of `kind` with its raw score, best first, without explanations: for evaluation."""
        subject = self.subject("posting" if kind == "candidate" else "candidate", query)
        ids = self.indexes.pool(kind).ids
        logits = self.ranker.logits(self.features(subject.rows, kind, ids))
        return sorted(zip(ids, logits.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))

    def scoring_with(self, ranker: AdditiveRanker) -> "Engine":
        """Return this engine with another ranker over the same indexes, to compare the two."""
        other = copy(self)
        other.prior = replace(self.prior, ranker=ranker)
        other.ranker = ranker
        return other

    def retrieve(self, rows: Rows, kind: Kind, keep: int, allowed: Sequence[str] | None = None) -> list[str]:
        """Return the ids of the nearest `keep` documents by chunks, title and letters, ranks fused."""
        pool = self.indexes.pool(kind)
        among = None if allowed is None else frozenset(allowed)
        if kind == "candidate":
            titles = pool.chunks.search(rows.titles, keep, allowed=among)
        else:
            titles = pool.titles.search(rows.chunks, keep, allowed=among)
        chunks = pool.chunks.search(rows.chunks, keep, allowed=among)
        lists = [chunks, titles, pool.lexical.search(rows.lexical, keep, allowed=among)]
        return [hit.id for hit in reciprocal_rank_fusion(lists)[:keep]]

    def features(self, rows: Rows, kind: Kind, ids: Sequence[str]) -> NDArray[np.float64]:
        """Return shape (len(ids), len(FEATURES)): one document against documents of `kind` in the index.

        No more are compared at once than there are cores: of many threads that take turns, each would wait for all.
        """
        compare = posting_features if kind == "candidate" else candidate_features
        with self._cores:
            return compare(rows, self.indexes.pool(kind), ids, self.prior.cover)

    def scored(self, rows: Rows, kind: Kind, allowed: Sequence[str], limit: int) -> list[Match]:
        """Return the best `limit` of `allowed` as pairs with score, band and contributions, without reasons."""
        many = len(allowed) > self.retrieval.exact
        ids = sorted(self.retrieve(rows, kind, max(self.retrieval.keep, limit), allowed)) if many else list(allowed)
        if not ids:
            return []
        features = self.features(rows, kind, ids)
        logits = self.ranker.logits(features)
        order = sorted(range(len(ids)), key=lambda place: (-logits[place], ids[place]))[:limit]
        scores, parts = self.ranker.scores(features), self.ranker.contributions(features)
        return [
            Match(
                rank=rank,
                posting=rows.id if kind == "candidate" else ids[place],
                candidate=ids[place] if kind == "candidate" else rows.id,
                score=float(scores[place]),
                band=band_of(float(scores[place])),
                contributions={
                    "base": self.ranker.intercept,
                    **dict(zip(FEATURES, parts[place].tolist(), strict=True)),
                },
            )
            for rank, place in enumerate(order, start=1)
        ]

    def subject(self, kind: Kind, query: str | Posting | Candidate) -> Subject:
        """Return a stored record (by id), or one only in memory, ready to be compared."""
        self.refresh()
        record = query
        if isinstance(record, str):
            record = self.posting(record) if kind == "posting" else self.candidate(record)
            if record.id in self.indexes.pool(kind).position and record.id not in self._unread(kind):
                return Subject(record, self.indexes.pool(kind).rows(record.id), self._documents.reading(record))
        stored = record is not query  # though in no pool yet: read for this list only
        corrections = self.store.corrections(kind, [record.id]) if stored else {}
        known = self.store.vectors if stored else uncached
        [(passages, vectors)] = embed([record], self.encoder, known=known, corrections=corrections)
        rows = rows_of(record, passages, vectors, self.cohort.vectoriser)
        return Subject(record, self.cohort.with_norms(rows, of=kind), Reading.of(record, passages, vectors))

    def explain(self, subject: Subject, match: Match, day: date | None = None) -> Match:
        """Add the reasons, the distance and the instrument of a day (today, if none is given).

        The subject is one side of the pair, the other is read from the store.
        """
        if isinstance(subject.record, Posting):
            candidate, reading = self._documents.get("candidate", match.candidate)
            pair = (subject.record, subject.reading, cast("Candidate", candidate), reading)
        else:
            posting, reading = self._documents.get("posting", match.posting)
            pair = (cast("Posting", posting), reading, subject.record, subject.reading)
        shown = beside(match, pair[0], pair[2], self.instruments, day or ANYBODY.day)
        return replace(shown, demands=reasons(*pair, cover=self.prior.cover))

    def explain_employer(self, subject: Subject, employer: Employer, match: Match) -> Match:
        """Add the reasons why a candidate suits what an employer does and whom it hired before."""
        asked = self._documents.reading(employer)
        candidate = cast("Candidate", subject.record)
        found = reasons(profile(employer), asked, candidate, subject.reading, cover=self.prior.cover)
        return replace(match, demands=found)

    def likely_needs(self, employer: Employer) -> Subject:
        """Return what an indexed employer does and whom it hired before as a posting, ready to be compared."""
        pool = self.indexes.pool("employer")
        if employer.id not in pool.position:
            raise UnknownId(kind=kind_name("employer"), id=employer.id)
        return Subject(profile(employer), pool.rows(employer.id), self._documents.reading(employer))

    def _cut(self, subject: Subject, filters: Filters) -> Cut:
        """Who of the pool may stand on the subject's list."""
        kind: Kind = "candidate" if isinstance(subject.record, Posting) else "posting"
        ids = self.listable(kind)
        if not (ids or self.waiting()) and (kind == "candidate" or not self.indexes.pool("employer").ids):
            raise NothingToMatch(kind=kind_name(kind), plural=f"{kind}s", home=self.home)
        if isinstance(subject.record, Posting):
            return self.market().candidates_for(subject.record, ids, filters)
        return self.market().postings_for(subject.record, ids, filters)

    def _explained(self, subject: Subject, kind: Kind, limit: int, filters: Filters, cut: Cut) -> list[Match]:
        """Rank and explain; who was deleted by another process in between is left out."""
        explained = []
        for match in self.scored(subject.rows, kind, cut.kept, limit):
            with suppress(UnknownId):
                explained.append(self.explain(subject, match, filters.day))
        return explained


def _kind(record: Posting | Candidate) -> Kind:
    return "posting" if isinstance(record, Posting) else "candidate"
