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

from index.errors import IndexProblem
from index.lexical import LexicalVectoriser, fit_idf
from index.manifest import Manifest, current, publish
from matcher.competences.version import reading_version
from matcher.embedding import embed, lexical_text, rows_of, uncached
from matcher.features import norms, raw_for_candidate, raw_for_posting
from matcher.fit import Cover, telling
from matcher.ingest.sections import split
from matcher.pool import FORMAT, Pool, Rows
from matcher.ports import Encoder
from matcher.records import Candidate, Kind, Language, Posting

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Reference CVs and postings as pools, the vectoriser whose letters they weighed, and when a demand is covered."""

    version: str
    candidates: Pool
    postings: Pool
    vectoriser: LexicalVectoriser
    floors: tuple[float, ...]
    cover: Cover

    def with_norms(self, rows: Rows, *, of: Kind) -> Rows:
        """Return `rows` with its norms: a CV meets the reference postings, a posting or employer the CVs.

        A demand weighs less the more of the reference CVs seem to meet it (`matcher.fit.telling`).
        """
        if of != "candidate":
            rows = told_apart(rows, self.candidates, self.cover)
        pool, compare = (self.postings, raw_for_candidate) if of == "candidate" else (self.candidates, raw_for_posting)
        return replace(rows, norms=norms(compare(rows, pool, pool.ids, self.cover), pool.languages, self.floors))


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


def told_apart(rows: Rows, candidates: Pool, cover: Cover) -> Rows:
    """Return the rows of a posting with its demands weighed by how well they tell unrelated CVs apart."""
    phrases = telling(rows.phrases, candidates.phrases, candidates.languages, candidates.ids, cover)
    return replace(rows, phrases=phrases)


def open_cohort(folder: Path, encoder: Encoder, cover: Cover, *, progress: Progress | None = None) -> Cohort:
    """Return the cohort for this encoder, built once below `folder` and read from there afterwards."""
    root = folder / hashlib.sha256(encoder.fingerprint.encode()).hexdigest()[:12]
    own = cohort_version(cover)
    version = f"{encoder.fingerprint}+{own}"
    try:
        build, _ = current(root, encoder=version, dimension=encoder.dimension, generation=0)
    except IndexProblem:
        _build(root, version, encoder, cover, progress)
        build, _ = current(root, encoder=version, dimension=encoder.dimension, generation=0)
    return Cohort(
        own,
        Pool.open(build / "candidates"),
        Pool.open(build / "postings"),
        LexicalVectoriser(np.load(build / "idf.npy", allow_pickle=False)),
        tuple(np.load(build / "floors.npy", allow_pickle=False).tolist()),
        cover,
    )


def _build(root: Path, version: str, encoder: Encoder, cover: Cover, progress: Progress | None) -> None:
    sides: dict[str, tuple[Candidate, ...] | tuple[Posting, ...]] = {
        "candidates": reference_candidates(),
        "postings": reference_postings(),
    }
    idf = fit_idf(lexical_text(record) for records in sides.values() for record in records)
    vectoriser = LexicalVectoriser(idf)
    total = sum(len(records) for records in sides.values())
    pools = {name: Pool.empty(encoder.dimension, columns=vectoriser.columns) for name in sides}
    done = 0
    for name, records in sides.items():
        documents: list[tuple[Rows, bytes]] = []
        for record in records:
            [(passages, vectors)] = embed([record], encoder, known=uncached)
            rows = rows_of(record, passages, vectors, vectoriser)
            documents.append((told_apart(rows, pools["candidates"], cover) if name == "postings" else rows, b""))
            done += 1
            if progress:
                progress(done, total)
        pools[name].replace(documents)

    def write(folder: Path) -> None:
        for name, pool in pools.items():
            (folder / name).mkdir()
            pool.save(folder / name)
        np.save(folder / "idf.npy", idf, allow_pickle=False)
        np.save(folder / "floors.npy", _floors(pools["candidates"], pools["postings"], cover), allow_pickle=False)

    publish(root, write, Manifest(encoder=version, dimension=encoder.dimension, count=total, generation=0))


def _floors(candidates: Pool, postings: Pool, cover: Cover) -> NDArray[np.float64]:
    """Half the median deviation that reference documents have themselves, by signal."""
    found = [
        norms(compare(side.rows(id), other, other.ids, cover), other.languages)[:, :, 1]
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


def cohort_version(cover: Cover) -> str:
    """What a pair's norms depend on beside the encoder: the texts, how they are read and kept, what covers what."""
    parts = f"{_checksum()} {reading_version()} {cover} {FORMAT}"
    return hashlib.sha256(parts.encode()).hexdigest()[:12]


@cache
def _checksum() -> str:
    texts = files("matcher.reference")
    joined = b"".join(texts.joinpath(name).read_bytes() for name in ("candidates.jsonl", "postings.jsonl"))
    return hashlib.sha256(joined).hexdigest()[:12]
