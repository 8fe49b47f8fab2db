"""Postings: the list, and one posting with its shortlist."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Literal, cast, get_args

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from api.dependencies import EngineDep, ListsDep, LogDep, ServiceDep
from api.pages.addresses import IdInPath, posting_path
from api.pages.asked import REGION, Asked, Text, asked_of
from api.pages.desk import desk_of
from api.pages.page import CorrectionPage, ShortlistPage
from api.pages.paging import sliced
from api.pages.rows import near_rows, rows_of
from api.search import holds, words_of
from matcher.bands import no_good_match
from matcher.errors import InvalidRecord
from matcher.facets import facets
from matcher.labour.geography import municipality_name
from matcher.ledger.log import DecisionLog
from matcher.listing import Market
from matcher.near_misses import near_misses
from matcher.records import EmploymentType, Posting, PostingState

router = APIRouter(include_in_schema=False)
AskedDep = Annotated[Asked, Depends(asked_of)]
STATES = ("open", "expired", "filled", "closed", "not_yet")
TYPES: tuple[EmploymentType, ...] = get_args(EmploymentType)


@router.get("/postings")
def postings(
    page: ShortlistPage,
    engine: EngineDep,
    log: LogDep,
    q: Text = "",
    state: Text = "open",
    municipality: Text = "",
    employment_type: Text = "",
    at: Text = "",
) -> Response:
    """List postings by words, state, place and kind, with how many each choice would show."""
    engine.refresh()
    market = engine.market()
    words = words_of(q)
    worded = [one for one in market.postings.values() if holds(words, one.id, one.title, one.employer, one.sector)]
    states = {one.id: market.closed(one, page.day) or "open" for one in worded}
    wanted = {"state": state if state in STATES else "", "municipality": municipality, "type": employment_type}
    values = {one.id: _values(one, states[one.id]) for one in worded}
    found = [one for one in worded if all(not want or values[one.id][name] == want for name, want in wanted.items())]
    query = {"q": q, "state": state, "municipality": municipality, "employment_type": employment_type}
    newest = sorted(found, key=lambda one: (-(one.published.toordinal() if one.published else 0), one.id))
    return page.show(
        "postings.html",
        shown=sliced(newest, at, "/postings", query),
        asked=query,
        states=states,
        counts={name: _counted(values, wanted, name) for name in wanted},
        verdicts=_proposals(log, market),
        any=bool(market.postings),
    )


def _values(posting: Posting, state: str) -> dict[str, str]:
    place = municipality_name(posting.municipality) if posting.municipality else ""
    return {"state": state, "municipality": place, "type": posting.employment_type}


def _counted(values: dict[str, dict[str, str]], wanted: dict[str, str], name: str) -> Counter[str]:
    """How many postings each choice of one filter would show while the others stay."""
    others = {other: want for other, want in wanted.items() if other != name and want}
    kept = (row for row in values.values() if all(row[other] == want for other, want in others.items()))
    return Counter(row[name] for row in kept if row[name])


def _proposals(log: DecisionLog, market: Market) -> dict[str, int]:
    """How many candidates are proposed for each posting."""
    return Counter(
        one.posting for one in log.verdicts() if one.verdict == "propose" and one.candidate in market.candidates
    )


@router.get("/postings/{id}")
def posting(
    page: ShortlistPage, engine: EngineDep, lists: ListsDep, log: LogDep, id: IdInPath, asked: AskedDep
) -> Response:
    """Show a posting with its shortlist, what was left out, and near misses."""
    filters = replace(asked.filters, as_of=page.day)
    shown = lists.shortlist(id, filters=filters, limit=asked.limit, account=page.reader.id)
    subject = engine.subject("posting", id)
    near = near_misses(engine, subject, filters)
    market = engine.market()
    return page.show(
        "posting.html",
        posting=shown.posting,
        shown=shown,
        rows=rows_of(engine, log, id, shown.matches),
        near=near_rows(engine, log, id, near),
        no_good=no_good_match(shown.matches[0].score if shown.matches else None),
        asked=asked,
        facets=facets(market, shown.posting, engine.indexes.pool("candidate").ids, filters),
        region=REGION,
        state=market.states.get(id),
        more=_more(asked, len(shown.matches)),
        expired=engine.instruments.expired(page.day),
        pasted=False,
    )


def _more(asked: Asked, shown: int) -> int | None:
    """How many to show next, None where the list is whole or as long as it gets."""
    return min(asked.limit * 2, 100) if shown == asked.limit and asked.limit < 100 else None


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
