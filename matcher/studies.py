"""What a candidate studied and where they live where the record does not say: read in the CV, shown, never fit."""

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from matcher.competences.implied import programmes_of
from matcher.labour.geography import UnknownPlace, place
from matcher.labour.programmes import DEGREES
from matcher.ports import Store
from matcher.read_once import ReadOnce
from matcher.records import Candidate, Record


def programme_in(record: Candidate) -> str | None:
    """Return the name of the programme of highest degree that a CV names, the first of them; None where it names none.

    The name is in the language of the CV.
    """
    found = [programme for _, end, programme in programmes_of(record) if end]
    if not found:
        return None
    highest = max(found, key=lambda programme: DEGREES.index(programme.degree))
    return highest.en if record.language == "en" else highest.da


class Studies:
    """Fills in what stored records leave open; a CV is read once for as long as it stays the same."""

    def __init__(self, store: Store) -> None:
        self._programmes = ReadOnce(store, "candidate", lambda record: programme_in(cast("Candidate", record)))

    def filled(self, outlines: Iterable[Record]) -> dict[str, Candidate]:
        """Return candidates by id, with programme and municipality where CV and postcode tell them."""
        candidates = [cast("Candidate", record) for record in outlines]
        programmes = self._programmes.told(frozenset(one.id for one in candidates if one.programme is None))
        return {one.id: _filled(one, programmes.get(one.id)) for one in candidates}


def _filled(candidate: Candidate, programme: str | None) -> Candidate:
    town = place(candidate.postcode)
    lives = None if isinstance(town, UnknownPlace) else town.municipality.name
    return replace(
        candidate,
        programme=candidate.programme or programme,
        municipality=candidate.municipality or lives,
    )
