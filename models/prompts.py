"""Which words a model wants before a text, by the role the text plays."""

import re
from collections.abc import Mapping
from typing import Literal, get_args

Prompt = Literal["query", "passage"]
Head = Literal["title", "competence", "work"]
Role = Literal["query", "passage", "title", "competence", "work", "phrase"]
"""What a text is to be compared as: the short side of a search, the document, or one of the short texts that have a
trained head of their own: a job title among titles, a competence or demand among competences, and a kind of work (a
title, with or without its description) among the competences that it takes. A phrase is a competence or demand as
people word it, seen in the light of the vocabulary's prototypes (`models.prototypes`)."""

HEADS: tuple[Head, ...] = get_args(Head)

MOST_TOKENS = 512
"""Tokens the packaged model reads, prefix and special tokens included."""

E5_PREFIXES: Mapping[Prompt, str] = {"query": "query: ", "passage": "passage: "}
"""Wang et al., Multilingual E5 Text Embeddings, 2024 (arXiv 2402.05672)."""

NO_PREFIXES: Mapping[Prompt, str] = {"query": "", "passage": ""}


def prompt_of(role: Role) -> Prompt:
    """Return which of a model's prompts stands before a text of this role: short texts are compared as queries."""
    return "passage" if role == "passage" else "query"


def prefixes(name: str, prompts: Mapping[str, str | None]) -> Mapping[Prompt, str]:
    """Return a model's own prompts where it has any, else those of E5 if its name says so, else none.

    >>> prefixes("intfloat/multilingual-e5-large", {})["query"]
    'query: '
    """
    own = {role: text for role, text in prompts.items() if text}
    if own:
        return {"query": own.get("query", ""), "passage": own.get("document", own.get("passage", ""))}
    words = re.split(r"[^a-z0-9]+", name.lower())
    return E5_PREFIXES if "e5" in words and "instruct" not in words else NO_PREFIXES
