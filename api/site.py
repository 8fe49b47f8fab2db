"""The whole site of a home: API, pages and doors, as `matcher serve` and `matcher demo` open it."""

from threading import Thread

from fastapi import FastAPI

from api.app import create_app
from api.auth.settings import AuthSettings
from matcher import assemble
from matcher.assemble import Progress
from matcher.engine import Engine
from matcher.records import Posting
from matcher.settings import Settings

WORDS = "Vi søger en medarbejder, der kan svejse. We are looking for a colleague who speaks English."


def open_app(settings: Settings, auth: AuthSettings, *, progress: Progress | None = None) -> FastAPI:
    """Put engine and app of a home together, with the index up to date."""
    engine = assemble.engine(settings, progress=progress)
    engine.refresh(progress)
    engine.market()  # reads in the CVs what lists are filtered by, so that the first visitor need not wait
    Thread(target=warm, args=(engine,), name="warm-up", daemon=True).start()
    return create_app(engine, settings=settings, auth=auth)


def warm(engine: Engine) -> None:
    """Read a text that is kept nowhere: model and vocabulary are loaded before the first who pastes or searches."""
    engine.subject("posting", Posting(id="warm-up", title="Svejser", text=WORDS, language="da"))
