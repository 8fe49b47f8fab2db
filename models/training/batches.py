"""Chooses what is compared in one step: things that are easily mistaken for one another share a batch."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.training.corpus import Corpus, Entry, Item, Work

NEIGHBOURS = 8
CLUSTER = 4
"""Of each thing that is drawn, so many near ones come with it, itself included: hard negatives."""
MOST_NEAR = 16

SAID_TWICE, SAID_AND_NAMED = 0.45, 0.85
"""Share of a concept's pairs that are two mentions; with those of a mention and a name. The rest are two names."""
ACROSS = 0.55
"""Share of pairs of names that cross the languages where both have one."""
DESCRIBED = {"skills": 0.15, "titles": 0.12, "works": 0.6}


@dataclass(frozen=True, slots=True)
class Pairs:
    """Texts that mean the same, row by row, what else must not be near, and which rows to leave out as negatives."""

    left: list[str]
    right: list[str]
    extra: list[str]
    kin: NDArray[np.bool_]
    """(n, n): row i's right side is not wrong for row j either; the diagonal is False."""
    chosen: list[int]


class Batches:
    """Draws batches; the same seed draws the same ones. `neighbours`: for each list of the corpus, (n, NEIGHBOURS)."""

    def __init__(self, corpus: Corpus, neighbours: dict[str, NDArray[np.int64]], seed: int) -> None:
        self._corpus = corpus
        self._neighbours = neighbours
        self._random = np.random.default_rng(seed)
        self._skills = {item.key: item for item in corpus.skills}
        self._kin = kinship(corpus.entries)

    def share(self) -> float:
        """Return a number in [0, 1) to choose the next task by."""
        return float(self._random.random())

    def entries(self, size: int) -> Pairs:
        """Mentions and names of concepts, with near misses."""
        chosen = self._cluster("entries", size)
        left: list[str] = []
        right: list[str] = []
        extra: list[str] = []
        for place in chosen:
            entry = self._corpus.entries[place]
            pair = self._said(entry)
            left.append(pair[0])
            right.append(pair[1])
            if entry.near and len(extra) < MOST_NEAR:
                extra.append(self._one(entry.near))
        return Pairs(left, right, extra, self._kin_of(chosen), chosen)

    def items(self, name: str, size: int) -> Pairs:
        """Names (and some descriptions) of titles or skills."""
        chosen = self._cluster(name, size)
        items: Sequence[Item] = getattr(self._corpus, name)
        pairs = [self._named(items[place], DESCRIBED[name]) for place in chosen]
        none = np.zeros((len(chosen), len(chosen)), dtype=np.bool_)
        return Pairs([left for left, _ in pairs], [right for _, right in pairs], [], none, chosen)

    def works(self, size: int) -> Pairs:
        """Occupations and one skill each; no other skill of the occupation is taken for wrong."""
        chosen = self._cluster("works", size)
        works = [self._corpus.works[place] for place in chosen]
        skills = [self._skill_of(work) for work in works]
        known = [dict(work.skills) for work in works]
        kin = np.array([[skill in mine for skill in skills] for mine in known])
        np.fill_diagonal(kin, val=False)
        return Pairs(
            [self._work_text(work) for work in works],
            [self._skill_text(self._skills[skill]) for skill in skills],
            [],
            kin,
            chosen,
        )

    def _cluster(self, name: str, size: int) -> list[int]:
        neighbours = self._neighbours[name]
        chosen: dict[int, None] = {}
        while len(chosen) < min(size, len(neighbours)):
            first = int(self._random.integers(len(neighbours)))
            near = self._random.choice(neighbours[first], min(CLUSTER - 1, neighbours.shape[1]), replace=False)
            chosen.update(dict.fromkeys([first, *near.tolist()]))
        return list(chosen)[:size]

    def _said(self, entry: Entry) -> tuple[str, str]:
        draw = self._random.random()
        if len(entry.mentions) > 1 and draw < SAID_TWICE:
            return self._two(entry.mentions)
        if entry.mentions and draw < SAID_AND_NAMED:
            return self._one(entry.mentions), self._one(entry.names)
        return self._two(entry.names)

    def _named(self, item: Item, described: float) -> tuple[str, str]:
        left, right = self._two_names(item)
        if item.descriptions and self._random.random() < described:
            left = self._one(item.descriptions)
        return left, right

    def _two_names(self, item: Item) -> tuple[str, str]:
        if item.da and item.en and self._random.random() < ACROSS:
            pair = self._one(item.da), self._one(item.en)
            return pair if self._random.random() < 0.5 else (pair[1], pair[0])
        several = [names for names in (item.da, item.en) if len(names) > 1]
        names = several[int(self._random.integers(len(several)))] if several else item.names
        return self._two(names) if len(names) > 1 else (names[0], names[0])

    def _skill_of(self, work: Work) -> str:
        weights = np.array([weight for _, weight in work.skills], dtype=float)
        return work.skills[int(self._random.choice(len(weights), p=weights / weights.sum()))][0]

    def _work_text(self, work: Work) -> str:
        language, names = self._language_of(work.item)
        title = self._one(names[:4]) if self._random.random() < 0.5 else names[0]
        description = work.described.get(language)
        return f"{title}. {description}" if description and self._random.random() < DESCRIBED["works"] else title

    def _skill_text(self, skill: Item) -> str:
        _, names = self._language_of(skill)
        return names[0] if self._random.random() < 0.7 else self._one(names)

    def _language_of(self, item: Item) -> tuple[str, tuple[str, ...]]:
        danish = bool(item.da) and (not item.en or self._random.random() < 0.6)
        return ("da", item.da) if danish else ("en", item.en)

    def _kin_of(self, chosen: list[int]) -> NDArray[np.bool_]:
        kin = self._kin[np.ix_(chosen, chosen)]
        np.fill_diagonal(kin, val=False)
        return kin

    def _one(self, texts: Sequence[str]) -> str:
        return texts[int(self._random.integers(len(texts)))]

    def _two(self, texts: Sequence[str]) -> tuple[str, str]:
        """Return two of the texts; of a thing with one name that name twice, which teaches what it is not."""
        if len(texts) < 2:
            return texts[0], texts[0]
        first, second = self._random.choice(len(texts), 2, replace=False)
        return texts[first], texts[second]


def kinship(entries: Sequence[Entry]) -> NDArray[np.bool_]:
    """Return which concepts are related, shape (n, n), symmetric, each to itself."""
    place = {entry.key: number for number, entry in enumerate(entries)}
    kin = np.eye(len(entries), dtype=np.bool_)
    for entry in entries:
        for other in entry.related & place.keys():
            kin[place[entry.key], place[other]] = kin[place[other], place[entry.key]] = True
    return kin


def nearest(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return for each row the places of its `NEIGHBOURS` nearest others."""
    count = min(NEIGHBOURS, len(vectors) - 1)
    found = np.empty((len(vectors), count), dtype=np.int64)
    for at in range(0, len(vectors), 2048):
        scores = vectors[at : at + 2048] @ vectors.T
        scores[np.arange(len(scores)), np.arange(at, at + len(scores))] = -np.inf
        found[at : at + 2048] = np.argsort(-scores, axis=1, kind="stable")[:, :count]
    return found
