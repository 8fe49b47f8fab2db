"""The analyst's pages: start an evaluation or audit, watch it, read its report. No name and no id of a person here."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends, File, Form, UploadFile
from fastapi.responses import Response
from pydantic import JsonValue

from api.dependencies import ServiceDep
from api.errors import STATUS
from api.jobs import Job, UnknownJob, Work
from api.pages.page import Page, reader
from api.runs import Runs, Tell
from api.service import Service
from eval.judged import Direction
from eval.kept_reports import KINDS, KeptReport, KeptReports, ReportKind
from matcher.errors import InvalidRecord, MatcherError
from matcher.ingest.limits import MEGABYTE
from matcher.ingest.placement_file import PlacementLog, read_placements
from matcher.ingest.rows import read_judgements

FILE_LIMIT = 20 * MEGABYTE
JOB = "analysis"
MOST_VARIANTS, MOST_POSTINGS = 5000, 500
SHORT = 400
STAGES = frozenset({"lists", "swap", "deletion"})
"""Stages that have words of their own."""
NAMES = {"judgements": "judgements.jsonl", "placements": "placements.csv"}
router = APIRouter(include_in_schema=False)
AnalysisPage = Annotated[Page, Depends(reader("evaluations"))]
Read = TypeVar("Read")


class NoFile(InvalidRecord):
    """A run that needs a file was started without one."""

    key = "pages.error.no_file"


class RefusedFile(InvalidRecord):
    """A file that was sent and cannot be used: the words of `refusal`, with the sender's name for the file."""

    def __init__(self, refusal: MatcherError, path: Path, name: str) -> None:
        self._refusal, self._path, self._name = refusal, str(path), name
        super().__init__()

    def text(self, language: str) -> str:
        """Return the refusal in `language`, without the place where the file was kept for the moment."""
        return self._refusal.text(language).replace(self._path, self._name)


@router.get("/analysis")
def overview(page: AnalysisPage, service: ServiceDep) -> Response:
    """Show what can be run, what runs, and the reports there are."""
    return _overview(page, service)


@router.post("/analysis/runs")
def start(
    page: AnalysisPage,
    service: ServiceDep,
    kind: Annotated[str, Form(max_length=20)] = "",
    direction: Annotated[str, Form(max_length=20)] = "postings",
    file: Annotated[UploadFile | None, File()] = None,
    amount: Annotated[int, Form(ge=1, le=MOST_VARIANTS)] = 200,
) -> Response:
    """Start a run; it goes on when the browser is closed."""
    chosen: ReportKind = kind if kind in KINDS else "groups"
    way: Direction = "candidates" if direction == "candidates" else "postings"
    try:
        work = _work(service, chosen, way, file, amount)
        asked = f"{way} {amount} {_digest(file)}"
        job = service.jobs.start(f"{JOB}.{chosen}", page.reader.id, work, asked=asked)
    except MatcherError as refusal:
        status = next((code for known, code in STATUS.items() if isinstance(refusal, known)), 422)
        return _overview(page, service, refused=refusal.text(page.language), kind=chosen, status=status)
    return page.go(f"/analysis/jobs/{job.id}")


@router.get("/analysis/jobs/{job_id}")
def job(page: AnalysisPage, service: ServiceDep, job_id: str) -> Response:
    """Show how far a run is; once it is done, lead to its report."""
    found = _job(page, service, job_id)
    if found.state == "done":
        target = f"/analysis/reports/{_report_of(found)}"
        if "HX-Request" in page.request.headers:
            return Response(status_code=204, headers={"HX-Redirect": target})
        return page.go(target)
    part = "HX-Request" in page.request.headers
    return page.show("analysis/_progress.html" if part else "analysis/job.html", job=found, stages=STAGES)


def reports_of(service: Service) -> KeptReports:
    """Return the reports of the home."""
    return KeptReports(service.home)


def _overview(
    page: Page, service: Service, *, refused: str | None = None, kind: str | None = None, status: int = 200
) -> Response:
    jobs = [each for each in service.jobs.of(page.reader.id) if each.kind.startswith(JOB) and each.state != "done"]
    return page.show(
        "analysis/overview.html",
        status=status,
        jobs=jobs,
        reports=reports_of(service).all(),
        placements=sum(1 for _ in service.engine.store.placements()),
        candidates=service.engine.store.count("candidate"),
        postings=service.engine.store.count("posting"),
        refused=refused,
        refused_kind=kind,
    )


def _work(service: Service, kind: ReportKind, direction: Direction, file: UploadFile | None, amount: int) -> Work:
    """Return what a job does; a file is read at once, so that a bad one is refused at once."""
    runs = Runs(service.engine, reports_of(service))
    if kind == "judgements":
        judgements = _read(file, "judgements", read_judgements)
        return _kept(lambda tell: runs.on_judgements(judgements, direction, tell))
    if kind == "placements":
        if file is None or not file.filename:
            history = PlacementLog(placements=tuple(service.engine.store.placements()), repeated=0, simulated=False)
            if not history.placements:
                raise NoFile(what="placements")
            return _kept(lambda tell: runs.on_placements(history, direction, tell))
        log = _read(file, "placements", read_placements)
        return _kept(lambda tell: runs.on_placements(log, direction, tell))
    if kind == "swap":
        return _kept(lambda tell: runs.swap(amount, tell))
    if kind == "deletion":
        return _kept(lambda tell: runs.deletion(min(amount, MOST_POSTINGS), tell))
    return _kept(runs.groups)


def _digest(file: UploadFile | None) -> str:
    """What a file is told apart by: a form that is sent twice starts one run."""
    if file is None:
        return ""
    file.file.seek(0)
    return hashlib.sha256(file.file.read(FILE_LIMIT + 1)).hexdigest()


def _kept(run: Callable[[Tell], KeptReport]) -> Work:
    def work(tell: Tell) -> JsonValue:
        return {"report": run(tell).id}

    return work


def _read(file: UploadFile | None, kind: Literal["judgements", "placements"], read: Callable[[Path], Read]) -> Read:
    """Read a file that was sent; nothing of it is stored, and a refusal calls it by a name of its own."""
    if file is None or not file.filename:
        raise NoFile(what=kind)
    content = file.file.read(FILE_LIMIT + 1)
    suffix = ".xlsx" if kind == "placements" and content.startswith(b"PK") else Path(NAMES[kind]).suffix
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{kind}{suffix}"
        path.write_bytes(content[:FILE_LIMIT])
        try:
            return read(path)
        except MatcherError as refusal:
            raise RefusedFile(refusal, path, Path(file.filename).name[-SHORT:]) from refusal


def _job(page: Page, service: Service, job_id: str) -> Job:
    """Return a run of the reader's own, or raise `UnknownJob`."""
    found = service.jobs.get(job_id)
    if found.account != page.reader.id or not found.kind.startswith(JOB):
        raise UnknownJob(id=job_id)
    return found


def _report_of(job: Job) -> str:
    assert isinstance(job.result, dict)
    return str(job.result["report"])
