"""Word lists that tell personal names from other capitalised words."""

from functools import cache
from importlib.resources import files


@cache
def given_names() -> frozenset[str]:
    """Common given names in Denmark, lower case. One sign among several: no such list is complete."""
    return frozenset(_lines("given_names.tsv"))


@cache
def words(kind: str) -> frozenset[str]:
    """Lower-case words of one `kind`.

    `never` is no part of a name, `title` stands before one, `particle` inside one; `ordinary` is a name that is also
    a word, a town or a tool.
    """
    rows = (line.split("\t") for line in _lines("name_words.tsv"))
    return frozenset(word for word, kind_of_word in rows if kind_of_word == kind)


def _lines(name: str) -> list[str]:
    text = files("matcher.privacy").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
