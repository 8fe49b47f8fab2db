"""A house over a new SQLite database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.storage.open import open_store
from tests.accounts.examples import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_store(None, tmp_path) as store:
        yield House(store.accounts)
