from math import isnan

import numpy as np
import pytest
from sklearn.metrics import brier_score_loss

from eval.calibration import Prediction, calibrate, calibration
from tests.eval.builders import all_known


def said(*rows: tuple[str, float, bool]) -> list[Prediction]:
    return [Prediction(query=query, probability=chance, positive=positive) for query, chance, positive in rows]


def many(*, queries: int = 40, pairs: int = 20, bent: float = 1.0, seed: int = 0) -> list[Prediction]:
    """Pairs that come true `bent` times as often as was said."""
    draws = np.random.default_rng(seed)
    chances = draws.beta(0.6, 2, (queries, pairs))
    true = draws.random((queries, pairs)) < chances * bent
    return said(*((f"q{q:02}", float(chances[q, p]), bool(true[q, p])) for q in range(queries) for p in range(pairs)))


def test_the_errors_are_those_worked_by_hand() -> None:
    found = calibrate(said(("p", 0.1, False), ("p", 0.2, True), ("q", 0.7, True), ("q", 0.9, True)), bins=2)

    assert found.equal_width_error.value == pytest.approx((2 / 4) * abs(0.15 - 0.5) + (2 / 4) * abs(0.8 - 1.0))
    assert found.brier_error.value == pytest.approx((0.01 + 0.64 + 0.09 + 0.01) / 4)
    assert found.positive.value == 0.75
    assert (found.pairs, found.brier_error.n) == (4, 2)


def test_bins_of_equal_mass_hold_as_many_pairs_each_wherever_they_lie() -> None:
    chances = [0.01, 0.02, 0.03, 0.04, 0.5, 0.6]
    found = calibrate(said(*(("q", chance, False) for chance in chances)), bins=3)

    assert [each.pairs for each in found.mass_bins] == [2, 2, 2]
    assert [each.said.value for each in found.mass_bins] == pytest.approx([0.015, 0.035, 0.55])
    assert [each.pairs for each in found.width_bins] == [4, 2]


def test_equal_probabilities_share_a_bin_so_that_the_order_of_the_pairs_changes_nothing() -> None:
    rows = said(*(("q", 0.5, n % 2 == 0) for n in range(8)), ("q", 0.9, True))

    assert calibrate(rows) == calibrate(rows[::-1])
    assert [each.pairs for each in calibrate(rows).mass_bins] == [8, 1]


def test_certainty_falls_into_the_last_bin_of_equal_width() -> None:
    found = calibrate(said(("q", 1.0, True), ("q", 0.95, True), ("q", 0.0, False)))

    assert [each.pairs for each in found.width_bins] == [1, 2]


def test_scikit_learn_gives_the_same_brier_error() -> None:
    rows = many()
    reference = brier_score_loss([row.positive for row in rows], [row.probability for row in rows])

    assert calibrate(rows).brier_error.value == pytest.approx(reference)


def test_probabilities_that_come_true_have_a_smaller_error_than_those_that_do_not() -> None:
    honest, bent = calibrate(many()), calibrate(many(bent=0.5))

    assert honest.equal_mass_error.high < bent.equal_mass_error.low
    assert honest.equal_width_error.high < bent.equal_width_error.low


def test_each_interval_holds_its_value_and_stays_a_share() -> None:
    found = calibrate(many(queries=5, pairs=4))
    every = [found.equal_mass_error, found.equal_width_error, found.brier_error, found.positive]

    for interval in [*every, *(each.came_true for each in found.width_bins)]:
        assert 0 <= interval.low <= interval.value <= interval.high <= 1


def test_nine_of_ten_intervals_and_more_hold_what_other_queries_give() -> None:
    found = [calibrate(many(seed=seed, bent=0.8), resamples=300).equal_mass_error for seed in range(100)]
    typical = np.mean([interval.value for interval in found])

    assert 0.9 <= np.mean([interval.low <= typical <= interval.high for interval in found]) <= 1


def test_pairs_of_one_query_stay_together_so_that_copies_of_a_query_prove_nothing() -> None:
    alone = many(queries=12, pairs=6)
    tenfold = [row for row in alone for _ in range(10)]
    split = [
        Prediction(query=f"{row.query}-{n}", probability=row.probability, positive=row.positive)
        for n, row in enumerate(tenfold)
    ]

    assert calibrate(tenfold).positive == calibrate(alone).positive
    wide, narrow = calibrate(tenfold).positive, calibrate(split).positive
    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


def test_a_bin_says_how_many_queries_it_rests_on() -> None:
    found = calibrate(said(("p", 0.1, False), ("p", 0.25, True), ("q", 0.9, True), ("p", 0.95, True)))

    assert [each.came_true.n for each in found.width_bins] == [1, 1, 2]
    assert [each.pairs for each in found.width_bins] == [1, 1, 2]


def test_one_query_has_errors_but_no_interval() -> None:
    found = calibrate(said(("q", 0.2, False), ("q", 0.8, True)))

    assert found.brier_error.value == pytest.approx(0.04)
    assert isnan(found.brier_error.low)


def test_judged_pairs_that_nothing_was_said_of_are_left_out_and_counted() -> None:
    truth = all_known(("p1", "c1", 3), ("p1", "c2", 1), ("p1", "c3", 2), ("p2", "c1", 0))
    found = calibration({"p1": {"c1": 0.8, "c2": 0.4, "unjudged": 0.9}}, truth)

    assert (found.pairs, found.without_probability) == (2, 2)
    assert found.brier_error.value == pytest.approx((0.04 + 0.16) / 2)


def test_the_grade_from_which_a_pair_counts_as_good_can_be_chosen() -> None:
    truth = all_known(("p1", "c1", 1), ("p1", "c2", 0))

    assert calibration({"p1": {"c1": 0.5, "c2": 0.5}}, truth).positive.value == 0
    assert calibration({"p1": {"c1": 0.5, "c2": 0.5}}, truth, relevant=1).positive.value == 0.5


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(chance: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        calibrate(said(("q", chance, True)))


def test_without_pairs_there_is_nothing_to_measure() -> None:
    with pytest.raises(ValueError, match="at least one pair"):
        calibrate([])
