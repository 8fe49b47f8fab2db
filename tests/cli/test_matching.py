"""`matcher index`, `shortlist`, `suggest` and `delete` as a user meets them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from matcher import assemble
from matcher.settings import Settings
from tests.builders import WELDING_POSTING
from tests.cli.conftest import Matcher, write_lines


def test_a_shortlist_has_the_shape_that_programs_rely_on(filled: Matcher) -> None:
    answer = filled("shortlist", "welding", "--json").json

    assert set(answer) == {"posting", "model", "matches", "closed", "no_good_match", "left_out"}
    assert [match["candidate"] for match in answer["matches"]] == ["engineer", "nurse"]
    first = answer["matches"][0]
    assert set(first) == {
        "rank", "candidate", "score", "band", "demands", "contributions", "distance_km", "instrument",
        "unknown_postcode",
    }  # fmt: skip
    assert 0 <= first["score"] <= 1
    assert set(first["demands"][0]) == {
        "competence", "strength", "status", "posting_evidence", "candidate_evidence", "similarity",
        "implied_by", "asked_by_person", "told_by_person",
    }  # fmt: skip


def test_a_shortlist_for_people_quotes_both_sides(filled: Matcher) -> None:
    answer = filled("shortlist", "welding", "--limit", 1)

    assert "engineer" in answer.out
    assert answer.out.count("“SolidWorks”") == 2
    assert "nurse" not in answer.out


def test_what_only_the_programme_implies_is_partly_covered_and_is_never_a_quote(
    matcher: Matcher, tmp_path: Path
) -> None:
    cv = "Uddannelse\nCand.scient. i teknoantropologi, Aalborg Universitet, 2024\n\nKompetencer\nPython\n"
    posting: dict[str, object] = {"id": "p1", "title": "t", "text": "Krav\n- etnografi\n- Python\n- svejsning"}
    matcher("ingest", "candidates", write_lines(tmp_path / "c.jsonl", {"id": "c1", "text": cv}))
    matcher("ingest", "postings", write_lines(tmp_path / "p.jsonl", posting))

    [match] = matcher("shortlist", "p1", "--json").json["matches"]
    shown = " ".join(matcher("shortlist", "p1").out.replace("│", " ").split())

    ethnography, python, welding = match["demands"]
    assert (ethnography["status"], ethnography["implied_by"]) == ("partly", "msc-techno-anthropology")
    assert ethnography["candidate_evidence"] is None
    assert (python["status"], python["candidate_evidence"], python["implied_by"]) == ("covered", "Python", None)
    assert (welding["status"], welding["implied_by"]) == ("missing", None)
    assert "“etnografi” implied by the programme “Techno-Anthropology”, not said in the CV" in shown
    assert "“svejsning” -" in shown


def test_suggestions_name_postings_and_employers(filled: Matcher) -> None:
    answer = filled("suggest", "nurse", "--json").json

    assert answer["postings"][0]["posting"] == "health"
    assert [employer["employer"] for employer in answer["employers"]] == ["Sundhedshuset", "Maskinværket"]
    assert answer["employers"][0]["postings"] == ["health"]


def test_suggestions_are_shown_to_people_too(filled: Matcher) -> None:
    assert "Sundhedshuset" in filled("suggest", "nurse").out


def test_the_index_is_built_once(filled: Matcher) -> None:
    assert filled("index", "--json").json | {"model": ""} == {
        "built": True,
        "candidates": 2,
        "postings": 2,
        "employers": 0,
        "model": "",
    }
    assert filled("index", "--json").json["built"] is False
    assert "2 candidates" in filled("index").out


def test_what_is_deleted_is_gone(filled: Matcher) -> None:
    filled("index")

    told = filled("delete", "candidate", "nurse", "--json").json
    assert (told["deleted"], told["kind"], told["proof"]["clean"]) == ("nurse", "candidate", True)
    assert [match["candidate"] for match in filled("shortlist", "welding", "--json").json["matches"]] == ["engineer"]


@pytest.mark.parametrize("words", [("shortlist", "none"), ("suggest", "none"), ("delete", "candidate", "none")])
def test_an_unknown_id_is_refused_with_what_to_do(filled: Matcher, words: tuple[str, ...]) -> None:
    answer = filled(*words)

    assert answer.code == 1
    assert "'none'" in answer.err
    assert "matcher ingest" in " ".join(answer.err.split())


def test_a_refusal_is_json_where_json_was_asked_for(filled: Matcher) -> None:
    answer = filled("shortlist", "none", "--json")

    assert answer.code == 1
    assert answer.json["error"] == "error.unknown_id"


def test_a_refusal_speaks_danish_where_danish_was_asked_for(filled: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")

    assert "Afvist" in filled("shortlist", "none").err


def test_an_empty_home_says_how_to_fill_it(matcher: Matcher, tmp_path: Path) -> None:
    posting = write_lines(tmp_path / "p.jsonl", {"id": "p1", "title": "t", "text": "Du kan svejse."})
    matcher("ingest", "postings", posting)
    answer = matcher("shortlist", "p1")

    assert answer.code == 1
    assert "matcher ingest candidates" in " ".join(answer.err.split())


def test_a_wrong_command_is_misuse(matcher: Matcher) -> None:
    assert matcher("shortlist").code == 2
    assert matcher("no-such-command").code == 2
    assert matcher("shortlist", "p1", "--limit", 0).code == 2


def test_a_setting_that_cannot_be_is_refused_by_name(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_EXACT_POOL", "many")
    answer = matcher("shortlist", "p1")

    assert answer.code == 1
    assert "MATCHER_EXACT_POOL" in answer.err
    assert "a whole number, 1 or more" in " ".join(answer.err.split())


def test_an_encoder_that_is_not_there_is_refused(filled: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_ENCODER", "/no/such/model")
    answer = filled("index")

    assert answer.code == 1
    assert "/no/such/model" in answer.err.replace("\n", "")


def test_brackets_and_colons_in_titles_and_ids_are_shown_as_they_are(filled: Matcher, tmp_path: Path) -> None:
    filled(
        "ingest",
        "postings",
        write_lines(tmp_path / "m.jsonl", {"id": "m[/b]", "title": "Svejser [/m/k] :smile:", "text": WELDING_POSTING}),
    )
    answer = filled("shortlist", "m[/b]")

    assert answer.code == 0
    assert "Svejser [/m/k] :smile:" in answer.out
    assert filled("suggest", "engineer").code == 0


def test_a_deletion_cut_off_after_the_database_is_completed_by_the_next(filled: Matcher, home: Path) -> None:
    filled("index")
    assemble.store(Settings(home=home)).delete("candidate", "nurse")

    assert filled("delete", "candidate", "nurse").code == 1
    assert not any(b'"nurse"' in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_refusal_in_danish_holds_no_english_kind(filled: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")
    answer = filled("shortlist", "none")

    assert "stillingsopslag" in answer.err
    assert "posting" not in answer.err


def test_a_terminal_without_danish_letters_gets_escapes(filled: Matcher, home: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "api.cli", "shortlist", "welding"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert "maskiningeni\\xf8r" in run.stdout
