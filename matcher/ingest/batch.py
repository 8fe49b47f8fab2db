"""Collects what an ingest made, saves it in batches, and reports a row only once it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.errors import MatcherError
from matcher.ingest.build import Built
from matcher.ingest.originals import forget_original, keep_original
from matcher.ingest.parsed import Notice
from matcher.ingest.report import IngestRow
from matcher.ingest.source import Source
from matcher.ports import Change, Store
from matcher.privacy.cpr import mask_cpr
from matcher.records import Kind, Placement

SIZE = 100
"""Rows saved in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a row or document became: what is to be saved, and what was left out of it.

    `original`: kind and id of the record, and its document where that may be kept; where not, one kept earlier goes.
    """

    content: Built | Placement
    id: str | None = None
    notices: tuple[Notice, ...] = ()
    original: tuple[Kind, str, Path | None] | None = None


class Batch:
    """Rows of one ingest in the order of their files."""

    def __init__(self, store: Store, originals: Path | None) -> None:
        self._store, self._originals = store, originals
        self.keeps_originals = originals is not None
        self._waiting: list[tuple[int, Made]] = []
        self.rows: list[IngestRow] = []

    def refuse(self, source: Source, error: MatcherError, id: str | None = None) -> None:
        """Report a row that could not be used."""
        self.rows.append(
            IngestRow(source=shown(source.file), line=source.line, id=_shown_id(id), status="refused", refusal=error)
        )

    def add(self, source: Source, made: Made) -> None:
        """Take a row; it is saved with its batch."""
        self._waiting.append((len(self.rows), made))
        self.rows.append(
            IngestRow(source=shown(source.file), line=source.line, id=made.id, status="read", notices=made.notices)
        )
        if len(self._waiting) >= SIZE:
            self.flush()

    def flush(self) -> None:
        """Save what waits; only then is it reported as read, updated or unchanged."""
        waiting, self._waiting = self._waiting, []
        changes = self._saved([made.content for _, made in waiting])
        for (place, made), change in zip(waiting, changes, strict=True):
            self.rows[place] = replace(self.rows[place], status=change)
            if self._originals and made.original:
                _keep(self._originals, *made.original)

    def _saved(self, made: Sequence[Built | Placement]) -> list[Change]:
        records = [(item.record, item.contact) for item in made if isinstance(item, Built)]
        history = [item for item in made if isinstance(item, Placement)]
        changes = self._store.save(records) if records else []
        return changes + (self._store.save_placements(history) if history else [])


def _keep(folder: Path, kind: Kind, id: str, file: Path | None) -> None:
    if file is None:
        forget_original(folder, kind, id)
    else:
        keep_original(folder, kind, id, file)


def shown(file: Path) -> str:
    """A file's name as it may be shown and logged: people name files after CPR numbers."""
    return mask_cpr(str(file))


def _shown_id(id: str | None) -> str | None:
    return None if id is None else mask_cpr(id)
