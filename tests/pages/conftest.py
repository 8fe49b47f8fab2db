"""The pages over a small home, and browsers of people with a role."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.auth.csrf import FIELD
from api.auth.doors import Doors
from api.service import Service
from matcher import assemble
from matcher.accounts.roles import Role
from matcher.engine import Engine
from matcher.records import Contact, Employer
from matcher.settings import Settings
from matcher.storage.store import SqlStore
from tests.accounts.examples import PASSWORD, House
from tests.auth.examples import SECRET
from tests.auth.examples import settings as door_settings
from tests.builders import DANISH_NURSE_CV, NURSE_CV, a_candidate, a_posting, bare, health_posting

NAME, EMAIL, PHONE = "Maja Prøvesen", "maja@example.org", "28 61 07 43"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


class Browser:
    """Somebody at the pages: keeps cookies, sends the form token of the page it saw last."""

    def __init__(self, app: FastAPI) -> None:
        self.client = TestClient(app, follow_redirects=True)
        self.token = ""

    def get(self, path: str, **more: object) -> httpx2.Response:
        return self._seen(self.client.get(path, **more))  # type: ignore[arg-type]

    def send(self, path: str, data: Mapping[str, object] | None = None, *, follow: bool = True) -> httpx2.Response:
        """Send a form."""
        fields = {FIELD: self.token, **(data or {})}
        return self._seen(self.client.post(path, data=fields, headers=SAME_SITE, follow_redirects=follow))

    def sign_in(self, email: str, password: str = PASSWORD) -> httpx2.Response:
        self.get("/sign-in")
        return self.send("/sign-in", {"email": email, "password": password, "next": "/"})

    def _seen(self, answer: httpx2.Response) -> httpx2.Response:
        if found := re.search(rf'name="{FIELD}" value="([^"]+)"', answer.text):
            self.token = found.group(1)
        return answer


@pytest.fixture(scope="session")
def read_home(tmp_path_factory: pytest.TempPathFactory, hashing_models: Path) -> Path:
    """A home that was read and indexed once; each test works on a copy of its own."""
    folder = tmp_path_factory.mktemp("read") / "home"
    made = assemble.engine(Settings(home=folder, models=hashing_models, encoder="hashing"))
    facts = {"municipality": "Aalborg", "postcode": "9000", "available_from": date(2026, 1, 1)}
    engineer = replace(a_candidate("engineer"), programme="Maskiningeniør", **facts)  # type: ignore[arg-type]
    made.store.save([(engineer, Contact(names=(NAME,), emails=(EMAIL,), phones=(PHONE,)))])
    welding = replace(a_posting(), employer="Maskinværket", municipality="Hobro", postcode="9500")
    made.store.save(
        bare(
            a_candidate("nurse", NURSE_CV),
            replace(a_candidate("nurse/da", DANISH_NURSE_CV), wanted_municipalities=("Aarhus",)),
            welding,
            replace(health_posting(), employer="Sundhedshuset"),
            Employer(id="e1", name="Maskinværket", text="Vi svejser rammer.", hires=("2019: maskiningeniør",)),
        )
    )
    made.refresh()
    cast("SqlStore", made.store).close()
    return folder


@pytest.fixture
def engine(settings: Settings, read_home: Path) -> Engine:
    shutil.copytree(read_home, settings.home)
    return assemble.engine(settings)


@pytest.fixture
def house(engine: Engine) -> House:
    return House(assemble.accounts(engine.store, engine.home).roster._desk.book)


@pytest.fixture
def app(engine: Engine, settings: Settings, house: House) -> FastAPI:
    doors = Doors.of(house.accounts, door_settings(), SECRET, clock=house.clock)
    return create_app(engine, settings=settings, auth=door_settings(), doors=doors)


@pytest.fixture
def service(app: FastAPI) -> Service:
    made = app.state.service
    assert isinstance(made, Service)
    return made


@pytest.fixture
def stranger(app: FastAPI) -> Iterator[Browser]:
    browser = Browser(app)
    with browser.client:
        yield browser


@pytest.fixture
def as_role(app: FastAPI, house: House) -> Callable[..., Browser]:
    def somebody(role: Role, email: str | None = None, name: str = "Nogen Testesen") -> Browser:
        address = email or f"{role}@example.org"
        house.somebody(role, address, name, "engineer" if role == "graduate" else None)
        browser = Browser(app)
        assert browser.sign_in(address).status_code == 200
        return browser

    return somebody


@pytest.fixture
def consultant(as_role: Callable[..., Browser]) -> Browser:
    return as_role("consultant")


@pytest.fixture
def english(consultant: Browser) -> Browser:
    consultant.get("/language/en")
    return consultant
