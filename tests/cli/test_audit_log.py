"""`matcher audit-log`: verify, lines, replay."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher import assemble
from matcher.ledger.log import DecisionLog
from matcher.ledger.shown import list_shown
from matcher.listing import Filters
from matcher.settings import Settings
from tests.cli.conftest import Matcher
from tests.ledger.examples import a_draft

Alter = Callable[[str], None]


@pytest.fixture
def log(filled: Matcher, settings: Settings) -> DecisionLog:
    """A log with a list that was shown and a verdict on its first pair."""
    engine = assemble.engine(settings)
    log = assemble.decision_log(engine.store, engine.home)
    subject, filters = engine.subject("posting", "welding"), Filters()
    matches = engine.match_posting("welding")
    log.append(list_shown(engine, subject, matches, filters=filters, limit=20, account="a1"))
    log.decide(a_draft(posting="welding", candidate="engineer"), version=0)
    return log


@pytest.fixture
def alter(log: DecisionLog) -> Alter:
    def run(statement: str) -> None:
        with log.store._database.alter() as connection:  # type: ignore[attr-defined]
            connection.execute(text(statement))

    return run


def test_a_whole_log_is_said_to_be_whole(matcher: Matcher, log: DecisionLog) -> None:
    answer = matcher("audit-log", "verify")

    assert answer.code == 0
    assert "The decision log is whole: 2 lines, anchored up to line 2." in answer.out
    assert log.verify().ok


def test_an_empty_home_has_a_whole_log(matcher: Matcher) -> None:
    answer = matcher("audit-log", "verify", "--json")

    assert (answer.code, answer.json["ok"], answer.json["lines"]) == (0, True, 0)


def test_a_changed_line_is_named_and_the_exit_code_says_so(matcher: Matcher, alter: Alter) -> None:
    alter("UPDATE decision SET content = '{}' WHERE number = 1")

    answer = matcher("audit-log", "verify", "--json")

    assert answer.code == 1
    assert (answer.json["ok"], answer.json["broken_at"], answer.json["lines"]) == (False, 1, 0)
    assert any("broken at line 1" in sentence for sentence in answer.json["findings"])


def test_a_log_cut_short_names_the_file_of_anchors(
    matcher: Matcher, alter: Alter, monkeypatch: pytest.MonkeyPatch
) -> None:
    alter("DELETE FROM decision WHERE number = 2")
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")

    answer = matcher("audit-log", "verify")

    assert answer.code == 1
    assert "slutter ved linje 1" in answer.out
    assert "decision-log.jsonl" in answer.out


def test_missing_and_damaged_anchors_are_told_apart(matcher: Matcher, log: DecisionLog, home: Path) -> None:
    file = home / "anchors" / "decision-log.jsonl"
    file.write_text("not an anchor\n", encoding="utf-8")
    damaged = matcher("audit-log", "verify")
    file.unlink()
    missing = matcher("audit-log", "verify")

    assert (damaged.code, missing.code) == (1, 1)
    assert "1 lines of" in damaged.out
    assert "but no anchors" in missing.out
    assert log.verify().lines == 2


def test_a_rewritten_log_is_told_by_its_line(matcher: Matcher, log: DecisionLog, home: Path) -> None:
    file = home / "anchors" / "decision-log.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace(log.line(1).digest.hex(), "00" * 32), encoding="utf-8")

    answer = matcher("audit-log", "verify")

    assert answer.code == 1
    assert "Line 1 of the decision log is not the one that was anchored" in answer.out


def test_lines_are_listed_whole_as_json_and_by_kind(matcher: Matcher, log: DecisionLog) -> None:
    every = matcher("audit-log", "lines", "--json").json["lines"]
    verdicts = matcher("audit-log", "lines", "--json", "--kind", "verdict").json["lines"]

    assert [line["number"] for line in every] == [1, 2]
    assert every[1] == verdicts[0]
    assert every[0]["digest"] == log.line(1).digest.hex()
    assert matcher("audit-log", "lines", "--json", "--after", 1).json["lines"] == verdicts
    assert len(matcher("audit-log", "lines", "--json", "--limit", 1).json["lines"]) == 1


def test_lines_about_a_record_are_found(matcher: Matcher, log: DecisionLog) -> None:
    def numbers(*words: str) -> list[int]:
        return [line["number"] for line in matcher("audit-log", "lines", "--json", *words).json["lines"]]

    assert numbers("--candidate", "engineer") == [1, 2]
    assert numbers("--candidate", "nurse") == [1]
    assert numbers("--posting", "welding") == [1, 2]
    assert numbers("--posting", "health") == []
    assert log.verify().ok


def test_a_record_is_asked_for_one_at_a_time(matcher: Matcher) -> None:
    answer = matcher("audit-log", "lines", "--candidate", "c", "--posting", "p")

    assert answer.code == 2
    assert "cannot be used together" in answer.err


def test_the_table_of_lines_is_short(matcher: Matcher, log: DecisionLog) -> None:
    answer = matcher("audit-log", "lines")

    assert answer.code == 0
    assert "list_shown" in answer.out
    assert "rows: 2" in answer.out.replace("\n", " ")
    assert log.verify().ok


def test_a_list_is_replayed(matcher: Matcher, log: DecisionLog) -> None:
    told, shown = matcher("audit-log", "replay", 1, "--json"), matcher("audit-log", "replay", 1)

    assert (told.code, shown.code) == (0, 0)
    assert told.json["same"] is True
    assert {row["outcome"] for row in told.json["rows"]} == {"same"}
    assert "comes out as it was shown" in shown.out
    assert log.verify().ok


def test_a_list_that_differs_now_says_how(matcher: Matcher, log: DecisionLog, settings: Settings) -> None:
    assemble.store(settings).delete("candidate", "nurse")

    answer = matcher("audit-log", "replay", 1)

    assert answer.code == 1
    assert "record removed since" in answer.out
    assert "Records were changed since" in answer.out
    assert "does not come out" in answer.out
    assert log.verify().ok


def test_what_cannot_be_replayed_is_refused_with_words(matcher: Matcher, log: DecisionLog) -> None:
    verdict, nothing = matcher("audit-log", "replay", 2, "--json"), matcher("audit-log", "replay", 99)

    assert (verdict.code, nothing.code) == (1, 1)
    assert verdict.json["error"] == "error.no_list_shown"
    assert "no line 99; its last one is 2" in nothing.err
    assert log.verify().ok
