"""XML without entities, and elements by their local names: writers differ in namespaces, not in names."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from matcher.ingest.limits import MEGABYTE, XML_BYTES
from matcher.ingest.parsed import Refused


def parse_xml(data: bytes) -> Element:
    """Return the root of a document; refuse entities (they can grow without end) and what is not XML."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(data) > XML_BYTES:
        raise Refused("too_large", size=-(-len(data) // MEGABYTE), limit=XML_BYTES // MEGABYTE)
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:
        raise Refused("xml_entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused("damaged", why=str(error)) from error
    return root


def local(element: Element) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first element down the path of child names, or None where the path ends early."""
    for name in names:
        element = next((item for item in children(element, name)), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the children of that name; none of a missing element."""
    for item in element if element is not None else ():
        if local(item) == name:
            yield item


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the elements of that name at any depth, in document order."""
    for item in element.iter() if element is not None else ():
        if local(item) == name:
            yield item


def text_at(element: Element | None, *names: str) -> str:
    """Return the text of the element down the path, all of it, white space folded; empty where there is none."""
    found = child(element, *names)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def raw_text(element: Element | None) -> str:
    """Return an element's text as written, white space and all; empty for a missing element."""
    return "".join(element.itertext()) if element is not None else ""


def text_below(element: Element | None, name: str) -> str:
    """Return the text of the first descendant of that name that has any."""
    return next((text for item in descendants(element, name) if (text := text_at(item))), "")


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its local name, empty where it is missing."""
    pairs = element.attrib.items() if element is not None else ()
    return next((value.strip() for key, value in pairs if key.rpartition("}")[2] == name), "")
