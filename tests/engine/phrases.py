"""Phrases with vectors made for the purpose, and a function of cover with figures that can be worked by hand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.bundles import Bundles
from matcher.fit import COLUMNS, Cover, Phrases, figures
from matcher.records import LANGUAGES, Competence, Demand, Language

COVER = Cover(
    nearness=1.0,
    same=3.0,
    narrower=2.0,
    broader=1.0,
    doubt=1.0,
    intercept=-3.0,
    means={"any": 0.3},
    deviations={"any": 0.1},
    covered=0.5,
    partly=0.25,
)
DIMENSION = 16


def directions(count: int) -> NDArray[np.float32]:
    """Unit vectors at right angles."""
    return np.eye(count, DIMENSION, dtype=np.float32)


def a_demand(**fields: object) -> Demand:
    return Demand(label="x", evidence="x", start=0, end=1, **fields)  # type: ignore[arg-type]


def a_competence(**fields: object) -> Competence:
    return Competence(label="x", evidence="x", start=0, end=1, **fields)  # type: ignore[arg-type]


def phrases(spans: Sequence[Demand | Competence], vectors: NDArray[np.float32], language: Language = "da") -> Phrases:
    return Phrases(language, vectors, figures(spans))


def pooled(documents: dict[str, Phrases]) -> tuple[Bundles, NDArray[np.int64], list[str]]:
    """The documents as a pool holds them: their phrases, their languages, and their ids."""
    bundles = Bundles(DIMENSION, len(COLUMNS))
    bundles.replace([(id, rows.vectors, rows.figures) for id, rows in documents.items()])
    languages = np.array([LANGUAGES.index(rows.language) for rows in documents.values()], dtype=np.int64)
    return bundles, languages, list(documents)
