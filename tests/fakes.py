"""Fakes that fulfil our Protocols, in memory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from matcher.corrections import Correction
from matcher.errors import UnknownId
from matcher.ports import Change, Passage, Unit
from matcher.records import Candidate, Contact, Employer, Kind, Placement, Posting, PostingState, Record

KIND_OF: dict[type[Record], Kind] = {Candidate: "candidate", Posting: "posting", Employer: "employer"}


class MemoryStore:
    """Records, contacts and placements in dictionaries; nothing is ever indexed. `batches`: rows of each save."""

    def __init__(self) -> None:
        self._records: dict[Kind, dict[str, tuple[Record, Contact]]] = {kind: {} for kind in KIND_OF.values()}
        self._placements: dict[tuple[object, ...], Placement] = {}
        self._generation = 0
        self.batches: list[int] = []

    def save(self, rows: Iterable[tuple[Record, Contact]]) -> list[Change]:
        complete = list(rows)
        changes = [self._put(record, contact) for record, contact in complete]
        self._generation += any(change != "unchanged" for change in changes)
        self.batches.append(len(changes))
        return changes

    def _put(self, record: Record, contact: Contact) -> Change:
        known = self._records[KIND_OF[type(record)]]
        before = known.get(record.id)
        known[record.id] = (record, contact)
        if before is None:
            return "read"
        return "unchanged" if before == (record, contact) else "updated"

    def save_placements(self, rows: Iterable[Placement]) -> list[Change]:
        changes: list[Change] = []
        for row in list(rows):
            key = (row.candidate, row.posting, row.date, row.outcome)
            before = self._placements.get(key)
            changes.append("read" if before is None else "unchanged" if before == row else "updated")
            self._placements[key] = row
        return changes

    def placements(self) -> Iterator[Placement]:
        rows = self._placements.values()
        yield from sorted(rows, key=lambda row: (row.date, row.posting, row.candidate))

    def get(self, kind: Kind, id: str) -> Record:
        if id not in self._records[kind]:
            raise UnknownId(kind=kind, id=id, listing=f"list {kind}s")
        return self._records[kind][id][0]

    def ids(self, kind: Kind) -> Sequence[str]:
        return sorted(self._records[kind])

    def count(self, kind: Kind) -> int:
        return len(self._records[kind])

    def records(self, kind: Kind) -> Iterator[Record]:
        for id in self.ids(kind):
            if id in self._records[kind]:
                yield self._records[kind][id][0]

    def outlines(self, kind: Kind) -> Iterator[Record]:
        for record in self.records(kind):
            short = replace(record, text="…")
            yield short if isinstance(short, Employer) else replace(short, sections=())

    def hires(self) -> list[Placement]:
        return [row for row in self.placements() if row.outcome in ("hired", "still_there")]

    def posting_states(self) -> Mapping[str, PostingState]:
        return {}

    def objectors(self) -> frozenset[str]:
        return frozenset()

    def corrections(self, kind: Kind, ids: Sequence[str]) -> Mapping[str, Sequence[Correction]]:
        return {}

    def digests(self, kind: Kind) -> Mapping[str, bytes]:
        return {id: sha256(repr(content).encode()).digest() for id, content in sorted(self._records[kind].items())}

    def contact(self, kind: Kind, id: str) -> Contact:
        return self._records[kind][id][1] if id in self._records[kind] else Contact()

    def delete(self, kind: Kind, id: str) -> None:
        self.get(kind, id)
        del self._records[kind][id]
        self._generation += 1

    def generation(self) -> int:
        return self._generation

    def passages(self, kind: Kind, id: str) -> list[Passage]:
        return []

    def all_passages(self, kind: Kind, units: Sequence[Unit]) -> Iterator[tuple[str, list[Passage]]]:
        return iter(())

    def save_passages(
        self,
        kind: Kind,
        id: str,
        *,
        digest: bytes,
        encoder: str,
        passages: Sequence[Passage],
        vectors: Mapping[bytes, NDArray[np.float32]],
    ) -> None:
        pass

    def indexed(self, kind: Kind, encoder: str) -> Mapping[str, bytes]:
        return {}

    def vectors(self, keys: Sequence[bytes]) -> Mapping[bytes, NDArray[np.float32]]:
        return {}
