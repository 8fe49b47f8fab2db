"""Searches every file of a home, packed ones too, for what is left of a person."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from matcher.privacy.needles import Needles, Trace

CHUNK = 1 << 24
"""Bytes read at once."""
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)
"""What a packed file that is damaged, or locked with a password, ends in."""
GIVEN = ("models",)
"""Folders of a home that hold nothing but what came with the product: no record was ever written there."""
OPAQUE = (b"%PDF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
"""How files begin whose text is packed in a way that is not unpacked here."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A file, or with `is_table` a table, that was searched. `size`: its bytes, or its rows.

    `whole`: all of it could be read.
    """

    place: str
    size: int
    found: tuple[Trace, ...] = ()
    whole: bool = True
    is_table: bool = False


def files(home: Path, needles: Needles) -> Iterator[Searched]:
    """Search every file below a home but those in `GIVEN`, names of files included, in order of their names."""
    for file in sorted(home.rglob("*")):
        relative = file.relative_to(home)
        if file.is_file() and not file.is_symlink() and relative.parts[0] not in GIVEN:
            yield search_file(file, str(relative), needles)


def search_file(file: Path, name: str, needles: Needles) -> Searched:
    """Search one file: its name, its bytes, and what is packed in it."""
    found: dict[Trace, None] = dict.fromkeys(needles.in_text(name))
    try:
        size, whole = file.stat().st_size, True
        with file.open("rb") as opened:
            whole = not opened.read(4).startswith(OPAQUE)
            opened.seek(0)
            found.update(dict.fromkeys(_in_stream(opened, needles)))
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as packed:
                for member in packed.infolist():
                    found.update(dict.fromkeys(needles.in_text(member.filename)))
                    with packed.open(member) as opened_member:
                        found.update(dict.fromkeys(_in_stream(opened_member, needles)))
    except FileNotFoundError:
        return Searched(name, 0, tuple(found))
    except UNREADABLE:
        return Searched(name, size, tuple(found), whole=False)
    return Searched(name, size, tuple(found), whole)


def _in_stream(opened: IO[bytes], needles: Needles) -> Sequence[Trace]:
    """Search piece by piece; each begins with the end of the one before, so that nothing is cut in two."""
    found: dict[Trace, None] = {}
    tail = b""
    while piece := opened.read(CHUNK):
        lowered = tail + piece.lower()
        found.update(dict.fromkeys(needles.in_bytes(lowered)))
        tail = lowered[-needles.longest :] if needles.longest else b""
    return list(found)
