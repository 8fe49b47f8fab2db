"""Weights undo what a past policy preferred: the biased log gives the value of the whole pool back."""

from collections.abc import Sequence
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from eval.propensity import CLIP, effective_size, ratio, weight, weighted_auc, weighted_ndcg, weighted_precision

GRADES = st.lists(st.integers(0, 3), min_size=1, max_size=15)


def value(part: tuple[float, float]) -> float:
    """Of one query alone."""
    return ratio([part]).value


@given(GRADES.filter(lambda grades: max(grades) >= 2))
def test_where_everybody_was_proposed_nothing_is_corrected(grades: list[int]) -> None:
    ids = [f"c{place:02}" for place in range(len(grades))]
    by_id = dict(zip(ids, grades, strict=True))
    order = [(grade, 1.0) for grade in grades]
    scores = {id_: -float(place) for place, id_ in enumerate(ids)}
    auc = weighted_auc(scores, by_id, dict.fromkeys(ids, 1.0), positive=2)

    assert value(weighted_ndcg(order, k=10)) == pytest.approx(metrics.ndcg(ids, by_id, k=10))
    assert value(weighted_precision(order, k=5, positive=2)) == pytest.approx(metrics.precision(ids, by_id, k=5))
    assert value(auc) == pytest.approx(metrics.auc(scores, by_id), nan_ok=True)


@given(GRADES.filter(any), st.integers(0, 1000))
def test_a_perfect_order_is_perfect_under_any_weights(grades: list[int], seed: int) -> None:
    weights = np.random.default_rng(seed).uniform(1, 20, len(grades))
    order = [(grade, float(weight)) for grade, weight in zip(sorted(grades, reverse=True), weights, strict=True)]

    assert value(weighted_ndcg(order, k=10)) == pytest.approx(1.0)


def test_a_gain_is_worth_as_much_as_the_candidates_it_stands_for() -> None:
    # One failure stands for one place, one success for two: places 2 and 3 of a pool of 3; ideal are places 1 and 2.
    first, second, third = 1.0, 1 / np.log2(3), 0.5

    assert weighted_ndcg([(0, 1.0), (1, 2.0)], k=10) == pytest.approx((second + third, first + second))


def test_a_part_of_a_place_counts_in_part() -> None:
    assert weighted_precision([(2, 1.5), (0, 5.0)], k=2, positive=2) == (1.5, 2.0)


def test_a_success_below_the_cut_adds_nothing() -> None:
    assert weighted_ndcg([(0, 10.0), (3, 1.0)], k=10)[0] == 0.0


def test_a_query_without_a_success_says_nothing_of_order() -> None:
    assert weighted_ndcg([(0, 1.0)], k=10) == (0.0, 0.0)
    assert weighted_auc({"a": 1.0}, {"a": 2}, {"a": 1.0}, positive=2) == (0.0, 0.0)


def test_ties_count_one_half_of_their_weight() -> None:
    assert weighted_auc({"a": 1.0, "b": 1.0}, {"a": 2, "b": 0}, {"a": 5.0, "b": 3.0}, positive=2) == (7.5, 15.0)


def test_queries_count_as_much_as_there_is_to_find_in_them() -> None:
    found = ratio([(1.0, 1.0), (0.0, 3.0), (0.0, 0.0)])

    assert (found.value, found.n) == (0.25, 2)
    assert 0 <= found.low < found.value < found.high <= 1


def test_one_query_gives_no_interval_and_none_no_value() -> None:
    assert (ratio([(1.0, 2.0)]).value, isnan(ratio([(1.0, 2.0)]).low)) == (0.5, True)
    assert isnan(ratio([(0.0, 0.0)]).value)


def test_the_interval_is_the_same_each_time() -> None:
    parts = [(float(number % 3), 3.0) for number in range(250)]

    assert ratio(parts) == ratio(parts)
    assert ratio(parts) != ratio(parts, seed=1)


def test_a_weight_is_clipped() -> None:
    assert weight(0.5) == 2.0
    assert weight(1e-9) == pytest.approx(1 / CLIP)
    assert weight(0.01, clip=0.1) == 10.0


def test_equal_weights_lose_nothing_and_one_heavy_one_all_the_rest() -> None:
    assert effective_size([3.0] * 7) == pytest.approx(7)
    assert effective_size([1000.0, *[0.001] * 99]) == pytest.approx(1, abs=0.01)
    assert effective_size([]) == 0.0


class Pool:
    """Many candidates; a past policy liked the worse half, and a ranker of now finds the good ones among the others."""

    def __init__(self, seed: int, size: int) -> None:
        draw = np.random.default_rng(seed)
        liked = np.arange(size) < size // 2
        good = draw.random(size) < np.where(liked, 0.15, 0.35)
        # The ranker is sharp among those the policy did not like, and blind among those it did.
        scores = np.where(liked, 0.0, 1.5 * good) + draw.normal(0, 1, size)
        self.chances = dict(enumerate(np.where(liked, 0.9, 0.25).tolist()))
        self.grades = dict(enumerate(np.where(good, draw.choice([2, 3], size), 0).tolist()))
        self.scores = dict(enumerate(scores.tolist()))
        self.logged = np.flatnonzero(draw.random(size) < list(self.chances.values())).tolist()

    def measured(self, measure: str, shown: Sequence[int], *, fixed: bool) -> tuple[float, float]:
        weights = {str(id_): weight(self.chances[id_]) if fixed else 1.0 for id_ in shown}
        grades = {str(id_): self.grades[id_] for id_ in shown}
        if measure == "auc":
            return weighted_auc({str(id_): self.scores[id_] for id_ in shown}, grades, weights, positive=2)
        ranked = sorted(shown, key=lambda id_: -self.scores[id_])
        order = [(grades[str(id_)], weights[str(id_)]) for id_ in ranked]
        k = len(self.grades) // 4
        return weighted_ndcg(order, k=k) if measure == "ndcg" else weighted_precision(order, k=k, positive=2)


def found(pools: Sequence[Pool], measure: str) -> tuple[float, float, float]:
    """Of the whole pools, of the logs as they are, and of the logs corrected."""
    return (
        ratio(pool.measured(measure, range(len(pool.grades)), fixed=False) for pool in pools).value,
        ratio(pool.measured(measure, pool.logged, fixed=False) for pool in pools).value,
        ratio(pool.measured(measure, pool.logged, fixed=True) for pool in pools).value,
    )


@pytest.mark.parametrize("measure", ["auc", "ndcg", "precision"])
def test_weights_bring_a_biased_log_back_to_the_value_of_the_whole_pool(measure: str) -> None:
    truth, naive, fixed = found([Pool(seed, 600) for seed in range(100)], measure)

    assert abs(naive - truth) > 0.015
    assert abs(fixed - truth) < min(0.01, abs(naive - truth) / 3)


@pytest.mark.parametrize("measure", ["auc", "precision"])
def test_many_short_logs_are_brought_back_too(measure: str) -> None:
    truth, naive, fixed = found([Pool(seed, 40) for seed in range(1500)], measure)

    assert abs(naive - truth) > 0.05
    assert abs(fixed - truth) < abs(naive - truth) / 4
