"""A power cut while people decide: what was confirmed to them is there afterwards, and the log still holds together."""

from pathlib import Path

import pytest

from eval.bench import load
from eval.bench.service import ENOUGH, consultants, kills
from matcher import assemble
from matcher.settings import Settings
from tests.builders import bare


@pytest.mark.slow
def test_a_kill_under_load_loses_nothing_that_was_confirmed(tmp_path: Path, hashing_models: Path) -> None:
    home = tmp_path / "home"
    engine = assemble.engine(Settings(home=home, models=hashing_models, encoder="hashing"))
    people, jobs = list(load.candidates(3 * ENOUGH)), list(load.postings(1))
    engine.store.save(bare(*people, *jobs))
    engine.refresh()
    _, key = consultants(assemble.accounts(engine.store, home), 1)

    found = kills(home, key, [job.id for job in jobs], [person.id for person in people], times=1, models=hashing_models)

    assert found["verdicts confirmed"] in range(ENOUGH, 3 * ENOUGH)
    assert found["confirmed verdicts lost"] == 0
    assert found["decision log whole after the kills"] == "True"
