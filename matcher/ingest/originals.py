"""Keeps original files beside the database, only where asked for; they are the one place nothing is masked in."""

import shutil
from pathlib import Path
from urllib.parse import quote

from matcher.errors import HomeNotWritable
from matcher.records import Kind


def keep_original(folder: Path, kind: Kind, id: str, file: Path) -> None:
    """Copy a document to `folder/kind/`, over an older one of the same record."""
    place = _place(folder, kind, id)
    try:
        place.mkdir(parents=True, exist_ok=True)
        copy = place / "new"
        shutil.copyfile(file, copy)
        for older in place.glob("original*"):
            older.unlink()
        copy.rename(place / f"original{file.suffix.lower()}")
    except OSError as error:
        raise HomeNotWritable(home=str(folder), why=error.strerror) from error


def forget_original(folder: Path, kind: Kind, id: str) -> None:
    """Remove the original of a record that is deleted; nothing happens where none was kept."""
    shutil.rmtree(_place(folder, kind, id), ignore_errors=True)


def _place(folder: Path, kind: Kind, id: str) -> Path:
    return folder / kind / quote(id, safe="").replace(".", "%2E")
