"""The judged pairs of one demand and one competence: read as the product reads phrases, for fitting and measuring."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matcher.competences.linking import linked_by_vector
from matcher.competences.meaning import prototypes_of
from matcher.competences.spotting import spot
from matcher.fit import CONCEPT, SURENESS, Cover, Phrases, chance, figures, kinship
from matcher.ports import Encoder
from matcher.records import Competence, Demand, Language, Span, Status

FILE = files("eval.datasets").joinpath("phrase_pairs", "pairs.tsv")
KINSHIP = ("unrelated", "same", "narrower", "broader")
ALONE = 0.5
"""Share of a phrase's letters that a named concept must take to be what the phrase is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A demand and a competence, as they are written, and how a careful consultant judged them."""

    demand: str
    demand_language: Language
    competence: str
    competence_language: Language
    status: Status
    part: str


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Pairs with all that a `Cover` looks at: `cosines` (n,), `kin` (n,) places in `KINSHIP`, `sureness` (n,)."""

    pairs: Sequence[Pair]
    cosines: NDArray[np.float64]
    kin: NDArray[np.int64]
    sureness: NDArray[np.float64]

    def of(self, part: str) -> "Compared":
        """Return the pairs of "dev" or "test"."""
        chosen = np.array([pair.part == part for pair in self.pairs])
        return Compared(
            [pair for pair in self.pairs if pair.part == part],
            self.cosines[chosen],
            self.kin[chosen],
            self.sureness[chosen],
        )

    def languages(self) -> list[str]:
        """Language pair of each pair, "da-en"."""
        return [f"{pair.demand_language}-{pair.competence_language}" for pair in self.pairs]

    def statuses(self) -> NDArray[np.str_]:
        """What was judged."""
        return np.array([pair.status for pair in self.pairs])


def read_pairs() -> list[Pair]:
    """Read the judged pairs."""
    with FILE.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(**{name: row[name] for name in Pair.__dataclass_fields__}) for row in rows]  # type: ignore[arg-type]


def compared(pairs: Sequence[Pair], encoder: Encoder) -> Compared:
    """Encode and link every phrase, and compare the two of each pair."""
    demands = {(p.demand, p.demand_language) for p in pairs}
    competences = {(p.competence, p.competence_language) for p in pairs}
    asked, offered = _read(sorted(demands), encoder, Demand), _read(sorted(competences), encoder, Competence)
    left = [asked[p.demand, p.demand_language] for p in pairs]
    right = [offered[p.competence, p.competence_language] for p in pairs]
    places = kinship()
    return Compared(
        pairs,
        np.array([float((a.vectors @ b.vectors.T)[0, 0]) for a, b in zip(left, right, strict=True)]),
        np.array([places[_concept(a), _concept(b)] for a, b in zip(left, right, strict=True)], dtype=np.int64),
        np.array([min(a.figures[0, SURENESS], b.figures[0, SURENESS]) for a, b in zip(left, right, strict=True)]),
    )


def chances(pairs: Compared, cover: Cover) -> NDArray[np.float64]:
    """Return the chance of each pair as the product would give it."""
    means = np.array([cover.means.get(pair, cover.means["any"]) for pair in pairs.languages()])
    deviations = np.array([cover.deviations.get(pair, cover.deviations["any"]) for pair in pairs.languages()])
    bonus = np.array([0.0, cover.same, cover.narrower, cover.broader])[pairs.kin] * pairs.sureness
    return chance(cover.nearness * (pairs.cosines - means) / deviations + bonus + cover.intercept)


def _read(
    texts: Sequence[tuple[str, Language]], encoder: Encoder, span: type[Demand] | type[Competence]
) -> Mapping[tuple[str, Language], Phrases]:
    vectors = encoder.encode([text for text, _ in texts], role="phrase")
    known = prototypes_of(encoder)
    links = linked_by_vector(vectors, known) if known else [(None, 0.0)] * len(texts)
    result = {}
    for place, (text, language) in enumerate(texts):
        read: Span = span(label=text, evidence=text, start=0, end=len(text), confidence=1.0)
        named = [found for found in spot(text, language) if found.end - found.start >= ALONE * len(text)]
        if named:
            read = replace(read, concept=named[0].concept.id)
        elif links[place][0]:
            read = replace(read, concept=links[place][0], sureness=links[place][1])
        result[text, language] = Phrases(language, vectors[place : place + 1], figures([read]))  # type: ignore[list-item]
    return result


def _concept(phrases: Phrases) -> int:
    return int(phrases.figures[0, CONCEPT])
