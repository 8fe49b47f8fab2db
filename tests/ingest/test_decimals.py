"""Numbers are read in the one way their file allows, or not at all."""

import pytest

from matcher.ingest.decimals import Ambiguous, Decimals, NoNumber


@pytest.mark.parametrize(
    ("written", "value"),
    [("0.25", 0.25), ("0,25", 0.25), ("-1.5", -1.5), ("3", 3.0), ("1e-3", 0.001), (",5", 0.5), ("0.125", 0.125)],
)
def test_plain_numbers_are_read_whatever_their_decimal_sign(written: str, value: float) -> None:
    assert Decimals([written]).read(written) == value


@pytest.mark.parametrize("written", ["", "abc", "1.2.3", "1,2,3", "1 000", "1.234,5", "nan", "inf", "½", "0x1", True])
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(NoNumber):
        Decimals([written]).read(written)


def test_a_point_before_three_digits_in_a_danish_file_may_mean_thousands() -> None:
    with pytest.raises(Ambiguous):
        Decimals(["1.234"], ";").read("1.234")
    with pytest.raises(Ambiguous):
        Decimals(["1.234", "0,5"], ";").read("1.234")


def test_a_comma_before_three_digits_is_a_decimal_comma_in_a_danish_file() -> None:
    assert Decimals(["1,234"], ";").read("1,234") == 1.234


def test_a_decimal_sign_that_the_other_numbers_have_settles_it() -> None:
    assert Decimals(["1.234", "0.5"], ";").read("1.234") == 1.234
    assert Decimals(["1,234", "0,5"], ",").read("1,234") == 1.234


def test_numbers_with_both_signs_settle_nothing() -> None:
    with pytest.raises(Ambiguous):
        Decimals(["1,234", "0,5", "0.5"], ";").read("1,234")


def test_a_point_in_a_file_with_commas_between_its_columns_is_a_decimal_point() -> None:
    assert Decimals(["1.234"], ",").read("1.234") == 1.234


def test_a_comma_inside_such_a_file_is_not_guessed() -> None:
    with pytest.raises(Ambiguous):
        Decimals(["1,234"], ",").read("1,234")


def test_a_number_that_was_stored_as_one_needs_no_reading() -> None:
    assert Decimals([], ";").read(1.234) == 1.234
