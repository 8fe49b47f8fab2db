"""What a file really is, by its first bytes; its name only decides where the bytes do not."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from matcher.ingest.parsed import Refused
from matcher.ingest.readers.opendocument import CONTENT
from matcher.ingest.readers.plain import is_text
from matcher.ingest.readers.word import MAIN

EXTENSIONS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".txt": "txt",
    ".text": "txt",
    ".md": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xml": "xml",
    ".json": "json",
    ".jsonld": "json",
}
"""Extension -> the kind of file that it promises."""

_FOREIGN = (
    ("image", "PNG", rb"\x89PNG"),
    ("image", "JPEG", rb"\xff\xd8\xff"),
    ("image", "GIF", rb"GIF8[79]a"),
    ("image", "TIFF", rb"II\*\x00|MM\x00\*"),
    ("image", "BMP", rb"BM.{4}\x00\x00\x00\x00"),
    ("image", "WebP", rb"RIFF.{4}WEBP"),
    ("image", "HEIC", rb".{4}ftyp(?:heic|heix|mif1|avif)"),
    ("image", "PSD", rb"8BPS"),
    ("archive", "7z", rb"7z\xbc\xaf\x27\x1c"),
    ("archive", "RAR", rb"Rar!\x1a\x07"),
    ("archive", "gzip", rb"\x1f\x8b"),
    ("archive", "bzip2", rb"BZh[1-9]"),
    ("archive", "xz", rb"\xfd7zXZ\x00"),
    ("archive", "tar", rb".{257}ustar"),
    ("program", "Windows EXE", rb"MZ.{0,60}\x00"),
    ("program", "ELF", rb"\x7fELF"),
    ("program", "Mach-O", rb"\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe"),
    ("other_file", "PostScript", rb"%!PS"),
    ("other_file", "SQLite", rb"SQLite format 3\x00"),
    ("other_file", "video", rb".{4}ftyp"),
    ("other_file", "audio", rb"ID3|OggS|RIFF.{4}WAVE"),
)
"""Reason of the refusal, name, pattern of the first bytes."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", "password", ""),
    ("WordDocument", "legacy_word", ""),
    ("Workbook", "spreadsheet", "Excel (.xls)"),
    ("PowerPoint Document", "presentation", "PowerPoint (.ppt)"),
    ("__substg1.0", "mail", "Outlook (.msg)"),
)
"""Names of streams in an OLE file -> reason, name."""
_ZIPPED = (
    ("xl/workbook", "spreadsheet", "Excel (.xlsx)"),
    ("ppt/presentation", "presentation", "PowerPoint (.pptx)"),
    ("Index/Document.iwa", "other_file", "Pages (.pages)"),
)
_OPEN_DOCUMENTS = {b"spreadsheet": "spreadsheet", b"presentation": "presentation"}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\b|<[A-Za-z_][\w.:-]*[\s>/]")
_JSON = re.compile(rb'\{\s*["}]|\[\s*[\[{"\]]')
_MAIL = re.compile(rb"(?:Return-Path|Received|MIME-Version|Delivered-To): ", re.IGNORECASE)
_HEAD = 4096


def detect(name: str, data: bytes) -> str:
    """Return the kind of a file ("pdf", "docx", "odt", "rtf", "html", "xml", "json", "txt") or refuse it by name."""
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if head.startswith(_OLE):
        _refuse_ole(data)
    for reason, found, pattern in _FOREIGN:
        if re.match(pattern, head, re.DOTALL):
            raise Refused(reason, found=found)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if not is_text(data):
        raise Refused("wrong_type", wanted=promised(name).upper() or PurePath(name).suffix or "?")
    return _textual(head, promised(name))


def promised(name: str) -> str:
    """Return the kind that a file name promises, empty where it promises none that is read here."""
    return EXTENSIONS.get(PurePath(name).suffix.lower(), "")


def _textual(head: bytes, wanted: str) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "txt"
    if _HTML.search(start) and start.startswith(b"<"):
        return "html"
    if _MAIL.match(start):
        raise Refused("mail", found="e-mail (.eml)")
    if wanted != "txt" and _XML.match(start):
        return "html" if wanted == "html" else "xml"
    return "json" if wanted != "txt" and _JSON.match(start) else "txt"


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError) as error:
        raise Refused("truncated") from error
    if any(MAIN.fullmatch(name) for name in names):
        return "docx"
    if b"opendocument.text" in kind and CONTENT in names:
        return "odt"
    for start, reason, found in _ZIPPED:
        if any(name.startswith(start) for name in names):
            raise Refused(reason, found=found)
    for part, reason in _OPEN_DOCUMENTS.items():
        if part in kind:
            raise Refused(reason, found=f"OpenDocument ({part.decode()})")
    raise Refused("archive", found="ZIP")


def _refuse_ole(data: bytes) -> None:
    for stream, reason, found in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            raise Refused(reason, found=found) if found else Refused(reason)
    raise Refused("other_file", found="OLE")
