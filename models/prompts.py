"""Which words a model wants before a text, by the role the text plays."""

import re
from collections.abc import Mapping
from typing import Literal

Role = Literal["query", "passage"]

MOST_TOKENS = 512
"""Tokens the packaged model reads, prefix and special tokens included."""

E5_PREFIXES: Mapping[Role, str] = {"query": "query: ", "passage": "passage: "}
"""Wang et al., Multilingual E5 Text Embeddings, 2024 (arXiv 2402.05672)."""

NO_PREFIXES: Mapping[Role, str] = {"query": "", "passage": ""}


def prefixes(name: str, prompts: Mapping[str, str | None]) -> Mapping[Role, str]:
    """Return a model's own prompts where it has any, else those of E5 if its name says so, else none.

    >>> prefixes("intfloat/multilingual-e5-large", {})["query"]
    'query: '
    """
    own = {role: text for role, text in prompts.items() if text}
    if own:
        return {"query": own.get("query", ""), "passage": own.get("document", own.get("passage", ""))}
    words = re.split(r"[^a-z0-9]+", name.lower())
    return E5_PREFIXES if "e5" in words and "instruct" not in words else NO_PREFIXES
