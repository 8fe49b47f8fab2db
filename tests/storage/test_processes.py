"""Several processes and threads share one home; a killed one loses nothing that was acknowledged."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from matcher.records import Contact
from matcher.storage.open import FILE, open_store
from tests.storage.examples import ENCODER, a_candidate, a_contact
from tests.storage.workers import start


def test_processes_that_start_at_once_and_write_at_once_do_not_lock_each_other_out(tmp_path: Path) -> None:
    workers = [start("write", tmp_path / "home", name) for name in ("one", "two")]
    for worker in workers:
        worker.communicate()

    assert [worker.returncode for worker in workers] == [0, 0]
    with open_store(None, tmp_path / "home") as store:
        assert store.count("candidate") == 2 * 10 * 5
        assert len(store.indexed("candidate", ENCODER)) == 2 * 10
        assert store.generation() == 2 * 10


def test_a_save_killed_halfway_leaves_what_was_there_before_and_nothing_half(tmp_path: Path) -> None:
    with start("hang", tmp_path) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "halfway\n"
        worker.kill()

    with open_store(None, tmp_path) as store:
        assert store.ids("candidate") == ["kept"]
        assert store.get("candidate", "kept") == a_candidate("kept", text="Det, der blev lovet.")
        assert store.contact("candidate", "kept") == a_contact()
        assert store.generation() == 1
    assert sqlite3.connect(tmp_path / FILE).execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_full_disk_is_refused_and_what_was_saved_stays(tmp_path: Path) -> None:
    worker = start("fill", tmp_path, str(400_000))
    answer, _ = worker.communicate()
    saved, refusal, text = answer.rstrip("\n").split("\t")

    assert (refusal, worker.returncode) == ("HomeNotWritable", 0)
    assert str(tmp_path) in text
    with open_store(None, tmp_path) as store:
        assert 0 < int(saved) <= store.count("candidate") <= int(saved) + 1
        assert store.save([(a_candidate("after"), Contact())]) == ["read"]


def test_threads_share_a_store(tmp_path: Path) -> None:
    with open_store(None, tmp_path) as store:

        def work(thread: int) -> int:
            for number in range(10):
                store.save([(a_candidate(f"c{thread}-{number}"), Contact())])
                store.get("candidate", f"c{thread}-{number}")
            return sum(1 for _ in store.records("candidate"))

        with ThreadPoolExecutor(max_workers=20) as pool:
            counts = list(pool.map(work, range(20)))

        assert max(counts) == store.count("candidate") == 200


def test_opening_a_current_home_imports_nothing_heavy(tmp_path: Path) -> None:
    open_store(None, tmp_path).close()

    answer, _ = start("imported", tmp_path).communicate()

    assert answer == "none\n"
