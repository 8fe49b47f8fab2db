"""A browser for all end-to-end tests, and the town: served once to look at, and anew for each test that changes it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from matcher.accounts.roles import Role
from matcher.settings import Settings
from tests.e2e.chromium import launched
from tests.e2e.served import Served, served
from tests.e2e.town import address_of, build
from tests.e2e.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def built_town(tmp_path_factory: pytest.TempPathFactory, hashing_models: Path) -> Path:
    home = tmp_path_factory.mktemp("town") / "home"
    build(home, hashing_models)
    return home


@pytest.fixture
def town(chromium: Browser, built_town: Path, hashing_models: Path, tmp_path: Path) -> Iterator[Served]:
    """The town for one test, which may change it."""
    home = tmp_path / "town"
    shutil.copytree(built_town, home)
    with served(Settings(home=home, models=hashing_models, encoder="hashing")) as made:
        yield made


@pytest.fixture
def visit(chromium: Browser, town: Served) -> Iterator[Visit]:
    """Open a window; with a role, somebody who has signed in."""
    opened: list[Visitor] = []

    def somebody(role: Role | None = None, language: str = "da", **how: object) -> Visitor:
        visitor = Visitor.of(chromium, town.address, **how)  # type: ignore[arg-type]
        opened.append(visitor)
        return visitor.sign_in(address_of(role), language) if role else visitor  # type: ignore[arg-type]

    yield somebody
    for visitor in opened:
        visitor.page.context.close()
