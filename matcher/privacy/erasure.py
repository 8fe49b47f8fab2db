"""Erases a person and proves it: tables, vectors, index, originals and exports, and then a search of all that is left.

The decision log stays whole: it knew the person by a pseudonym, and what led back from it is gone. The placement
history keeps its line under another pseudonym, so that outcomes can still be counted.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast

from matcher.home import writing
from matcher.indexing import forget
from matcher.ingest.originals import forget_original
from matcher.ledger import anchors
from matcher.ledger.lines import Line
from matcher.ports import Store
from matcher.privacy import traces
from matcher.privacy.needles import Needles, Trace, needles_of
from matcher.privacy.traces import Searched
from matcher.records import Candidate, Kind, Record

ORIGINALS = "originals"
"""Folder of the home that keeps original files, where the settings ask for it."""
EXPORTS = "exports"
"""Folder of the home that keeps lists and cards that were exported."""
KINDS: tuple[Kind, ...] = ("candidate", "posting", "employer")


class ErasureDesk(Protocol):
    """What erasing needs of the database."""

    def erase(self, candidate: str, *, account: str, at: datetime | None = None) -> tuple[Mapping[str, int], Line]:
        """Delete all that is held of a candidate; `UnknownId` if that is nothing."""
        ...

    def search(self, found_in: Callable[[str], Sequence[str]]) -> Iterator[tuple[str, int, Sequence[str]]]:
        """Yield (table, rows, what `found_in` found in any of its values) for every table."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was removed, what was looked for and where, and what was found; it repeats nothing of the person.

    `removed`: rows by table; `exports`: files removed. `looked_for`: how many of each; `left_out`: words too common to
    look for. `searched`: every table and file. `line`: the number of the erasure in the decision log.
    """

    candidate: str
    removed: Mapping[str, int]
    exports: tuple[str, ...]
    looked_for: Mapping[Trace, int]
    left_out: int
    searched: tuple[Searched, ...]
    line: int

    @property
    def found(self) -> tuple[Searched, ...]:
        """Where something of the person may still stand; a namesake's record shows here, too."""
        return tuple(one for one in self.searched if one.found)

    @property
    def unread(self) -> tuple[str, ...]:
        """Files whose text is packed or locked, so that something there would not be seen."""
        return tuple(one.place for one in self.searched if not one.whole)

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.found


def erase(store: Store, desk: ErasureDesk, home: Path, candidate: str, *, account: str = "") -> Proof:
    """Remove a candidate everywhere and search for what is left; `UnknownId` if nothing was held.

    Files go before rows: once the rows are gone nobody can tell which files they were. An erasure that is cut off can
    be done again.
    """
    needles = _needles(store, candidate)
    with writing(home):
        forget_original(home / ORIGINALS, "candidate", candidate)
        exports = _forget_exports(home, candidate, needles)
    try:
        removed, line = desk.erase(candidate, account=account)
    finally:
        forget(home, "candidate", candidate)  # also where an earlier erasure was cut off after the database
    anchors.keep(home, line)
    return Proof(
        candidate=candidate,
        removed=removed,
        exports=exports,
        looked_for=needles.counts,
        left_out=needles.left_out,
        searched=tuple(_search(desk, home, needles)),
        line=line.number,
    )


def _needles(store: Store, id: str) -> Needles:
    """What to look for; nothing if the record has gone already and only traces of it are held."""
    if id not in store.ids("candidate"):
        return Needles(())
    record, contact = cast("Candidate", store.get("candidate", id)), store.contact("candidate", id)
    return needles_of(record, contact, _others(store, id))


def _others(store: Store, id: str) -> Iterator[Record]:
    for kind in KINDS:
        yield from (record for record in store.records(kind) if (kind, record.id) != ("candidate", id))


def _forget_exports(home: Path, candidate: str, needles: Needles) -> tuple[str, ...]:
    """Remove every kept export that names the candidate, by id or otherwise, or that cannot be searched."""
    folder = home / EXPORTS
    named = Needles((*needles.needles, *Needles.of_id(candidate)))
    gone = []
    for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if file.is_file():
            searched = traces.search_file(file, str(file.relative_to(home)), named)
            if searched.found or not searched.whole:
                file.unlink(missing_ok=True)
                gone.append(searched.place)
    return tuple(gone)


def _search(desk: ErasureDesk, home: Path, needles: Needles) -> Iterator[Searched]:
    for table, rows, found in desk.search(needles.in_text):
        yield Searched(table, rows, tuple(cast("Sequence[Trace]", found)), is_table=True)
    yield from traces.files(home, needles)
