"""`matcher taxonomy import-esco`: what it says, in both languages and as JSON."""

from pathlib import Path

import pytest

from matcher.taxonomy import read_taxonomy
from tests.cli.conftest import Matcher
from tests.taxonomy.builders import write_esco


def test_an_import_ends_with_counts_and_credits_esco(matcher: Matcher, tmp_path: Path, home: Path) -> None:
    answer = matcher("taxonomy", "import-esco", write_esco(tmp_path / "esco"))

    assert answer.code == 0
    assert "Imported: 2 skills, 2 occupations, 2 ISCO groups." in answer.out
    assert "1 occupations have no name in da." in answer.out
    assert "This service uses the ESCO classification of the European Commission." in answer.out
    assert len(read_taxonomy(home)) == 6


def test_json_holds_the_report_in_the_language_of_the_user(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")

    answer = matcher("taxonomy", "import-esco", write_esco(tmp_path / "esco"), "--language", "da", "--json")

    assert answer.json["concepts"] == {"skills": 2, "occupations": 1, "isco_groups": 2}
    assert answer.json["names"]["da"]["aliases"] == 2
    assert "occupations_en.csv" not in answer.json["files"]
    assert answer.json["attribution"] == "Denne tjeneste bruger Europa-Kommissionens klassifikation ESCO."


def test_a_folder_without_esco_is_refused_with_what_to_do(matcher: Matcher, tmp_path: Path, home: Path) -> None:
    answer = matcher("taxonomy", "import-esco", tmp_path, "--json")

    assert answer.code == 1
    assert answer.json["error"] == "taxonomy.nothing_there"
    assert "Wanted: skills_da.csv" in answer.json["message"]
    assert not (home / "taxonomy").exists()
