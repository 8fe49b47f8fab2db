"""Companies: the list, and one company: its postings, whom it hired and hosted, what came of proposals there."""

from dataclasses import dataclass, field
from datetime import date
from typing import cast

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import EngineDep, LogDep
from api.pages.addresses import IdInPath, company_path
from api.pages.asked import Text
from api.pages.page import ShortlistPage
from api.pages.paging import sliced
from api.search import holds, words_of
from matcher.employers import same_key
from matcher.engine import Engine
from matcher.errors import UnknownId, kind_name
from matcher.ledger.came_of import Tally, came_of
from matcher.listing import Market
from matcher.records import Employer, Posting

router = APIRouter(include_in_schema=False)
NAMED = "name:"
"""Begins the id of a company that only postings name; its name follows."""


@dataclass(slots=True)
class Company:
    """An employer that is stored, or one that only its postings name."""

    id: str
    name: str
    record: Employer | None = None
    postings: list[Posting] = field(default_factory=list)

    @property
    def sector(self) -> str | None:
        """What it does, as its record or a posting says."""
        return next((one.sector for one in (self.record, *self.postings) if one and one.sector), None)

    @property
    def municipality(self) -> str | None:
        """Where it is, as its record or a posting says."""
        return next((one.municipality for one in (self.record, *self.postings) if one and one.municipality), None)

    @property
    def path(self) -> str:
        """Address of its page."""
        return company_path(self.id)


def companies_of(engine: Engine) -> dict[str, Company]:
    """Return all companies by id, the stored ones and those that only postings name."""
    found = {
        record.id: Company(record.id, cast("Employer", record).name) for record in engine.store.outlines("employer")
    }
    for record in engine.store.outlines("employer"):
        found[record.id].record = cast("Employer", record)
    ids = {same_key(company.name): company.id for company in found.values()}
    for posting in engine.market().postings.values():
        if not posting.employer:
            continue
        id = ids.setdefault(same_key(posting.employer), NAMED + posting.employer)
        found.setdefault(id, Company(id, posting.employer)).postings.append(posting)
    return found


@router.get("/companies")
def companies(page: ShortlistPage, engine: EngineDep, q: Text = "", only: Text = "", at: Text = "") -> Response:
    """List companies by words, with open postings, or with hires and interns before."""
    market, words = engine.market(), words_of(q)
    known = sorted(companies_of(engine).values(), key=lambda company: company.name.casefold())
    worded = [one for one in known if holds(words, one.id, one.name, one.sector, one.municipality)]
    opened = {one.id: sum(market.closed(each, page.day) is None for each in one.postings) for one in worded}
    kinds = {
        "open": [one for one in worded if opened[one.id]],
        "hired": [one for one in worded if one.record and one.record.hires],
        "hosted": [one for one in worded if one.record and one.record.hosts],
    }
    query = {"q": q, "only": only if only in kinds else ""}
    return page.show(
        "companies.html",
        shown=sliced(kinds.get(only, worded), at, "/companies", query),
        asked=query,
        counts={name: len(some) for name, some in kinds.items()},
        total=len(worded),
        opened=opened,
        any=bool(known),
    )


@router.get("/companies/{id}")
def company(page: ShortlistPage, engine: EngineDep, log: LogDep, id: IdInPath) -> Response:
    """Show a company."""
    found = companies_of(engine).get(id)
    if found is None:
        raise UnknownId(kind=kind_name("employer"), id=id)
    market = engine.market()
    kinds = {posting.id: posting.employment_type for posting in found.postings}
    rows = came_of(
        (one for one in engine.store.placements() if one.posting in kinds),
        (one for one in log.verdicts() if one.posting in kinds),
        kinds,
    )
    whole = cast("Employer", engine.store.get("employer", id)) if found.record else None
    return page.show(
        "company.html",
        company=found,
        record=whole,
        postings=sorted(found.postings, key=lambda one: (market.closed(one, page.day) is not None, one.id)),
        states={one.id: market.closed(one, page.day) or "open" for one in found.postings},
        rows=rows,
        tally=Tally.of(rows),
        interns=[row for row in rows if row.praktik and row.stayed],
        titles={one.id: one.title for one in found.postings},
        known=market.candidates,
        looking={row.candidate for row in rows if _looking(market, row.candidate, page.day)},
    )


def _looking(market: Market, candidate: str, day: date) -> bool:
    """Whether a candidate is looking for work on a day: who was here before may come back."""
    known = market.candidates.get(candidate)
    return known is not None and market.unavailable(known, day) is None
