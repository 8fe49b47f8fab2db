"""One document: limits, what it is, its reader, and the text cleaned."""

from dataclasses import replace
from importlib import import_module
from pathlib import PurePath

from matcher.ingest import limits
from matcher.ingest.parsed import Notice, Parsed, Refused
from matcher.ingest.readers.clean import clean, clean_value
from matcher.ingest.readers.detect import EXTENSIONS, detect, promised

_READERS = {
    "pdf": "pdf",
    "docx": "word",
    "odt": "opendocument",
    "rtf": "richtext",
    "txt": "plain",
    "html": "web_page",
    "xml": "europass",
    "json": "json_document",
}
"""Kind of file -> module with `read(data) -> Parsed`; imported when first needed, for the libraries weigh."""


def read_document(name: str, data: bytes, *, recognise: bool = False) -> Parsed:
    """Read one document by what its bytes are; raise `Refused` where it cannot or should not be read."""
    if not data:
        raise Refused("empty")
    if len(data) > limits.FILE_BYTES:
        raise Refused("too_large", size=-(-len(data) // limits.MEGABYTE), limit=limits.FILE_BYTES // limits.MEGABYTE)
    kind = detect(name, data)
    reader = import_module(f"matcher.ingest.readers.{_READERS[kind]}")
    parsed: Parsed = reader.read(data, recognise=True) if recognise and kind == "pdf" else reader.read(data)
    text, notices = clean(parsed.text)
    if not any(map(str.isalnum, text)):
        raise Refused("no_text")
    fields = {field: clean_value(value) for field, value in parsed.fields.items()}
    return replace(parsed, text=text, fields=fields, notices=(*_misnamed(name, kind), *parsed.notices, *notices))


def _misnamed(name: str, kind: str) -> tuple[Notice, ...]:
    """Tell of a name that promises something else than the file is."""
    if promised(name) in {kind, ""}:
        return ()
    usual = next(extension for extension, promise in EXTENSIONS.items() if promise == kind)
    return (("notice.wrong_extension", {"extension": PurePath(name).suffix, "found": usual}),)
