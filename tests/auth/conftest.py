"""A house over a new SQLite database, and a browser in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from matcher.storage.open import open_store
from tests.accounts.examples import House
from tests.auth.examples import Browser, an_app, doors


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_store(None, tmp_path) as store:
        yield House(store.accounts)


@pytest.fixture
def app(house: House) -> FastAPI:
    return an_app(doors(house))


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    return Browser(app)
