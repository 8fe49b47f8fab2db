"""The whole site of a home: API, pages and doors, as `matcher serve` and `matcher demo` open it."""

from fastapi import FastAPI

from api.app import create_app
from api.auth.settings import AuthSettings
from matcher import assemble
from matcher.assemble import Progress
from matcher.settings import Settings


def open_app(settings: Settings, auth: AuthSettings, *, progress: Progress | None = None) -> FastAPI:
    """Put engine and app of a home together, with the index up to date."""
    engine = assemble.engine(settings, progress=progress)
    engine.refresh(progress)
    return create_app(engine, settings=settings, auth=auth)
