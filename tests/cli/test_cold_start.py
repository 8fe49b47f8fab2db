"""A shortlist on a built home starts fast because it leaves the heavy libraries alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import WELDER_CV, WELDING_POSTING
from tests.cli.conftest import write_lines

POSTING: dict[str, object] = {"id": "p1", "title": "t", "text": WELDING_POSTING}
PROGRAM = """
import sys
from api.cli.main import main
try:
    main()
finally:
    heavy = {"torch", "spacy", "sentence_transformers", "transformers", "sklearn", "onnxruntime", "alembic"}
    sys.stderr.write("HEAVY " + " ".join(sorted(heavy & set(sys.modules))))
"""


@pytest.mark.model
def test_a_cold_shortlist_imports_no_heavy_library(tmp_path: Path, shared_models: Path) -> None:
    environment = os.environ | {"MATCHER_HOME": str(tmp_path / "home"), "MATCHER_MODELS": str(shared_models)}

    def matcher(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", PROGRAM, *map(str, words)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    matcher("ingest", "candidates", write_lines(tmp_path / "c.jsonl", {"id": "c1", "text": WELDER_CV}))
    matcher("ingest", "postings", write_lines(tmp_path / "p.jsonl", POSTING))
    matcher("index")
    shortlist = matcher("shortlist", "p1", "--json")

    assert '"c1"' in shortlist.stdout
    assert shortlist.stderr.strip() == "HEAVY"
