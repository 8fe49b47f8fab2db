"""All forms by the keys of their words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from models.tagging.forms import Form, FormLanguage
from models.tagging.inflection import form_lemma, gerund
from models.tagging.tokens import HYPHENS, Word, words

SHORTEST_JOINED = 3
"""Letters of each part of a hyphenated form that may also be written in one ("back-end", "backend")."""
_LANGUAGES: tuple[FormLanguage, ...] = ("da", "en")


@dataclass(slots=True)
class Node:
    """What may follow a sequence of keys, and the forms that end with it."""

    following: dict[str, "Node"] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)

    def step(self, keys: Iterable[str]) -> "Node | None":
        """Return the node that `keys` lead to; None where no form goes on like that."""
        node: Node | None = self
        for key in keys:
            node = node.following.get(key) if node else None
        return node


class Trie:
    """The forms in every spelling and inflection they are known by; `parts` are all keys that stand in one."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.root = Node()
        self.parts: set[str] = set()
        for form in forms:
            spelled = words(form.text)
            self.parts.update(word.key for word in spelled)
            for keys in set(_readings(form, spelled)):
                self._insert(keys, form)

    def single(self, key: str) -> Sequence[Form]:
        """Return the forms of one word with this key."""
        node = self.root.following.get(key)
        return node.forms if node else ()

    def _insert(self, keys: Sequence[str], form: Form) -> None:
        node = self.root
        for key in keys:
            node = node.following.setdefault(key, Node())
        node.forms.append(form)


def _readings(form: Form, spelled: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    """Yield the sequences of keys that mean `form`: as spelled, in base forms, in one word for two with a hyphen."""
    keys = tuple(word.key for word in spelled if word.text not in HYPHENS)
    yield keys
    languages = (form.language,) if form.language else _LANGUAGES
    if len(keys) > 1 or not (form.name or form.case or form.text.isupper()):
        yield from (tuple(form_lemma(k, language, alone=len(keys) == 1) for k in keys) for language in languages)
    yield from _respelled(spelled)
    if len(keys) > 1 and form.language != "da" and (doing := gerund(keys[0])):
        yield (doing, *keys[1:])


def _respelled(spelled: Sequence[Word]) -> Iterator[tuple[str, ...]]:
    for at, word in enumerate(spelled):
        if word.text in HYPHENS and 0 < at < len(spelled) - 1:
            left, right = spelled[at - 1].key, spelled[at + 1].key
            if min(len(left), len(right)) >= SHORTEST_JOINED:
                rest = (w.key for w in spelled[at + 2 :] if w.text not in HYPHENS)
                before = (w.key for w in spelled[: at - 1] if w.text not in HYPHENS)
                yield (*before, left + right, *rest)
        elif not HYPHENS.isdisjoint(word.text) and len(word.text) > 1:
            parts = ((w.key.replace("‑", "-").split("-")) if w is word else [w.key] for w in spelled)
            yield tuple(k for k in chain.from_iterable(parts) if k not in HYPHENS)
