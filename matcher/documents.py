"""Stored records with what was read in them, kept in memory until anything changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

from matcher.explain import Reading
from matcher.passages import kind_of
from matcher.ports import Store
from matcher.records import Kind, Record

MOST = 512
"""Documents kept: about 60 MB at sixty competences each."""


class Documents:
    """The documents that lists were explained with last. Shared by threads.

    `state`: what they hold for. They are all forgotten when it changes, so that nobody who was erased stays in memory.
    """

    def __init__(self, store: Store, state: Callable[[], Hashable]) -> None:
        self._store = store
        self._state = state
        self._lock = threading.Lock()
        self._held_for: Hashable = None
        self._kept: OrderedDict[tuple[Kind, str], tuple[Record, Reading]] = OrderedDict()

    def get(self, kind: Kind, id: str) -> tuple[Record, Reading]:
        """Return a stored record and its reading, or raise `UnknownId`."""
        state = self._state()
        with self._lock:
            if state != self._held_for:
                self._held_for = state
                self._kept.clear()
            if found := self._kept.get((kind, id)):
                self._kept.move_to_end((kind, id))
                return found
        record = self._store.get(kind, id)
        found = record, self.reading(record)
        with self._lock:
            if state == self._held_for:
                self._kept[kind, id] = found
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
        return found

    def reading(self, record: Record) -> Reading:
        """Return what was read in a record, as it is stored now."""
        passages = [one for one in self._store.passages(kind_of(record), record.id) if one.span is not None]
        return Reading.of(record, passages, self._store.vectors([passage.key for passage in passages]))
