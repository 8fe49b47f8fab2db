"""What it costs to hold one posting against a region's candidates, and one candidate against its postings."""

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from index.bundles import Bundles
from matcher.fit import COLUMNS, Phrases, concept_places, fit_of_candidates, fit_of_postings
from matcher.prior import Prior
from models.grid import snap

CANDIDATES, COMPETENCES = 2_500, 60
POSTINGS, DEMANDS = 10_000, 20
DIMENSION = 384
REPEATS = 5


def coverage() -> dict[str, float]:
    """Return seconds of one question each way (medians), and the memory of the phrases in MB; vectors are random."""
    random = np.random.default_rng(0)
    cover = Prior.load().cover
    figures: dict[str, float] = {}
    for name, documents, phrases in (("candidates", CANDIDATES, COMPETENCES), ("postings", POSTINGS, DEMANDS)):
        pool = Bundles(DIMENSION, len(COLUMNS))
        ids = [f"{number:05}" for number in range(documents)]
        pool.replace([(id, *_phrases(random, phrases)) for id in ids])
        languages = random.integers(0, 2, documents)
        own = Phrases("da", *_phrases(random, DEMANDS if name == "candidates" else COMPETENCES))
        ask = fit_of_candidates if name == "candidates" else fit_of_postings
        times = []
        for _ in range(REPEATS):
            start = perf_counter()
            ask(own, pool, languages, ids, cover)
            times.append(perf_counter() - start)
        figures[f"seconds_one_against_{documents}_{name}"] = float(np.median(times))
        figures[f"megabytes_of_{name}"] = pool.row_count * (DIMENSION * 2 + len(COLUMNS) * 4) / 1e6
    return figures


def _phrases(random: np.random.Generator, count: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    vectors = random.normal(size=(count, DIMENSION))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    concepts = random.integers(-1, len(concept_places()), count)
    return snap(vectors), np.stack([concepts, np.ones(count), random.uniform(0.4, 1, count)], axis=1).astype(np.float32)
