from collections.abc import Callable
from itertools import product
from math import isnan
from typing import TypeAlias

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import bootstrap as scipy_bootstrap

from eval.significance import Interval, bootstrap, compare, resample

steady = settings(derandomize=True, deadline=None, database=None, max_examples=50)
Statistic: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]
shares = st.lists(st.floats(0, 1), min_size=2, max_size=30)


def by_query(values: list[float]) -> dict[str, float]:
    return {f"q{n:02}": value for n, value in enumerate(values)}


def test_the_value_is_the_mean_and_the_interval_holds_it() -> None:
    interval = bootstrap([0.0, 0.5, 1.0, 0.5])

    assert interval.value == 0.5
    assert interval.low < 0.5 < interval.high
    assert interval.n == 4


def test_one_query_has_a_value_but_no_interval() -> None:
    interval = bootstrap([0.7])

    assert (interval.value, interval.n) == (0.7, 1)
    assert isnan(interval.low)
    assert isnan(interval.high)


def test_no_query_has_no_value() -> None:
    interval = bootstrap([])

    assert interval.n == 0
    assert isnan(interval.value)
    assert isnan(interval.low)


def test_the_interval_is_that_of_scipy() -> None:
    values = np.random.default_rng(5).beta(2, 1, 80)
    theirs = scipy_bootstrap((values,), np.mean, method="percentile", n_resamples=20_000, rng=1).confidence_interval
    ours = bootstrap(values.tolist(), resamples=20_000)

    assert ours.low == pytest.approx(theirs.low, abs=0.002)
    assert ours.high == pytest.approx(theirs.high, abs=0.002)


def test_nineteen_of_twenty_intervals_hold_the_true_mean() -> None:
    draws = np.random.default_rng(11)
    intervals = [bootstrap(draws.uniform(0, 1, 60).tolist(), resamples=500) for _ in range(300)]
    holding = sum(interval.low <= 0.5 <= interval.high for interval in intervals) / 300

    assert 0.91 <= holding <= 0.98


def test_a_seed_gives_the_same_interval_again_and_another_seed_another() -> None:
    values = np.random.default_rng(2).uniform(0, 1, 40).tolist()

    assert bootstrap(values, seed=3) == bootstrap(values, seed=3)
    assert bootstrap(values, seed=3) != bootstrap(values, seed=4)


def test_more_queries_than_fit_one_block_are_still_resampled_in_full() -> None:
    half = 300_000
    interval = bootstrap([0.0] * half + [1.0] * half, resamples=9)

    assert interval.n == 2 * half
    assert 0.49 < interval.low < interval.high < 0.51


def test_a_value_that_is_none_is_not_averaged_away() -> None:
    with pytest.raises(ValueError, match="finite"):
        bootstrap([0.5, float("nan")])


@steady
@given(values=shares)
def test_an_interval_stays_within_its_values(values: list[float]) -> None:
    interval = bootstrap(values, resamples=200)

    assert min(values) - 1e-9 <= interval.low <= interval.high <= max(values) + 1e-9


def mean_of(values: list[float]) -> Statistic:
    column = np.array(values)[:, None]
    return lambda drawn: np.asarray(drawn @ column / drawn.sum(axis=1, keepdims=True))


def test_resampling_a_mean_gives_the_interval_of_a_mean() -> None:
    values = np.random.default_rng(5).beta(2, 1, 80).tolist()
    (drawn,) = resample(mean_of(values), 80, resamples=20_000)
    plain = bootstrap(values, resamples=20_000)

    assert drawn.value == pytest.approx(plain.value)
    assert drawn.n == 80
    assert drawn.low == pytest.approx(plain.low, abs=0.002)
    assert drawn.high == pytest.approx(plain.high, abs=0.002)


