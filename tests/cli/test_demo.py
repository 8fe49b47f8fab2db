"""`matcher demo`: from real documents to a shortlist, with the packaged model."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from eval.sample import JUDGEMENTS
from matcher.ingest.rows import read_judgements
from tests.conftest import REPOSITORY


@pytest.mark.model
def test_the_demo_ends_with_a_good_english_cv_on_the_shortlist_of_a_danish_posting(
    tmp_path: Path, shared_models: Path
) -> None:
    environment = os.environ | {"MATCHER_HOME": str(tmp_path), "MATCHER_MODELS": str(shared_models)}

    def demo(*words: str) -> str:
        command = [sys.executable, "-m", "api.cli", "demo", *words]
        run = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True)
        return run.stdout

    answer = json.loads(demo("--json"))
    good = {j.candidate for j in read_judgements(JUDGEMENTS) if j.posting == answer["posting"] and j.grade >= 2}
    shown = demo("--no-serve")

    assert answer["matches"][0]["candidate"] in good
    assert "c05" in [match["candidate"] for match in answer["matches"][:3]]
    assert "Planlægger til klimatilpasning" in shown
    assert "32 unchanged" in shown
