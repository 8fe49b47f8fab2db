from math import isnan

import numpy as np
import pytest

from eval.gaps import Gap, gaps, gaps_of
from eval.measures import measures
from eval.runs import by_group
from eval.significance import Interval, bootstrap
from tests.eval.builders import a_run, all_known


def values(seed: int, n: int, mean: float, prefix: str = "q") -> dict[str, float]:
    return dict(
        zip((f"{prefix}{i:03}" for i in range(n)), np.random.default_rng(seed).normal(mean, 0.05, n), strict=True)
    )


def a_gap(low: float, high: float) -> Gap:
    interval = Interval(value=(low + high) / 2, low=low, high=high, n=9)
    return Gap(first="a", second="b", difference=interval, n_first=9, n_second=9)


def test_every_two_groups_are_compared_once_in_the_order_of_their_names() -> None:
    found = gaps({"en": {"q": 0.5, "r": 0.7}, "da": {"q": 0.9, "r": 0.9}, "sv": {"q": 0.1, "r": 0.1}})

    assert [(gap.first, gap.second) for gap in found] == [("da", "en"), ("da", "sv"), ("en", "sv")]
    assert [gap.difference.value for gap in found] == pytest.approx([0.3, 0.8, 0.5])


def test_the_means_are_over_each_groups_own_queries() -> None:
    (gap,) = gaps({"a": {"q": 1.0, "r": 0.5, "s": 0.0}, "b": {"r": 0.2, "t": 0.4}})

    assert gap.difference.value == pytest.approx(0.5 - 0.3)
    assert (gap.n_first, gap.n_second, gap.difference.n) == (3, 2, 4)


def test_values_of_the_same_query_stay_together() -> None:
    base = values(1, 40, 0.6)
    shifted = {query: value - 0.1 for query, value in base.items()}
    elsewhere = {f"other-{query}": value for query, value in shifted.items()}
    (paired,), (unpaired,) = gaps({"a": base, "b": shifted}), gaps({"a": base, "b": elsewhere})

    assert paired.difference.low == pytest.approx(0.1)
    assert paired.difference.high == pytest.approx(0.1)
    assert unpaired.difference.value == pytest.approx(0.1)
    assert unpaired.difference.low < 0.09 < 0.11 < unpaired.difference.high


def test_where_every_query_is_in_both_groups_the_gap_is_the_paired_difference() -> None:
    first, second = values(1, 30, 0.8), values(2, 30, 0.7)
    (gap,) = gaps({"a": first, "b": second}, resamples=20_000)
    paired = bootstrap([first[query] - second[query] for query in first], resamples=20_000)

    assert gap.difference.value == pytest.approx(paired.value)
    assert gap.difference.low == pytest.approx(paired.low, abs=0.002)
    assert gap.difference.high == pytest.approx(paired.high, abs=0.002)


def test_nearly_all_intervals_between_like_groups_hold_zero() -> None:
    found = [
        gaps({"a": values(seed, 25, 0.7), "b": values(1000 + seed, 30, 0.7, "r")}, resamples=300)[0].difference
        for seed in range(100)
    ]

    assert 0.9 <= np.mean([interval.low <= 0 <= interval.high for interval in found]) <= 1


@pytest.mark.parametrize(
    ("low", "high", "beyond"),
    [(0.06, 0.2, True), (0.05, 0.2, False), (-0.2, -0.06, True), (-0.2, 0.2, False), (0.01, 0.04, False)],
)
def test_a_gap_is_beyond_the_limit_only_with_its_whole_interval(low: float, high: float, beyond: bool) -> None:
    assert a_gap(low, high).beyond() is beyond


def test_without_an_interval_nothing_is_shown() -> None:
    assert not a_gap(float("nan"), float("nan")).beyond()


def test_a_group_of_one_query_has_a_difference_but_no_interval() -> None:
    (gap,) = gaps({"a": values(1, 20, 0.9), "b": {"q000": 0.1}})

    assert gap.difference.value > 0.7
    assert isnan(gap.difference.low)
    assert not gap.beyond()


def test_a_group_in_which_nothing_can_be_measured_is_passed_over() -> None:
    assert gaps({"a": {"q": 0.5}, "b": {}}) == []


def test_groups_of_an_evaluation_are_compared_by_one_of_their_measures() -> None:
    truth = all_known(("p1", "d1", 3), ("p1", "e1", 3), ("p1", "e2", 0), ("p2", "d1", 3), ("p2", "e1", 2))
    groups = by_group(a_run(p1="e2 e1 d1", p2="e1 d1"), truth, measures(["mrr"]), lambda _, candidate: candidate[0])
    (gap,) = gaps_of(groups, "mrr")

    assert (gap.first, gap.second) == ("d", "e")
    assert gap.difference.value == pytest.approx(1 - 0.75)
