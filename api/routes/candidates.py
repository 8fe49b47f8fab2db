"""Candidates without names, what they can be suggested, and how to reach them for whoever follows up."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import TEXT, EngineDep, FiltersDep, ListsDep
from api.pages.addresses import IdInPath
from api.paging import USUAL, After, Limit, PageOut, page, tagged
from api.records_out import CandidateListedOut, CandidateOut, ContactOut
from api.routes.access import asking, refuse_strangers
from api.schemas import SuggestionOut
from api.search import holds, lies_in, words_of
from matcher.accounts.records import Account
from matcher.labour.geography import municipality_at

router = APIRouter(tags=["candidates"])

Search = Annotated[str, Query(max_length=TEXT, description="Words of programme, institution or place.")]


@router.get("/candidates", response_model=PageOut[CandidateListedOut], dependencies=[asking("list_candidates")])
def list_candidates(
    request: Request,
    engine: EngineDep,
    filters: FiltersDep,
    q: Search = "",
    after: After = None,
    limit: Limit = USUAL,
) -> Response:
    """List candidates in order of their ids; facts only, no names."""
    words = words_of(q)
    found = [
        CandidateListedOut.of(one)
        for one in engine.market().candidates.values()
        if holds(words, one.id, one.programme, one.institution, one.municipality)
        and lies_in(municipality_at(one.municipality, one.postcode), filters.municipalities)
    ]
    return tagged(request, page(found, after=after, limit=limit))


@router.get("/candidates/{id}", response_model=CandidateOut)
def get_candidate(
    request: Request, id: IdInPath, account: Annotated[Account, asking("get_candidate")], engine: EngineDep
) -> Response:
    """Return a candidate with the masked text of the CV and the competences read in it."""
    refuse_strangers(account, id)
    engine.refresh()
    found = engine.candidate(id)
    listed = engine.market().candidates.get(id, found)
    whole = replace(found, programme=listed.programme, municipality=listed.municipality)
    return tagged(request, CandidateOut.whole(whole, engine.store.passages("candidate", id)))


@router.get("/candidates/{id}/contact", dependencies=[asking("get_contact")])
def get_contact(id: IdInPath, engine: EngineDep) -> ContactOut:
    """Return how to reach a candidate."""
    candidate = engine.candidate(id)
    return ContactOut.of(engine.store.contact("candidate", candidate.id))


@router.get("/candidates/{id}/suggestions")
def list_suggestions(
    id: IdInPath,
    account: Annotated[Account, asking("list_suggestions")],
    engine: EngineDep,
    lists: ListsDep,
    filters: FiltersDep,
    limit: Limit = 10,
) -> SuggestionOut:
    """Rank postings and employers for a candidate, best first. The lists are logged."""
    refuse_strangers(account, id)
    shown = lists.suggestions(id, filters=filters, limit=limit, account=account.id)
    return SuggestionOut.listing(shown.candidate, engine.model, shown.matches, shown.employers, shown.left_out)
