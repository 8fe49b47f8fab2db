"""What stands beside a match and never weighs in it: distance, instrument, and whether the way matters at all."""

from dataclasses import replace
from datetime import date
from typing import cast

from matcher.labour.geography import UnknownPlace, distance_km
from matcher.labour.instruments import Instruments
from matcher.labour.remote import remote_work
from matcher.ports import Store
from matcher.read_once import ReadOnce
from matcher.records import Candidate, Instrument, Match, Posting


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
        self._remote = ReadOnce(store, "posting", lambda record: from_anywhere(cast("Posting", record).text))
        self._known: dict[str, bool] = {}

    def __call__(self, posting: str) -> bool:
        """Whether this posting can; a posting that is not stored cannot."""
        generation = self._store.generation()
        if generation != self._generation:
            self._known = self._remote.told()
            self._generation = generation
        return self._known.get(posting, False)
