"""The whole service over a home of invented people, and somebody of each role at a browser or with a key."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest
from fastapi import FastAPI

from api.app import create_app
from api.auth.doors import Doors
from api.service import Service
from matcher import assemble
from matcher.accounts.records import Account
from matcher.accounts.roles import Role
from matcher.engine import Engine
from matcher.settings import Settings
from matcher.storage.store import SqlStore
from tests.accounts.examples import House
from tests.auth.examples import SECRET
from tests.auth.examples import settings as door_settings
from tests.pages.conftest import Browser
from tests.service.people import COLLEAGUES, MAJA, NORA, settle

NAMES: dict[Role, str] = {
    "consultant": "Karla Konsulentsen",
    "graduate": MAJA.name,
    "analyst": "Anders Analytiksen",
    "employer_contact": "Else Emnersen",
    "administrator": "Adam Administratsen",
}


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, hashing_models: Path) -> Path:
    """A home that was settled once; each test works on a copy of its own."""
    folder = tmp_path_factory.mktemp("settled") / "home"
    settle(Settings(home=folder, models=hashing_models, encoder="hashing"))
    return folder


@pytest.fixture
def engine(settings: Settings, settled: Path) -> Iterator[Engine]:
    shutil.copytree(settled, settings.home)
    made = assemble.engine(settings)
    made.refresh()
    yield made
    cast("SqlStore", made.store).close()


@pytest.fixture
def house(engine: Engine) -> House:
    return House(cast("SqlStore", engine.store).accounts)


@pytest.fixture
def app(engine: Engine, settings: Settings, house: House) -> FastAPI:
    auth = door_settings(requests_per_minute=10**6)
    doors = Doors.of(house.accounts, auth, SECRET, clock=house.clock)
    return create_app(engine, settings=settings, auth=auth, doors=doors)


@pytest.fixture
def service(app: FastAPI) -> Service:
    made = app.state.service
    assert isinstance(made, Service)
    return made


class Person(Browser):
    """Somebody with an account, at a browser; `ask` uses a key of theirs instead."""

    def __init__(self, app: FastAPI, account: Account, key: str) -> None:
        super().__init__(app)
        self.account = account
        self.key = key

    def ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.key}", **more.pop("headers", {})}
        return self.client.request(method, f"/api/v1/{path}", headers=headers, **more)


As = Callable[..., Person]


@pytest.fixture
def as_role(app: FastAPI, house: House) -> As:
    """Return somebody of a role who has signed in; the graduate is Maja."""

    def somebody(role: Role, email: str | None = None, candidate: str | None = None, name: str = "") -> Person:
        owner = (candidate or MAJA.id) if role == "graduate" else None
        account = house.somebody(role, email or COLLEAGUES[role], name or NAMES[role], owner)
        person = Person(app, account, house.accounts.keys.make(account.id, "test", by=account).secret)
        assert person.sign_in(account.email).status_code == 200
        return person

    return somebody


@pytest.fixture
def nora(as_role: As) -> Person:
    """Another graduate."""
    return as_role("graduate", NORA.email, NORA.id, NORA.name)


@pytest.fixture
def consultant(as_role: As) -> Person:
    return as_role("consultant")


@pytest.fixture
def maja(as_role: As) -> Person:
    return as_role("graduate")


@pytest.fixture
def administrator(as_role: As) -> Person:
    return as_role("administrator")
