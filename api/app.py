"""The service as an ASGI app: pages at /, JSON at /api/v1, what watches over it at /health and /metrics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.responses import JSONResponse

from api import openapi
from api.auth.doors import Doors
from api.auth.headers import protect
from api.auth.oidc import Oidc
from api.auth.oidc_routes import oidc_router
from api.auth.settings import AuthSettings
from api.errors import install
from api.limits import UPLOAD, BodyLimit
from api.metrics import Measured
from api.pages.errors import refusal_page
from api.pages.router import PARTS
from api.routes import candidates, employers, evaluations, ingest, pairs, postings, reading, system
from api.service import Service
from matcher.engine import Engine
from matcher.settings import Settings

PREFIX = "/api/v1"
LARGER = dict.fromkeys((f"{PREFIX}/ingest/", f"{PREFIX}/evaluations/", "/me/cv", "/analysis/runs"), UPLOAD)
"""Beginnings of paths that take more than a usual request."""
ROUTERS = (
    postings.router,
    candidates.router,
    employers.router,
    pairs.router,
    reading.router,
    ingest.router,
    evaluations.router,
    system.router,
)


def create_app(
    engine: Engine,
    *,
    settings: Settings,
    auth: AuthSettings | None = None,
    doors: Doors | None = None,
) -> FastAPI:
    """Create the app over an engine. `doors` instead of those of its home, for tests."""
    chosen = auth or AuthSettings()
    service = Service.over(engine, settings, chosen, doors=doors)
    app = FastAPI(
        title="Matcher",
        version=_version(),
        description="Matches graduates and employers on competences, with a quote from each side.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # its redirects repeat whatever host a request names
        generate_unique_id_function=_name,
        lifespan=_lifespan,
    )
    app.state.service = service
    app.state.engine, app.state.log, app.state.doors = engine, service.log, service.doors
    app.state.language = settings.language
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]
    app.add_api_route(openapi.PATH, lambda: JSONResponse(app.openapi()), include_in_schema=False, name="description")
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    for router in (system.plain, *(part.router for part in PARTS)):  # a router within a router is built twice
        app.include_router(router)
    if issuer := Oidc.of(chosen):
        app.include_router(oidc_router(issuer))
    install(app, refusal_page)
    app.add_middleware(BodyLimit, larger=LARGER)
    app.add_middleware(Measured, metrics=service.metrics)
    protect(app, secure=service.doors.settings.secure)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: Service = app.state.service
    service.indexer.start()
    yield
    service.indexer.close()
    service.jobs.close()


def _name(route: APIRoute) -> str:
    """The name of an operation is that of its function."""
    return route.name


def _version() -> str:
    try:
        return version("matcher")
    except PackageNotFoundError:
        return "0"
