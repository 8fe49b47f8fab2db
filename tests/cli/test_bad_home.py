"""A home that is unwritable or full, and a kill in the middle of an ingest: a clear message, and nothing lost."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from matcher import assemble
from matcher.settings import Settings
from tests.builders import WELDER_CV
from tests.cli.conftest import Matcher, stored, text_of, write_lines

pytestmark = pytest.mark.usefixtures("short_names")


def test_a_home_that_cannot_be_is_refused_in_words(matcher: Matcher) -> None:
    Path("file").write_text("no folder", encoding="utf-8")
    write_lines(Path("c.jsonl"), {"id": "c1", "text": WELDER_CV})

    for home in ("file", "file/home"):
        answer = matcher("ingest", "candidates", "c.jsonl", "--home", home, "--json")
        assert answer.code == 1
        assert answer.json["error"] == "error.home_not_writable"
        assert f"The folder {home} cannot be written" in answer.json["message"]

    told = matcher("ingest", "candidates", "c.jsonl", "--home", "file/home")
    assert told.code == 1
    assert "Choose another with --home" in " ".join(told.err.split())
    assert "Traceback" not in told.err
    assert Path("file").read_text(encoding="utf-8") == "no folder"


def many(path: Path, count: int, text: str = WELDER_CV) -> Path:
    rows: list[dict[str, object]] = [{"id": f"m{n:03}", "text": f"Nummer {n}. {text}"} for n in range(count)]
    return write_lines(path, *rows)


LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv = ["matcher", *sys.argv[2:]]
runpy.run_module("api.cli", run_name="__main__", alter_sys=True)
"""


PLAIN = "Jeg har arbejdet med regnskab, og jeg er god til at se, hvad der skal gøres.\n" * 10
"""So plainly Danish that the classifier of languages, which is unpacked into a temporary file, is not asked."""


def limited(file_bytes: int, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m api.cli` where no file may grow larger than that."""
    command = [sys.executable, "-c", LIMITED, str(file_bytes), *words]
    return subprocess.run(command, capture_output=True, text=True, env=here())


def test_a_full_home_says_so_and_keeps_what_was_in_it(filled: Matcher, settings: Settings) -> None:
    many(Path("many.jsonl"), 60, PLAIN)
    done = limited(64 * 1024, "ingest", "candidates", "many.jsonl", "--json")

    assert done.returncode == 1
    assert "cannot be written" in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["error"] == "error.home_not_writable"
    assert stored(settings) == ["engineer", "nurse"]
    assert text_of(settings, "engineer") == WELDER_CV
    assert filled("ingest", "candidates", "many.jsonl", "--json").json["counts"]["read"] == 60


def test_a_full_folder_for_temporary_files_says_so_and_blames_no_row(filled: Matcher, settings: Settings) -> None:
    write_lines(Path("short.jsonl"), {"id": "c1", "text": "Python, SQL, Docker"})
    done = limited(1024 * 1024, "ingest", "candidates", "short.jsonl", "--json")

    assert done.returncode == 1
    assert json.loads(done.stdout)["error"] == "error.no_temporary_space"
    assert "TMPDIR" in done.stderr
    assert "Traceback" not in done.stderr
    assert stored(settings) == ["engineer", "nurse"]


def here() -> dict[str, str]:
    """The environment of this test, in which modules of the repository are found from any folder."""
    return os.environ | {"PYTHONPATH": str(Path(assemble.__file__).parents[1])}


def killed_while_saving(process: subprocess.Popen[bytes], database: Path) -> None:
    """End a process with kill -9 between two of its batches, or in the next: it waits for the lock held here."""
    until = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < until:
        if database.exists() and _has_a_batch(database, then=process.kill):
            process.wait()
            return
        time.sleep(0.005)
    raise AssertionError(f"no batch was seen, exit code {process.poll()}")


def _has_a_batch(database: Path, then: Callable[[], None]) -> bool:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            [count] = connection.execute("SELECT count(*) FROM candidate").fetchone()
        except sqlite3.OperationalError:  # the tables are not there yet, or the other one is writing
            return False
        if count:
            then()
        return bool(count)


def test_what_was_saved_before_a_kill_stays_and_the_next_run_completes(
    matcher: Matcher, settings: Settings, home: Path
) -> None:
    many(Path("many.jsonl"), 300)
    assemble.store(settings)  # tables first: while they are made, whoever looks in is in the way
    process = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "ingest", "candidates", "many.jsonl"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=here(),
    )
    killed_while_saving(process, home / "matcher.db")

    saved = stored(settings)
    assert process.returncode == -9
    assert saved in ([f"m{n:03}" for n in range(100)], [f"m{n:03}" for n in range(200)]), "whole batches, no half one"
    texts = {record.id: record.text for record in assemble.store(settings).records("candidate")}
    assert texts == {id: f"Nummer {int(id[1:])}. {WELDER_CV}" for id in saved}

    again = matcher("ingest", "candidates", "many.jsonl", "--json")
    assert again.code == 0
    assert again.json["counts"] == {
        "read": 300 - len(saved), "updated": 0, "unchanged": len(saved), "refused": 0,
    }  # fmt: skip
    assert len(stored(settings)) == 300
