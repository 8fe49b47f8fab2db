"""DOCX: headers, body in document order with tables and text boxes, notes, footers.

The parts are read from the checked package directly: python-docx misses text boxes and content controls, which CV
templates are made of, and unpacks whatever it is given.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from matcher.ingest.parsed import Parsed, Refused
from matcher.ingest.readers.clean import joined
from matcher.ingest.readers.layout import table_row, with_boxes
from matcher.ingest.readers.packages import Package
from matcher.ingest.readers.xmltree import attribute, child, children, descendants, local, parse_xml

MAIN = re.compile(r"word/document\d*\.xml")
_BEFORE = re.compile(r"word/header\d*\.xml")
_AFTER = re.compile(r"word/(?:footnotes|endnotes|footer\d*)\.xml")
_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "hdr", "ftr"}
_SKIPPED = {"pPr", "rPr", "del", "moveFrom", "delText", "instrText", "Fallback", "sdtPr", "tblPr"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NO_NOTE = {"separator", "continuationSeparator", "continuationNotice"}


def read(data: bytes) -> Parsed:
    """Read a Word document (.docx, .docm)."""
    package = Package(data)
    main = [name for name in package.names if MAIN.fullmatch(name)]
    if not main:
        raise Refused("damaged", why="word/document.xml")
    before = sorted(name for name in package.names if _BEFORE.fullmatch(name))
    after = sorted(name for name in package.names if _AFTER.fullmatch(name))
    paragraphs = [*_repeated_once(package, before), *_story(package, main[0]), *_repeated_once(package, after)]
    return Parsed(text=joined(paragraphs), format="docx")


def _repeated_once(package: Package, names: list[str]) -> list[str]:
    """Return the paragraphs of headers or footers; those for first, even and odd pages often say the same."""
    return list(dict.fromkeys(line for name in names for line in _story(package, name) if line.strip()))


def _story(package: Package, name: str) -> Iterator[str]:
    root = parse_xml(package.read(name))
    notes = [note for note in root if local(note) in {"footnote", "endnote"}]
    for container in notes or [root]:
        if attribute(container, "type") not in _NO_NOTE:
            yield from _blocks(container)


def _blocks(container: Element) -> Iterator[str]:
    """Yield the paragraphs of a container in document order."""
    for item in container:
        match local(item):
            case "p":
                yield from _paragraph(item)
            case "tbl":
                for row in _parts(item, "tr"):
                    yield from table_row([list(_blocks(cell)) for cell in _parts(row, "tc")])
            case "AlternateContent":
                yield from _blocks(_alternative(item))
            case name if name in _WRAPPERS:
                yield from _blocks(item)


def _parts(table: Element, name: str) -> Iterator[Element]:
    """Yield rows or cells, also those within content controls."""
    for item in table:
        if local(item) == name:
            yield item
        elif local(item) in _WRAPPERS:
            yield from _parts(item, name)


def _paragraph(paragraph: Element) -> Iterator[str]:
    boxes: list[Element] = []
    return with_boxes(_inline(paragraph, boxes), boxes, _blocks)


def _inline(element: Element, boxes: list[Element]) -> str:
    """Return the text of a paragraph; text boxes anchored in it are added to `boxes`."""
    parts: list[str] = []
    for item in element:
        name = local(item)
        if name == "t":
            parts.append(item.text or "")
        elif name in _SIGNS:
            parts.append(_SIGNS[name])
        elif name == "txbxContent":
            boxes.append(item)
        elif name == "AlternateContent":
            parts.append(_inline(_alternative(item), boxes))
        elif name not in _SKIPPED and not (name == "r" and _is_hidden(item)):
            parts.append(_inline(item, boxes))
    return "".join(parts)


def _alternative(content: Element) -> Element:
    """Return the one branch to read: Word writes a text box twice, for new and for old readers."""
    choice, fallback = child(content, "Choice"), child(content, "Fallback")
    branches = [branch for branch in (choice, fallback) if branch is not None]
    with_text = (branch for branch in branches if any(True for _ in descendants(branch, "t")))
    return next(with_text, branches[0] if branches else content)


def _is_hidden(run: Element) -> bool:
    for mark in children(child(run, "rPr"), "vanish"):
        return attribute(mark, "val") not in {"0", "false", "off"}
    return False
