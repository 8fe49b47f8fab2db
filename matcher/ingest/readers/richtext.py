"""RTF by striprtf, after pictures are cut out."""

import re

from matcher.ingest.limits import MARKUP_BYTES, MEGABYTE
from matcher.ingest.parsed import Parsed, Refused
from matcher.ingest.readers.clean import joined

_PICTURE = re.compile(rb"[0-9A-Fa-f\r\n]{1000,}")
"""Hexadecimal digits of a picture; no word is that long."""


def read(data: bytes) -> Parsed:
    """Read a rich text document."""
    from striprtf.striprtf import rtf_to_text

    if not data.rstrip(b"\x00\r\n\t ").endswith(b"}"):
        raise Refused("truncated")
    data = _PICTURE.sub(b"", data)
    if len(data) > MARKUP_BYTES:
        raise Refused("too_large", size=-(-len(data) // MEGABYTE), limit=MARKUP_BYTES // MEGABYTE)
    text: str = rtf_to_text(data.decode("cp1252", "replace"), errors="replace")  # type: ignore[no-untyped-call]
    # \u writes a character beyond U+FFFF as two halves
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Parsed(text=joined(text.split("\n")), format="rtf")
