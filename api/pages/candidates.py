"""Candidates: the list with search in their texts, one of them, and how to reach one: names stand only there."""

from contextlib import suppress
from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response

from api.dependencies import EngineDep, LogDep, ServiceDep
from api.pages.addresses import IdInPath
from api.pages.asked import REGION, Text, places_of
from api.pages.counted import counted, meets
from api.pages.invite import account_of
from api.pages.page import ContactPage, Page, ShortlistPage
from api.pages.paging import sliced
from api.pages.readings import readout
from api.pages.requests import requests_of
from matcher.engine import Engine
from matcher.errors import UnknownId
from matcher.labour.families import FAMILIES, family_of
from matcher.labour.geography import municipality_at, place
from matcher.ledger.log import DecisionLog
from matcher.ledger.shown import list_shown
from matcher.listing import Filters
from matcher.records import Candidate, Match, Reason
from matcher.searching import asking_for, parts_of

router = APIRouter(include_in_schema=False)
NEAREST = 50
"""How many a search in the texts brings."""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate on the list, and what of the search the CV meets; nothing where nothing was searched for."""

    candidate: Candidate
    reasons: tuple[Reason, ...] = ()

    @property
    def said(self) -> list[Reason]:
        """What is covered or partly so, with the CV's words."""
        met = [reason for reason in self.reasons if reason.status != "missing"]
        return sorted(met, key=lambda reason: reason.status != "covered")


@router.get("/candidates")
def candidates(
    page: ShortlistPage,
    engine: EngineDep,
    log: LogDep,
    q: Text = "",
    municipality: Text = "",
    family: Text = "",
    at: Text = "",
) -> Response:
    """List candidates; words are looked for in the CVs, whatever their language, best first."""
    engine.refresh()
    market = engine.market()
    wrong: list[str] = []
    areas, near = places_of(municipality, wrong)
    wanted = {"municipality": areas, "family": frozenset({family} & set(FAMILIES))}
    values = {id: _values(one) for id, one in market.candidates.items()}
    kept = [id for id, row in values.items() if meets(row, wanted)]
    searched = bool(parts_of(q))
    if searched:
        matches = _searched(page, engine, log, q, kept)
        near_by = [Found(market.candidates[one.candidate], one.demands) for one in matches]
        found = [one for one in near_by if one.said] or near_by
    else:
        found = [Found(market.candidates[id]) for id in sorted(kept)]
    asked = {"q": q, "municipality": municipality, "family": family}
    shown = sliced(found, at, "/candidates", asked)
    gone = {one.candidate.id: market.unavailable(one.candidate, page.day) for one in shown.items}
    return page.show(
        "candidates.html",
        shown=shown,
        asked=asked,
        near=near if wrong else "",
        region=REGION,
        counts={name: counted(values.values(), wanted, name) for name in wanted},
        unavailable={id: why for id, why in gone.items() if why},
        any=bool(market.candidates),
        searched=searched,
        certain=any(reason.status == "covered" for one in found for reason in one.reasons),
        nearest=NEAREST,
    )


def _searched(page: Page, engine: Engine, log: DecisionLog, words: str, among: list[str]) -> list[Match]:
    """Rank candidates for a few words and log the list; who objected to being ranked is not on it."""
    subject = asking_for(engine, words)
    asked_for, objectors = frozenset(among), engine.market().objectors
    allowed = [id for id in engine.listable("candidate") if id in asked_for and id not in objectors]
    if not allowed:
        return []
    explained = []
    for match in engine.scored(subject.rows, "candidate", allowed, NEAREST):
        with suppress(UnknownId):  # erased meanwhile
            explained.append(engine.explain(subject, match, page.day))
    filters = Filters(as_of=page.day, wishes=False)
    log.append(
        list_shown(engine, subject, explained, filters=filters, limit=NEAREST, account=page.reader.id, kept=False)
    )
    return explained


def _values(candidate: Candidate) -> dict[str, str]:
    return {
        "municipality": municipality_at(candidate.municipality, candidate.postcode),
        "family": family_of(candidate.programme) or "",
    }


@router.get("/candidates/{id}")
def candidate(page: ShortlistPage, service: ServiceDep, id: IdInPath) -> Response:
    """Show a candidate without name: facts, what was read, where proposed, and the masked CV."""
    engine, log = service.engine, service.log
    engine.refresh()
    found = engine.candidate(id)
    market = engine.market()
    facts = market.candidates.get(id, found)
    verdicts = log.verdicts(candidate=id)
    return page.show(
        "candidate.html",
        candidate=found,
        facts=facts,
        lives=place(found.postcode),
        groups=readout(engine, id, page.language).groups,
        verdicts=verdicts,
        steps=[step for step in engine.store.placements() if step.candidate == id],
        postings=market.postings,
        unavailable=market.unavailable(facts, page.day),
        family=family_of(facts.programme),
        requests=requests_of(service, id),
        account=account_of(page, id),
    )


@router.get("/candidates/{id}/contact")
def contact(page: ContactPage, service: ServiceDep, id: IdInPath) -> Response:
    """Show how to reach a candidate, to whoever follows up."""
    found = service.engine.candidate(id)
    return page.show("contact.html", candidate=found, contact=service.engine.store.contact("candidate", found.id))
