"""Several processes write one log: a chain without forks, and a kill at the worst moment leaves it whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from matcher.assemble import decision_log
from matcher.storage.open import open_store
from tests.ledger.examples import an_entry

ROOT = Path(__file__).parent.parent.parent

WRITE = """
import sys
from pathlib import Path
from matcher.ledger.log import DecisionLog
from matcher.storage.open import open_store
from tests.ledger.examples import an_entry
home = Path(sys.argv[1])
with open_store(None, home) as store:
    log = DecisionLog(store.ledger, home)
    for number in range(20):
        log.append(an_entry(sys.argv[2], note=number))
"""
DIE_BEFORE_ANCHORING = """
import os, sys
from pathlib import Path
from matcher.storage.open import open_store
from tests.ledger.examples import an_entry
store = open_store(None, Path(sys.argv[1]))
store.ledger.append(an_entry())
os.kill(os.getpid(), 9)
"""


def start(program: str, *arguments: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", program, *map(str, arguments)], cwd=ROOT)


@pytest.mark.slow
def test_processes_that_write_at_once_make_one_chain(tmp_path: Path) -> None:
    workers = [start(WRITE, tmp_path, name) for name in ("c1", "c2", "c3")]

    assert [worker.wait() for worker in workers] == [0, 0, 0]
    with open_store(None, tmp_path) as store:
        found = decision_log(store, tmp_path).verify()
    assert (found.ok, found.lines, found.anchored) == (True, 60, 60)


@pytest.mark.slow
def test_a_process_killed_before_it_anchored_leaves_a_whole_log(tmp_path: Path) -> None:
    with open_store(None, tmp_path) as store:
        log = decision_log(store, tmp_path)
        log.append(an_entry())
        start(DIE_BEFORE_ANCHORING, tmp_path).wait()

        found = log.verify()
        assert (found.ok, found.lines, found.anchored) == (True, 2, 1)
        log.append(an_entry())
        assert log.verify().anchored == 3
