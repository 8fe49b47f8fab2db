"""The whole app over a small home, and somebody of each role with an API key."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.doors import Doors
from api.service import Service
from matcher import assemble
from matcher.accounts.records import Account
from matcher.accounts.roles import Role
from matcher.engine import Engine
from matcher.records import Contact, Employer
from matcher.settings import Settings
from matcher.storage.store import SqlStore
from tests.accounts.examples import House
from tests.auth.examples import SECRET
from tests.auth.examples import settings as door_settings
from tests.builders import NURSE_CV, a_candidate, a_posting, bare, health_posting

API = "/api/v1"
NAME, EMAIL, PHONE = "Maja Prøvesen", "maja@example.org", "28 61 07 43"
"""Of the engineer, and never to be seen but where contact is asked for."""


@dataclass(frozen=True)
class Person:
    """Somebody with an API key, asking as `Authorization: Bearer`."""

    account: Account
    client: TestClient
    key: str

    def ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.key}", **more.pop("headers", {})}
        return self.client.request(method, path if path.startswith("/") else f"{API}/{path}", headers=headers, **more)

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return self.ask("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx2.Response:
        return self.ask("POST", path, **more)

    def put(self, path: str, **more: Any) -> httpx2.Response:
        return self.ask("PUT", path, **more)


As = Callable[[Role], Person]


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory, hashing_models: Path) -> Path:
    """A home with two candidates, two postings and an employer, made once and copied for each test."""
    home = tmp_path_factory.mktemp("stocked") / "home"
    made = assemble.engine(Settings(home=home, models=hashing_models, encoder="hashing"))
    made.store.save([(a_candidate("engineer"), Contact(names=(NAME,), emails=(EMAIL,), phones=(PHONE,)))])
    made.store.save(
        bare(
            a_candidate("nurse", NURSE_CV),
            a_posting(),
            health_posting(),
            Employer(id="e1", name="Maskinværket", text="Vi svejser rammer.", hires=("En maskiningeniør.",)),
        )
    )
    made.refresh()
    cast("SqlStore", made.store).close()
    return home


@pytest.fixture
def engine(stocked: Path, settings: Settings) -> Engine:
    shutil.copytree(stocked, settings.home)
    made = assemble.engine(settings)
    made.refresh()
    return made


@pytest.fixture
def house(engine: Engine) -> House:
    return House(cast("SqlStore", engine.store).accounts)


@pytest.fixture
def app(engine: Engine, settings: Settings, house: House) -> FastAPI:
    doors = Doors.of(house.accounts, door_settings(), SECRET, clock=house.clock)
    return create_app(engine, settings=settings, auth=door_settings(), doors=doors)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def anybody(client: TestClient) -> TestClient:
    """Somebody who has not signed in."""
    return client


@pytest.fixture
def service(app: FastAPI) -> Service:
    made = app.state.service
    assert isinstance(made, Service)
    return made


@pytest.fixture
def as_role(client: TestClient, house: House) -> As:
    """Return somebody of a role; the graduate is the engineer."""
    known: dict[Role, Person] = {}

    def somebody(role: Role) -> Person:
        if role not in known:
            candidate = "engineer" if role == "graduate" else None
            account = house.somebody(role, f"{role}@example.org", "Nogen Testesen", candidate)
            key = house.accounts.keys.make(account.id, "test", by=account).secret
            known[role] = Person(account, client, key)
        return known[role]

    return somebody


@pytest.fixture
def consultant(as_role: As) -> Person:
    return as_role("consultant")
