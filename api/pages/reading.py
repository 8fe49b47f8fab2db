"""What was read from a posting, and a person's corrections of it; the shortlist follows at once."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response

from api.dependencies import EngineDep, ServiceDep
from api.errors import status_of
from api.pages.addresses import IdInPath, posting_path
from api.pages.desk import desk_of
from api.pages.page import CorrectionPage, Page, ShortlistPage
from matcher.corrections import MOST_LETTERS, Correction
from matcher.engine import Engine
from matcher.errors import InvalidCorrection
from matcher.records import Demand

router = APIRouter(include_in_schema=False)
OF_A_DEMAND = ("must", "nice", "drop")


@router.get("/postings/{id}/reading")
def reading(page: ShortlistPage, engine: EngineDep, id: IdInPath) -> Response:
    """Show the demands of a posting, each with its quote, and forms to correct them."""
    return _shown(page, engine, id)


@router.post("/postings/{id}/reading")
def correct(
    page: CorrectionPage,
    service: ServiceDep,
    id: IdInPath,
    action: Annotated[str, Form(max_length=20)] = "",
    label: Annotated[str, Form(max_length=2000)] = "",
    start: Annotated[int, Form(ge=0, le=10**7)] = 0,
    end: Annotated[int, Form(ge=0, le=10**7)] = 0,
    strength: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Keep a correction, or take one back."""
    desk, engine = desk_of(service), service.engine
    engine.posting(id)
    try:
        correction = Correction(
            kind="posting",
            id=id,
            action="drop" if action == "undo" else action,  # type: ignore[arg-type]  # Correction refuses others
            label=label.strip() if action == "add" else label,
            start=start,
            end=end,
            strength=("nice" if strength == "nice" else "must") if action == "add" else None,
            account=page.reader.id,
            at=datetime.now(UTC),
        )
    except InvalidCorrection as refusal:
        return _shown(page, engine, id, typed=label, refused=refusal.text(page.language), status=status_of(refusal))
    line = desk.withdraw(correction) if action == "undo" else desk.correct(correction)
    if line is not None:
        service.log.anchor(line)
    return page.go(posting_path(id) + "/reading", said=f"reading_{action}", values={"label": label[:80]})


def _shown(
    page: Page, engine: Engine, id: str, *, typed: str = "", refused: str | None = None, status: int = 200
) -> Response:
    engine.refresh()
    posting = engine.posting(id)
    spans = [passage.span for passage in engine.store.passages("posting", id) if isinstance(passage.span, Demand)]
    corrections = engine.store.corrections("posting", [id]).get(id, ())
    return page.show(
        "reading.html",
        status=status,
        posting=posting,
        demands=sorted(spans, key=lambda span: (span.strength != "must", span.start, span.label)),
        dropped=[one for one in corrections if one.action == "drop"],
        typed=typed,
        refused=refused,
        longest=MOST_LETTERS,
    )
