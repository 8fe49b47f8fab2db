"""ZIP packages (DOCX, ODT, XLSX) that cannot hurt: sizes are checked before and enforced while unpacking."""

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from matcher.ingest import limits
from matcher.ingest.parsed import Refused

_ENCRYPTED = 0x1
_CHUNK = 64 * 1024


class Package:
    """An open package. Nothing is unpacked but by `read`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Refused("truncated") from error
        entries = self._archive.infolist()
        total = sum(entry.file_size for entry in entries)
        if total > limits.ZIP_BYTES or len(entries) > limits.ZIP_ENTRIES:
            raise _bomb("*", total)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise Refused("password")
        self.names = [entry.filename for entry in entries]

    def read(self, name: str, *, limit: int = limits.XML_BYTES) -> bytes:
        """Unpack one entry, never more than `limit` bytes of it, whatever its header says."""
        try:
            _check(self._archive.getinfo(name), limit)
            with self._archive.open(name) as entry:
                data = b"".join(_bounded(iter(lambda: entry.read(_CHUNK), b""), name, limit))
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, OSError, NotImplementedError) as error:
            raise Refused("damaged", why=f"{name}: {error}") from error
        return data


def _check(entry: zipfile.ZipInfo, limit: int) -> None:
    """Refuse an entry by what the directory of the package says of it."""
    dense = entry.file_size > limits.ZIP_RATIO_FROM and entry.file_size > limits.ZIP_RATIO * entry.compress_size
    if dense or entry.file_size > limit:
        raise _bomb(entry.filename, entry.file_size)


def _bounded(chunks: Iterable[bytes], name: str, limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _bomb(name, size)
        yield chunk


def _bomb(part: str, size: int) -> Refused:
    return Refused("zip_bomb", part=part, size=-(-size // limits.MEGABYTE))
