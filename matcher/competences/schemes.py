"""Links titles and phrases to what people file work and competences under: ISCO-08, our vocabulary, and ESCO."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.competences.concepts import concepts_by_id
from matcher.competences.linking import Link, Linker, Names, linked_by_vector
from matcher.competences.meaning import prototypes_of
from matcher.competences.spotting import spot
from matcher.competences.terms import Purpose, Term
from matcher.home import writing
from matcher.ingest.language import detect
from matcher.labour.isco import read_unit_groups
from matcher.taxonomy.concepts import Taxonomy

MOST = 5
"""Links shown of one scheme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What a text was linked to, surest first; an empty list is an abstention. `esco` is None without an import."""

    text: str
    isco: list[Link]
    competences: list[Link]
    esco: list[Link] | None


class Schemes:
    """All schemes of one home. Vectors of names are made once for each encoder and kept below `folder`."""

    def __init__(self, linker: Linker, taxonomy: Taxonomy, folder: Path) -> None:
        self._linker = linker
        self._taxonomy = taxonomy
        self._folder = folder

    @property
    def model(self) -> str:
        """What made the links."""
        return self._linker.encoder.fingerprint

    @property
    def adapted(self) -> bool:
        """Whether the trained part was in use; without it links are fewer and less sure."""
        return prototypes_of(self._linker.encoder) is not None

    def link(self, texts: Sequence[str]) -> list[Linked]:
        """Link every text to every scheme that may hold it."""
        isco = self._linker.link(texts, self._unit_groups, most=MOST)
        esco = self._linked_to_esco(texts)
        return [
            Linked(text=text, isco=isco[place], competences=named, esco=esco[place] if esco else None)
            for place, (text, named) in enumerate(zip(texts, self._competences(texts), strict=True))
        ]

    def _competences(self, texts: Sequence[str]) -> list[list[Link]]:
        """Concepts that the words name, then the one that the whole text means."""
        found = [_named(text) for text in texts]
        known = prototypes_of(self._linker.encoder)
        if known is not None:
            links = linked_by_vector(self._linker.encoder.encode(texts, role="phrase"), known)
            for named, (concept, sureness) in zip(found, links, strict=True):
                if concept in concepts_by_id() and concept not in {link.concept for link in named}:
                    named.append(Link(concept=concept, label=concepts_by_id()[concept].en, confidence=sureness))
        return [_surest(named) for named in found]

    def _linked_to_esco(self, texts: Sequence[str]) -> list[list[Link]] | None:
        if not self._taxonomy:
            return None
        both = [self._linker.link(texts, names, most=MOST) for names in (self._occupations, self._skills)]
        joined = [[*titles, *skills] for titles, skills in zip(*both, strict=True)]
        return [_surest(links) for links in joined]

    @cached_property
    def _unit_groups(self) -> Names:
        return self._names([Term(group.code, name) for group in read_unit_groups() for name in group.names], "title")

    @cached_property
    def _occupations(self) -> Names:
        return self._names(self._taxonomy.terms("occupation"), "title")

    @cached_property
    def _skills(self) -> Names:
        return self._names(
            [
                Term(concept.uri, label)
                for concept in self._taxonomy.of_kind("skill")
                for label in dict.fromkeys(concept.labels.values())
            ],
            "competence",
        )

    def _names(self, terms: Sequence[Term], purpose: Purpose) -> Names:
        key = "\n".join((self._linker.encoder.fingerprint, purpose, *(term.text for term in terms)))
        file = self._folder / f"{hashlib.sha256(key.encode()).hexdigest()[:16]}.npy"
        known = _stored(file, (len(terms), self._linker.encoder.dimension))
        names = self._linker.names(terms, purpose, vectors=known)
        if known is None:
            _store(file, names.vectors)
        return names


def _surest(links: Sequence[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (-link.confidence, link.concept))[:MOST]


def _named(text: str) -> list[Link]:
    found: dict[str, Link] = {}
    for spotted in spot(text, detect(text)):
        link = Link(concept=spotted.concept.id, label=text[spotted.start : spotted.end], confidence=spotted.certainty)
        if found.setdefault(link.concept, link).confidence < link.confidence:
            found[link.concept] = link
    return list(found.values())


def _stored(file: Path, shape: tuple[int, int]) -> NDArray[np.float32] | None:
    """Vectors kept before, or None where there are none or they cannot be trusted: then they are made anew."""
    with suppress(OSError, ValueError, EOFError):
        vectors: NDArray[np.float16] = np.load(file, allow_pickle=False)
        if vectors.shape == shape:
            return vectors.astype(np.float32)
    return None


def _store(file: Path, vectors: NDArray[np.float32]) -> None:
    from filelock import FileLock

    aside = file.with_suffix(".building")
    with writing(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock")):
            with aside.open("wb") as target:
                np.save(target, vectors.astype(np.float16), allow_pickle=False)
            aside.replace(file)
