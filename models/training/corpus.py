"""What the adapter is trained on, as strings: names of one thing belong together, whatever their language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A kind of work or a skill: its names in both languages, and texts that describe it."""

    key: str
    da: tuple[str, ...]
    en: tuple[str, ...]
    descriptions: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Names in both languages, Danish first."""
        return (*self.da, *self.en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A concept of the vocabulary: names, how people say it, and what sounds like it and is something else.

    `related`: keys of concepts that must not be pushed away (broader and narrower ones).
    """

    key: str
    labels: tuple[str, str]
    names: tuple[str, ...]
    mentions: tuple[str, ...]
    near: tuple[str, ...]
    related: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """An occupation and the skills it takes: (key of the skill, weight) pairs; descriptions by language."""

    item: Item
    described: dict[str, str]
    skills: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Everything that is learned from."""

    titles: tuple[Item, ...]
    skills: tuple[Item, ...]
    entries: tuple[Entry, ...]
    works: tuple[Work, ...]
