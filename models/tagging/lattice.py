"""All ways to read the words of a text, and the forms that lie on them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.tagging.forms import JOINED, SHARED, Form, TextLanguage
from models.tagging.inflection import Stems
from models.tagging.tokens import HYPHENS, Word
from models.tagging.trie import SHORTEST_JOINED, Node, Trie

CONJUNCTIONS = frozenset(("og", "eller", "samt", "and", "or", "/", "&"))


class Edge(NamedTuple):
    """One way to read the words from some place on: the keys they make, where they end, how sure it is."""

    keys: tuple[str, ...]
    end: int
    certainty: float


class Found(NamedTuple):
    """A form at words `start:end`; one `apart` shares a part with another word, and hides nothing between."""

    form: Form
    start: int
    end: int
    certainty: float
    apart: bool = False


class Lattice:
    """The readings of `words`: as written, by base forms, and across hyphens."""

    def __init__(self, words: Sequence[Word], stems: Stems, language: TextLanguage) -> None:
        self.words = words
        self.glue = frozenset(i for i in range(1, len(words) - 1) if words[i].text in HYPHENS and self._glues(i))
        """Where a hyphen stands inside a word; forms are read across it."""
        self._stems = stems
        self._language = language
        self._edges: dict[int, tuple[Edge, ...]] = {}

    def stems(self, key: str) -> tuple[str, ...]:
        """Return the base forms of a key in the language of this text."""
        return self._stems.of(key, self._language)

    def past_glue(self, at: int) -> int:
        """Return where a form goes on that has been read up to `at`."""
        return at + 1 if at in self.glue else at

    def _glues(self, at: int) -> bool:
        before, hyphen, after = self.words[at - 1 : at + 2]
        return before.end == hyphen.start and hyphen.end == after.start and after.text[0].isalnum()

    def edges(self, at: int) -> tuple[Edge, ...]:
        """Return all ways to read on from word `at`; none where the text ends."""
        if at not in self._edges:
            self._edges[at] = tuple(self._read(at)) if at < len(self.words) else ()
        return self._edges[at]

    def starts(self, root: Node) -> Iterator[int]:
        """Yield where some form may begin."""
        for at, word in enumerate(self.words):
            if at + 1 in self.glue or any(keys[0] in root.following for keys, _ in self._readings(word.key)):
                yield at

    def _readings(self, key: str) -> tuple[tuple[tuple[str, ...], float], ...]:
        return self._stems.readings(key, self._language)

    def _read(self, at: int) -> Iterator[Edge]:
        key = self.words[at].key
        for keys, certainty in self._readings(key):
            yield Edge(keys, at + 1, certainty)
        if at + 1 in self.glue:
            after = self.words[at + 2].key
            if min(len(key), len(after)) >= SHORTEST_JOINED:
                yield from (Edge(keys, at + 3, min(JOINED, sure)) for keys, sure in self._readings(key + after))


def forms_in(lattice: Lattice, trie: Trie) -> Iterator[Found]:
    """Yield every form on the lattice; the same one may come twice with different certainty."""
    for start in lattice.starts(trie.root):
        for edge in lattice.edges(start):
            node = trie.root.step(edge.keys)
            if node:
                yield from _onwards(lattice, node, start, edge)
                if node.following:
                    yield from _over_a_conjunction(lattice, node, start, edge)


def _onwards(lattice: Lattice, node: Node, start: int, read: Edge) -> Iterator[Found]:
    for form in node.forms:
        yield Found(form, start, read.end, read.certainty)
    at = lattice.past_glue(read.end)
    if not node.following:
        return
    for edge in lattice.edges(at):
        following = node.step(edge.keys)
        if following:
            yield from _onwards(lattice, following, start, Edge((), edge.end, min(read.certainty, edge.certainty)))


def _over_a_conjunction(lattice: Lattice, node: Node, start: int, read: Edge) -> Iterator[Found]:
    """Read "qualitative and quantitative methods" as qualitative methods too."""
    at = read.end
    if at + 2 >= len(lattice.words) or lattice.words[at].key not in CONJUNCTIONS:
        return
    if not lattice.words[at + 1].key.isalpha():
        return
    for edge in lattice.edges(at + 2):
        following = node.step(edge.keys)
        for form in following.forms if following else ():
            yield Found(form, start, edge.end, min(SHARED, read.certainty, edge.certainty), apart=True)
