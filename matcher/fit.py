"""Competence-to-demand fit: for every demand of a posting the best that a candidate offers, and how well it covers it.

The chance that a competence covers a demand is a logistic function of their nearness in the trained space (late
interaction over phrases, as ColBERT does over tokens: Khattab and Zaharia, SIGIR 2020), standardised by language pair,
and of what the vocabulary says: the same concept, a narrower or a broader one. Its figures are fitted on judged pairs
of phrases (`python -m eval.prior`) and stand in `prior.json`. Fit is the mean chance over the demands, weighted by must
and nice and by how sure the reading of the demand is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.bundles import Block, Bundles
from matcher.competences.concepts import concepts_by_id, read_vocabulary
from matcher.records import LANGUAGES, Competence, Demand, Language

COLUMNS = ("concept", "sureness", "weight")
"""Figures of a phrase. `concept`: its place in the vocabulary or -1; `sureness`: of that concept, in [0, 1]; `weight`:
of a demand its share in the mean, of a competence how far it counts, both in (0, 1]."""
CONCEPT, SURENESS, WEIGHT = range(len(COLUMNS))
NO_CONCEPT = -1

NICE = 0.4
"""Weight of a demand that is only nice to have, where a must weighs 1."""
HOBBY = 0.8
"""How far a competence counts that was shown in spare time only."""

LEAST_TELLING = 0.05
"""Share of its weight that a demand keeps which every unrelated CV seems to meet."""

STEP = 2.0**-16
"""Grid of the weighted chances: on it sums are exact, so a pair's fit is the same from either side."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """What is read in one document: `vectors` (n, dimension) float32, `figures` (n, len(COLUMNS)) float32."""

    language: Language
    vectors: NDArray[np.float32]
    figures: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.vectors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The logistic function from two phrases to the chance that the one covers the other, and its thresholds.

    `nearness`: logit for each standard deviation of cosine; `means`, `deviations`: of unrelated phrases' cosines, by
    language of demand and competence ("da-en"); `same`, `narrower`, `broader`: logit added where the competence's
    concept is the demand's, below it, or above it; `doubt`: logit taken away from a competence that counts for nothing.
    """

    nearness: float
    same: float
    narrower: float
    broader: float
    doubt: float
    intercept: float
    means: dict[str, float]
    deviations: dict[str, float]
    covered: float
    partly: float

    def logits(self, cosines: NDArray[np.float32], demands: Phrases, competences: Phrases) -> NDArray[np.float32]:
        """Return shape (demands, competences), float32; `cosines` has that shape.

        Each value comes from its own pair by the same few operations, whatever else is in the arrays.
        """
        pair = f"{demands.language}-{competences.language}"
        scale = self.nearness / self.deviations.get(pair, self.deviations["any"])
        shift = self.intercept - scale * self.means.get(pair, self.means["any"])
        doubt = (1.0 - competences.figures[:, WEIGHT]) * np.float32(self.doubt)
        logits: NDArray[np.float32] = cosines * np.float32(scale)
        logits += np.float32(shift) - doubt
        self._add_kinship(logits, demands.figures, competences.figures)
        return logits

    def _add_kinship(
        self, logits: NDArray[np.float32], asked: NDArray[np.float32], offered: NDArray[np.float32]
    ) -> None:
        """Add what the vocabulary says, where it says anything: few pairs have related concepts."""
        bonus = np.array([0.0, self.same, self.narrower, self.broader], dtype=np.float32)
        kin = kinship()[asked[:, CONCEPT].astype(np.int64)][:, offered[:, CONCEPT].astype(np.int64)]
        rows, columns = np.nonzero(kin)
        sureness = np.minimum(asked[rows, SURENESS], offered[columns, SURENESS])
        logits[rows, columns] += bonus[kin[rows, columns]] * sureness


def chance(logits: NDArray[np.floating]) -> NDArray[np.float64]:
    """Return the logistic function of `logits`, values in (0, 1)."""
    return np.asarray(1.0 / (1.0 + np.exp(-logits.astype(np.float64))))


def figures(spans: Sequence[Competence | Demand]) -> NDArray[np.float32]:
    """Return the figures of demands or competences: (n, len(COLUMNS))."""
    place = concept_places()
    rows = [(place.get(span.concept or "", NO_CONCEPT), _sureness(span), _weight(span)) for span in spans]
    return np.array(rows, dtype=np.float32).reshape(-1, len(COLUMNS))


def telling(
    demands: Phrases, references: Bundles, languages: NDArray[np.int64], ids: Sequence[str], cover: Cover
) -> Phrases:
    """Return the demands, each weighing less the more of the unrelated CVs `ids` seem to cover it.

    What everybody offers tells nobody apart: the idea of inverse document frequency (Spärck Jones, Journal of
    Documentation 28, 1972, 11-21), with the mean chance over reference CVs for the document frequency. The weight is
    multiplied by one minus that mean, and never falls below `LEAST_TELLING` of what it was.
    """
    if not len(demands) or not ids:
        return demands
    sums = np.zeros(len(demands))
    for block, language, _ in _by_language(references, ids, languages):
        offered = Phrases(language, block.vectors, block.figures)
        best = np.maximum.reduceat(
            cover.logits(demands.vectors @ block.vectors.T, demands, offered), block.firsts, axis=1
        )
        sums += chance(best).sum(axis=1)
    figures = demands.figures.copy()
    figures[:, WEIGHT] *= np.maximum(1.0 - sums / len(ids), LEAST_TELLING)
    return Phrases(demands.language, demands.vectors, figures)


def fit_of_candidates(
    posting: Phrases, pool: Bundles, pool_languages: NDArray[np.int64], ids: Sequence[str], cover: Cover
) -> NDArray[np.float64]:
    """Return the fit of each candidate `ids[i]` in [0, 1]; 0 where the posting demands or the candidate offers nothing.

    `pool_languages`: (len(ids),), places in `LANGUAGES`.
    """
    result = np.zeros(len(ids))
    if not len(posting):
        return result
    weights = _steps(posting.figures[:, WEIGHT])
    for block, language, chosen in _by_language(pool, ids, pool_languages):
        offered = Phrases(language, block.vectors, block.figures)
        cosines = (block.vectors @ posting.vectors.T).T  # this way round is twice as fast for few demands
        best = np.maximum.reduceat(cover.logits(cosines, posting, offered), block.firsts, axis=1)
        result[chosen] = _mean(chance(best).T, weights)
    return result


def fit_of_postings(
    candidate: Phrases, pool: Bundles, pool_languages: NDArray[np.int64], ids: Sequence[str], cover: Cover
) -> NDArray[np.float64]:
    """Return the fit of the candidate for each posting `ids[i]`: the same numbers, reached from the other side."""
    result = np.zeros(len(ids))
    if not len(candidate):
        return result
    for block, language, chosen in _by_language(pool, ids, pool_languages):
        asked = Phrases(language, block.vectors, block.figures)
        cosines = block.vectors @ candidate.vectors.T
        best = chance(cover.logits(cosines, asked, candidate).max(axis=1))
        weights = _steps(asked.figures[:, WEIGHT])
        sums = np.add.reduceat(np.rint(best / STEP) * weights, block.firsts)
        result[chosen] = sums / np.add.reduceat(weights, block.firsts) * STEP
    return result


@cache
def kinship() -> NDArray[np.int8]:
    """How a competence's concept stands to a demand's: 0 not related, 1 the same, 2 narrower, 3 broader.

    Shape (concepts + 1, concepts + 1), int8, demand first; the last row and column are for phrases without a concept.
    """
    concepts = read_vocabulary()
    place = concept_places()
    table = np.zeros((len(concepts) + 1, len(concepts) + 1), dtype=np.int8)
    for concept in concepts:
        own = place[concept.id]
        table[own, own] = 1
        for above in _above(concept.id):
            table[place[above], own] = 2
            table[own, place[above]] = 3
    return table


@cache
def concept_places() -> dict[str, int]:
    """Place of each concept in the vocabulary."""
    return {concept.id: number for number, concept in enumerate(read_vocabulary())}


def _above(concept: str) -> list[str]:
    found: list[str] = []
    above = concepts_by_id()[concept].broader
    while above and above not in found:
        found.append(above)
        above = concepts_by_id()[above].broader
    return found


def _sureness(span: Competence | Demand) -> float:
    return 1.0 if span.sureness is None else span.sureness


def _weight(span: Competence | Demand) -> float:
    confidence = 1.0 if span.confidence is None else span.confidence
    if isinstance(span, Demand):
        return confidence * (1.0 if span.strength == "must" else NICE)
    return confidence * (HOBBY if span.source == "hobby" else 1.0)


def _steps(weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """Weights as whole numbers of steps, none below one."""
    return np.maximum(np.rint(weights.astype(np.float64) / STEP), 1)


def _mean(chances: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weighted mean of each row; whole numbers below 2**53 on the way, so no sum depends on its order."""
    steps = np.rint(chances / STEP)
    return np.asarray((steps * weights).sum(axis=1) / weights.sum() * STEP)


def _by_language(
    pool: Bundles, ids: Sequence[str], languages: NDArray[np.int64]
) -> Iterator[tuple[Block, Language, NDArray[np.int64]]]:
    """Yield blocks of documents of one language, the language, and the places of the documents in `ids`."""
    for place, language in enumerate(LANGUAGES):
        chosen = np.flatnonzero(languages == place)
        for block in pool.blocks([ids[at] for at in chosen.tolist()]):
            yield block, language, chosen[block.asked]
