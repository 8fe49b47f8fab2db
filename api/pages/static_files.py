"""Style sheets, scripts and pictures of the pages: a fixed set, read once, so that no path leads anywhere else."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from matcher.errors import MatcherError

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"
"""The address carries the content's digest, so a new version has a new address."""

router = APIRouter(include_in_schema=False)


class UnknownPage(MatcherError):
    """Nothing stands at this address."""

    key = "pages.error.unknown_page"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent."""

    content: bytes
    media_type: str
    version: str


@cache
def static_files() -> dict[str, StaticFile]:
    """Return all files by name; licences stay on disk."""
    return {
        path.name: StaticFile(content, TYPES[path.suffix], hashlib.sha256(content).hexdigest()[:12])
        for path in sorted(FOLDER.iterdir())
        if path.suffix in TYPES
        for content in [path.read_bytes()]
    }


def static_path(name: str) -> str:
    """Return the address of a file in its present version."""
    return f"/static/{name}?v={static_files()[name].version}"


@router.get("/static/{name}")
def static(name: str) -> Response:
    """Send a file of the pages."""
    found = static_files().get(name)
    if found is None:
        raise UnknownPage
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": FOREVER})
