"""What is read in the texts of stored records: each text once for as long as it stays the same."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Generic, TypeVar

from matcher.errors import UnknownId
from matcher.ports import Store
from matcher.records import Kind, Record

FEW = 50
"""Up to this many records are read one by one, more of them in one go."""
Told = TypeVar("Told")


class ReadOnce(Generic[Told]):
    """Remembers what `read` found in the records of one kind, by id and content digest."""

    def __init__(self, store: Store, kind: Kind, read: Callable[[Record], Told]) -> None:
        self._store = store
        self._kind: Kind = kind
        self._read = read
        self._known: dict[str, tuple[bytes, Told]] = {}

    def told(self, wanted: frozenset[str] | None = None) -> dict[str, Told]:
        """Return what was found in the wanted records (None: all) by id; who is not stored is absent."""
        digests = self._store.digests(self._kind) if wanted is None or wanted else {}
        ids = digests.keys() if wanted is None else wanted & digests.keys()
        known = {id: row for id, row in self._known.items() if id in ids and digests[id] == row[0]}
        new = ids - known.keys()
        rows = self._store.records(self._kind) if len(new) > FEW else self._one_by_one(sorted(new))
        known |= {row.id: (digests[row.id], self._read(row)) for row in rows if row.id in new}
        self._known = known
        return {id: found for id, (_, found) in known.items()}

    def _one_by_one(self, ids: Iterable[str]) -> Iterator[Record]:
        """Yield records; one that was deleted meanwhile is left out."""
        for id in ids:
            with suppress(UnknownId):
                yield self._store.get(self._kind, id)
