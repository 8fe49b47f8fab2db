"""Finds forms of concepts in Danish and English text: a spaCy pipeline of own components on a blank language.

No trained pipeline is needed: simplemma's dictionaries know the base forms, and a trie of the forms' words the rest.
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

from models.tagging.compounds import Compounds
from models.tagging.forms import NOTHING, Form, Tag, TextLanguage
from models.tagging.inflection import Stems
from models.tagging.judging import Candidate, judged
from models.tagging.lattice import Found, Lattice, forms_in
from models.tagging.parts import forms_in_words, forms_with_shared_parts
from models.tagging.tokens import Word, words
from models.tagging.trie import Trie

__all__ = ["NOTHING", "Form", "Tag", "Tagger"]

_UNSAFE = {0: " ", **dict.fromkeys(range(0xD800, 0xE000), " ")}
"""NUL and lone surrogates, which spaCy cannot store; one space for one code point keeps the offsets."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the components share: the forms, and what is known of words because of them."""

    trie: Trie
    stems: Stems
    compounds: Compounds


_one_text_at_a_time = Lock()
"""A vocabulary of spaCy forgets the words of one text at a time."""


class Tagger:
    """Finds `forms` in text. Building takes seconds, tagging milliseconds; threads wait for each other."""

    def __init__(self, forms: Iterable[Form]) -> None:
        trie = Trie(forms)
        inside = (key for key, node in trie.root.following.items() if any(not form.case for form in node.forms))
        self._known = _Known(trie, Stems(trie.parts), Compounds(inside))

    def tag(self, text: str, language: TextLanguage) -> list[Tag]:
        """Return the forms in `text` by place, without those nested in longer ones.

        `language` is that of the text around: it decides how words are inflected, and on forms of one language.
        """
        with _one_text_at_a_time:
            pipeline = _pipeline(language)
            with pipeline.memory_zone():
                doc = pipeline.make_doc(text.translate(_UNSAFE))
                doc.user_data["known"] = self._known
                doc = pipeline(doc)
                found, tokens = doc.user_data["found"], doc.user_data["words"]
        return judged(text, _placed(found, tokens), language)


def _placed(found: Iterable[Found], tokens: list[Word]) -> Iterator[Candidate]:
    for form, first, last, certainty, apart in found:
        yield Candidate(form, tokens[first].start, tokens[last - 1].end, certainty, apart)


@cache
def _pipeline(language: TextLanguage) -> Any:  # noqa: ANN401 - spaCy is imported when used
    """Return a blank pipeline with our tokeniser and components; another language is read with Danish words."""
    with _without_torch():
        import spacy
    from spacy.tokens import Doc

    pipeline: Any = spacy.blank("en" if language == "en" else "da")
    pipeline.vocab.lex_attr_getters = {}  # word shapes and the like, made anew for every text and asked for by nobody

    def tokenise(text: str) -> Doc:
        tokens = words(text)
        doc = Doc(pipeline.vocab, *_with_space(text, tokens))
        doc.user_data.update(language=language, words=tokens, found=[])
        return doc

    pipeline.tokenizer = tokenise
    for component in _components():
        pipeline.add_pipe(component)
    return pipeline


@contextmanager
def _without_torch() -> Iterator[None]:
    """Let spaCy be imported without torch, which it would only look at: two thirds of the time it takes."""
    hidden = "torch" not in sys.modules
    if hidden:
        sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["torch"]


def _with_space(text: str, tokens: list[Word]) -> tuple[list[str], list[bool]]:
    """Return tokens and whether one space follows, as spaCy keeps a text; other white space is a token of its own."""
    pieces: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in [*((token.start, token.end) for token in tokens), (len(text), len(text))]:
        gap = text[at:start]
        if gap.startswith(" ") and pieces:
            spaces[-1], gap = True, gap[1:]
        for piece in (gap, text[start:end]):
            if piece:
                pieces.append(piece)
                spaces.append(False)
        at = end
    return pieces, spaces


@cache
def _components() -> tuple[str, ...]:
    """Make our components known to spaCy, once; return their names in order."""
    from spacy.language import Language
    from spacy.tokens import Doc

    @Language.component("matcher_base_forms")
    def base_forms(doc: Doc) -> Doc:
        data = doc.user_data
        data["lattice"] = Lattice(data["words"], data["known"].stems, data["language"])
        return doc

    @Language.component("matcher_forms")
    def forms(doc: Doc) -> Doc:
        data = doc.user_data
        data["found"].extend(forms_in(data["lattice"], data["known"].trie))
        return doc

    @Language.component("matcher_compounds")
    def compounds(doc: Doc) -> Doc:
        data = doc.user_data
        known: _Known = data["known"]
        data["found"].extend(forms_with_shared_parts(data["lattice"], known.trie, known.compounds))
        if data["language"] != "en":
            data["found"].extend(forms_in_words(data["lattice"], known.trie, known.compounds))
        return doc

    return "matcher_base_forms", "matcher_forms", "matcher_compounds"
