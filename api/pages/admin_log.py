"""The decision log for an administrator: whole or not, line by line, and each list made again."""

from collections.abc import Mapping
from typing import Annotated, Any, TypedDict, get_args

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.jobs import Job, Tell
from api.pages.page import Page, reader
from api.service import Service
from matcher.ledger.checks import Check
from matcher.ledger.lines import Event, Line
from matcher.ledger.replay import replay
from matcher.ledger.verification import Verification

PER_PAGE = 50
JOB = "log.check"
KINDS: tuple[str, ...] = get_args(Event)
router = APIRouter(include_in_schema=False)
LogPage = Annotated[Page, Depends(reader("decision_log"))]


class Checked(TypedDict):
    """What the part of the page about the check shows."""

    check: Check | None
    findings: list[str]
    job: Job | None


@router.get("/admin/log")
def lines(
    page: LogPage,
    service: ServiceDep,
    kind: Annotated[str, Query(max_length=30)] = "",
    before: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """Show the newest lines, and what the last check of the whole log found."""
    chosen = kind if kind in KINDS else ""
    found = service.log.newest(limit=PER_PAGE + 1, kind=chosen or None, before=before or None)
    shown = found[:PER_PAGE]
    newest = next(iter(service.log.newest(limit=1)), None)
    return page.show(
        "admin/log.html",
        lines=[(line, summary(line)) for line in shown],
        total=newest.number if newest else 0,
        more=shown[-1].number if len(found) > PER_PAGE else 0,
        kinds=KINDS,
        kind=chosen,
        accounts={account.id: account.email for account in page.doors.accounts.roster.all()},
        **_checked(page, service),
    )


@router.post("/admin/log/check")
def check(page: LogPage, service: ServiceDep) -> Response:
    """Check the whole log; it goes on when the browser is closed. One check at a time is enough."""
    if not any(not job.ended for job in _checks(page, service)):
        service.jobs.start(JOB, page.reader.id, lambda tell: {"ok": _checking(service, tell)})
    return page.go("/admin/log#check")


@router.get("/admin/log/check")
def how_far(page: LogPage, service: ServiceDep) -> Response:
    """Show how far a check is, or what the last one found."""
    if "HX-Request" not in page.request.headers:
        return page.go("/admin/log#check")
    return page.show("admin/_log_check.html", **_checked(page, service))


def _checking(service: Service, tell: Tell) -> bool:
    return service.log.check(lambda done, total: tell("log", done, total)).found.ok


def _checks(page: Page, service: Service) -> list[Job]:
    """The reader's checks of the log, newest first."""
    return [job for job in service.jobs.of(page.reader.id) if job.kind == JOB]


def _checked(page: Page, service: Service) -> Checked:
    last, jobs = service.log.last_check(), _checks(page, service)
    told = findings(last.found, page) if last else []
    return Checked(check=last, findings=told, job=jobs[0] if jobs else None)


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
