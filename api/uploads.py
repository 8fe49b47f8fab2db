"""Uploads on their way in: kept in the home, readable only by its owner, and gone once they are read."""

import re
import shutil
import time
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

from anyio import to_thread
from starlette.requests import Request

from matcher.home import writing

FOLDER = "uploads"
STALE_SECONDS = 24 * 3600
"""What a killed process left is removed after this."""
LONGEST_NAME = 120
CHUNK = 1 << 20


@contextmanager
def place(home: Path) -> Iterator[Path]:
    """Yield a folder of its own for one upload; it is removed afterwards, whatever happens."""
    folder = home / FOLDER
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _remove_stale(folder)
        made = TemporaryDirectory(dir=folder)
    with made as name:
        yield Path(name)


def safe_name(sent: str | None, otherwise: str = "document") -> str:
    r"""Return a file's name as it may stand in a folder: no path, nothing invisible, not too long.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\cv\\maja.pdf"), safe_name("..")
    ('passwd', 'maja.pdf', 'document')
    """
    name = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", sent or "")).name).name
    plain = re.sub(r'[\x00-\x1f\x7f<>:"|?*\ud800-\udfff]', "_", name).strip(" .")
    if not plain:
        return otherwise
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(suffix)]}.{suffix}" if dot and len(suffix) <= 10 else plain[:LONGEST_NAME]


async def body_to(request: Request, file: Path) -> None:
    """Write the body of a request to a file as it comes in."""
    opened = await to_thread.run_sync(lambda: file.open("wb"))
    try:
        async for piece in pieces(request):
            await to_thread.run_sync(opened.write, piece)
    finally:
        await to_thread.run_sync(opened.close)


async def pieces(request: Request) -> AsyncIterator[bytes]:
    """Yield the body in pieces that are worth a write each."""
    waiting = bytearray()
    async for piece in request.stream():
        waiting += piece
        if len(waiting) >= CHUNK:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _remove_stale(folder: Path) -> None:
    for left in folder.iterdir():
        if time.time() - left.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
