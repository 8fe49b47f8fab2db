"""The one place that links a short text to concepts: a title to kinds of work, a phrase to competences.

A text is compared with every name of every concept, by vectors of the trained space and by letters; a concept's score
is that of its best name. How sure a link is comes from `linking.json`, which `python -m eval.linking` fits: a logistic
function of the best score, its lead over the next concept and the letters they share. Below `LEAST` there is no link.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalVectoriser, fit_idf
from index.sparse import SparseRows
from matcher.competences.terms import Purpose, Term
from matcher.ports import Encoder, Role
from models.prototypes import Prototypes

ROLES: Mapping[Purpose, tuple[Role, Role]] = {
    "title": ("title", "title"),
    "competence": ("competence", "competence"),
    "work": ("work", "competence"),
}
"""As what the query and the names are encoded."""

OWN_NAME = 0.05
"""Part of a name's score that is its own and not its concept's best: it orders the names of one concept."""

LEAST = 0.5
"""Links less sure than this are not made."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Names:
    """Names of concepts, ready to be compared. `owners`: (n,) int64, place in `concepts` of each term's concept."""

    purpose: Purpose
    terms: tuple[Term, ...]
    concepts: tuple[str, ...]
    owners: NDArray[np.int64]
    vectors: NDArray[np.float32]
    letters: SparseRows
    vectoriser: LexicalVectoriser


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A concept that a text most likely means; `label` is the name that came nearest, `confidence` in [0, 1]."""

    concept: str
    label: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """`weight` of letters beside vectors, and the logistic function from (score, lead, letters) to confidence."""

    letters: float
    coefficients: tuple[float, float, float]
    intercept: float

    def confidence(self, evidence: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability that a link is right; `evidence`: (..., 3)."""
        logit = evidence @ np.array(self.coefficients) + self.intercept
        return np.asarray(1 / (1 + np.exp(-logit)))


class Linker:
    """Compares texts with names. The switches take a part away, for measuring what it is worth."""

    def __init__(self, encoder: Encoder, *, head: bool = True, lexical: bool = True, vocabulary: bool = True) -> None:
        self.encoder = encoder
        self._head = head
        self._lexical = lexical
        self._vocabulary = vocabulary

    def names(self, terms: Sequence[Term], purpose: Purpose, *, vectors: NDArray[np.float32] | None = None) -> Names:
        """Prepare names once for many texts; several may name one concept. `vectors`: of the terms, if known."""
        concepts = tuple(dict.fromkeys(term.concept for term in terms))
        place = {concept: number for number, concept in enumerate(concepts)}
        texts = [term.text for term in terms]
        vectoriser = LexicalVectoriser(fit_idf(texts))
        return Names(
            purpose=purpose,
            terms=tuple(terms),
            concepts=concepts,
            owners=np.array([place[term.concept] for term in terms], dtype=np.int64),
            vectors=self._encode(texts, ROLES[purpose][1]) if vectors is None else vectors,
            letters=vectoriser.vectorise(texts),
            vectoriser=vectoriser,
        )

    def vectors(self, texts: Sequence[str], purpose: Purpose) -> NDArray[np.float32]:
        """Return shape (len(texts), dimension): texts as they are compared with names."""
        return self._encode(texts, ROLES[purpose][0])

    def scores(self, queries: Sequence[str], names: Names) -> NDArray[np.float32]:
        """Return shape (len(queries), number of terms), higher is better; a name profits from its concept's others."""
        own, _ = self._own_scores(queries, names)
        if not self._vocabulary:
            return own.astype(np.float32)
        best = best_of_concepts(own, names)
        return np.asarray((1 - OWN_NAME) * best[:, names.owners] + OWN_NAME * own, dtype=np.float32)

    def link(self, texts: Sequence[str], names: Names, *, most: int = 5) -> list[list[Link]]:
        """Return for each text the concepts it may mean, surest first; none where nothing is sure enough."""
        own, letters = self._own_scores(texts, names)
        found = evidence(own, letters, names)
        confidence = calibration(names.purpose).confidence(found)
        return [
            [
                Link(
                    concept=names.concepts[place],
                    label=names.terms[_best_term(own[row], names, place)].text,
                    confidence=round(float(confidence[row, place]), 3),
                )
                for place in np.argsort(-confidence[row], kind="stable")[:most].tolist()
                if confidence[row, place] >= LEAST
            ]
            for row in range(len(texts))
        ]

    def _own_scores(self, texts: Sequence[str], names: Names) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Score of each text with each name, and the part of it that letters have: both (texts, terms)."""
        near = (self.vectors(texts, names.purpose) @ names.vectors.T).astype(np.float64)
        if not self._lexical:
            return near, np.zeros_like(near)
        rows = names.vectoriser.vectorise(texts)
        letters = np.zeros_like(near)
        for place in range(len(texts)):
            letters[place] = names.letters.products(rows.take([place]))
        return near + calibration(names.purpose).letters * letters, letters

    def _encode(self, texts: Sequence[str], role: Role) -> NDArray[np.float32]:
        return self.encoder.encode(texts, role=role if self._head else "query")


def linked_by_vector(vectors: NDArray[np.float32], prototypes: Prototypes) -> list[tuple[str | None, float]]:
    """Return for each phrase its concept of the vocabulary and how sure that is, or (None, 0.0) where it is not.

    `vectors`: (n, dimension), vectors of phrases (the role); compared with the trained prototypes.
    """
    scores = (vectors @ prototypes.rows.T).astype(np.float64)
    first = scores.argmax(axis=1)
    best = scores[np.arange(len(scores)), first]
    scores[np.arange(len(scores)), first] = -np.inf
    lead = best - scores.max(axis=1)
    sure = calibration("prototype").confidence(np.stack([best, lead, np.zeros_like(best)], axis=1))
    return [
        (prototypes.names[place], round(float(value), 3)) if value >= LEAST else (None, 0.0)
        for place, value in zip(first.tolist(), sure, strict=True)
    ]


def evidence(own: NDArray[np.float64], letters: NDArray[np.float64], names: Names) -> NDArray[np.float64]:
    """What confidence is judged by: (texts, concepts, 3): best score, lead over the best other concept, letters."""
    best = best_of_concepts(own, names)
    shared = best_of_concepts(letters, names)
    ranked = np.sort(best, axis=1)
    first = ranked[:, -1:]
    second = ranked[:, -2:-1] if best.shape[1] > 1 else np.zeros_like(first)
    rival = np.where(best == first, second, first)
    return np.stack([best, best - rival, shared], axis=2)


def linking_file() -> Traversable:
    """Return where the fitted figures stand."""
    return files("matcher.competences").joinpath("linking.json")


@cache
def calibration(purpose: Purpose | Literal["prototype"]) -> Calibration:
    """Return the fitted figures for a purpose."""
    stored = json.loads(linking_file().read_text(encoding="utf-8"))[purpose]
    return Calibration(
        letters=stored["letters"], coefficients=tuple(stored["coefficients"]), intercept=stored["intercept"]
    )


def best_of_concepts(values: NDArray[np.float64], names: Names) -> NDArray[np.float64]:
    """Maximum over the names of each concept: (texts, concepts)."""
    best = np.full((len(names.concepts), len(values)), -np.inf)
    np.maximum.at(best, names.owners, values.T)
    return best.T


def _best_term(own: NDArray[np.float64], names: Names, concept: int) -> int:
    places = np.flatnonzero(names.owners == concept)
    return int(places[own[places].argmax()])
