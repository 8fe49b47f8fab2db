"""Which records a search in a list means: by words and by place."""

from collections.abc import Iterable, Sequence

from matcher.labour.geography import municipality_name


def words_of(query: str) -> list[str]:
    """Return the words to look for."""
    return query.casefold().split()


def holds(words: Sequence[str], *texts: str | None) -> bool:
    """Whether every word stands somewhere in the texts.

    >>> holds(["maskin"], "Maskiningeniør", None), holds(["maskin", "hobro"], "Maskiningeniør", None)
    (True, False)
    """
    about = " ".join(text for text in texts if text).casefold()
    return all(word in about for word in words)


def lies_in(municipality: str | None, wanted: Iterable[str]) -> bool:
    """Whether a municipality is one of those that are wanted, however it is written; any is where none is.

    >>> lies_in("Aalborg Kommune", ["aalborg"]), lies_in(None, ["aalborg"]), lies_in(None, [])
    (True, False, True)
    """
    names = {municipality_name(name) for name in wanted}
    return not names or municipality_name(municipality or "") in names
