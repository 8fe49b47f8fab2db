"""The rule that keeps ISCO groups away from training."""

import pytest

from models.adapter_split import held_out, unit_group


def test_an_occupation_stands_on_the_side_of_its_group() -> None:
    for code in ("2631", "2631.1", "2631.12.3", "C2631", " 2631 "):
        assert unit_group(code) == "2631"
        assert held_out(code)
    assert not held_out("2144")


def test_about_a_fifth_of_all_groups_is_held_out() -> None:
    share = sum(held_out(f"{code:04}") for code in range(10_000)) / 10_000

    assert 0.18 < share < 0.22


@pytest.mark.parametrize("code", ["", "26", "263", "26310", "26A1", "2631x"])
def test_a_code_that_is_no_unit_group_is_refused_rather_than_split_by_chance(code: str) -> None:
    with pytest.raises(ValueError, match="no ISCO-08 unit group"):
        held_out(code)