def test_a_figure_that_repeated_queries_pull_down_keeps_its_value_inside() -> None:
    def distinct(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((drawn > 0).mean(axis=1, keepdims=True) / 2)

    (interval,) = resample(distinct, 50)

    assert interval.value == 0.5
    assert 0.4 < interval.low < 0.5 < interval.high < 0.6


def test_draws_that_leave_nothing_to_measure_are_passed_over() -> None:
    def mean_of_the_first_two(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
        weight = drawn[:, :1] + drawn[:, 1:2]
        return np.divide(drawn[:, :1], weight, out=np.full_like(weight, np.nan), where=weight > 0)

    (interval,) = resample(mean_of_the_first_two, 6)

    assert interval.value == 0.5
    assert 0 <= interval.low < 0.5 < interval.high <= 1


def test_an_interval_is_cut_to_what_is_possible() -> None:
    values = [1.0] * 9 + [0.0]

    assert resample(mean_of(values), 10, bounds=(0.8, 1.0))[0].low == 0.8


def test_one_query_is_not_resampled_and_none_gives_no_figure() -> None:
    (one,) = resample(mean_of([0.7]), 1)

    assert (one.value, one.n) == (0.7, 1)
    assert isnan(one.low)
    assert resample(mean_of([]), 0) == []


def test_wide_statistics_are_drawn_in_small_blocks_with_the_same_result() -> None:
    values = [n / 10 for n in range(10)]

    assert resample(mean_of(values), 10, width=2**19) == resample(mean_of(values), 10)


def test_a_run_compared_with_itself_gains_nothing() -> None:
    values = by_query([0.2, 0.9, 0.4])
    comparison = compare(values, values)

    assert (comparison.difference, comparison.low, comparison.high, comparison.p_value) == (0, 0, 0, 1)


def test_a_difference_that_is_only_rounding_is_no_difference() -> None:
    differences = by_query([0.1, 0.2, -0.3, 0.1, 0.2, -0.3])

    assert compare(differences, dict.fromkeys(differences, 0.0)).p_value == 1


def test_a_run_that_wins_everywhere_wins_beyond_doubt() -> None:
    worse = by_query([n / 40 for n in range(20)])
    better = {query: value + 0.3 + n / 100 for n, (query, value) in enumerate(worse.items())}
    comparison = compare(better, worse)

    assert comparison.low > 0
    assert comparison.p_value < 0.001
    assert comparison.n == 20


def test_pairing_sees_a_small_gain_that_two_separate_intervals_hide() -> None:
    first = by_query([n / 20 + 0.02 + n / 1000 for n in range(20)])
    second = by_query([n / 20 for n in range(20)])

    assert bootstrap(list(first.values())).low < bootstrap(list(second.values())).high
    assert compare(first, second).low > 0


def test_the_p_value_is_near_that_of_all_sign_changes() -> None:
    differences = [0.3, 0.1, -0.05, 0.2, 0.15, -0.1, 0.25, 0.05]
    means = [
        np.mean([sign * each for sign, each in zip(signs, differences, strict=True)])
        for signs in product([-1, 1], repeat=8)
    ]
    exact = np.mean(np.abs(means) >= np.mean(differences) - 1e-12)
    ours = compare(by_query(differences), by_query([0.0] * 8)).p_value

    assert ours == pytest.approx(exact, abs=0.01)


@steady
@given(values=shares)
def test_turning_the_comparison_round_turns_the_difference_and_keeps_the_p_value(values: list[float]) -> None:
    ours, theirs = by_query(values), by_query(values[::-1])
    there, back = compare(ours, theirs, permutations=200), compare(theirs, ours, permutations=200)

    assert there.difference == pytest.approx(-back.difference)
    assert there.p_value == back.p_value


def test_the_order_in_which_queries_were_judged_changes_nothing() -> None:
    first, second = by_query([0.1, 0.5, 0.9]), by_query([0.3, 0.2, 0.1])
    backwards = dict(reversed(first.items()))

    assert compare(first, second) == compare(backwards, second)


def test_one_query_or_none_proves_nothing() -> None:
    one = compare({"q": 0.9}, {"q": 0.1})
    none = compare({}, {})

    assert one.difference == pytest.approx(0.8)
    assert (one.p_value, one.n) == (1.0, 1)
    assert isnan(one.low)
    assert isnan(none.p_value)
    assert none.n == 0


def test_runs_over_different_queries_are_not_compared() -> None:
    with pytest.raises(ValueError, match=r"only one run has .*q2"):
        compare({"q1": 0.1}, {"q1": 0.2, "q2": 0.3})


def test_equal_values_have_an_interval_of_no_width() -> None:
    assert bootstrap([0.25] * 6) == Interval(value=0.25, low=0.25, high=0.25, n=6)
