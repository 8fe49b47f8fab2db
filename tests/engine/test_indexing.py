"""The index follows the database: stale, damaged or half-built, it is made anew and never served."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from matcher import assemble
from matcher.engine import Engine
from matcher.errors import HomeNotWritable
from matcher.indexing import forget
from matcher.settings import Settings
from tests.builders import NURSE_CV, a_candidate, a_posting, bare

KILLED = """
import os, sys
from pathlib import Path
from matcher import assemble
from matcher.settings import Settings

def die(what, done, total):
    if what == sys.argv[3] and done:
        os.kill(os.getpid(), 9)

assemble.engine(Settings(home=Path(sys.argv[1]), models=Path(sys.argv[2]), encoder="hashing")).refresh(die)
"""


def index_files(home: Path) -> list[Path]:
    return sorted(path for path in (home / "index").rglob("*") if path.is_file() and path.suffix in {".npy", ".json"})


def test_a_current_index_is_not_built_again(engine: Engine, settings: Settings) -> None:
    assert engine.refresh()
    assert not engine.refresh()
    assert not assemble.engine(settings).refresh()


def test_only_new_documents_are_encoded(engine: Engine) -> None:
    engine.refresh()
    told: list[tuple[str, int, int]] = []
    engine.store.save(bare(a_candidate("new")))
    engine.refresh(lambda what, done, total: told.append((what, done, total)))

    assert {total for what, _, total in told if what == "encode.candidate"} == {1}


@pytest.mark.parametrize("damage", ["truncated", "changed", "gone"])
def test_a_damaged_index_is_rebuilt_and_answers_the_same(engine: Engine, settings: Settings, damage: str) -> None:
    expected = engine.match_posting("p1")
    for path in index_files(settings.home):
        content = path.read_bytes()
        if damage == "truncated":
            path.write_bytes(content[: len(content) // 2])
        elif damage == "changed":
            path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        else:
            path.unlink()
    again = assemble.engine(settings)

    assert again.refresh()
    assert again.match_posting("p1") == expected


def test_an_index_made_by_another_encoder_is_never_served(engine: Engine, settings: Settings) -> None:
    expected = engine.match_posting("p1")
    manifest = next((settings.home / "index").rglob("manifest.json"))
    manifest.write_text(manifest.read_text().replace(engine.encoder.fingerprint, "another-encoder"))
    pointer = settings.home / "index" / "CURRENT"
    build, _ = pointer.read_text().split()
    pointer.write_text(f"{build} {hashlib.sha256(manifest.read_bytes()).hexdigest()}\n")
    again = assemble.engine(settings)

    assert again.refresh()
    assert again.match_posting("p1") == expected


@pytest.mark.slow
@pytest.mark.parametrize("stage", ["encode.candidate", "encode.posting", "index.candidate"])
def test_a_kill_in_the_middle_of_indexing_loses_nothing(settings: Settings, stage: str) -> None:
    store = assemble.store(settings)
    store.save(bare(*(a_candidate(f"c{n}") for n in range(40)), a_posting()))
    run = subprocess.run([sys.executable, "-c", KILLED, str(settings.home), str(settings.models), stage], check=False)
    survivor = assemble.engine(settings)

    assert run.returncode == -9
    assert len(survivor.match_posting("p1", limit=100)) == 40
    assert not (set((settings.home / "index").iterdir()) & set((settings.home / "index").glob("*.tmp")))


def test_a_deleted_candidate_is_gone_from_every_index_file(engine: Engine, settings: Settings) -> None:
    engine.store.save(bare(a_candidate("rare-candidate-id")))
    engine.refresh()
    engine.store.delete("candidate", "rare-candidate-id")
    forget(settings.home, "candidate", "rare-candidate-id")

    assert not any(b"rare-candidate-id" in path.read_bytes() for path in settings.home.rglob("*") if path.is_file())
    assert "rare-candidate-id" not in [match.candidate for match in engine.match_posting("p1")]


def test_what_was_deleted_or_replaced_stays_in_no_older_build(engine: Engine, settings: Settings) -> None:
    engine.store.save(bare(a_candidate("rare-candidate-id")))
    engine.refresh()
    engine.store.delete("candidate", "rare-candidate-id")
    engine.refresh()

    assert not any(b"rare-candidate-id" in path.read_bytes() for path in settings.home.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["index", "index.lock"])
def test_something_else_in_the_place_of_the_index_is_refused_with_words(settings: Settings, name: str) -> None:
    engine = assemble.engine(settings)
    engine.store.save(bare(a_candidate(), a_posting()))
    place = settings.home / name
    place.mkdir() if name == "index.lock" else place.write_text("no folder")

    with pytest.raises(HomeNotWritable, match="cannot be written"):
        engine.refresh()


def test_a_record_changed_while_the_index_is_built_waits_for_the_next_refresh(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.refresh()
    engine.store.save(bare(a_candidate("engineer", NURSE_CV)))
    passages = engine.store.passages
    monkeypatch.setattr(engine.store, "passages", lambda kind, id: [] if id == "engineer" else passages(kind, id))
    engine.refresh()

    assert "nurse-da" in [match.candidate for match in engine.match_posting("p1")]


def test_forgetting_in_a_home_without_an_index_is_no_work(settings: Settings) -> None:
    forget(settings.home, "candidate", "c1")

    assert not (settings.home / "index").exists()
