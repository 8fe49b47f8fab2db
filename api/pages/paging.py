"""Long lists in pages of a fixed length, with addresses of the pages around."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from api.pages.addresses import with_query

LENGTH = 25
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[Item]):
    """One page of a list. `first` and `last` count from 1; `before` and `after` are addresses, None at the ends."""

    items: Sequence[Item]
    total: int
    first: int
    last: int
    before: str | None
    after: str | None


def sliced(
    items: Sequence[Item], at: str, path: str, query: Mapping[str, object], *, length: int = LENGTH
) -> Slice[Item]:
    """Return page number `at` (as an address has it; the first for what is none) of a list."""
    pages = max(1, -(-len(items) // length))
    number = min(max(int(at), 1), pages) if at.isascii() and at.isdecimal() and len(at) < 8 else 1
    start = (number - 1) * length
    shown = items[start : start + length]
    return Slice(
        items=shown,
        total=len(items),
        first=start + 1 if shown else 0,
        last=start + len(shown),
        before=with_query(path, **query, at=number - 1) if number > 1 else None,
        after=with_query(path, **query, at=number + 1) if number < pages else None,
    )
