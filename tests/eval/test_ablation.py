import pytest

from eval.ablation import ablation
from eval.measures import measures
from eval.runs import Run
from tests.eval.builders import a_run, all_known

TRUTH = all_known(*((f"p{n}", "good", 3) for n in range(12)), *((f"p{n}", "bad", 0) for n in range(12)))
FULL = a_run(**{f"p{n}": "good bad" for n in range(12)})
WITHOUT = {"needed": a_run(**{f"p{n}": "bad good" for n in range(12)}), "idle": FULL}


def rank_without(group: str) -> Run:
    return WITHOUT[group]


def test_a_part_that_matters_is_missed_and_one_that_does_not_is_not() -> None:
    needed, idle = ablation(FULL, rank_without, ["needed", "idle"], TRUTH, measures(["mrr"]))

    assert needed.gains["mrr"].difference == pytest.approx(0.5)
    assert needed.gains["mrr"].low > 0
    assert needed.gains["mrr"].p_value < 0.01
    assert (idle.gains["mrr"].difference, idle.gains["mrr"].p_value) == (0, 1)


def test_each_part_comes_with_the_figures_without_it() -> None:
    (needed,) = ablation(FULL, rank_without, ["needed"], TRUTH, measures(["mrr", "ndcg@10"]))

    assert needed.group == "needed"
    assert needed.without.metrics["mrr"].value == 0.5
    assert set(needed.gains) == {"mrr", "ndcg@10"}
    assert needed.gains["mrr"].n == 12


def test_without_groups_nothing_is_ranked_again() -> None:
    assert ablation(FULL, rank_without, [], TRUTH, measures(["mrr"])) == []
