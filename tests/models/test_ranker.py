"""The ranker adds up exactly, evidence never hurts it, and it learns what is there to be learnt and little else."""

import json
from dataclasses import asdict, replace
from functools import cache, partial
from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.prior import Prior
from models.ranker import AdditiveRanker, Curve, RankerMismatchError, fit, platt, probability

Rows = NDArray[np.float64]
FEATURES = ("near", "wordy", "far", "titled", "spoken")
KINDS = ("fitted", "shipped")
ROUNDING = 1e-12
"""A curve may waver by the last bits of a float between two knots; an order is never decided there."""

kinds = st.sampled_from(KINDS)
values = st.floats(-20, 20)
wide_values = st.floats(allow_nan=False)
rows_of_five = st.lists(st.tuples(*[values] * len(FEATURES)), min_size=1, max_size=8)


def some_rows(count: int, seed: int, wide: int = len(FEATURES)) -> Rows:
    return np.random.default_rng(seed).normal(size=(count, wide))


def graded(worth: Rows) -> NDArray[np.int64]:
    """Grades 0 to 3: the best 15 %, the next 15 %, the next 20 %, the rest."""
    return np.searchsorted(np.quantile(worth, [0.5, 0.7, 0.85]), worth).astype(np.int64)


@cache
def ranker(kind: str) -> AdditiveRanker:
    if kind == "shipped":
        return Prior.load().ranker
    rows = some_rows(300, 1)
    noise = np.random.default_rng(2).normal(size=300)
    grades = graded(rows @ [2.0, 0.5, 0.0, 1.0, 0.3] + noise)
    return fit(rows, grades, features=FEATURES, cut=2)


def two_columns(count: int, seed: int) -> tuple[Rows, NDArray[np.int64]]:
    """The first column decides the grade, but for some noise; the second has nothing to do with it."""
    rows = some_rows(count, seed, wide=2)
    return rows, graded(rows[:, 0] + 0.3 * np.random.default_rng(seed + 1).normal(size=count))


def reach(found: AdditiveRanker, place: int, rows: Rows) -> float:
    """How much a feature can move the logit between its 5 % and its 95 % quantile."""
    low, high = found.curves[place](np.quantile(rows[:, place], [0.05, 0.95]))
    return float(high - low)


def in_order(scores: Rows, worth: NDArray[np.int64] | Rows) -> float:
    """The share of pairs of different worth that the scores put in order."""
    better = worth[:, None] > worth[None, :]
    return float((scores[:, None] > scores[None, :])[better].mean())


@given(kind=kinds, rows=rows_of_five)
def test_contributions_sum_to_the_raw_score(kind: str, rows: list[tuple[float, ...]]) -> None:
    chosen, table = ranker(kind), np.array(rows)
    parts = chosen.contributions(table)

    assert parts.shape == table.shape
    for row, logit, score in zip(parts.tolist(), chosen.logits(table), chosen.scores(table), strict=True):
        assert fsum([chosen.intercept, *row]) == pytest.approx(logit, rel=0, abs=1e-9)
        assert score == pytest.approx(1 / (1 + np.exp(-fsum([chosen.intercept, *row]))), rel=0, abs=1e-9)


@given(kind=kinds, row=st.tuples(*[values] * 5), place=st.integers(0, 4), more=st.floats(0, 30))
def test_more_of_any_feature_never_lowers_the_score(kind: str, row: tuple[float, ...], place: int, more: float) -> None:
    chosen = ranker(kind)
    richer = [value + more * (at == place) for at, value in enumerate(row)]
    before, after = chosen.logits(np.array([row, richer]))

    assert after >= before - ROUNDING


@given(kind=kinds, first=rows_of_five, others=rows_of_five)
def test_a_row_has_its_score_whoever_else_is_scored(
    kind: str, first: list[tuple[float, ...]], others: list[tuple[float, ...]]
) -> None:
    chosen = ranker(kind)
    together = chosen.logits(np.array([*first, *others]))

    for row, logit in zip([*first, *others], together.tolist(), strict=True):
        assert chosen.logits(np.array([row])).tolist() == [logit]


@given(kind=kinds, row=st.tuples(*[wide_values] * 5))
def test_extreme_values_do_not_overflow(kind: str, row: tuple[float, ...]) -> None:
    chosen, table = ranker(kind), np.array([row])

    assert np.isfinite(chosen.logits(table)).all()
    assert 0 <= chosen.scores(table)[0] <= 1


def test_a_probability_has_no_overflow_at_either_end() -> None:
    assert probability(np.array([-1e300, -800.0, 0.0, 800.0, 1e300])).tolist() == [0, 0, 0.5, 1, 1]


@pytest.mark.parametrize("kind", KINDS)
def test_scoring_is_exact_at_the_knots_and_level_beyond_them(kind: str) -> None:
    for curve in ranker(kind).curves:
        assert curve(np.array(curve.knots)).tolist() == list(curve.values)
        beyond = np.array([curve.knots[0] - 5, curve.knots[-1] + 5])
        assert curve(beyond).tolist() == [curve.values[0], curve.values[-1]]


