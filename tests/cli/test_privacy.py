"""`matcher delete` with its proof, `matcher retention run` and `matcher own-data` as a user meets them."""

import json
from pathlib import Path

import pytest

from matcher.settings import Settings
from tests.cli.conftest import Matcher, stored, write_lines

CV = "Ærønika Kvæstebro\nTlf. 61 82 73 94\n\nProfil\nHar kortlagt tangskovenes vandring langs den jyske vestkyst.\n"


@pytest.fixture
def home_with_one(matcher: Matcher, tmp_path: Path) -> Matcher:
    """The command line over a home with one candidate who has a name."""
    row: dict[str, object] = {"id": "k17", "text": CV, "name": "Ærønika Kvæstebro"}
    assert matcher("ingest", "candidates", write_lines(tmp_path / "c.jsonl", row)).code == 0
    return matcher


def test_a_deletion_prints_what_was_searched_and_found(home_with_one: Matcher) -> None:
    told = home_with_one("delete", "candidate", "k17").out

    assert "Removed: candidate 1" in told
    assert "Looked for: name 1, phone number 1, sentence of the CV 1." in told
    assert "Found: nothing." in told
    assert "Ærønika" not in told


def test_a_deletion_says_in_danish_where_something_is_left(
    home_with_one: Matcher, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "liste.csv").write_text("navn\nÆrønika Kvæstebro\n", encoding="utf-8")
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")

    assert "Fundet i liste.csv: navn." in home_with_one("delete", "candidate", "k17").out


def test_a_deleted_posting_has_no_proof_and_needs_none(filled: Matcher) -> None:
    assert filled("delete", "posting", "health", "--json").json == {"deleted": "health", "kind": "posting"}


def test_a_dry_run_lists_every_field_and_removes_nothing(home_with_one: Matcher, settings: Settings) -> None:
    told = home_with_one("retention", "run", "--dry-run", "--json").json

    assert told["dry_run"] is True
    assert {field["field"]: len(field["due"]) for field in told["fields"]}["candidate"] == 0
    assert stored(settings) == ["k17"]


def test_retention_tells_what_went_in_a_table(home_with_one: Matcher) -> None:
    told = home_with_one("retention", "run")

    assert told.code == 0
    assert "contact details of a candidate" in told.out


def test_rules_that_cannot_be_kept_are_refused(home_with_one: Matcher, home: Path) -> None:
    (home / "retention.toml").write_text("[days]\ncandidate = -1\n", encoding="utf-8")

    told = home_with_one("retention", "run", "--json")
    assert (told.code, told.json["error"]) == (1, "error.invalid_retention")


def test_own_data_is_written_to_a_file_or_to_the_screen(home_with_one: Matcher, tmp_path: Path) -> None:
    file = tmp_path / "own.json"

    assert home_with_one("own-data", "k17", "--out", file).code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["held"]["contact"]
    assert "Ærønika Kvæstebro" in home_with_one("own-data", "k17").out
    assert home_with_one("own-data", "nobody").code == 1
    assert home_with_one("own-data", "k17", "--out", tmp_path / "no" / "own.json").code == 1
