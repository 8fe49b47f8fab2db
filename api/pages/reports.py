"""Reports that were kept: read, taken along, held against each other; and how present proposals are spread."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.dependencies import ServiceDep
from api.pages.analysis import AnalysisPage, reports_of
from api.pages.comparison import compared
from api.service import Service
from eval.audit_groups import PROGRAMME, home_groups
from eval.plots import png
from eval.proposals import Spread, lorenz_plot, spread
from matcher.records import Candidate

ID_LETTERS = 60
KEPT = "private, max-age=86400, immutable"
"""A report never changes."""
PNG = "image/png"
router = APIRouter(include_in_schema=False)
ReportId = Annotated[str, Query(max_length=ID_LETTERS)]


@router.get("/analysis/reports/{report_id}")
def report(page: AnalysisPage, service: ServiceDep, report_id: str) -> Response:
    """Show a report: plots by their address, each beside its table."""
    reports = reports_of(service)
    kept, content = reports.get(report_id), reports.content(report_id, page.language)
    return page.show("analysis/report.html", kept=kept, report=content, others=_like(service, kept.kind, report_id))


@router.get("/analysis/reports/{report_id}/plots/{number}.png")
def plot(page: AnalysisPage, service: ServiceDep, report_id: str, number: int) -> Response:
    """Send a drawing of a report."""
    content = reports_of(service).plot(report_id, page.language, number)
    return Response(content, media_type=PNG, headers={"Cache-Control": KEPT, "Vary": "Cookie"})


@router.get("/analysis/reports/{report_id}/report.{suffix}")
def download(page: AnalysisPage, service: ServiceDep, report_id: str, suffix: Literal["html", "json"]) -> Response:
    """Send a report as one file."""
    content = reports_of(service).file(report_id, page.language, suffix)
    named = {"Content-Disposition": f'attachment; filename="matcher-{report_id}.{suffix}"'}
    kind = "text/html; charset=utf-8" if suffix == "html" else "application/json"
    return Response(content, media_type=kind, headers=named)


@router.post("/analysis/reports/{report_id}/delete")
def delete(page: AnalysisPage, service: ServiceDep, report_id: str) -> Response:
    """Delete a report."""
    reports_of(service).remove(report_id)
    return page.go("/analysis", said="report_deleted")


@router.get("/analysis/compare")
def compare(page: AnalysisPage, service: ServiceDep, first: ReportId = "", second: ReportId = "") -> Response:
    """Hold two reports of one kind against each other, figure by figure."""
    reports = reports_of(service)
    if not first or not second:
        return page.show(
            "analysis/compare.html", reports=reports.all(), chosen=None, tables_found=[], first="", second=""
        )
    chosen = (reports.get(first), reports.get(second))
    tables = compared(reports.content(first, page.language), reports.content(second, page.language))
    return page.show(
        "analysis/compare.html", reports=reports.all(), chosen=chosen, tables_found=tables, first=first, second=second
    )


@router.get("/proposals")
def proposals(page: AnalysisPage, service: ServiceDep) -> Response:
    """Show how what is proposed at present is spread over the candidates."""
    found = _spread(service)
    drawing = lorenz_plot(found.shown, page.language) if found.shown else None
    return page.show("analysis/proposals.html", spread=found, plot=drawing)


@router.get("/proposals.png")
def proposals_plot(page: AnalysisPage, service: ServiceDep) -> Response:
    """Send the curve of how proposals are shared out; an empty answer where nothing is proposed."""
    found = _spread(service)
    if found.shown is None:
        return Response(status_code=404)
    return Response(png(lorenz_plot(found.shown, page.language).drawing, page.language), media_type=PNG)


def _spread(service: Service) -> Spread:
    store = service.engine.store
    candidates = [record for record in store.outlines("candidate") if isinstance(record, Candidate)]
    ids = [record.id for record in candidates]
    current = service.log.store.proposals(ids)
    postings = {id: [proposal.posting for proposal in found] for id, found in current.items()}
    return spread(postings, ids, home_groups(candidates)[PROGRAMME])


def _like(service: Service, kind: str, report_id: str) -> list[object]:
    """Reports that this one can be held against."""
    return [each for each in reports_of(service).all() if each.kind == kind and each.id != report_id]
