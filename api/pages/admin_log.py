"""The decision log for an administrator: whole or not, line by line, and each list made again."""

from collections.abc import Mapping
from itertools import islice
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.pages.page import Page, reader
from matcher.ledger.lines import Event, Line
from matcher.ledger.log import Verification
from matcher.ledger.replay import replay

PER_PAGE = 50
KINDS: tuple[str, ...] = get_args(Event)
router = APIRouter(include_in_schema=False)
LogPage = Annotated[Page, Depends(reader("decision_log"))]


@router.get("/admin/log")
def lines(
    page: LogPage,
    service: ServiceDep,
    kind: Annotated[str, Query(max_length=30)] = "",
    before: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """Show the newest lines, and what a check of the whole log finds."""
    chosen = kind if kind in KINDS else ""
    every = [line for line in service.log.lines() if not chosen or line.kind == chosen]
    older = [line for line in reversed(every) if not before or line.number < before]
    shown = list(islice(older, PER_PAGE))
    found = service.log.verify()
    return page.show(
        "admin/log.html",
        found=found,
        findings=findings(found, page),
        lines=[(line, summary(line)) for line in shown],
        total=len(every),
        more=shown[-1].number if len(older) > PER_PAGE else 0,
        kinds=KINDS,
        kind=chosen,
        accounts={account.id: account.email for account in page.doors.accounts.roster.all()},
    )


@router.get("/admin/log/{number}")
def line(page: LogPage, service: ServiceDep, number: int) -> Response:
    """Show one line as it was written."""
    found = service.log.line(number)
    return page.show("admin/log_line.html", line=found, facts=_plain(found.facts), replayed=None)


@router.post("/admin/log/{number}/replay")
def again(page: LogPage, service: ServiceDep, number: int) -> Response:
    """Make a list that was shown again, and compare."""
    found = service.log.line(number)
    service.engine.refresh()
    replayed = replay(service.engine, service.log, number)
    changes = [change.text(page.language) for change in replayed.changes]
    return page.show("admin/log_line.html", line=found, facts=_plain(found.facts), replayed=replayed, changes=changes)


def findings(found: Verification, page: Page) -> list[str]:
    """Return what a check found, a sentence each."""
    told = []
    if found.ok:
        told.append(page.t("admin.log.whole", lines=found.lines, anchored=found.anchored))
    if found.broken_at is not None:
        told.append(page.t("admin.log.broken", line=found.broken_at, lines=found.lines))
    if found.anchor_at is not None and found.anchor_at <= found.lines:
        told.append(page.t("admin.log.changed", line=found.anchor_at))
    elif found.anchor_at is not None:
        told.append(page.t("admin.log.cut", lines=found.lines))
    elif found.anchored == 0 and found.lines and not found.damaged:
        told.append(page.t("admin.log.missing", lines=found.lines))
    if found.damaged:
        told.append(page.t("admin.log.damaged", damaged=found.damaged))
    return told


def summary(line: Line) -> Mapping[str, str]:
    """Return the short facts of a line: who, about what; lists are counted."""
    return {name: _short(value) for name, value in line.facts.items() if name not in ("values", "features")}


def _short(value: object) -> str:
    if isinstance(value, list):
        return str(len(value))
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_short(item)}" for name, item in value.items() if item not in (None, [], ""))
    return "–" if value is None else str(value)


def _plain(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: _short(value) for name, value in facts.items()}
