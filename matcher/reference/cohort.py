"""The fixed documents that say what an unrelated pair looks like, embedded once for each encoder."""

import hashlib
import json
from collections.abc import Callable, Mapping
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
from matcher.ingest.sections import split_sections
from matcher.pool import LANGUAGES, Pool, Rows
from matcher.ports import Encoder
from matcher.records import Candidate, Posting

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Reference CVs and postings as pools, the phrases of the CVs, and the vectoriser whose letters they weighed."""

    version: str
    candidates: Pool
    postings: Pool
    phrases: DenseIndex
    vectoriser: LexicalVectoriser

    def with_norms(self, rows: Rows, *, of: str) -> Rows:
        """Return `rows` with its norms: a posting (`of="posting"`) meets the reference CVs, a CV the postings."""
        pool, compare = (self.candidates, raw_for_posting) if of == "posting" else (self.postings, raw_for_candidate)
        return replace(rows, norms=norms(compare(rows, pool, pool.ids), pool.languages))

    def phrase_norms(self, phrases: NDArray[np.float32], language: str) -> NDArray[np.float64]:
        """Mean and deviation of each phrase's best match in reference CVs of a language: (len(phrases), 2)."""
        place = LANGUAGES.index(language)  # type: ignore[arg-type]
        same = self.candidates.languages == place
        ids = [id for id, wanted in zip(self.candidates.ids, same, strict=True) if wanted or not same.any()]
        best = self.phrases.best(phrases, ids).astype(np.float64)
        return np.stack([best.mean(axis=1), best.std(axis=1)], axis=1)


@cache
def reference_candidates() -> tuple[Candidate, ...]:
    """The reference CVs, each in Danish and in English."""
    return tuple(
        Candidate(
            id=line["id"],
            text=line["text"],
            language=line["language"],
            sections=split_sections(line["text"], "candidate", line["language"]),
        )
        for line in _lines("candidates.jsonl")
    )


@cache
def reference_postings() -> tuple[Posting, ...]:
    """The reference postings, each in Danish and in English."""
    return tuple(
        Posting(
            id=line["id"],
            title=line["title"],
            text=line["text"],
            language=line["language"],
            sections=split_sections(line["text"], "posting", line["language"]),
        )
        for line in _lines("postings.jsonl")
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
        DenseIndex.open(build / "phrases"),
        LexicalVectoriser(np.load(build / "idf.npy", allow_pickle=False)),
    )


def _build(root: Path, version: str, encoder: Encoder, progress: Progress | None) -> None:
    vectoriser = LexicalVectoriser(
        fit_idf([lexical_text(record) for record in (*reference_candidates(), *reference_postings())])
    )
    sides = {"candidates": reference_candidates(), "postings": reference_postings()}
    total = sum(len(records) for records in sides.values())
    pools = {name: Pool.empty(encoder.dimension, columns=vectoriser.columns) for name in sides}
    phrases: list[tuple[str, NDArray[np.float32]]] = []
    done = 0
    for name, records in sides.items():
        documents: list[tuple[Rows, bytes]] = []
        for record in records:
            [(passages, vectors)] = embed([record], encoder, known=uncached)
            documents.append((rows_of(record, passages, vectors, vectoriser), b""))
            if name == "candidates":
                phrases.append((record.id, unit_rows(passages, vectors, "phrase")))
            done += 1
            if progress:
                progress(done, total)
        pools[name].replace(documents)

    def write(folder: Path) -> None:
        for name, pool in pools.items():
            (folder / name).mkdir()
            pool.save(folder / name)
        (folder / "phrases").mkdir()
        DenseIndex.build(encoder.dimension, phrases).save(folder / "phrases")
        np.save(folder / "idf.npy", vectoriser.idf, allow_pickle=False)

    publish(root, write, Manifest(encoder=version, dimension=encoder.dimension, count=total, generation=0))


def _lines(name: str) -> list[Mapping[str, str]]:
    text = files("matcher.reference").joinpath(name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@cache
def _checksum() -> str:
    texts = files("matcher.reference")
    joined = b"".join(texts.joinpath(name).read_bytes() for name in ("candidates.jsonl", "postings.jsonl"))
    return hashlib.sha256(joined).hexdigest()[:12]
