from math import isnan, log2

import numpy as np
import pytest

from eval.exposure import exposure
from eval.runs import Run
from tests.eval.builders import a_run


def random_lists(seed: int, lists: int = 40, items: int = 100) -> Run:
    draws = np.random.default_rng(seed)
    weights = 1 / np.arange(1, items + 1) ** 0.7
    chosen = [draws.choice(items, 10, replace=False, p=weights / weights.sum()) for _ in range(lists)]
    return Run.of("drawn", {f"q{q}": {f"c{i}": -float(r) for r, i in enumerate(row)} for q, row in enumerate(chosen)})


def test_an_item_is_exposed_by_the_discount_of_its_ranks() -> None:
    found = exposure(a_run(p="a b", q="b a c"), "abcd", k=2)

    assert found.by_item == pytest.approx({"a": 1 + 1 / log2(3), "b": 1 + 1 / log2(3), "c": 0, "d": 0})


def test_coverage_is_the_share_that_stands_high_enough_in_at_least_one_list() -> None:
    lists = a_run(p="a b", q="b a c")

    assert exposure(lists, "abcd", k=1).coverage.value == 2 / 4
    assert exposure(lists, "abcd", k=3).coverage.value == 3 / 4


def test_gini_is_half_the_relative_mean_difference() -> None:
    found = exposure(a_run(p="a b", q="a c", r="d a"), "abcdef", k=2)
    given = list(found.by_item.values())
    apart = np.mean([abs(one - other) for one in given for other in given])

    assert found.gini.value == pytest.approx(apart / (2 * np.mean(given)))


def test_gini_is_zero_where_all_are_shown_alike_and_near_one_where_one_gets_all() -> None:
    even = exposure(a_run(p="a b", q="b a"), "ab")
    alone = exposure(a_run(p="a", q="a"), [f"{n}" for n in range(99)] + ["a"])

    assert even.gini.value == pytest.approx(0)
    assert alone.gini.value == pytest.approx(0.99)


def test_the_lorenz_curve_gives_the_share_of_those_shown_least() -> None:
    lists = a_run(p="a", q="b", r="c", s="d", t="d")
    found = exposure(lists, [*"abcd", *(f"unseen{n}" for n in range(6))], k=1)

    assert [interval.value for interval in found.lorenz] == pytest.approx([0, 0, 0, 0, 0, 0, 1 / 5, 2 / 5, 3 / 5])


def test_the_lorenz_curve_runs_straight_between_items() -> None:
    found = exposure(a_run(p="a b", q="b a"), "ab")

    assert [interval.value for interval in found.lorenz] == pytest.approx([part / 10 for part in range(1, 10)])


def test_every_interval_holds_its_value_and_counts_lists() -> None:
    found = exposure(random_lists(1), [f"c{n}" for n in range(100)])

    for interval in [found.coverage, found.gini, *found.lorenz]:
        assert 0 <= interval.low <= interval.value <= interval.high <= 1
        assert interval.n == 40
    assert found.coverage.low < found.coverage.value


@pytest.mark.parametrize("figure", ["coverage", "gini"])
def test_nearly_all_intervals_hold_what_other_lists_of_the_kind_give(figure: str) -> None:
    items = [f"c{n}" for n in range(100)]
    found = [getattr(exposure(random_lists(seed), items, resamples=300), figure) for seed in range(80)]
    typical = np.mean([interval.value for interval in found])

    assert 0.85 <= np.mean([interval.low <= typical <= interval.high for interval in found]) <= 1


def test_the_order_of_lists_and_items_changes_nothing() -> None:
    lists = random_lists(2, lists=5, items=20)
    turned = Run.of(lists.name, dict(reversed(list(lists.scores.items()))))
    items = [f"c{n}" for n in range(20)]

    assert exposure(turned, items[::-1]) == exposure(lists, items)


def test_without_lists_nobody_is_covered_and_nothing_is_claimed() -> None:
    found = exposure(a_run(), "ab")

    assert found.by_item == {"a": 0, "b": 0}
    assert found.coverage.n == 0
    assert isnan(found.coverage.value)
    assert isnan(found.gini.value)


def test_empty_lists_cover_nobody() -> None:
    found = exposure(a_run(p="", q=""), "ab")

    assert found.coverage.value == 0
    assert isnan(found.gini.value)
    assert isnan(found.gini.low)


def test_a_list_that_shows_somebody_who_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="'stranger'"):
        exposure(a_run(p="a stranger"), "ab")


def test_without_anybody_to_show_there_is_nothing_to_measure() -> None:
    with pytest.raises(ValueError, match="at least one item"):
        exposure(a_run(p=""), [])
