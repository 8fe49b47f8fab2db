"""Heads of the decision log outside the database: whoever rewrites the database does not thereby rewrite these.

Copy the file elsewhere (write-once storage, another office) and the log can be checked against the copy, too.
"""

import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from matcher.ledger.lines import Line, canonical, moment

LOG = logging.getLogger(__name__)

FOLDER = "anchors"
FILE = "decision-log.jsonl"
LOCK = "decision-log.lock"
LOCK_SECONDS = 10
POLL_SECONDS = 0.002
TAIL = 4096
"""Bytes read from the end to find the last anchor; one takes about 150."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The digest that a line had when it was the newest."""

    number: int
    digest: bytes

    @classmethod
    def read(cls, written: bytes) -> Self:
        """Return the anchor on one line of the file; ValueError for what is none."""
        try:
            found = json.loads(written)
            return cls(int(found["number"]), bytes.fromhex(found["digest"]))
        except (KeyError, TypeError) as problem:
            raise ValueError(written) from problem


@dataclass(frozen=True, slots=True)
class Anchors:
    """All anchors of a home in the order they were written; `damaged`: lines of the file that are no anchors."""

    kept: tuple[Anchor, ...]
    damaged: int


def keep(home: Path, line: Line) -> bool:
    """Anchor a line that is stored; False, and a warning, where the file cannot be written: the decision stands.

    A later line covers all before it, so one that another process has anchored meanwhile needs no anchor of its own.
    """
    folder = home / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(folder / LOCK, timeout=LOCK_SECONDS).acquire(poll_interval=POLL_SECONDS):
            _append(folder / FILE, line)
    except (OSError, Timeout) as problem:
        LOG.warning("Line %d of the decision log is stored but not anchored: %s", line.number, problem)
        return False
    return True


def read(home: Path) -> Anchors:
    """Read the anchors of a home; an unfinished last line, left by a power cut, does not count."""
    file = home / FOLDER / FILE
    if not file.exists():
        return Anchors((), 0)
    kept, damaged = [], 0
    for written in file.read_bytes().split(b"\n")[:-1]:
        try:
            kept.append(Anchor.read(written))
        except ValueError:
            damaged += 1
    return Anchors(tuple(kept), damaged)


def _append(file: Path, line: Line) -> None:
    is_new = not file.exists()
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as opened:
        size = opened.seek(0, os.SEEK_END)
        start = opened.seek(max(0, size - TAIL))
        tail = opened.read()
        whole = tail.rfind(b"\n") + 1
        if _newest(tail[:whole]) >= line.number:
            return
        opened.seek(start + whole)
        opened.truncate()
        anchor = {"number": line.number, "digest": line.digest.hex(), "at": moment()}
        opened.write(canonical(anchor).encode() + b"\n")
        opened.flush()
        os.fsync(opened.fileno())
    if is_new:
        _flush_folder(file.parent)


def _newest(tail: bytes) -> int:
    """Number of the last anchor, 0 if there is none or it cannot be read."""
    try:
        return Anchor.read(tail.split(b"\n")[-2]).number
    except (ValueError, IndexError):
        return 0


def _flush_folder(folder: Path) -> None:
    """Make the name of a new file outlive a power cut."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
