"""Small records and an encoder of words, for the tests of evaluation."""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from eval.judged import Direction, Judged, judged
from eval.runs import Run
from matcher.ports import Role
from matcher.records import Candidate, Judgement, Language, Posting
from models.grid import snap
from models.prototypes import Prototypes


def a_posting(id: str, text: str, language: Language = "da", title: str = "Opslag") -> Posting:
    return Posting(id=id, title=title, text=text, language=language)


def a_candidate(id: str, text: str, language: Language = "da") -> Candidate:
    return Candidate(id=id, text=text, language=language)


def judgements(*rows: tuple[str, str, int]) -> list[Judgement]:
    return [Judgement(posting=posting, candidate=candidate, grade=grade) for posting, candidate, grade in rows]


def all_known(*rows: tuple[str, str, int], direction: Direction = "postings") -> Judged:
    """Judgements whose postings and candidates are all in the home."""
    return judged(
        judgements(*rows), postings={row[0] for row in rows}, candidates={row[1] for row in rows}, direction=direction
    )


def a_run(name: str = "ours", **rankings: str) -> Run:
    """A run from `p1="a b c"`: the ids of each query, best first."""
    return Run.of(
        name, {query: {id_: -float(n) for n, id_ in enumerate(ids.split())} for query, ids in rankings.items()}
    )


class WordEncoder:
    """Fulfils `matcher.ports.Encoder`: a unit vector of the words of a text, with a role of its own to tell apart."""

    fingerprint = "words"
    dimension = 64
    adapter = None

    def __init__(self) -> None:
        self.roles: list[Role] = []

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        self.roles.append(role)
        return np.stack([self._vector(text) for text in texts])

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    def _vector(self, text: str) -> NDArray[np.float32]:
        counts = np.zeros(self.dimension, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            counts[crc32(word.encode()) % self.dimension] += 1
        return snap(counts / max(float(np.linalg.norm(counts)), 1.0))


def some_prototypes(rows: NDArray[np.float32], *names: str) -> Prototypes:
    """Prototypes that nobody fitted: a row each for the concepts named."""
    return Prototypes(names=names, rows=rows, checksum="made up")
