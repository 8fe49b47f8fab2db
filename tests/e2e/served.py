"""The town behind uvicorn on a port of this machine, as `matcher serve` would serve it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.auth.doors import Doors
from api.service import Service
from matcher import assemble
from matcher.settings import Settings
from tests.accounts.examples import House
from tests.auth.examples import SECRET
from tests.auth.examples import settings as door_settings
from tests.e2e.town import DAY, house_of

PATIENCE = 30
"""Seconds that a server may take to begin or to end."""


@dataclass(frozen=True, slots=True)
class Served:
    """A service that answers at an address."""

    address: str
    app: FastAPI
    house: House

    @property
    def service(self) -> Service:
        """What the app works with, to look behind the pages."""
        made = self.app.state.service
        assert isinstance(made, Service)
        return made


@contextmanager
def served(settings: Settings, *, day: date = DAY) -> Iterator[Served]:
    """Serve a home, on a day of its season, until the end of the block."""
    with _listening() as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        engine = assemble.engine(settings)
        engine.refresh()
        house = house_of(engine)
        doors = door_settings(public_url=address, requests_per_minute=100_000)
        guard = Doors.of(house.accounts, doors, SECRET, clock=house.clock)
        app = create_app(engine, settings=settings, auth=doors, doors=guard)
        app.state.as_of = day
        with _running(app, listening):
            yield Served(address, app, house)


@contextmanager
def _listening() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        yield listening


@contextmanager
def _running(app: FastAPI, listening: socket.socket) -> Iterator[None]:
    begun = threading.Event()
    server = _Told(uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2), begun)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        assert begun.wait(PATIENCE), "The server did not begin to answer."
        yield
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


class _Told(uvicorn.Server):
    """A server that tells when it answers."""

    def __init__(self, config: uvicorn.Config, begun: threading.Event) -> None:
        super().__init__(config)
        self._begun = begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._begun.set()
