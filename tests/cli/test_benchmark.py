"""`matcher benchmark`: measures with intervals beside published figures, and refusals before any model is loaded."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from matcher.settings import Settings
from tests.cli.conftest import Matcher
from tests.eval.benchmarks.builders import OverlapLinker, write_job_skill, write_kompetencer, write_melo


@pytest.fixture(autouse=True)
def switched_off(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Link by letters; the list takes the parts that commands switch off."""
    off: list[str] = []

    def linker(settings: Settings, *, without: Sequence[str] = ()) -> OverlapLinker:
        off.extend(without)
        return OverlapLinker()

    monkeypatch.setattr("matcher.assemble.linker", linker, raising=False)
    return off


def test_melo_answers_with_its_mean_and_interval(matcher: Matcher, tmp_path: Path) -> None:
    answer = matcher("benchmark", "melo", "--data", write_melo(tmp_path / "dnk_q_da_c_da"), "--json")

    found = answer.json["metrics"]["map"]
    assert answer.code == 0
    assert 0 < found["low"] <= found["value"] <= found["high"] <= 1
    assert found["n"] == 2
    assert answer.json["settings"]["set"] == "dnk_q_da_c_da"
    assert {"system": "BM25", "measure": "map", "value": 0.208} in [
        {name: figure[name] for name in ("system", "measure", "value")}
        for figure in answer.json["published"]["dnk_q_da_c_da"]
    ]


def test_several_sets_mark_their_measures(matcher: Matcher, tmp_path: Path) -> None:
    write_melo(tmp_path / "dnk_q_da_c_da")
    write_melo(tmp_path / "usa_q_en_c_en")

    answer = matcher("benchmark", "melo", "--data", tmp_path, "--json")

    assert set(answer.json["metrics"]) == {"map/dnk_q_da_c_da", "map/usa_q_en_c_en"}
    assert answer.json["settings"]["sets"]["usa_q_en_c_en"]["queries"] == 3


def test_parts_that_are_switched_off_reach_the_linker_and_the_report(
    matcher: Matcher, tmp_path: Path, switched_off: list[str]
) -> None:
    data = write_melo(tmp_path / "a")

    answer = matcher("benchmark", "melo", "--data", data, "--without", "head", "--without", "lexical", "--json")

    assert switched_off == ["head", "lexical"]
    assert answer.json["settings"]["without"] == ["head", "lexical"]


def test_held_out_groups_stand_beside_all_with_their_rule(matcher: Matcher, tmp_path: Path) -> None:
    words = ("benchmark", "esco-job-skill", "--data", write_job_skill(tmp_path), "--groups", "held-out")

    answer, shown = matcher(*words, "--json"), matcher(*words)

    assert set(answer.json["metrics"]) == {"map", "ndcg@10"}
    assert answer.json["metrics"]["map"]["n"] == 1
    assert answer.json["groups"]["all"]["map"]["n"] == 2
    assert "SHA-256 divisible by 5; 1 of them" in " ".join(shown.out.split())
    assert "char TF IDF with description" in shown.out


def test_kompetencer_measures_groups_and_spans(matcher: Matcher, tmp_path: Path) -> None:
    answer = matcher("benchmark", "kompetencer", "--data", write_kompetencer(tmp_path), "--json")

    assert {"group_micro_f1", "span_recall", "span_precision"} <= set(answer.json["metrics"])
    assert answer.json["settings"]["spans"]["sentences"] == 3


def test_a_missing_folder_is_refused_before_anything_is_loaded(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("matcher.assemble.linker", raising=False)

    for language, said in (("en", "There is no folder"), ("da", "findes ikke")):
        monkeypatch.setenv("MATCHER_LANGUAGE", language)
        answer = matcher("benchmark", "melo", "--data", tmp_path / "nowhere", "--json")
        assert answer.code == 1
        assert answer.json["error"] == "benchmark.no_folder"
        assert said in answer.json["message"]


def test_an_option_of_another_set_is_misuse(matcher: Matcher, tmp_path: Path) -> None:
    answer = matcher("benchmark", "melo", "--data", tmp_path, "--groups", "held-out")

    assert answer.code == 2
    assert "only for esco-job-skill" in answer.err
