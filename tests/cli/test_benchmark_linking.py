"""`matcher benchmark` from files to figures with the product's own linking, on the encoder without weights."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Matcher
from tests.eval.benchmarks.builders import write_job_skill, write_kompetencer, write_melo, write_table
from tests.taxonomy.builders import write_esco

PARTS = ("head", "lexical", "vocabulary")


def values(matcher: Matcher, *words: object, without: tuple[str, ...] = ()) -> dict[str, Any]:
    off = [word for part in without for word in ("--without", part)]
    answer = matcher("benchmark", *words, *off, "--json")
    assert answer.code == 0, answer.err
    assert answer.json["settings"]["without"] == list(without)
    return {name: measure["value"] for name, measure in answer.json["metrics"].items()}


def test_melo_finds_a_title_in_other_letters_and_lets_names_of_one_concept_help_each_other(
    matcher: Matcher, tmp_path: Path
) -> None:
    data = write_melo(tmp_path / "dnk_q_da_c_da")
    write_table(data / "annotations.tsv", ("Q1", 0, "C1_0", 1), ("Q2", 0, "C2_0", 1), ("Q2", 0, "C2_1", 1))

    whole = values(matcher, "melo", "--data", data)
    without = values(matcher, "melo", "--data", data, without=("vocabulary",))

    assert whole == {"map": 1.0}  # "programmør" is unlike "Softwareudvikler", its other name is not
    assert 0 < without["map"] < 1


def test_without_a_trained_part_there_is_no_head_to_switch_off(matcher: Matcher, tmp_path: Path) -> None:
    data = write_melo(tmp_path / "a")

    assert values(matcher, "melo", "--data", data, without=("head",)) == values(matcher, "melo", "--data", data)


def test_all_parts_can_be_switched_off_at_once_and_people_are_told(matcher: Matcher, tmp_path: Path) -> None:
    data = write_melo(tmp_path / "a")

    assert 0 < values(matcher, "melo", "--data", data, without=PARTS)["map"] <= 1
    shown = matcher("benchmark", "melo", "--data", data, *[word for part in PARTS for word in ("--without", part)])
    assert "Switched off: head, lexical, vocabulary." in shown.out


def test_a_part_named_twice_is_off_once_and_an_unknown_one_is_misuse(matcher: Matcher, tmp_path: Path) -> None:
    words = ("benchmark", "melo", "--data", write_melo(tmp_path / "a"))

    twice = matcher(*words, "--without", "lexical", "--without", "lexical", "--json")

    assert twice.json["settings"]["without"] == ["lexical"]
    assert matcher(*words, "--without", "everything").code == 2


def test_job_skill_measures_held_out_groups_beside_all_and_those_of_a_file(matcher: Matcher, tmp_path: Path) -> None:
    data = write_job_skill(tmp_path / "set")
    words = ("benchmark", "esco-job-skill", "--data", data, "--json")
    (tmp_path / "mine.txt").write_text("7222\n", encoding="utf-8")

    every = matcher(*words)
    kept, mine = (matcher(*words, "--groups", groups) for groups in ("held-out", tmp_path / "mine.txt"))

    assert every.json["groups"] is None
    assert kept.json["groups"]["all"]["map"] == every.json["metrics"]["map"]
    assert (kept.json["metrics"]["map"]["n"], mine.json["metrics"]["map"]["n"]) == (1, 1)
    assert kept.json["settings"]["groups"] == "held-out"
    assert mine.json["settings"]["groups_rule"] == "ISCO unit groups listed in mine.txt"
    both = [found.json["metrics"]["map"]["value"] for found in (kept, mine)]
    assert every.json["metrics"]["map"]["value"] == pytest.approx(sum(both) / 2)


def test_the_description_is_asked_with_unless_the_label_is_wanted(matcher: Matcher, tmp_path: Path) -> None:
    data = write_job_skill(tmp_path)
    write_table(data / "qrels.tsv", ("Q1", 0, "S2", 2))  # "statistik" stands in the description alone

    full = values(matcher, "esco-job-skill", "--data", data)
    label = values(matcher, "esco-job-skill", "--data", data, "--text", "label")

    assert full["map"] > label["map"]


def test_kompetencer_learns_groups_and_reads_spans_as_the_product_does(matcher: Matcher, tmp_path: Path) -> None:
    data = write_kompetencer(tmp_path)

    found = values(matcher, "kompetencer", "--data", data)

    assert found["group_micro_f1"] == pytest.approx(2 / 3)  # the third test span is labelled with the wrong group
    assert found["span_recall_knowledge"] > 0
    assert found["span_precision"] == 1


def test_the_same_set_gives_the_same_figures_again(matcher: Matcher, tmp_path: Path) -> None:
    words = ("benchmark", "esco-job-skill", "--data", write_job_skill(tmp_path), "--json")

    assert matcher(*words).out == matcher(*words).out


def test_an_import_of_esco_changes_no_figure(matcher: Matcher, tmp_path: Path) -> None:
    data = write_melo(tmp_path / "a")
    before = values(matcher, "melo", "--data", data)
    matcher("taxonomy", "import-esco", write_esco(tmp_path / "esco"))

    assert values(matcher, "melo", "--data", data) == before
