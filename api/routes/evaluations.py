"""Evaluations as jobs: started with a file, asked after with their progress, measures without names at the end."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import contextmanager_in_threadpool
from pydantic import BaseModel, Field, JsonValue

from api.dependencies import LanguageDep, ServiceDep
from api.evaluations import on_judgements, on_placements
from api.jobs import Job, State, Tell, UnknownJob, Work
from api.pages.addresses import IdInPath
from api.problems import told
from api.routes.access import asking
from api.service import Service
from api.uploads import body_to, place
from eval.judged import Direction
from matcher.accounts.records import Account
from matcher.ingest.placement_file import read_placements
from matcher.ingest.rows import read_judgements

router = APIRouter(tags=["evaluations"])

Basis = Literal["judgements", "placements"]
CONTENT = {"application/x-ndjson": {"schema": {"type": "string"}}, "text/csv": {"schema": {"type": "string"}}}
SUFFIXES = {"text/csv": ".csv", "text/tab-separated-values": ".tsv"}


class JobOut(BaseModel):
    """Long work. `stage`, `done`, `total`: how far it is; `result` once it is done; `detail`: why it was refused."""

    id: str
    kind: str
    started: datetime
    state: State
    stage: str
    done: int
    total: int
    result: JsonValue = None
    detail: str | None = Field(default=None)

    @classmethod
    def of(cls, job: Job, language: str) -> Self:
        """Return a job as it stands."""
        return cls(
            id=job.id,
            kind=job.kind,
            started=job.started,
            state=job.state,
            stage=job.stage,
            done=job.done,
            total=job.total,
            result=job.result,
            detail=told(job.refusal, language) if job.refusal else None,
        )


class JobsOut(BaseModel):
    """Jobs, newest first."""

    jobs: list[JobOut]


async def sent_rows(
    request: Request,
    service: ServiceDep,
    account: Annotated[Account, asking("start_evaluation")],  # noqa: ARG001
) -> AsyncIterator[Path]:
    """Yield the file of rows that a request holds; CSV where it says so, else JSON Lines."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    async with contextmanager_in_threadpool(place(service.home)) as folder:
        file = folder / f"rows{SUFFIXES.get(kind, '.jsonl')}"
        await body_to(request, file)
        yield file


@router.post(
    "/evaluations/{basis}",
    status_code=202,
    openapi_extra={"requestBody": {"content": CONTENT, "required": True}},
)
def start_evaluation(
    basis: Basis,
    file: Annotated[Path, Depends(sent_rows)],
    account: Annotated[Account, asking("start_evaluation")],
    service: ServiceDep,
    language: LanguageDep,
    direction: Direction = "postings",
    *,
    baselines: Annotated[bool, Query(description="Compare with simple rankings; with judgements only.")] = True,
) -> JobOut:
    """Hold the engine's rankings against judgements, or against what came of past proposals; ask for the job then."""
    if basis == "judgements":
        work = _judged(service, file, direction, language, baselines=baselines)
    else:
        work = _placed(service, file, direction, language)
    return JobOut.of(service.jobs.start("evaluation", account.id, work), language)


@router.get("/jobs")
def list_jobs(account: Annotated[Account, asking("list_jobs")], service: ServiceDep, language: LanguageDep) -> JobsOut:
    """List one's own jobs."""
    return JobsOut(jobs=[JobOut.of(job, language) for job in service.jobs.of(account.id)])


@router.get("/jobs/{id}")
def get_job(
    id: IdInPath, account: Annotated[Account, asking("get_job")], service: ServiceDep, language: LanguageDep
) -> JobOut:
    """Return one of one's own jobs as it stands."""
    job = service.jobs.get(id)
    if job.account != account.id:
        raise UnknownJob(id=id)
    return JobOut.of(job, language)


def _judged(service: Service, file: Path, direction: Direction, language: str, *, baselines: bool) -> Work:
    every = read_judgements(file)

    def work(tell: Tell) -> JsonValue:
        service.engine.refresh(tell)
        found = on_judgements(service.engine, every, direction, baselines=baselines, tell=tell)
        return cast("JsonValue", found.as_json(language))

    return work


def _placed(service: Service, file: Path, direction: Direction, language: str) -> Work:
    log = read_placements(file)

    def work(tell: Tell) -> JsonValue:
        service.engine.refresh(tell)
        return cast("JsonValue", on_placements(service.engine, log, direction).as_json(language))

    return work