def test_a_curve_is_linear_between_its_knots() -> None:
    curve = Curve(knots=(-1.0, 1.0, 2.0), values=(-2.0, 0.0, 4.0))

    assert curve(np.array([-0.5, 0.0, 1.25, 1.5])).tolist() == [-1.5, -1.0, 1.0, 2.0]


@pytest.mark.parametrize("kind", KINDS)
def test_an_average_feature_adds_nothing(kind: str) -> None:
    assert ranker(kind).contributions(np.zeros((1, 5)))[0] == pytest.approx(0, abs=1e-12)


def test_a_fit_recovers_the_order_it_was_taught() -> None:
    def worth(rows: Rows) -> Rows:
        return np.asarray(rows[:, 0] + np.maximum(rows[:, 1], 0) * 2)

    rows, fresh = some_rows(600, 3, wide=2), some_rows(300, 4, wide=2)
    found = fit(rows, graded(worth(rows)), features=("straight", "hinged"), cut=2, shrink=0.1, smooth=0.1)

    assert in_order(found.logits(fresh), worth(fresh)) > 0.95
    assert reach(found, 1, np.minimum(rows, 0)) < reach(found, 1, np.maximum(rows, 0)) / 3


def test_its_link_is_the_probability_of_the_grade_it_was_cut_at() -> None:
    rows, grades = two_columns(600, 5)

    for cut in (1, 2, 3):
        found = fit(rows, grades, features=("useful", "useless"), cut=cut, shrink=0.1, smooth=0.1)
        assert found.scores(rows).mean() == pytest.approx((grades >= cut).mean(), abs=0.03)


def test_a_useless_feature_gets_next_to_nothing() -> None:
    rows, grades = two_columns(600, 6)
    found = fit(rows, grades, features=("useful", "useless"), cut=2)

    assert reach(found, 1, rows) < 0.05 * reach(found, 0, rows)


def test_a_curve_goes_on_rising_a_little_beyond_what_it_was_fitted_on() -> None:
    rows, grades = two_columns(600, 6)
    found = fit(rows, grades, features=("useful", "useless"), cut=2)
    span, top = np.ptp(rows[:, 0]), rows[:, 0].max()
    at_top, above, far, farther = found.logits(np.array([[top + step * span, 0] for step in (0, 0.2, 0.26, 9)]))

    assert at_top < above < far
    assert far == farther


def test_a_feature_that_speaks_against_is_silent_and_one_that_never_varies_too() -> None:
    rows, grades = two_columns(600, 7)
    against, constant = -rows[:, 0], np.full(600, 4.0)
    found = fit(np.column_stack([against, constant]), grades, features=("against", "constant"), cut=2)

    assert reach(found, 0, against[:, None]) < 1e-3
    assert np.isfinite(found.logits(np.array([[0.0, 9.0]]))).all()
    assert found.contributions(np.array([[3.0, 4.0]]))[0] == pytest.approx(0, abs=1e-3)


def test_ordered_grades_teach_what_two_classes_hide() -> None:
    """The second feature tells nothing but grade 3 from grade 2."""
    random = np.random.default_rng(8)
    grades = random.integers(0, 4, size=600)
    fully = np.where(grades >= 2, np.where(grades == 3, 1.0, -1.0), random.choice([-1.0, 1.0], size=600))
    rows = np.column_stack([(grades >= 2) * 2.0, fully]) + random.normal(size=(600, 2))
    ordered = fit(rows, grades, features=("well", "fully"), cut=2)
    classes = fit(rows, (grades >= 2).astype(np.int64) * 2, features=("well", "fully"), cut=2)
    good = grades >= 2

    assert in_order(ordered.logits(rows[good]), grades[good]) > in_order(classes.logits(rows[good]), grades[good]) + 0.1
    assert in_order(ordered.logits(rows), good * 1) > 0.85


