"""`matcher audit` on the command line: groups, swap test and deletion test."""

from pathlib import Path

import pytest

from eval.swap import Difference, SwapReport
from tests.cli.conftest import Matcher, write_lines


def test_groups_of_the_home_have_figures_with_intervals(filled: Matcher) -> None:
    found = filled("audit", "--json", "--k", 1).json

    assert {group["attribute"] for group in found["groups"]} == {"language", "programme_family", "municipality"}
    assert all(set(group["selection_rate"]) == {"value", "low", "high", "n"} for group in found["groups"])
    assert not any(group["judgeable"] for group in found["groups"])


def test_a_separate_table_is_used_and_leaves_no_trace_in_the_home(filled: Matcher, home: Path, tmp_path: Path) -> None:
    table = tmp_path / "groups.csv"
    table.write_text("candidate,gender,age\nengineer,hemmeligtkøn,31\nnurse,k,52\n", encoding="utf-8")

    answer = filled("audit", "--groups", table, "--json")

    assert {group["group"] for group in answer.json["groups"] if group["attribute"] == "age"} == {"30-39", "40+"}
    files = [path for path in home.rglob("*") if path.is_file()]
    assert files
    assert not any("hemmeligtkøn".encode() in path.read_bytes() for path in files)


def test_judgements_add_the_rate_among_pairs_that_fit(filled: Matcher, tmp_path: Path) -> None:
    judgements = write_lines(tmp_path / "j.jsonl", {"posting": "welding", "candidate": "engineer", "grade": 3})

    found = filled("audit", "--judgements", judgements, "--json", "--k", 1).json

    fitting = [group["fitting_selection_rate"] for group in found["groups"] if group["attribute"] == "language"]
    assert sum(rate["n"] for rate in fitting) == 1


def test_the_tables_say_that_a_low_ratio_is_a_question(filled: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")

    assert "et spørgsmål og ikke et bevis" in " ".join(filled("audit").out.split())


def test_a_table_with_an_unreadable_age_is_refused(filled: Matcher, tmp_path: Path) -> None:
    table = tmp_path / "groups.csv"
    table.write_text("candidate,age\nengineer,gammel\n", encoding="utf-8")

    answer = filled("audit", "--groups", table, "--json")

    assert answer.code == 1
    assert answer.json["error"] == "audit_groups.age"


def test_the_swap_test_passes_with_exit_code_0(filled: Matcher) -> None:
    answer = filled("audit", "--swap", "--variants", 4, "--json")

    assert answer.code == 0
    assert (answer.json["variants"], answer.json["identical"]) == (4, 4)


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_difference_is_exit_code_1_and_is_shown(
    filled: Matcher, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    found = Difference(
        candidate="engineer",
        people=("A", "B"),
        posting="welding",
        feature="dense",
        values=(0.25, 0.5),
        traces=(("Jeg er A", "Jeg er B"),),
    )
    report = SwapReport(variants=1, candidates=1, postings=2, seed=0, differences=(found,))
    monkeypatch.setattr("api.cli.audit.swap_test", lambda *_, **__: report)

    answer = filled("audit", "--swap", *words)

    assert answer.code == 1
    assert "dense" in answer.out


def test_the_deletion_test_reports_share_failures_and_what_was_left_out(filled: Matcher) -> None:
    found = filled("audit", "--explanations", "--json").json

    assert set(found["share"]) == {"value", "low", "high", "n"}
    assert found["share"]["n"] + found["without_covered"] + found["without_others"] == 4
    assert "(target 0.95)" in filled("audit", "--explanations", "--postings", 1).out


def test_one_test_at_a_time(filled: Matcher) -> None:
    assert filled("audit", "--swap", "--explanations").code == 2


def test_an_empty_home_is_refused(matcher: Matcher) -> None:
    assert matcher("audit", "--json").json["error"] == "error.nothing_to_match"
