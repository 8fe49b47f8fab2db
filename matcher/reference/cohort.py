"""The fixed documents that say what an unrelated pair looks like, embedded once for each encoder."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.errors import IndexProblem
from index.lexical import LexicalVectoriser, fit_idf
from index.manifest import Manifest, current, publish
from matcher.embedding import embed, lexical_text, rows_of, uncached, unit_rows
from matcher.features import norms, raw_for_candidate, raw_for_posting
from matcher.ingest.sections import split
from matcher.pool import LANGUAGES, Pool, Rows
from matcher.ports import Encoder
from matcher.records import Candidate, Language, Posting

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Reference CVs and postings as pools, the phrases of both, and the vectoriser whose letters they weighed."""

    version: str
    candidates: Pool
    postings: Pool
    candidate_phrases: DenseIndex
    posting_phrases: DenseIndex
    vectoriser: LexicalVectoriser
    floors: tuple[float, ...]

    def with_norms(self, rows: Rows, *, of: str) -> Rows:
        """Return `rows` with its norms: a posting (`of="posting"`) meets the reference CVs, a CV the postings."""
        pool, compare = (self.candidates, raw_for_posting) if of == "posting" else (self.postings, raw_for_candidate)
        return replace(rows, norms=norms(compare(rows, pool, pool.ids), pool.languages, self.floors))

    def heights(
        self,
        demands: NDArray[np.float32],
        phrases: NDArray[np.float32],
        *,
        asked_in: Language,
        offered_in: Language,
    ) -> NDArray[np.float64]:
        """How far each demand and each phrase of a CV are nearer than unrelated ones, in standard deviations: (m, n).

        Standardised like the features: by the demand against the phrases of reference CVs, and by the phrase against
        the phrases of reference postings. `demands`: (m, dimension), `phrases`: (n, dimension).
        """
        raw = (demands @ phrases.T).astype(np.float64)
        mine = demands @ self._phrase_rows("candidate", offered_in).T
        theirs = phrases @ self._phrase_rows("posting", asked_in).T
        return np.asarray((_standard(raw, mine) + _standard(raw.T, theirs).T) / 2)

    def _phrase_rows(self, of: str, language: Language) -> NDArray[np.float32]:
        pool, phrases = (
            (self.candidates, self.candidate_phrases) if of == "candidate" else (self.postings, self.posting_phrases)
        )
        chosen = [id for id, place in zip(pool.ids, pool.languages, strict=True) if LANGUAGES[place] == language]
        return np.concatenate([phrases.rows(id) for id in chosen or pool.ids])


def _standard(raw: NDArray[np.float64], reference: NDArray[np.float32]) -> NDArray[np.float64]:
    """Standardise each row of `raw` by mean and deviation of the same row of `reference`."""
    sums = reference.astype(np.float64)
    deviation = np.maximum(sums.std(axis=1), 1e-6)
    return np.asarray((raw - sums.mean(axis=1)[:, None]) / deviation[:, None])


@cache
def reference_candidates() -> tuple[Candidate, ...]:
    """The reference CVs, each in Danish and in English."""
    return tuple(
        Candidate(
            id=line["id"], text=line["text"], language=language, sections=split(line["text"], "candidate", language)
        )
        for line, language in _lines("candidates.jsonl")
    )


@cache
def reference_postings() -> tuple[Posting, ...]:
    """The reference postings, each in Danish and in English."""
    return tuple(
        Posting(
            id=line["id"],
            title=line["title"],
            text=line["text"],
            language=language,
            sections=split(line["text"], "posting", language),
        )
        for line, language in _lines("postings.jsonl")
    )


def open_cohort(folder: Path, encoder: Encoder, *, progress: Progress | None = None) -> Cohort:
    """Return the cohort for this encoder, built once below `folder` and read from there afterwards."""
    root = folder / hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:12]
    version = f"{encoder.fingerprint}+{_checksum()}"
    try:
        build, _ = current(root, encoder=version, dimension=encoder.dimension, generation=0)
    except IndexProblem:
        _build(root, version, encoder, progress)
        build, _ = current(root, encoder=version, dimension=encoder.dimension, generation=0)
    return Cohort(
        _checksum(),
        Pool.open(build / "candidates"),
        Pool.open(build / "postings"),
        DenseIndex.open(build / "candidate-phrases"),
        DenseIndex.open(build / "posting-phrases"),
        LexicalVectoriser(np.load(build / "idf.npy", allow_pickle=False)),
        tuple(np.load(build / "floors.npy", allow_pickle=False).tolist()),
    )


def _build(root: Path, version: str, encoder: Encoder, progress: Progress | None) -> None:
    sides: dict[str, tuple[Candidate, ...] | tuple[Posting, ...]] = {
        "candidates": reference_candidates(),
        "postings": reference_postings(),
    }
    idf = fit_idf(lexical_text(record) for records in sides.values() for record in records)
    vectoriser = LexicalVectoriser(idf)
    total = sum(len(records) for records in sides.values())
    pools = {name: Pool.empty(encoder.dimension, columns=vectoriser.columns) for name in sides}
    phrases: dict[str, list[tuple[str, NDArray[np.float32]]]] = {name: [] for name in sides}
    done = 0
    for name, records in sides.items():
        documents: list[tuple[Rows, bytes]] = []
        for record in records:
            [(passages, vectors)] = embed([record], encoder, known=uncached)
            documents.append((rows_of(record, passages, vectors, vectoriser), b""))
            phrases[name].append((record.id, unit_rows(passages, vectors, "phrase")))
            done += 1
            if progress:
                progress(done, total)
        pools[name].replace(documents)

    def write(folder: Path) -> None:
        for name, pool in pools.items():
            (folder / name).mkdir()
            pool.save(folder / name)
            (folder / f"{name[:-1]}-phrases").mkdir()
            DenseIndex.build(encoder.dimension, phrases[name]).save(folder / f"{name[:-1]}-phrases")
        np.save(folder / "idf.npy", idf, allow_pickle=False)
        np.save(folder / "floors.npy", _floors(pools["candidates"], pools["postings"]), allow_pickle=False)

    publish(root, write, Manifest(encoder=version, dimension=encoder.dimension, count=total, generation=0))


def _floors(candidates: Pool, postings: Pool) -> NDArray[np.float64]:
    """Half the median deviation that reference documents have themselves, by signal."""
    found = [
        norms(compare(side.rows(id), other, other.ids), other.languages)[:, :, 1]
        for side, other, compare in (
            (postings, candidates, raw_for_posting),
            (candidates, postings, raw_for_candidate),
        )
        for id in side.ids
    ]
    return np.asarray(np.median(np.concatenate(found, axis=1), axis=1) / 2)


def _lines(name: str) -> Iterator[tuple[Mapping[str, str], Language]]:
    for line in files("matcher.reference").joinpath(name).read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        yield document, "da" if document["language"] == "da" else "en"


@cache
def _checksum() -> str:
    texts = files("matcher.reference")
    joined = b"".join(texts.joinpath(name).read_bytes() for name in ("candidates.jsonl", "postings.jsonl"))
    return hashlib.sha256(joined).hexdigest()[:12]