def test_a_grade_that_nobody_gave_is_not_needed() -> None:
    """Proposals that ended in a job or in nothing: at least 2 is at least 3."""
    rows, grades = two_columns(300, 9)
    hired = np.where(grades >= 2, 3, 0)
    found, as_two = (fit(rows, given, features=("useful", "useless"), cut=2) for given in (hired, hired // 3 * 2))

    assert found == as_two


def test_twice_the_weight_is_twice_the_examples() -> None:
    rows, grades = two_columns(400, 10)
    all_twice = fit(np.tile(rows, (2, 1)), np.tile(grades, 2), features=("a", "b"), cut=2)
    weighed = fit(rows, grades, features=("a", "b"), cut=2, weights=np.full(400, 2.0))
    once = fit(rows, grades, features=("a", "b"), cut=2)

    probe = some_rows(50, 11, wide=2)
    assert weighed.logits(probe) == pytest.approx(all_twice.logits(probe), abs=0.05)
    assert np.abs(weighed.logits(probe) - once.logits(probe)).max() > 0.3


def test_an_example_of_weight_two_counts_as_two_copies_of_it() -> None:
    random = np.random.default_rng(12)
    rows = random.integers(0, 3, size=(600, 2)).astype(np.float64)  # few values: copies move no knot
    grades = graded(rows[:, 0] + 2 * random.normal(size=600))
    heavy = (rows[:, 1] == 2) & (grades >= 2)
    free = partial(fit, features=("a", "b"), cut=2, shrink=1e-6, smooth=1e-6)  # copies change what penalties are of
    copied = free(np.concatenate([rows, rows[heavy]]), np.concatenate([grades, grades[heavy]]))
    weighed = free(rows, grades, weights=np.where(heavy, 2.0, 1.0))
    even = free(rows, grades)

    probe = np.array([[a, b] for a in range(3) for b in range(3)], dtype=np.float64)
    assert weighed.logits(probe) == pytest.approx(copied.logits(probe), abs=0.02)
    assert np.abs(weighed.logits(probe) - even.logits(probe)).max() > 0.3


@pytest.mark.parametrize("by", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("kind", KINDS)
def test_stretching_keeps_the_order_and_moves_every_logit_the_same_way(kind: str, by: float) -> None:
    chosen, rows = ranker(kind), some_rows(200, 13)
    stretched = chosen.stretched(by=by, shift=-1.5)

    assert stretched.logits(rows) == pytest.approx(by * chosen.logits(rows) - 1.5)
    assert np.argsort(stretched.logits(rows)).tolist() == np.argsort(chosen.logits(rows)).tolist()
    parts = stretched.contributions(rows).sum(axis=1) + stretched.intercept
    assert parts == pytest.approx(stretched.logits(rows), abs=1e-9)


def test_without_a_feature_it_says_nothing_and_the_others_what_they_said() -> None:
    chosen, rows = ranker("fitted"), some_rows(50, 14)
    parts = chosen.without(["near", "spoken"]).contributions(rows)

    assert not parts[:, [0, 4]].any()
    assert (parts[:, 1:4] == chosen.contributions(rows)[:, 1:4]).all()
    assert chosen.without([]) == chosen


def test_platt_turns_logits_into_calibrated_ones() -> None:
    random = np.random.default_rng(15)
    told = random.normal(scale=3, size=20_000)
    happened = random.random(20_000) < probability(0.5 * told - 1)

    assert platt(told, happened) == pytest.approx((0.5, -1), abs=0.06)


def test_platt_never_turns_an_order_round() -> None:
    told = np.linspace(-3, 3, 200)
    stretch, shift = platt(told, told < 0)

    assert stretch > 0
    assert np.isfinite(shift)


def test_a_ranker_comes_back_from_what_was_stored_of_it() -> None:
    for kind in KINDS:
        stored = json.loads(json.dumps(asdict(ranker(kind))))
        assert AdditiveRanker.of(stored, features=stored["features"]) == ranker(kind)


@pytest.mark.parametrize("found", [FEATURES[:-1], (*FEATURES, "age"), FEATURES[::-1], ("age", *FEATURES[1:])], ids=str)
def test_a_ranker_for_other_features_is_refused_by_name(found: tuple[str, ...]) -> None:
    stored = {**asdict(ranker("fitted")), "features": list(found)}

    with pytest.raises(RankerMismatchError, match=f"{found[0]}.*not.*{FEATURES[0]}") as refused:
        AdditiveRanker.of(stored, features=FEATURES)
    assert (refused.value.found, refused.value.wanted) == (found, FEATURES)


@pytest.mark.parametrize(("grades", "cut"), [([2, 2, 2], 2), ([0, 1, 0], 2), ([2, 3, 2], 2), ([0, 2, 3], 4)], ids=str)
def test_examples_on_one_side_only_are_refused(grades: list[int], cut: int) -> None:
    with pytest.raises(ValueError, match=f"grades on both sides of {cut} are needed; found"):
        fit(some_rows(3, 16), np.array(grades), features=FEATURES, cut=cut)


@pytest.mark.parametrize(
    ("knots", "levels", "why"),
    [
        ((0.0, 1.0), (0.0,), "2 knots has 1 values"),
        ((), (), "0 knots has 0 values"),
        ((0.0, 1.0, 2.0), (0.0, 1.0, 0.5), "never fall"),
        ((0.0, 0.0), (0.0, 1.0), "ascend"),
        ((1.0, 0.0), (0.0, 1.0), "ascend"),
    ],
)
def test_a_curve_that_is_none_is_refused(knots: tuple[float, ...], levels: tuple[float, ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Curve(knots=knots, values=levels)


def test_as_many_curves_as_features_are_needed() -> None:
    with pytest.raises(ValueError, match="5 features have 4 curves"):
        replace(ranker("fitted"), curves=ranker("fitted").curves[:-1])
