"""What the last check of the decision log found, and when: kept beside the anchors, for whoever looks next.

It tells when somebody looked last. It proves nothing by itself: a check is made anew by `DecisionLog.check`.
"""

import json
import logging
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from matcher.ledger.anchors import FOLDER, LOCK, LOCK_SECONDS, POLL_SECONDS
from matcher.ledger.lines import canonical
from matcher.ledger.verification import Verification

LOG = logging.getLogger(__name__)
FILE = "last-check.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A check of the log. `at`: ISO 8601 in UTC."""

    at: str
    found: Verification


def keep(home: Path, found: Verification, *, at: datetime | None = None) -> Check:
    """Keep what a check found; where the file cannot be written there is a warning, and the finding stands."""
    made = Check(at=(at or datetime.now(UTC)).isoformat(timespec="seconds"), found=found)
    folder = home / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / LOCK, timeout=LOCK_SECONDS).acquire(poll_interval=POLL_SECONDS):
            new = folder / f"{FILE}.new"
            new.write_text(canonical(asdict(made)) + "\n", encoding="ascii")
            new.replace(folder / FILE)
    except (OSError, Timeout) as problem:
        LOG.warning("The check of the decision log is not kept: %s", problem)
    return made


def last(home: Path) -> Check | None:
    """Return the last check of a home, None where there was none or its file cannot be read."""
    try:
        written = json.loads((home / FOLDER / FILE).read_text(encoding="ascii"))
        datetime.fromisoformat(written["at"])
        return Check(at=written["at"], found=Verification(**written["found"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
