"""A decision log over each database, with a candidate and two postings to decide on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.assemble import decision_log
from matcher.ledger.log import DecisionLog
from matcher.ports import Store
from tests.builders import bare
from tests.contracts.stores import SQL, an_empty_store
from tests.storage.examples import a_candidate, a_posting


@pytest.fixture(params=SQL)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with an_empty_store(request.param, tmp_path) as opened:
        opened.save(bare(a_candidate("c1"), a_candidate("c2"), a_posting("p1"), a_posting("p2")))
        yield opened


@pytest.fixture
def log(store: Store, tmp_path: Path) -> DecisionLog:
    return decision_log(store, tmp_path)
