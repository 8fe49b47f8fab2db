"""Ids in addresses of pages: any id, also one with slashes, dots or no Latin letter, as one segment of a path."""

import re
from typing import Annotated
from urllib.parse import quote, unquote, urlencode, urlsplit

from fastapi import Path
from pydantic import AfterValidator

LONGEST = 400
"""Letters of an id in an address."""
_MARKED = re.compile(r"~([0-9A-F]{2})")


def segment(id: str) -> str:
    """Return an id as a segment of a path that no server or browser takes apart.

    >>> segment("a/b"), segment(".."), segment("c 1")
    ('a~2Fb', '~2E~2E', 'c%201')
    """
    kept = id.replace("~", "~7E").replace("/", "~2F").replace("\\", "~5C")
    if not kept.strip("."):
        kept = kept.replace(".", "~2E")
    return quote(kept, safe="~", errors="replace")


def named_by(segment: str) -> str:
    """Return the id that a segment stands for, which the server has already unquoted once.

    >>> named_by("a~2Fb")
    'a/b'
    """
    return _MARKED.sub(lambda found: unquote(f"%{found.group(1)}"), segment)


IdInPath = Annotated[str, Path(max_length=LONGEST), AfterValidator(named_by)]


def own_path(asked: str) -> str:
    """Return a path of this service to go on to, "/" for what leads elsewhere.

    >>> own_path("/postings?q=a"), own_path("//elsewhere.example"), own_path("https://elsewhere.example")
    ('/postings?q=a', '/', '/')
    """
    parts = urlsplit(asked)
    plain = asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable() and "\\" not in asked
    return asked if plain and not parts.scheme and not parts.netloc else "/"


def with_query(path: str, **values: object) -> str:
    """Return a path with those of the values that say something."""
    said = {name: value for name, value in values.items() if value not in (None, "", [])}
    return f"{path}?{urlencode(said, doseq=True)}" if said else path


def posting_path(id: str) -> str:
    """Address of a posting's page."""
    return f"/postings/{segment(id)}"


def pair_path(posting: str, candidate: str) -> str:
    """Address of the page of one candidate for one posting."""
    return f"{posting_path(posting)}/candidates/{segment(candidate)}"


def candidate_path(id: str) -> str:
    """Address of a candidate's page."""
    return f"/candidates/{segment(id)}"


def company_path(id: str) -> str:
    """Address of a company's page."""
    return f"/companies/{segment(id)}"


def own_posting_path(id: str) -> str:
    """Address of a posting as a graduate reads it."""
    return f"/me/postings/{segment(id)}"


def account_path(id: str) -> str:
    """Address of an account's page."""
    return f"/admin/accounts/{segment(id)}"
