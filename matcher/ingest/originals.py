"""Keeps original files beside the database, only where asked for and only those without a CPR number.

They are the one place where names and addresses are not masked.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from matcher.errors import HomeNotWritable
from matcher.ingest.parsed import Notice, Parsed
from matcher.privacy.cpr import cpr_spans
from matcher.records import Kind

_PARTLY_READ = {"notice.text_cut", "notice.pages_without_text", "notice.recognised"}
"""Notices of a document of which something was not read, or not surely: a CPR number there goes unseen."""
_PACKED = (b"%PDF", b"PK")
"""How files begin whose bytes are no text."""
_NAME_LENGTH = 200
"""File systems allow 255 bytes, and a quoted letter takes up to six."""


def objections(file: Path, parsed: Parsed) -> tuple[Notice, ...]:
    """Return why a document may not be kept: it holds a CPR number, or not all of it was read. Empty if it may."""
    if any(cpr_spans(text) for text in _texts(file, parsed)):
        return (("notice.original_holds_cpr", {}),)
    if any(key in _PARTLY_READ for key, _ in parsed.notices):
        return (("notice.original_unchecked", {}),)
    return ()


def keep_original(folder: Path, kind: Kind, id: str, file: Path) -> None:
    """Copy a document to `folder/kind/`, over an older one of the same record."""
    place = _place(folder, kind, id)
    try:
        place.mkdir(parents=True, exist_ok=True)
        copy = place / "new"
        try:
            shutil.copyfile(file, copy)
            for older in place.glob("original*"):
                older.unlink()
            copy.rename(place / f"original{file.suffix.lower()}")
        finally:
            copy.unlink(missing_ok=True)
    except OSError as error:
        raise HomeNotWritable(home=str(folder), why=error.strerror) from error


def forget_original(folder: Path, kind: Kind, id: str) -> None:
    """Remove the original of a record; nothing happens where none was kept."""
    try:
        with suppress(FileNotFoundError):
            shutil.rmtree(_place(folder, kind, id))
    except OSError as error:
        raise HomeNotWritable(home=str(folder), why=error.strerror) from error


def kept_originals(folder: Path, kind: Kind, id: str) -> list[Path]:
    """Return the files kept of a record."""
    return sorted(_place(folder, kind, id).glob("original*"))


def _texts(file: Path, parsed: Parsed) -> Iterator[str]:
    """What was read of a document before anything is masked, and what its reader may have passed over."""
    yield parsed.text
    for value in parsed.fields.values():
        yield from map(str, value if isinstance(value, list) else [value])
    data = file.read_bytes()
    if not data.startswith(_PACKED):
        yield data.decode("latin-1")


def _place(folder: Path, kind: Kind, id: str) -> Path:
    name = quote(id, safe="").replace(".", "%2E")
    return folder / kind / (name if len(name) <= _NAME_LENGTH else sha256(id.encode()).hexdigest())
