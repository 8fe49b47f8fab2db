"""Long lists page by page, and lists that have not changed answered without a body."""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from fastapi import Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.pages.addresses import LONGEST
from api.schemas import Wire


class Identified(Wire):
    """Something with an id to order it by."""

    id: str


Item = TypeVar("Item", bound=Identified)

MOST = 200
USUAL = 50
REVALIDATED = "private, no-cache"
"""A browser may keep it, and asks every time whether it still holds."""

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
After = Annotated[
    str | None, Query(max_length=LONGEST, description="`next` of the page before; nothing for the first page.")
]


class PageOut(BaseModel, Generic[Item]):
    """A page of a list in order of ids. `total`: of all pages; `next`: what to ask `after` for the next page."""

    items: list[Item]
    total: int = Field(ge=0)
    next: str | None


def page(listed: Sequence[Item], *, after: str | None, limit: int) -> PageOut[Item]:
    """Return one page of items that come in ascending order of their ids."""
    first = 0 if after is None else bisect_right(listed, after, key=lambda item: item.id)
    shown = list(listed[first : first + limit])
    following = shown[-1].id if first + limit < len(listed) else None
    return PageOut[Item](items=shown, total=len(listed), next=following)


def tagged(request: Request, content: BaseModel) -> Response:
    """Return content with its ETag, or status 304 where the asker has just that."""
    body = content.model_dump_json().encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": REVALIDATED, "Vary": "Accept-Language, Authorization, Cookie"}
    if _holds(request.headers.get("If-None-Match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _holds(sent: str, tag: str) -> bool:
    """Whether one of the tags that were sent is this one; weak ones compare alike (RFC 9110, 13.1.2)."""
    held = {part.strip().removeprefix("W/") for part in sent.split(",")}
    return "*" in held or tag in held
