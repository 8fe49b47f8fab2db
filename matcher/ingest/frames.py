"""Messages between parent and child: four bytes of length, then the bytes. JSON, never pickle."""

import json
import struct
from collections.abc import Mapping
from typing import IO, Literal

Task = Literal["document", "scan", "sheet"]
"""What the child is to read: a document, one whose pictures of text are to be recognised, or rows of an Excel file."""

OUT_OF_MEMORY = 71
"""Exit status of a child that has no memory left to answer with."""
_LENGTH = struct.Struct(">I")


class Broken(Exception):
    """The other side is gone, or sends what is no message."""


def send(stream: IO[bytes], message: Mapping[str, object], data: bytes = b"") -> None:
    """Write a message and the raw bytes that belong to it."""
    header = json.dumps(message).encode("ascii")
    for part in (header, data):
        stream.write(_LENGTH.pack(len(part)))
        stream.write(part)
    stream.flush()


def receive(stream: IO[bytes], *, limit: int) -> tuple[dict[str, object], bytes]:
    """Read a message and its bytes; raise `Broken` at the end of the stream or beyond `limit`."""
    header = _frame(stream, limit)
    data = _frame(stream, limit)
    try:
        message = json.loads(header)
    except (ValueError, RecursionError) as error:
        raise Broken from error
    if not isinstance(message, dict):
        raise Broken
    return message, data


def _frame(stream: IO[bytes], limit: int) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > limit:
        raise Broken
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise Broken
    return data
