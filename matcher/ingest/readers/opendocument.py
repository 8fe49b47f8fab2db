"""ODT: header, body in document order with tables, text boxes and notes, footer."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from matcher.ingest.parsed import Parsed, Refused
from matcher.ingest.readers.clean import joined
from matcher.ingest.readers.layout import table_row, with_boxes
from matcher.ingest.readers.packages import Package
from matcher.ingest.readers.xmltree import attribute, child, descendants, local, parse_xml

CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_CONTAINERS = {"section", "list", "list-item", "list-header", "text-box", "index-body", "table-of-content"}
_ROW_GROUPS = {"table-header-rows", "table-rows", "table-row-group"}
_SKIPPED = {"annotation", "tracked-changes", "desc", "title", "sequence-decls", "note-citation"}
_MOST_SPACES = 200


def read(data: bytes) -> Parsed:
    """Read an OpenDocument text."""
    package = Package(data)
    if _MANIFEST in package.names and b"encryption-data" in package.read(_MANIFEST):
        raise Refused("password")
    body = child(parse_xml(package.read(CONTENT)), "body", "text")
    if body is None:
        raise Refused("damaged", why="office:text")
    header, footer = _page_margins(package)
    return Parsed(text=joined([*header, *_blocks(body), *footer]), format="odt")


def _page_margins(package: Package) -> tuple[list[str], list[str]]:
    """Return the paragraphs of the page header and footer, each once."""
    root = parse_xml(package.read(_STYLES)) if _STYLES in package.names else None
    masters = child(root, "master-styles")
    header, footer = (
        dict.fromkeys(line for item in descendants(masters, name) for line in _blocks(item) if line.strip())
        for name in ("header", "footer")
    )
    return list(header), list(footer)


def _blocks(container: Element) -> Iterator[str]:
    """Yield the paragraphs of a container in document order."""
    for item in container:
        match local(item):
            case "p" | "h":
                yield from _paragraph(item)
            case "table":
                for row in _rows(item):
                    yield from table_row([list(_blocks(cell)) for cell in row if local(cell) == "table-cell"])
            case "frame":
                yield from _blocks(item)
            case name if name in _CONTAINERS:
                yield from _blocks(item)


def _rows(table: Element) -> Iterator[Element]:
    for item in table:
        if local(item) == "table-row":
            yield item
        elif local(item) in _ROW_GROUPS:
            yield from _rows(item)


def _paragraph(paragraph: Element) -> Iterator[str]:
    boxes: list[Element] = []
    return with_boxes(_inline(paragraph, boxes), boxes, _blocks)


def _inline(element: Element, boxes: list[Element]) -> str:
    """Return the text of a paragraph; text boxes and notes anchored in it are added to `boxes`."""
    parts = [_folded(element.text)]
    for item in element:
        match local(item):
            case "s":
                count = attribute(item, "c")
                parts.append(" " * min(int(count) if count.isdigit() else 1, _MOST_SPACES))
            case "tab":
                parts.append("\t")
            case "line-break":
                parts.append("\n")
            case "text-box" | "note-body":
                boxes.append(item)
            case name if name not in _SKIPPED:
                parts.append(_inline(item, boxes))
        parts.append(_folded(item.tail))
    return "".join(parts)


def _folded(text: str | None) -> str:
    """Return text as OpenDocument means it: line ends and tabs of the file are plain spaces."""
    return (text or "").replace("\n", " ").replace("\t", " ")
