"""ESCO job -> skill: grades as gain, the text that is asked with, and the groups that are measured."""

from math import log2
from pathlib import Path

import pytest

from eval.benchmarks import esco_job_skill
from eval.benchmarks.esco_job_skill import selection
from matcher.errors import InvalidBenchmark
from models.adapter_split import RULE
from tests.eval.benchmarks.builders import OverlapLinker, write_job_skill, write_table


def test_the_gain_of_a_skill_is_its_grade_and_optional_skills_are_relevant(tmp_path: Path) -> None:
    data = esco_job_skill.read(write_job_skill(tmp_path), text="label")
    linker = OverlapLinker()

    found = esco_job_skill.run(data, linker).evaluation

    assert linker.purposes == ["work"]
    assert found.values["map"]["Q1"] == 1.0
    # "økonom" finds økonomi (grade 1) before statistik (grade 2)
    assert found.values["ndcg@10"]["Q1"] == pytest.approx((1 + 2 / log2(3)) / (2 + 1 / log2(3)))
    assert found.settings["without_relevant"] == {"map": 1, "ndcg@10": 1}


def test_the_description_joins_the_question_where_it_is_asked_for(tmp_path: Path) -> None:
    write_job_skill(tmp_path)

    assert esco_job_skill.read(tmp_path, text="label").task.queries["Q1"] == "økonom"
    full = esco_job_skill.read(tmp_path, text="full").task.queries
    assert full["Q1"] == "økonom. Økonomer laver statistik."
    assert full["Q3"] == "maskiningeniør"


def test_held_out_groups_are_measured_beside_all(tmp_path: Path) -> None:
    data = esco_job_skill.read(write_job_skill(tmp_path))

    result = esco_job_skill.run(data, OverlapLinker(), groups=selection("held-out"))

    assert set(result.evaluation.values["map"]) == {"Q1"}
    assert set(result.groups["all"].values["map"]) == {"Q1", "Q2"}
    assert result.evaluation == result.groups["held-out"]
    assert result.evaluation.settings["groups_rule"] == RULE
    assert result.evaluation.settings["groups_measured"] == 1


def test_groups_can_come_from_a_file(tmp_path: Path) -> None:
    data = esco_job_skill.read(write_job_skill(tmp_path))
    file = write_table(tmp_path / "mine.txt", ("7222",), ("2144",))

    result = esco_job_skill.run(data, OverlapLinker(), groups=selection(str(file)))

    assert set(result.evaluation.values["map"]) == {"Q2"}
    assert result.evaluation.settings["groups"] == "mine"


def test_groups_that_are_nothing_or_nowhere_are_refused(tmp_path: Path) -> None:
    data = esco_job_skill.read(write_job_skill(tmp_path))

    with pytest.raises(InvalidBenchmark, match="--groups is 'hold-out'; wanted: all, held-out"):
        selection("hold-out")
    with pytest.raises(InvalidBenchmark, match="line 1: found “26”, wanted: ISCO-08, 4 digits"):
        selection(str(write_table(tmp_path / "wide.txt", ("26",))))
    groups = selection(str(write_table(tmp_path / "other.txt", ("9999",))))
    with pytest.raises(InvalidBenchmark, match="No occupation of the set belongs"):
        esco_job_skill.run(data, OverlapLinker(), groups=groups)


@pytest.mark.parametrize(
    ("file", "rows", "said"),
    [
        ("queries.tsv", [("id", "label")], "line 1: found “id | label”, wanted: q_id | uri"),
        ("queries.tsv", [esco_job_skill.QUERY_COLUMNS, ("Q1", "u", "26", "a", "", "")], "line 2: found “26”"),
        ("corpus.tsv", [esco_job_skill.CORPUS_COLUMNS, *[("S1", "u", "", "a", "")] * 2], "line 3: the id 'S1'"),
        ("qrels.tsv", [("Q1", 0, "S1", 3)], "found “3”, wanted: 0, 1, 2"),
    ],
)
def test_a_line_that_is_not_as_wanted_is_named(
    tmp_path: Path, file: str, rows: list[tuple[object, ...]], said: str
) -> None:
    write_table(write_job_skill(tmp_path) / file, *rows)

    with pytest.raises(InvalidBenchmark) as refused:
        esco_job_skill.read(tmp_path)

    assert said in str(refused.value)
