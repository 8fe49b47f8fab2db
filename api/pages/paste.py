"""A posting that somebody pastes: a shortlist in seconds, and nothing is kept."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from api.dependencies import EngineDep, ListsDep, LogDep
from api.pages.asked import REGION, Asked, asked_of
from api.pages.page import ShortlistPage
from api.pages.rows import rows_of
from api.pasted import LONGEST, SHORT, PastedPosting
from matcher.bands import no_good_match

router = APIRouter(include_in_schema=False)
LINE = 120
"""Letters of a first line that stands in for a title."""


@router.get("/paste")
def ask(page: ShortlistPage) -> Response:
    """Ask for the text of a posting."""
    return page.show("paste.html", title="", text="", postcode="", refused=None, longest=LONGEST)


@router.post("/paste")
def pasted(
    page: ShortlistPage,
    engine: EngineDep,
    lists: ListsDep,
    log: LogDep,
    asked: Annotated[Asked, Depends(asked_of)],
    text: Annotated[str, Form(max_length=2 * LONGEST)] = "",
    title: Annotated[str, Form(max_length=1000)] = "",
    postcode: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Rank candidates for a text."""
    if not text.strip() or len(text) > LONGEST:
        told = page.t("paste.empty" if not text.strip() else "paste.long", most=LONGEST)
        typed = {"title": title, "text": text, "postcode": postcode}
        return page.show("paste.html", status=422, refused=told, longest=LONGEST, **typed)
    named = title.strip() or _first_line(text)
    posting = PastedPosting(title=named[:SHORT], text=text, postcode=postcode.strip()[:20] or None).record()
    filters = replace(asked.filters, as_of=page.day)
    shown = lists.shortlist(posting, filters=filters, limit=asked.limit, account=page.reader.id)
    return page.show(
        "posting.html",
        posting=shown.posting,
        shown=shown,
        rows=rows_of(engine, log, None, shown.matches),
        near=[],
        no_good=no_good_match(shown.matches[0].score if shown.matches else None),
        asked=asked,
        facets={},
        region=REGION,
        state=None,
        more=None,
        expired=engine.instruments.expired(page.day),
        pasted=True,
    )


def _first_line(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip())[:LINE]
