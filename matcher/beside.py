"""What stands beside a match and never weighs in it: distance, instrument, and whether the way matters at all."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import cast

from matcher.errors import UnknownId
from matcher.labour.geography import UnknownPlace, distance_km
from matcher.labour.instruments import Instruments
from matcher.labour.remote import remote_work
from matcher.ports import Store
from matcher.records import Candidate, Instrument, Match, Posting, Record

FEW = 50
"""Up to this many postings are read one by one, more of them in one go."""


def beside(match: Match, posting: Posting, candidate: Candidate, instruments: Instruments, day: date) -> Match:
    """Return the match with the distance between both and the instrument that the rules of a day propose."""
    distance = distance_km(candidate.postcode, posting.postcode)
    return replace(
        match,
        distance_km=None if isinstance(distance, UnknownPlace) else distance.straight_km,
        unknown_postcode=(distance.postcode or "").strip() if isinstance(distance, UnknownPlace) else None,
        instrument=instrument_beside(candidate, posting, instruments, day),
    )


def instrument_beside(candidate: Candidate, posting: Posting, instruments: Instruments, day: date) -> Instrument | None:
    """Return what the rules of a day propose for a pair."""
    employer = instruments.employer_kind(posting.sector, posting.employer)
    return instruments.instrument_for(candidate.weeks_unemployed, employer, day, posting.employment_type)


def from_anywhere(text: str) -> bool:
    """Whether a posting's own words let the whole job be done from anywhere, so that no distance is too long."""
    found = remote_work(text)
    return found is not None and found.extent == "fully"


class FromAnywhere:
    """Which stored postings can be done from anywhere; a text is read once for as long as it stays the same."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._generation: int | None = None
        self._known: dict[str, tuple[bytes, bool]] = {}

    def __call__(self, posting: str) -> bool:
        """Whether this posting can; a posting that is not stored cannot."""
        generation = self._store.generation()
        if generation != self._generation:
            self._known = self._read()
            self._generation = generation
        return self._known.get(posting, (b"", False))[1]

    def _read(self) -> dict[str, tuple[bytes, bool]]:
        digests = self._store.digests("posting")
        known = {id: row for id, row in self._known.items() if digests.get(id) == row[0]}
        new = digests.keys() - known.keys()
        rows = self._store.records("posting") if len(new) > FEW else self._one_by_one(sorted(new))
        postings = (cast("Posting", row) for row in rows if row.id in new)
        return known | {posting.id: (digests[posting.id], from_anywhere(posting.text)) for posting in postings}

    def _one_by_one(self, ids: Iterable[str]) -> Iterator[Record]:
        """Yield postings; one that was deleted meanwhile is left out."""
        for id in ids:
            with suppress(UnknownId):
                yield self._store.get("posting", id)
