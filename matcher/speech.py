"""Languages that a posting needs and a candidate speaks, on one scale, and how far the candidate falls short.

Level 1 to 6 is A1 to C2 of the Common European Framework (Council of Europe 2001); what is told in words is put on the
same scale. Texts tell languages by being written in them, too: who writes a CV in Danish knows Danish, and work that is
advertised in Danish is taken to need some Danish, also where the posting asks only for other languages.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.competences.concepts import read_vocabulary
from matcher.records import Competence, Demand, Language

LEVELS = {
    "A1": 1.0,
    "A2": 2.0,
    "B1": 3.0,
    "B2": 4.0,
    "C1": 5.0,
    "C2": 6.0,
    "basic": 2.0,
    "good": 4.0,
    "professional": 4.5,
    "fluent": 5.0,
    "native": 6.0,
}
ASKED = 4.0
"""Level of a language that a posting asks for without saying how well: B2."""
SPOKEN = 3.5
"""Level of a language that a CV names without saying how well: between B1 and B2."""
WRITTEN = 5.0
"""Level of the language that a CV is written in, where the CV does not say; where it says less, `WRITTEN_LEAST`."""
WRITTEN_LEAST = 4.0
WORKING = 3.0
"""Level of the language that a posting is written in, where it does not ask for that one: B1, to follow the work."""
UNTOLD: dict[str, float] = {"english-language": 3.5, "danish-language": 1.0}
"""What a CV that says nothing of a language leads to expect of a graduate in Denmark."""
OWN: dict[Language, str] = {"da": "danish-language", "en": "english-language"}

NICE = 0.25
"""Weight of a language that is only nice to have, where a must weighs 1; a power of two keeps sums exact."""
FARTHEST = 6.0
"""A shortfall beyond this makes no difference: the work cannot be done either way."""
NEED, WEIGHT = 0, 1


@cache
def tongues() -> dict[str, int]:
    """Place of each language of the vocabulary; groups of languages are none."""
    ids = sorted(c.id for c in read_vocabulary() if c.kind == "language" and c.id.endswith("-language"))
    return {id: place for place, id in enumerate(ids)}


def needed(language: Language, demands: Iterable[Demand | Competence]) -> NDArray[np.float32]:
    """Return (2, languages): level a posting needs of each language, and its weight (1 must, `NICE` nice, 0 none)."""
    table = np.zeros((2, len(tongues())), dtype=np.float32)
    for demand in demands:
        place = tongues().get(demand.concept or "")
        if place is None:
            continue
        weight = NICE if isinstance(demand, Demand) and demand.strength == "nice" else 1.0
        level = LEVELS.get(demand.level or "", ASKED)
        if (weight, level) > (table[WEIGHT, place], table[NEED, place]):
            table[:, place] = level, weight
    own = OWN.get(language)
    if own and not table[WEIGHT, tongues()[own]]:
        table[:, tongues()[own]] = WORKING, 1.0
    return table


def spoken(language: Language, competences: Iterable[Competence | Demand]) -> NDArray[np.float32]:
    """Return (2, languages): level a candidate speaks each language at, and zeros."""
    told: dict[str, float] = {}
    named: set[str] = set()
    for competence in competences:
        if competence.concept in tongues():
            named.add(competence.concept)
            if competence.level in LEVELS:
                told[competence.concept] = max(told.get(competence.concept, 0.0), LEVELS[competence.level])
    levels = {**UNTOLD, **{id: told.get(id, max(SPOKEN, UNTOLD.get(id, 0.0))) for id in named}}
    own = OWN.get(language)
    if own:
        levels[own] = max(told[own], WRITTEN_LEAST) if own in told else WRITTEN
    table = np.zeros((2, len(tongues())), dtype=np.float32)
    for id, level in levels.items():
        table[NEED, tongues()[id]] = level
    return table


def shortfall(needs: NDArray[np.float32], speaks: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return by how many levels candidates fall short, summed over languages by weight, at most `FARTHEST`.

    `needs`: (..., 2, languages) of postings; `speaks`: (..., 2, languages) of candidates; the shapes broadcast.
    Levels and weights are multiples of 1/8, so a sum is exact and the same from either side.
    """
    gaps = np.maximum(needs[..., NEED, :] - speaks[..., NEED, :], 0.0) * needs[..., WEIGHT, :]
    return np.asarray(np.minimum(gaps.astype(np.float64).sum(axis=-1), FARTHEST))
