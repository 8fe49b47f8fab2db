"""Postings: the list, and one posting with its shortlist."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Literal, cast, get_args

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from api.cards import proposals_of
from api.dependencies import EngineDep, ListsDep, LogDep, ServiceDep
from api.pages.addresses import IdInPath, posting_path
from api.pages.asked import REGION, Asked, Text, asked_of, places_of
from api.pages.counted import counted, meets
from api.pages.desk import desk_of
from api.pages.page import CorrectionPage, ShortlistPage
from api.pages.paging import sliced
from api.pages.requests import open_requests
from api.pages.shortlist import listed
from api.search import holds, words_of
from matcher.errors import InvalidRecord
from matcher.labour.geography import municipality_at
from matcher.records import EmploymentType, Posting, PostingState

router = APIRouter(include_in_schema=False)
AskedDep = Annotated[Asked, Depends(asked_of)]
STATES = ("open", "expired", "filled", "closed", "not_yet")
TYPES: tuple[EmploymentType, ...] = get_args(EmploymentType)


@router.get("/postings")
def postings(
    page: ShortlistPage,
    service: ServiceDep,
    q: Text = "",
    state: Text = "open",
    municipality: Text = "",
    employment_type: Text = "",
    at: Text = "",
) -> Response:
    """List postings by words, state, place and kind, with how many each choice would show."""
    engine, log = service.engine, service.log
    engine.refresh()
    market = engine.market()
    words = words_of(q)
    worded = [one for one in market.postings.values() if holds(words, one.id, one.title, one.employer, one.sector)]
    states = {one.id: market.closed(one, page.day) or "open" for one in worded}
    wrong: list[str] = []
    areas, near = places_of(municipality, wrong)
    kinds = frozenset({employment_type} & set(TYPES))
    wanted = {"state": frozenset({state} & set(STATES)), "municipality": areas, "type": kinds}
    values = {one.id: _values(one, states[one.id]) for one in worded}
    found = [one for one in worded if meets(values[one.id], wanted)]
    query = {"q": q, "state": state, "municipality": municipality, "employment_type": employment_type}
    newest = sorted(found, key=lambda one: (-(one.published.toordinal() if one.published else 0), one.id))
    return page.show(
        "postings.html",
        shown=sliced(newest, at, "/postings", query),
        asked=query,
        states=states,
        counts={name: counted(values.values(), wanted, name) for name in wanted},
        near=near if wrong else "",
        region=REGION,
        waiting=len(open_requests(service)) if page.may("contacts") else 0,
        verdicts=proposals_of(log, market),
        any=bool(market.postings),
    )


def _values(posting: Posting, state: str) -> dict[str, str]:
    area = municipality_at(posting.municipality, posting.postcode)
    return {"state": state, "municipality": area, "type": posting.employment_type}


@router.get("/postings/{id}")
def posting(
    page: ShortlistPage, engine: EngineDep, lists: ListsDep, log: LogDep, id: IdInPath, asked: AskedDep
) -> Response:
    """Show a posting with its shortlist, what was left out, and near misses."""
    filters = replace(asked.filters, as_of=page.day)
    shown = lists.shortlist(id, filters=filters, limit=asked.limit, account=page.reader.id)
    return page.show(
        "posting.html",
        state=engine.market().states.get(id),
        pasted=False,
        **listed(page, engine, log, asked, filters, shown, id=id),
    )


@router.post("/postings/{id}/state")
def set_state(
    page: CorrectionPage, service: ServiceDep, id: IdInPath, state: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Close a posting, mark it filled, or open it again."""
    if state not in ("open", "closed", "filled"):
        raise InvalidRecord(record="PostingState", field="state")
    service.engine.posting(id)
    desk, now = desk_of(service), datetime.now(UTC)
    if state == "open":
        line = desk.reopen(id, account=page.reader.id, at=now)
    else:
        chosen = cast("Literal['closed', 'filled']", state)
        line = desk.set_state(PostingState(posting=id, state=chosen, account=page.reader.id, at=now))
    service.log.anchor(line)
    return page.go(posting_path(id), said=f"posting_{state}")
