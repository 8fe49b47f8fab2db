"""All that is held of one person, as JSON can say it: for the person, in answer to a request for access."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from matcher.errors import UnknownId, kind_name
from matcher.ingest.originals import kept_originals
from matcher.privacy.erasure import ORIGINALS

HELD = "held"


class HeldDesk(Protocol):
    """What an export needs of the database."""

    def held(self, candidate: str) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Rows that name a candidate, by table, without digests and secrets."""
        ...


def own_data(desk: HeldDesk, home: Path, candidate: str, *, at: datetime) -> dict[str, object]:
    """Return everything held of a candidate, by table, with the names of kept files; `UnknownId` if that is nothing."""
    held = {table: [_plain(dict(row)) for row in rows] for table, rows in desk.held(candidate).items() if rows}
    if not held:
        raise UnknownId(kind=kind_name("candidate"), id=candidate)
    files = [str(file.relative_to(home)) for file in kept_originals(home / ORIGINALS, "candidate", candidate)]
    return {"candidate": candidate, "at": at.isoformat(timespec="seconds"), HELD: held, "files": files}


def _plain(value: object) -> object:
    """What JSON can say of a value of a table."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
