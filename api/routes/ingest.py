"""Records in: many a request, in lines or in files, and the same again is no work. Records out for good."""

import shutil
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import contextmanager_in_threadpool
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile

from api.dependencies import LanguageDep, ServiceDep
from api.pages.addresses import IdInPath
from api.problems import bare
from api.proofs import ProofOut
from api.removal import erase_candidate, remove
from api.routes.access import asking
from api.service import Service
from api.uploads import body_to, place, safe_name
from matcher.accounts.records import Account
from matcher.ingest.report import IngestReport, Plural
from matcher.ingest.service import IdFrom, ingest
from matcher.privacy.erasure import ORIGINALS

router = APIRouter(tags=["ingest"])

LINES = {"application/x-ndjson": {"schema": {"type": "string"}}}
FORM = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["files"],
            "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
        }
    }
}
MOST_FILES = 200
"""Files in one request."""


class RowOut(BaseModel):
    """What became of one row or document. `message`: why it was refused."""

    source: str
    line: int | None
    id: str | None
    status: str = Field(examples=["read"])
    message: str | None
    notices: list[str]


class NoticeOut(BaseModel):
    """A word about a whole file."""

    source: str
    message: str


class ReportOut(BaseModel):
    """What became of everything that was sent: `counts` of read, updated, unchanged and refused."""

    kind: Plural
    counts: dict[str, int]
    files: list[RowOut]
    notices: list[NoticeOut]


async def sent_lines(
    request: Request,
    service: ServiceDep,
    account: Annotated[Account, asking("ingest_lines")],  # noqa: ARG001
) -> AsyncIterator[list[Path]]:
    """Yield the file that holds the lines of a request; who asks is known before it is read."""
    async with contextmanager_in_threadpool(place(service.home)) as folder:
        file = folder / "lines.jsonl"
        await body_to(request, file)
        yield [file]


async def sent_files(
    request: Request,
    service: ServiceDep,
    account: Annotated[Account, asking("ingest_files")],  # noqa: ARG001
) -> AsyncIterator[list[Path]]:
    """Yield the files of a form, each in a folder of its own under the name that it was sent with."""
    async with contextmanager_in_threadpool(place(service.home)) as folder, request.form(max_files=MOST_FILES) as form:
        uploads = [value for value in form.getlist("files") if isinstance(value, UploadFile)]
        yield [await to_thread.run_sync(_keep, upload, folder / f"{at:04}") for at, upload in enumerate(uploads)]


@router.post("/ingest/{kind}", openapi_extra={"requestBody": {"content": LINES, "required": True}})
def ingest_lines(
    kind: Plural, files: Annotated[list[Path], Depends(sent_lines)], service: ServiceDep, language: LanguageDep
) -> ReportOut:
    """Store records sent as JSON Lines, one object a line; by id, so that sending the same again changes nothing."""
    return _ingested(service, kind, files, "stem", language)


@router.post("/ingest/{kind}/files", openapi_extra={"requestBody": {"content": FORM, "required": True}})
def ingest_files(
    kind: Plural,
    files: Annotated[list[Path], Depends(sent_files)],
    service: ServiceDep,
    language: LanguageDep,
    id_from: Annotated[IdFrom, Query(description="Where a document takes its id from.")] = "stem",
) -> ReportOut:
    """Store documents, tables or JSON Lines sent as files of a form."""
    return _ingested(service, kind, files, id_from, language)


@router.delete("/postings/{id}", status_code=204, dependencies=[asking("delete_posting")])
def delete_posting(id: IdInPath, service: ServiceDep) -> None:
    """Remove a posting from database, index and kept files."""
    remove(service, "posting", id)


@router.delete("/employers/{id}", status_code=204, dependencies=[asking("delete_employer")])
def delete_employer(id: IdInPath, service: ServiceDep) -> None:
    """Remove an employer's record."""
    remove(service, "employer", id)


@router.delete("/candidates/{id}")
def delete_candidate(
    id: IdInPath, account: Annotated[Account, asking("delete_candidate")], service: ServiceDep
) -> ProofOut:
    """Erase a person everywhere, and prove it: what was removed, what was searched, and what was found."""
    return ProofOut.of(erase_candidate(service, id, account.id))


def _keep(upload: UploadFile, folder: Path) -> Path:
    folder.mkdir()
    file = folder / safe_name(upload.filename)
    with file.open("wb") as opened:
        shutil.copyfileobj(upload.file, opened)
    return file


def _ingested(service: Service, kind: Plural, files: Sequence[Path], id_from: IdFrom, language: str) -> ReportOut:
    originals = service.home / ORIGINALS if service.settings.keep_originals else None
    report = ingest(kind, files, store=service.engine.store, id_from=id_from, keep_originals=originals)
    service.indexer.wake()
    return ReportOut.model_validate(_without_paths(report).as_dict(language))


def _without_paths(report: IngestReport) -> IngestReport:
    """The report with names of files as they were sent."""
    for row in report.rows:
        if row.refusal is not None:
            bare(row.refusal)
    rows = tuple(replace(row, source=Path(row.source).name) for row in report.rows)
    return replace(report, rows=rows, notices=tuple((Path(source).name, notice) for source, notice in report.notices))
