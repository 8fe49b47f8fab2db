"""Four bands of a probability: where each begins, and when a list holds nobody worth proposing."""

from math import nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.bands import BANDS, LEAST, Band, band_of, no_good_match

scores = st.floats(0, 1)


@pytest.mark.parametrize("band", BANDS)
def test_a_band_begins_at_its_least_score_and_ends_just_below_the_next(band: Band) -> None:
    assert band_of(LEAST[band]) == band
    if band != "weak":
        assert band_of(nextafter(LEAST[band], 0)) == BANDS[BANDS.index(band) + 1]


def test_the_best_band_comes_first_and_the_last_takes_everything() -> None:
    assert sorted(BANDS, key=lambda band: -LEAST[band]) == list(BANDS) == list(LEAST)
    assert (band_of(1.0), band_of(0.0)) == ("strong", "weak")


def test_good_is_more_likely_than_not() -> None:
    assert (band_of(0.5), band_of(nextafter(0.5, 0))) == ("good", "possible")


@given(low=scores, high=scores)
def test_a_higher_score_is_never_in_a_lower_band(low: float, high: float) -> None:
    low, high = sorted((low, high))

    assert BANDS.index(band_of(high)) <= BANDS.index(band_of(low))


@given(best=scores)
def test_a_list_whose_best_is_weak_holds_no_good_match(best: float) -> None:
    assert no_good_match(best) == (best < LEAST["possible"])


def test_nor_does_an_empty_list() -> None:
    assert no_good_match(None)
