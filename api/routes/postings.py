"""Postings, the candidates for them, and a posting that is only pasted."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import TEXT, EngineDep, FiltersDep, ListsDep
from api.pages.addresses import IdInPath
from api.paging import USUAL, After, Limit, PageOut, page, tagged
from api.pasted import PastedPosting
from api.records_out import PostingListedOut, PostingOut
from api.routes.access import asking
from api.schemas import ShortlistOut
from api.search import holds, lies_in, words_of
from matcher.accounts.records import Account
from matcher.labour.geography import municipality_at

router = APIRouter(tags=["postings"])

Search = Annotated[str, Query(max_length=TEXT, description="Words of title, employer, sector or place.")]
Open = Annotated[bool | None, Query(alias="open", description="Only open ones, or only those that are not.")]


@router.get("/postings", response_model=PageOut[PostingListedOut], dependencies=[asking("list_postings")])
def list_postings(
    request: Request,
    engine: EngineDep,
    filters: FiltersDep,
    q: Search = "",
    *,
    is_open: Open = None,
    after: After = None,
    limit: Limit = USUAL,
) -> Response:
    """List postings in order of their ids."""
    market, words = engine.market(), words_of(q)
    found = [
        PostingListedOut.standing(posting, market.closed(posting, filters.day))
        for posting in market.postings.values()
        if holds(words, posting.title, posting.employer, posting.sector, posting.municipality)
        and lies_in(municipality_at(posting.municipality, posting.postcode), filters.municipalities)
        and (not filters.employment_types or posting.employment_type in filters.employment_types)
    ]
    kept = [posting for posting in found if is_open in (None, posting.closed is None)]
    return tagged(request, page(kept, after=after, limit=limit))


@router.get("/postings/{id}", response_model=PostingOut, dependencies=[asking("get_posting")])
def get_posting(request: Request, id: IdInPath, engine: EngineDep, filters: FiltersDep) -> Response:
    """Return a posting with its text and the demands read in it."""
    engine.refresh()
    posting = engine.posting(id)
    passages = engine.store.passages("posting", id)
    return tagged(request, PostingOut.whole(posting, passages, engine.closed(posting, filters)))


@router.get("/postings/{id}/shortlist")
def list_shortlist(
    id: IdInPath,
    account: Annotated[Account, asking("list_shortlist")],
    engine: EngineDep,
    lists: ListsDep,
    filters: FiltersDep,
    limit: Limit = 20,
) -> ShortlistOut:
    """Rank the candidates for a posting, best first, each with its reasons. The list is logged."""
    shown = lists.shortlist(id, filters=filters, limit=limit, account=account.id)
    return ShortlistOut.listing(id, engine.model, shown.matches, shown.closed, shown.left_out)


@router.post("/shortlist")
def paste_posting(
    pasted: PastedPosting,
    account: Annotated[Account, asking("paste_posting")],
    engine: EngineDep,
    lists: ListsDep,
    filters: FiltersDep,
    limit: Limit = 20,
) -> ShortlistOut:
    """Rank the candidates for a posting that is only sent along. Nothing of it is stored."""
    posting = pasted.record()
    shown = lists.shortlist(posting, filters=filters, limit=limit, account=account.id)
    return ShortlistOut.listing(posting.id, engine.model, shown.matches, left_out=shown.left_out)
