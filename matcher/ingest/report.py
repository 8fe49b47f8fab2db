"""What became of every row and document of an ingest, in Danish and English, and as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from matcher.errors import MatcherError, Phrase
from matcher.ingest.parsed import Notice
from matcher.messages import message
from matcher.privacy.cpr import mask_cpr

Status = Literal["read", "updated", "unchanged", "refused"]
Plural = Literal["candidates", "postings", "employers", "placements"]
STATUSES: tuple[Status, ...] = ("read", "updated", "unchanged", "refused")


def rendered(notice: Notice, language: str) -> str:
    """Return a notice in `language`, "da" or "en"; a CPR number in it is covered."""
    key, values = notice
    words = {name: value.text(language) if isinstance(value, Phrase) else value for name, value in values.items()}
    return mask_cpr(message(key, language, **words))


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestRow:
    """One row or document: where it stands, what became of it, and why it was refused or what was left out."""

    source: str
    line: int | None = None
    id: str | None = None
    status: Status
    refusal: MatcherError | None = None
    notices: tuple[Notice, ...] = ()

    def text(self, language: str) -> str:
        """Return why the row was refused, else what was left out of it; empty where there is nothing to say."""
        if self.refusal is not None:
            return mask_cpr(self.refusal.text(language))
        return " ".join(rendered(notice, language) for notice in self.notices)


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestReport:
    """What became of one `matcher ingest`. `notices` are about whole files, one (source, notice) each."""

    kind: Plural
    rows: tuple[IngestRow, ...]
    notices: tuple[tuple[str, Notice], ...] = ()

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many rows were read, updated, unchanged, refused."""
        return {status: sum(row.status == status for row in self.rows) for status in STATUSES}

    @property
    def exit_code(self) -> int:
        """0: all read. 3: some refused, the rest stored. 1: all refused, nothing changed."""
        refused = self.counts["refused"]
        if not refused:
            return 0
        return 1 if refused == len(self.rows) else 3

    def as_dict(self, language: str = "en") -> dict[str, object]:
        """Return kind, counts and one entry a row under `files`; messages in `language`."""
        return {
            "kind": self.kind,
            "counts": dict(self.counts),
            "files": [_entry(row, language) for row in self.rows],
            "notices": [{"source": source, "message": rendered(notice, language)} for source, notice in self.notices],
        }

    def to_json(self, language: str = "en") -> str:
        """Return `as_dict` as JSON text."""
        return json.dumps(self.as_dict(language), ensure_ascii=False)


def _entry(row: IngestRow, language: str) -> dict[str, object]:
    return {
        "source": row.source,
        "line": row.line,
        "id": row.id,
        "status": row.status,
        "message": mask_cpr(row.refusal.text(language)) if row.refusal else None,
        "notices": [rendered(notice, language) for notice in row.notices],
    }
