"""Finds the files of an ingest and gives documents their ids."""

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from matcher.errors import MatcherError, UnreadableFile
from matcher.ingest.rows import ROW_SUFFIXES

IdFrom = Literal["stem", "path", "hash"]
"""Where a document takes its id from: its file name, its path below the folder that was given, or its content."""

_SKIPPED = {"readme.md", "thumbs.db", "desktop.ini"}
_HASH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of an ingest. `relative` is its path below the folder that was given, or its name."""

    path: Path
    relative: str

    @property
    def has_rows(self) -> bool:
        """Whether it holds one record a row; all other files are documents."""
        return self.path.suffix.lower() in ROW_SUFFIXES


def find(paths: Iterable[Path]) -> Iterator[Found | tuple[Path, MatcherError]]:
    """Yield files in order, folders walked and sorted; hidden files and README.md in folders are no documents.

    A path that does not exist, or a folder with nothing in it, comes with its refusal.
    """
    seen: set[Path] = set()
    for path in paths:
        try:
            below = list(_below(path)) if path.is_dir() else [path]
            if not below:
                yield path, UnreadableFile("empty_folder", file=path)
            for file in below:
                if not file.exists():
                    yield file, UnreadableFile("not_found", file=file)
                elif (real := file.resolve()) not in seen:
                    seen.add(real)
                    relative = file.relative_to(path).as_posix() if file != path else file.name
                    yield Found(path=file, relative=unicodedata.normalize("NFC", relative))
        except OSError as error:
            yield path, UnreadableFile("no_reading", file=path, why=error.strerror)


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and name.lower() not in _SKIPPED:
                yield Path(parent) / name


def collisions(files: Iterable[Found], id_from: IdFrom) -> dict[str, list[Path]]:
    """Return the ids that more than one document would take, with these documents; none where content makes the id."""
    if id_from == "hash":
        return {}
    documents = [file for file in files if not file.has_rows]
    times = Counter(id_of(file, id_from) for file in documents)
    twice: dict[str, list[Path]] = {}
    for file in documents:
        if times[id_of(file, id_from)] > 1:
            twice.setdefault(id_of(file, id_from), []).append(file.path)
    return twice


def id_of(file: Found, id_from: IdFrom) -> str:
    """Return the id of a document; from its content only where asked for, for that reads the file."""
    if id_from == "hash":
        return sha256(file.path.read_bytes()).hexdigest()[:_HASH]
    return file.relative if id_from == "path" else unicodedata.normalize("NFC", file.path.stem)
