"""Employers: those with a record of their own."""

from typing import Annotated, cast

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import TEXT, EngineDep
from api.pages.addresses import IdInPath
from api.paging import USUAL, After, Limit, PageOut, page, tagged
from api.records_out import EmployerListedOut, EmployerRecordOut
from api.routes.access import asking
from api.search import holds, words_of
from matcher.records import Employer

router = APIRouter(tags=["employers"])

Search = Annotated[str, Query(max_length=TEXT, description="Words of name, sector or place, or the CVR number.")]


@router.get("/employers", response_model=PageOut[EmployerListedOut], dependencies=[asking("list_employers")])
def list_employers(
    request: Request, engine: EngineDep, q: Search = "", after: After = None, limit: Limit = USUAL
) -> Response:
    """List employers in order of their ids."""
    words = words_of(q)
    every = (cast("Employer", record) for record in engine.store.outlines("employer"))
    found = [
        EmployerListedOut.of(one) for one in every if holds(words, one.name, one.sector, one.municipality, one.cvr)
    ]
    return tagged(request, page(found, after=after, limit=limit))


@router.get("/employers/{id}", response_model=EmployerRecordOut, dependencies=[asking("get_employer")])
def get_employer(request: Request, id: IdInPath, engine: EngineDep) -> Response:
    """Return an employer with what it does, and whom it hired and hosted before."""
    return tagged(request, EmployerRecordOut.of(engine.store.get("employer", id)))
