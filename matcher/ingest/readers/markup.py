"""HTML to text: blocks on lines of their own, nothing that is not content."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.ingest.limits import MARKUP_BYTES, MEGABYTE
from matcher.ingest.parsed import Refused
from matcher.ingest.readers.clean import joined

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_NOT_CONTENT = ["script", "style", "template", "noscript", "svg", "iframe", "button", "select", "nav", "aside", "form"]
_FRAME = ["header", "footer"]
_BLOCKS = frozenset(
    "address article blockquote body dd div dl dt fieldset figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre "  # noqa: SIM905 - thirty lines would say no more
    "section summary table tbody thead tr ul".split()
)
_SPACES = re.compile(r"[ \t]+")
_CELLS = frozenset({"td", "th"})


def parse_html(markup: bytes | str) -> "BeautifulSoup":
    """Return the tree of a page or a fragment; a page beyond the limit is refused."""
    from bs4 import BeautifulSoup

    if len(markup) > MARKUP_BYTES:
        raise Refused("too_large", size=-(-len(markup) // MEGABYTE), limit=MARKUP_BYTES // MEGABYTE)
    return BeautifulSoup(markup, "lxml")


def plain_text(markup: str) -> str:
    """Return the text of a fragment that may be HTML, escaped HTML or plain text."""
    from html import unescape

    if "<" not in markup and "&lt;" in markup:
        markup = unescape(markup)
    if "<" not in markup:
        return joined(unescape(markup).split("\n"))
    return block_text(parse_html(markup))


def main_text(page: "BeautifulSoup") -> str:
    """Return the text of a page's main part, without menus, page header, page footer and the like."""
    for tag in page.find_all(_NOT_CONTENT):
        tag.decompose()
    main = page.find("main") or page.find(role="main") or page.find("article")
    if main is None:
        for tag in page.find_all(_FRAME):
            tag.decompose()
    return block_text(main or page.body or page)


def block_text(tag: "Tag") -> str:
    """Return the text of a tag; each block (paragraph, heading, list item, table row) on a line of its own."""
    lines = (_SPACES.sub(_folded, line).strip() for line in "".join(_pieces(tag)).split("\n"))
    return joined(line for line in lines if line)


def _folded(spaces: re.Match[str]) -> str:
    return "\t" if "\t" in spaces.group() else " "


def _pieces(tag: "Tag") -> Iterator[str]:
    """Yield text and line breaks in document order; no recursion, for pages may be nested without end."""
    from bs4 import Comment, Tag
    from bs4.element import NavigableString

    stack: list[object] = [tag]
    while stack:
        item = stack.pop()
        if isinstance(item, str) and not isinstance(item, NavigableString):
            yield item
        elif isinstance(item, NavigableString) and not isinstance(item, Comment):
            yield " ".join(f"_{item}_".split())[1:-1]
        elif isinstance(item, Tag) and item.name == "br":
            yield "\n"
        elif isinstance(item, Tag) and item.name not in {"script", "style"}:
            around = "\n" if item.name in _BLOCKS else "\t" if item.name in _CELLS else ""
            stack += [around, *reversed(item.contents), around if around == "\n" else ""]
