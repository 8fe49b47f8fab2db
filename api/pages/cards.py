"""What another department sees: postings that somebody is proposed for, and the anonymous cards of those people."""

from fastapi import APIRouter
from fastapi.responses import Response

from api.cards import cards_of, proposals_of
from api.dependencies import EngineDep, LogDep
from api.pages.addresses import IdInPath
from api.pages.asked import Text
from api.pages.page import CardPage
from api.pages.paging import sliced

router = APIRouter(include_in_schema=False)
PATH = "/cards"


@router.get(PATH)
def proposed(page: CardPage, engine: EngineDep, log: LogDep, at: Text = "") -> Response:
    """List the postings that candidates are proposed for, by title."""
    market = engine.market()
    counts = proposals_of(log, market)
    known = sorted((market.postings[id] for id in counts if id in market.postings), key=lambda one: (one.title, one.id))
    return page.show("cards.html", shown=sliced(known, at, PATH, {}), counts=counts)


@router.get("/postings/{id}/cards")
def cards(page: CardPage, engine: EngineDep, log: LogDep, id: IdInPath) -> Response:
    """Show the cards of who is proposed for a posting, in an order that says nothing."""
    tellings = cards_of(engine, log, id, day=page.day, language=page.language)
    return page.show("posting_cards.html", posting=engine.posting(id), tellings=tellings, day_now=page.day)
