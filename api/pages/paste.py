"""A posting that somebody pastes: a shortlist in seconds, with filters and near misses, and nothing is kept.

The text travels with the form each time: a filter that is changed sends it again.
"""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from api.dependencies import EngineDep, ListsDep, LogDep
from api.pages.asked import Asked, asked_in_form
from api.pages.page import Page, ShortlistPage
from api.pages.plots import Bar, bars_svg, weights
from api.pages.rows import Row
from api.pages.shortlist import listed
from api.pasted import LONGEST, SHORT, PastedPosting
from matcher.records import EmploymentType

router = APIRouter(include_in_schema=False)
LINE = 120
"""Letters of a first line that stands in for a title."""
TYPES: tuple[EmploymentType, ...] = get_args(EmploymentType)
Field = Annotated[str, Form(max_length=1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form."""

    text: str = ""
    title: str = ""
    employer: str = ""
    postcode: str = ""
    employment_type: EmploymentType = "unknown"

    def posting(self) -> PastedPosting:
        """Return the posting that was typed."""
        return PastedPosting(
            title=(self.title.strip() or _first_line(self.text))[:SHORT],
            text=self.text,
            employer=self.employer.strip()[:SHORT] or None,
            postcode=self.postcode.strip()[:20] or None,
            employment_type=self.employment_type,
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """What drew a score, as figures and as an image within the page: a pasted pair has no address of its own."""

    bars: list[Bar]
    image: str


def typed_in_form(
    text: Annotated[str, Form(max_length=2 * LONGEST)] = "",
    title: Field = "",
    employer: Field = "",
    postcode: Field = "",
    employment_type: Field = "",
) -> Typed:
    """Read the form. A dependency."""
    kind: EmploymentType = next((one for one in TYPES if one == employment_type), "unknown")
    return Typed(text=text, title=title, employer=employer, postcode=postcode, employment_type=kind)


@router.get("/paste")
def ask(page: ShortlistPage) -> Response:
    """Ask for the text of a posting."""
    return _form(page, Typed())


@router.post("/paste")
def pasted(
    page: ShortlistPage,
    engine: EngineDep,
    lists: ListsDep,
    log: LogDep,
    asked: Annotated[Asked, Depends(asked_in_form)],
    typed: Annotated[Typed, Depends(typed_in_form)],
) -> Response:
    """Rank candidates for a text."""
    if not typed.text.strip() or len(typed.text) > LONGEST:
        told = page.t("paste.empty" if not typed.text.strip() else "paste.long", most=LONGEST)
        return _form(page, typed, refused=told, status=422)
    filters = replace(asked.filters, as_of=page.day)
    shown = lists.shortlist(typed.posting().record(), filters=filters, limit=asked.limit, account=page.reader.id)
    values = listed(page, engine, log, asked, filters, shown)
    drawn = _drawn(page, [*values["rows"], *values["near"]])
    return page.show(
        "pasted.html", typed=typed, types=TYPES, longest=LONGEST, refused=None, pasted=True, drawn=drawn, **values
    )


def _form(page: Page, typed: Typed, *, refused: str | None = None, status: int = 200) -> Response:
    return page.show("paste.html", status=status, typed=typed, types=TYPES, refused=refused, longest=LONGEST)


def _drawn(page: Page, rows: Iterable[Row]) -> dict[str, Drawn]:
    found = {}
    for row in rows:
        bars = weights(row.match, page.language)
        image = b64encode(bars_svg(bars, page.t("bars.title")).encode()).decode()
        found[row.match.candidate] = Drawn(bars, f"data:image/svg+xml;base64,{image}")
    return found


def _first_line(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if line.strip())[:LINE]
