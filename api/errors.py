"""Every refusal has one status; whoever asked a page gets a page, whoever asked the API a problem in JSON."""

import logging
import traceback
from collections.abc import Awaitable, Mapping
from typing import Protocol

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.auth import errors as doors
from api.jobs import TooManyJobs, UnknownJob
from api.pages.static_files import UnknownPage
from api.problems import FAULT, MEDIA_TYPE, Problem, asked_language, of_invalid, of_refusal, of_status
from eval.kept_reports import UnknownReport
from matcher import errors as ours
from matcher.errors import EncoderUnavailable, MatcherError
from matcher.ingest.judgements import InvalidJudgementLines
from matcher.ingest.placement_file import InvalidPlacementLines
from models.errors import EncoderUnavailableError

LOG = logging.getLogger(__name__)

Headers = Mapping[str, str]


class RefusalPage(Protocol):
    """Makes a page of a refusal, or of a status alone."""

    def __call__(
        self, request: Request, status: int, refusal: Exception | None = None, headers: Headers | None = None
    ) -> Awaitable[Response]:
        """Return the page in the reader's language."""
        ...


STATUS: Mapping[type[MatcherError], int] = {
    **doors.STATUS,
    ours.UnknownId: 404,
    ours.UnknownDecision: 404,
    ours.UnknownRequest: 404,
    ours.UnknownRules: 404,
    UnknownJob: 404,
    UnknownPage: 404,
    UnknownReport: 404,
    ours.NothingToMatch: 409,
    ours.VerdictConflict: 409,
    ours.NoListShown: 409,
    ours.InvalidMerge: 409,
    ours.UnreadableFile: 422,
    ours.InvalidRecord: 422,
    ours.InvalidCorrection: 422,
    ours.UnknownMeasure: 422,
    ours.UnknownMunicipality: 422,
    InvalidJudgementLines: 422,
    InvalidPlacementLines: 422,
    TooManyJobs: 429,
    ours.FileNotWritable: 503,
    ours.HomeNotWritable: 503,
    ours.NoTemporarySpace: 503,
    ours.HomeTooNew: 503,
    ours.DamagedDatabase: 503,
    ours.EncoderUnavailable: 503,
    ours.InvalidSetting: 503,
    ours.InvalidRules: 503,
    ours.InvalidRetention: 503,
    ours.InvalidTaxonomy: 503,
    ours.StaleRanker: 503,
}
"""Status of each refusal; a subclass has that of its nearest base here, and one that is not here is a fault of ours."""


def status_of(refusal: MatcherError) -> int:
    """Return the status of a refusal."""
    return next((STATUS[kind] for kind in type(refusal).__mro__ if kind in STATUS), FAULT)


def install(app: FastAPI, page: RefusalPage | None = None) -> None:
    """Let the app answer every refusal; `page` makes the answers outside the API."""
    answers = _Answers(page)
    app.add_exception_handler(MatcherError, answers.refused)
    app.add_exception_handler(EncoderUnavailableError, answers.without_encoder)
    app.add_exception_handler(HTTPException, answers.by_status)
    app.add_exception_handler(RequestValidationError, answers.invalid)
    app.add_middleware(Faults, answers=answers)


class _Answers:
    """Answers to what was raised, by whom they are for."""

    def __init__(self, page: RefusalPage | None) -> None:
        self._page = page

    async def refused(self, request: Request, refusal: Exception) -> Response:
        """Answer a refusal of ours; where the fault is ours, its words go to the log only."""
        assert isinstance(refusal, MatcherError)
        status = status_of(refusal)
        if status >= FAULT:
            LOG.error("%s %s refused: %s", request.method, _endpoint(request), refusal)
        problem = of_refusal(refusal, status, _language(request))
        return await self._answer(request, problem, refusal, doors.headers_of(refusal))

    async def without_encoder(self, request: Request, fault: Exception) -> Response:
        """Answer a model that does not load."""
        assert isinstance(fault, EncoderUnavailableError)
        return await self.refused(request, EncoderUnavailable(encoder=fault.encoder, why=fault.why))

    async def by_status(self, request: Request, found: Exception) -> Response:
        """Answer what has only a status."""
        assert isinstance(found, HTTPException)
        return await self._answer(request, of_status(found.status_code, _language(request)), found, found.headers)

    async def invalid(self, request: Request, found: Exception) -> Response:
        """Answer fields that cannot be used."""
        assert isinstance(found, RequestValidationError)
        return await self._answer(request, of_invalid(found, _language(request)), found)

    async def fault(self, request: Request) -> Response:
        """Answer what nobody foresaw; plainly, where not even a page of it can be made."""
        problem = of_status(FAULT, _language(request))
        try:
            return await self._answer(request, problem)
        except Exception as fault:  # noqa: BLE001 - the server would log its message, which may name somebody
            LOG.error(_report(request, fault))  # noqa: TRY400
            return problem_response(problem)

    async def _answer(
        self, request: Request, problem: Problem, found: Exception | None = None, headers: Headers | None = None
    ) -> Response:
        if self._page is not None and not is_for_programs(request):
            return await self._page(request, problem.status, found, headers)
        response = problem_response(problem)
        response.headers.update(dict(headers or {}))
        response.headers["Content-Language"] = _language(request)
        return response


class Faults:
    """ASGI middleware that answers what nobody foresaw, and logs where it happened: a message may name somebody."""

    def __init__(self, app: ASGIApp, *, answers: _Answers) -> None:
        self._app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the app does, or with status 500."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except Exception as fault:  # noqa: BLE001 - the last place before the server
            request = Request(scope)
            LOG.error(_report(request, fault))  # noqa: TRY400
            if not begun:
                response = await self._answers.fault(request)
                await response(scope, receive, send)


def problem_response(problem: Problem) -> JSONResponse:
    """Return a problem as RFC 9457 has it."""
    shown = problem.model_dump(exclude=set() if problem.errors else {"errors"})
    return JSONResponse(shown, status_code=problem.status, media_type=MEDIA_TYPE)


def is_for_programs(request: Request) -> bool:
    """Whether a path is the API's, or one that machines look at."""
    path = request.url.path
    return path.startswith(("/api/", "/health")) or path in ("/api", "/metrics")


def _language(request: Request) -> str:
    return asked_language(request, request.app.state.language)


def _endpoint(request: Request) -> str:
    """What was asked, without the ids in its address."""
    return getattr(request.scope.get("endpoint"), "__name__", "-")


def _report(request: Request, fault: Exception) -> str:
    """Where something went wrong, without its message: that may name somebody."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = "".join(f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{request.method} {_endpoint(request)} failed: {type(fault).__name__} at{where}"
