"""Web pages: schema.org JobPosting where the page has one, else the main text."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from matcher.ingest.parsed import Parsed
from matcher.ingest.readers import job_posting
from matcher.ingest.readers.facts import named
from matcher.ingest.readers.markup import main_text, parse_html

if TYPE_CHECKING:
    from bs4 import BeautifulSoup


def read(data: bytes) -> Parsed:
    """Read an HTML page."""
    page = parse_html(data)
    language = page.html.get("lang") if page.html is not None else None
    for document in _linked_data(page):
        for posting in job_posting.postings_in(document):
            return job_posting.parsed(posting, language=str(language or ""))
    heading = page.find("h1") or page.find("title")
    title = " ".join(heading.get_text(" ").split()) if heading is not None else ""
    fields = named({"title": title, "language": str(language or "")[:2].lower()})
    return Parsed(text=main_text(page), fields=fields, format="html")


def _linked_data(page: "BeautifulSoup") -> Iterator[object]:
    for script in page.find_all("script", type="application/ld+json"):
        try:
            yield json.loads(script.get_text(), strict=False)
        except (ValueError, RecursionError):  # a page is still readable when one of its scripts is broken
            continue
