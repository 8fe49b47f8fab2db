"""What the engine needs from the parts around it. `matcher/assemble.py` chooses who fulfils these."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from matcher.corrections import Correction
from matcher.records import Competence, Contact, Demand, Kind, Placement, PostingState, Record
from models.adapter import Adapter

Role = Literal["query", "passage", "title", "competence", "work", "phrase"]
Change = Literal["read", "updated", "unchanged"]
Unit = Literal["chunk", "title", "phrase", "implied"]
"""A phrase is a demand or competence in the text; an implied one comes with a programme that the text names."""


class Encoder(Protocol):
    """Texts in, unit vectors out; equal texts give equal vectors, whatever else is encoded in the same call."""

    @property
    def fingerprint(self) -> str:
        """Name and checksum of the model: vectors of two encoders compare only if this is equal."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    @property
    def adapter(self) -> Adapter | None:
        """The trained part that fits this encoder; None with a model that it was not trained for."""
        ...

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        """Return shape (len(texts), dimension), rows of length 1 (to 0.1 %); an empty text gives zeros, never nan.

        Values are multiples of 2**-11 (`models.grid.snap`), so that inner products are exact in float32.
        """
        ...

    def count_tokens(self, text: str) -> int:
        """Number of tokens of `text` without prefix and special tokens."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a document that has a vector of its own. `start`, `end`: code points of the record's text.

    A title has no place in the text: start and end are both 0. `key` finds the vector in the cache. `span` is what a
    phrase was read as.
    """

    unit: Unit
    start: int
    end: int
    key: bytes
    span: Competence | Demand | None = None


class Store(Protocol):
    """The truth: records, contacts, passages and cached vectors. One transaction a call; safe between processes."""

    def save(self, rows: Iterable[tuple[Record, Contact]]) -> list[Change]:
        """Insert or update; an identical record and contact is no work. One answer a row, in order. All or nothing."""
        ...

    def save_placements(self, rows: Iterable[Placement]) -> list[Change]:
        """Insert placements; the same line again is `unchanged`, one that differs only in its details is `updated`."""
        ...

    def placements(self) -> Iterator[Placement]:
        """All placements by date, posting, candidate."""
        ...

    def get(self, kind: Kind, id: str) -> Record:
        """Return one record or raise `UnknownId`."""
        ...

    def ids(self, kind: Kind) -> Sequence[str]:
        """Ids of all records of a kind in ascending order."""
        ...

    def count(self, kind: Kind) -> int:
        """Number of records of a kind."""
        ...

    def records(self, kind: Kind) -> Iterator[Record]:
        """All records of a kind, by id, streamed."""
        ...

    def outlines(self, kind: Kind) -> Iterator[Record]:
        """All records of a kind, by id, without their texts and sections: to filter many by their facts."""
        ...

    def hires(self) -> Sequence[Placement]:
        """Placements whose outcome is `hired` or `still_there`, by date, posting, candidate."""
        ...

    def posting_states(self) -> Mapping[str, PostingState]:
        """Postings that people closed or marked filled, by id."""
        ...

    def objectors(self) -> frozenset[str]:
        """Candidates who want to be on no list that a computer makes."""
        ...

    def corrections(self, kind: Kind, ids: Sequence[str]) -> Mapping[str, Sequence[Correction]]:
        """What people corrected in the reading of each of these records, oldest first; ids without any are absent."""
        ...

    def digests(self, kind: Kind) -> Mapping[str, bytes]:
        """Content digest of every record of a kind, by id: changed content or a correction makes another digest."""
        ...

    def contact(self, kind: Kind, id: str) -> Contact:
        """Return the contact of a record (empty where none was read)."""
        ...

    def delete(self, kind: Kind, id: str) -> None:
        """Remove a record with contact, passages and vectors nobody else uses; raise `UnknownId` if absent."""
        ...

    def generation(self) -> int:
        """A number that grows with every change of a record; an index built at another one is stale."""
        ...

    def passages(self, kind: Kind, id: str) -> list[Passage]:
        """Passages of one record in reading order; empty if none were made of its current content."""
        ...

    def all_passages(self, kind: Kind, units: Sequence[Unit]) -> Iterator[tuple[str, list[Passage]]]:
        """(id, passages of these units) of every record with passages of its current content, by id."""
        ...

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
        """Replace a record's passages, add the vectors not yet cached and drop those that no passage uses any more.

        `digest` and `encoder` say of which content and model. Does nothing if the record has changed or gone, or if a
        vector is neither given nor cached any more: the record then stays to be indexed.
        """
        ...

    def indexed(self, kind: Kind, encoder: str) -> Mapping[str, bytes]:
        """Digest of each record whose passages are of its current content and of this encoder."""
        ...

    def vectors(self, keys: Sequence[bytes]) -> Mapping[bytes, NDArray[np.float32]]:
        """Cached vectors of the keys that are known, bit for bit as saved."""
        ...
