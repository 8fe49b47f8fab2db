"""Rates, ratios and exposure of groups: sums by hand, small groups, and the file that is read and forgotten."""

from math import isnan, log2
from pathlib import Path

import pytest

from eval.audit_groups import InvalidGroups, home_groups, read_groups
from eval.fairness import FairnessReport, Group, fairness
from tests.eval.builders import a_candidate, a_run, all_known

WOMEN, MEN = [f"w{n}" for n in range(5)], [f"m{n}" for n in range(5)]
EVERYBODY = [*WOMEN, *MEN]
GENDER = {"gender": {**dict.fromkeys(WOMEN, "k"), **dict.fromkeys(MEN, "m")}}


def by_name(report: FairnessReport, attribute: str = "gender") -> dict[str, Group]:
    return {group.name: group for group in report.groups if group.attribute == attribute}


def test_the_rate_counts_pairs_of_member_and_posting_and_the_ratio_is_to_the_highest() -> None:
    run = a_run(p1=" ".join(["w0", "m0", *WOMEN[1:], *MEN[1:]]), p2=" ".join(["m1", "m2", *WOMEN, "m0", "m3", "m4"]))

    groups = by_name(fairness(run, GENDER, candidates=EVERYBODY, k=2))

    assert groups["k"].rate.value == pytest.approx(1 / 10)
    assert groups["m"].rate.value == pytest.approx(3 / 10)
    assert groups["k"].ratio.value == pytest.approx(1 / 3)
    assert groups["m"].ratio.value == 1.0
    assert groups["k"].questioned
    assert not groups["m"].questioned


def test_exposure_weighs_the_rank_and_stands_beside_the_share_of_the_pool() -> None:
    run = a_run(p1=" ".join(["w0", "m0", *WOMEN[1:], *MEN[1:]]))

    groups = by_name(fairness(run, GENDER, candidates=EVERYBODY, k=2))

    assert groups["k"].exposure.value == pytest.approx(1 / (1 + 1 / log2(3)))
    assert groups["k"].pool == 0.5


def test_only_fitting_pairs_count_where_judgements_are_given() -> None:
    run = a_run(p1=" ".join(["w0", "m0", *WOMEN[1:], *MEN[1:]]))
    truth = all_known(("p1", "w0", 3), ("p1", "w1", 2), ("p1", "m0", 2), ("p1", "m1", 1))

    groups = by_name(fairness(run, GENDER, candidates=EVERYBODY, k=2, judgements=truth))

    assert groups["k"].fitting_rate is not None
    assert groups["k"].fitting_ratio is not None
    assert (groups["k"].fitting_rate.value, groups["k"].fitting_rate.n) == (0.5, 2)
    assert groups["k"].fitting_ratio.value == 0.5


def test_a_group_of_four_is_shown_but_is_neither_judged_nor_compared_with() -> None:
    few = {"gender": {**dict.fromkeys(WOMEN[:4], "k"), **dict.fromkeys(MEN, "m")}}
    run = a_run(p1=" ".join([*WOMEN, *MEN]), p2=" ".join(["w0", "m0", *WOMEN[1:], *MEN[1:]]))

    groups = by_name(fairness(run, few, candidates=EVERYBODY, k=2))

    assert not groups["k"].judgeable
    assert groups["k"].ratio.value > 1.0
    assert groups["unknown"].members == 1


def test_intervals_hold_their_value_and_repeat() -> None:
    run = a_run(p1=" ".join(EVERYBODY), p2=" ".join(reversed(EVERYBODY)), p3="w1 m1 w2 m2 w0 m0 w3 m3 w4 m4")

    first = fairness(run, GENDER, candidates=EVERYBODY, k=3, seed=4)

    assert first == fairness(run, GENDER, candidates=EVERYBODY, k=3, seed=4)
    for group in first.groups:
        assert group.rate.low <= group.rate.value <= group.rate.high
        assert 0.0 <= group.exposure.low <= group.exposure.high <= 1.0


def test_where_nobody_is_large_enough_there_is_no_ratio() -> None:
    report = fairness(a_run(p1="a b"), {"gender": {"a": "k", "b": "m"}}, candidates=["a", "b"], k=1)

    assert all(isnan(group.ratio.value) for group in report.groups)
    assert not any(group.questioned for group in report.groups)


def test_the_home_gives_language_field_of_study_and_municipality() -> None:
    groups = home_groups([a_candidate("c1", "Jeg er cand.jur. og jurist.", "da")])

    assert groups["language"] == {"c1": "da"}
    assert groups["municipality"] == {"c1": "unknown"}
    assert set(groups) == {"language", "programme_family", "municipality"}


def table(folder: Path, text: str) -> Path:
    path = folder / "groups.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_ages_are_binned_and_columns_may_be_danish(tmp_path: Path) -> None:
    rows = "candidate;køn;alder;hold\nc1;K;29\nc2;m;30;A\nc3;m;39,5\nc4;k;40\nc9;k;22\n"

    read = read_groups(table(tmp_path, rows), ["c1", "c2", "c3", "c4"])

    assert read.attributes["age"] == {"c1": "<30", "c2": "30-39", "c3": "30-39", "c4": "40+"}
    assert read.attributes["gender"]["c1"] == "k"
    assert read.attributes["hold"] == {"c2": "a"}
    assert read.unknown == 1


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("candidate,age\nc1,gammel\n", "age"),
        ("candidate,age\nc1,290\n", "age"),
        ("candidate,gender\nc1,k\nc1,m\n", "twice"),
        ("candidate,gender\n,k\n", "no_candidate"),
        ("candidate,gender\nx1,k\n", "none_known"),
        ("candidate\nc1\n", "no_columns"),
        ("candidate,gender\nc1,k,1,2,3\n", "broken_line"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_line_and_without_values(
    tmp_path: Path, rows: str, reason: str
) -> None:
    with pytest.raises(InvalidGroups) as refused:
        read_groups(table(tmp_path, rows), ["c1"])

    assert refused.value.reason == reason
    assert "gammel" not in refused.value.text("da")
    assert refused.value.text("da") != refused.value.text("en")
