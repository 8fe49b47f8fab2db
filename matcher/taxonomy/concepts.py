"""What ESCO says: skills, occupations and ISCO groups with their names, and which of them belong together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from matcher.competences.terms import Term

TaxonomyKind = Literal["skill", "occupation", "isco_group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EscoConcept:
    """One concept. `uri` stands below `ESCO`, for instance `skill/<uuid>`, `occupation/<uuid>`, `isco/C2654`."""

    uri: str
    kind: TaxonomyKind
    isco: str | None = None
    """ISCO-08 unit group of an occupation, or the code of an ISCO group itself."""
    skill_type: str | None = None
    """"competence" or "knowledge" for a skill, where the files say it."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """Preferred name by language."""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names by language, without the preferred one, in the order of the file."""
    broader: tuple[str, ...] = ()
    """Wider skills and skill groups; the groups are not concepts of the taxonomy."""
    essential: tuple[str, ...] = ()
    """Skills that an occupation needs."""
    optional: tuple[str, ...] = ()
    """Skills that help in an occupation."""

    def names(self, language: str) -> tuple[str, ...]:
        """All names in one language, the preferred one first."""
        label = self.labels.get(language)
        return (*((label,) if label else ()), *self.aliases.get(language, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """All imported concepts by URI, in the order of their URIs; empty where nothing was imported."""

    concepts: Mapping[str, EscoConcept] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.concepts)

    def of_kind(self, kind: TaxonomyKind) -> Iterator[EscoConcept]:
        """The concepts of one kind, by URI."""
        return (concept for concept in self.concepts.values() if concept.kind == kind)

    def terms(self, kind: TaxonomyKind) -> list[Term]:
        """Every name in every language of the concepts of one kind, each once a concept."""
        return [
            Term(concept.uri, name)
            for concept in self.of_kind(kind)
            for name in dict.fromkeys(name for language in self.languages for name in concept.names(language))
        ]
