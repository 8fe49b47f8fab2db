"""Forms inside longer words, and forms that share a part with another word ("drifts- og vedligeholdelsesopgaver")."""

from collections.abc import Iterator

from models.tagging.compounds import NEUTRAL_HEADS, SHORTEST_PART, SHORTEST_REST, Compounds, Part, base
from models.tagging.forms import SHARED
from models.tagging.inflection import LONGEST_WORD
from models.tagging.lattice import CONJUNCTIONS, Found, Lattice
from models.tagging.tokens import HYPHENS
from models.tagging.trie import Trie

FARTHEST = 6
"""Words and signs between a hanging hyphen and the word that completes it: "drifts-, service- og ..."."""


def forms_in_words(lattice: Lattice, trie: Trie, compounds: Compounds) -> Iterator[Found]:
    """Yield forms that are part of a word, where the whole word is none."""
    for at, word in enumerate(lattice.words):
        if len(word.key) >= SHORTEST_PART + SHORTEST_REST and not whole(word.key, lattice, trie):
            yield from _found(compounds.parts(word.key), trie, at, at + 1)


def forms_with_shared_parts(lattice: Lattice, trie: Trie, compounds: Compounds) -> Iterator[Found]:
    """Yield forms that a hanging hyphen and another word make together; they cover all from one to the other."""
    for at in range(1, len(lattice.words)):
        word = lattice.words[at]
        if word.text not in HYPHENS or at in lattice.glue:
            continue
        if word.start == lattice.words[at - 1].end:
            yield from _completed_by_the_end(lattice, trie, compounds, at - 1)
        elif at + 1 < len(lattice.words) and word.end == lattice.words[at + 1].start:
            yield from _completed_by_the_beginning(lattice, trie, at + 1)


def whole(key: str, lattice: Lattice, trie: Trie) -> str | None:
    """Return the key under which a word is a form by itself, if it is one."""
    return next((k for k in (key, *lattice.stems(key)) if trie.single(k)), None)


def _completed_by_the_end(lattice: Lattice, trie: Trie, compounds: Compounds, at: int) -> Iterator[Found]:
    """`at` is "drifts" in "drifts- og vedligeholdelsesopgaver"."""
    first = lattice.words[at].key
    last = _completing(lattice, at + 2)
    if last is None or not first[0].isalpha():
        return
    second = lattice.words[last].key[:LONGEST_WORD]
    for cut in range(SHORTEST_REST, len(second) - SHORTEST_REST + 1):
        completed = first + second[cut:]
        if key := whole(completed, lattice, trie):
            yield from _found((Part(key, SHARED),), trie, at, last + 1, apart=True)
            return
        if base(second[cut:], NEUTRAL_HEADS) and (parts := compounds.parts(completed)):
            yield from _found(parts, trie, at, last + 1, apart=True)
            return


def _completing(lattice: Lattice, at: int) -> int | None:
    """Return where the first word after a conjunction stands, with only further hanging words before it."""
    for i in range(at, min(at + FARTHEST, len(lattice.words) - 1)):
        word = lattice.words[i]
        if word.key in CONJUNCTIONS:
            return i + 1 if lattice.words[i + 1].key[0].isalpha() else None
        hanging = lattice.words[i + 1].text in HYPHENS and i + 1 not in lattice.glue
        if not (word.text == "," or word.text in HYPHENS or hanging):
            return None
    return None


def _completed_by_the_beginning(lattice: Lattice, trie: Trie, at: int) -> Iterator[Found]:
    """`at` is "styring" in "projektledelse og -styring"."""
    if at < 3 or lattice.words[at - 2].key not in CONJUNCTIONS | {","}:
        return
    first, second = lattice.words[at - 3].key[:LONGEST_WORD], lattice.words[at].key
    for cut in range(len(first) - SHORTEST_REST, SHORTEST_REST - 1, -1):
        if key := whole(first[:cut] + second, lattice, trie):
            yield from _found((Part(key, SHARED),), trie, at - 3, at + 1, apart=True)
            return


def _found(parts: tuple[Part, ...], trie: Trie, start: int, end: int, *, apart: bool = False) -> Iterator[Found]:
    for part in parts:
        yield from (Found(form, start, end, part.certainty, apart) for form in trie.single(part.form))
