"""What a candidate studied and where they live where the record does not say: read in the CV, shown, never fit."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import cast

from matcher.competences.implied import programmes_of
from matcher.errors import UnknownId
from matcher.labour.geography import UnknownPlace, place
from matcher.labour.programmes import DEGREES
from matcher.ports import Store
from matcher.records import Candidate, Record

FEW = 50
"""Up to this many CVs are read one by one, more of them in one go."""


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
        self._store = store
        self._known: dict[str, tuple[bytes, str | None]] = {}

    def filled(self, outlines: Iterable[Record]) -> dict[str, Candidate]:
        """Return candidates by id, with programme and municipality where CV and postcode tell them."""
        candidates = [cast("Candidate", record) for record in outlines]
        self._known = self._read({one.id for one in candidates if one.programme is None})
        return {one.id: self._filled(one) for one in candidates}

    def _filled(self, candidate: Candidate) -> Candidate:
        town = place(candidate.postcode)
        lives = None if isinstance(town, UnknownPlace) else town.municipality.name
        programme = candidate.programme or self._known.get(candidate.id, (b"", None))[1]
        return replace(candidate, programme=programme, municipality=candidate.municipality or lives)

    def _read(self, wanted: set[str]) -> dict[str, tuple[bytes, str | None]]:
        digests = self._store.digests("candidate") if wanted else {}
        known = {id: row for id, row in self._known.items() if id in wanted and digests.get(id) == row[0]}
        new = (wanted & digests.keys()) - known.keys()
        rows = self._store.records("candidate") if len(new) > FEW else self._one_by_one(sorted(new))
        read = (cast("Candidate", row) for row in rows if row.id in new)
        return known | {one.id: (digests[one.id], programme_in(one)) for one in read}

    def _one_by_one(self, ids: Iterable[str]) -> Iterator[Record]:
        """Yield candidates; one that was erased meanwhile is left out."""
        for id in ids:
            with suppress(UnknownId):
                yield self._store.get("candidate", id)
