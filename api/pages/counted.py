"""Counts beside the choices of a list's filters: what each choice would show while the other filters stay."""

from collections.abc import Iterable, Mapping

Values = Mapping[str, str]
"""What one record has under the name of each filter, "" for nothing."""
Wanted = Mapping[str, frozenset[str]]
"""What is asked for under the name of each filter; nothing asked is anything."""


def meets(row: Values, wanted: Wanted) -> bool:
    """Whether a record is asked for."""
    return all(not some or row[name] in some for name, some in wanted.items())


def counted(rows: Iterable[Values], wanted: Wanted, name: str) -> dict[str, int]:
    """Return how many records each choice of one filter would show, the most frequent first.

    >>> counted([{"a": "x", "b": "1"}, {"a": "y", "b": "2"}], {"a": frozenset("x"), "b": frozenset("1")}, "a")
    {'x': 1}
    """
    others = {other: some for other, some in wanted.items() if other != name}
    counts: dict[str, int] = {}
    for row in rows:
        if row[name] and meets(row, others):
            counts[row[name]] = counts.get(row[name], 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
