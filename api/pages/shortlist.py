"""What a page shows of a shortlist, be its posting stored or pasted: rows, near misses, filters with their counts."""

from typing import TypedDict

from api.lists import Shortlist
from api.pages.asked import MOST, REGION, Asked
from api.pages.page import Page
from api.pages.rows import Row, near_rows, rows_of
from matcher.bands import no_good_match
from matcher.engine import Engine
from matcher.facets import facets, remaining
from matcher.ledger.log import DecisionLog
from matcher.listing import Filters
from matcher.near_misses import near_misses


class Listed(TypedDict):
    """Values of the templates `shortlist.html` and `filter_fields.html`."""

    posting: object
    shown: Shortlist
    rows: list[Row]
    near: list[Row]
    total: int
    no_good: bool
    asked: Asked
    facets: object
    region: str
    more: int | None
    expired: object


def listed(
    page: Page,
    engine: Engine,
    log: DecisionLog,
    asked: Asked,
    filters: Filters,
    shown: Shortlist,
    *,
    id: str | None = None,
) -> Listed:
    """Return what the page shows; `id` is that of a stored posting, None for one that was pasted."""
    market, ids = engine.market(), engine.listable("candidate")
    return Listed(
        posting=shown.posting,
        shown=shown,
        rows=rows_of(engine, log, id, shown.matches),
        near=near_rows(engine, log, id, near_misses(engine, shown.subject, filters)),
        total=remaining(market, shown.posting, ids, filters),
        no_good=no_good_match(shown.matches[0].score if shown.matches else None),
        asked=asked,
        facets=facets(market, shown.posting, ids, filters),
        region=REGION,
        more=_more(asked, len(shown.matches)),
        expired=engine.instruments.expired(page.day),
    )


def _more(asked: Asked, shown: int) -> int | None:
    """How many to show next, None where the list is whole or as long as it gets."""
    return min(asked.limit * 2, MOST) if shown == asked.limit and asked.limit < MOST else None
