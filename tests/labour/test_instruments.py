"""Which instrument the rules of 2020 propose, what happens when they are over, and the municipality's own."""

from datetime import date
from pathlib import Path

import pytest

from matcher.errors import InvalidRules
from matcher.labour.instruments import FILE, Instruments, instrument_for, open_instruments, shipped
from matcher.labour.rules import EmployerKind, parse_rules
from matcher.records import EmploymentType, Instrument
from tests.labour.test_rules import a_rule

DAY = date(2020, 9, 1)


def proposed(weeks: int | None, employment_type: EmploymentType = "unknown", day: date = DAY) -> Instrument:
    found = instrument_for(weeks, "private", day, employment_type)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("weeks", "name"),
    [
        (0, "ordinary"),
        (12, "ordinary"),
        (13, "virksomhedspraktik"),
        (25, "virksomhedspraktik"),
        (26, "loentilskud"),
        (51, "loentilskud"),
        (52, "course"),
        (500, "course"),
    ],
)
@pytest.mark.parametrize("employer", ["private", "public", None])
def test_weeks_unemployed_choose_the_instrument(weeks: int, name: str, employer: EmployerKind | None) -> None:
    found = instrument_for(weeks, employer, DAY)

    assert found is not None
    assert (found.name, found.expired) == (name, False)


@pytest.mark.parametrize(
    ("kind", "weeks", "name"),
    [
        ("vikariat", 0, "vikariat"),
        ("vikariat", 60, "vikariat"),
        ("praktik", 12, "ordinary"),
        ("praktik", 13, "virksomhedspraktik"),
        ("praktik", 40, "virksomhedspraktik"),
        ("loentilskud", 25, "ordinary"),
        ("loentilskud", 26, "loentilskud"),
        ("loentilskud", 80, "loentilskud"),
        ("ordinary", 20, "virksomhedspraktik"),
    ],
)
def test_a_posting_that_is_an_instrument_comes_first(kind: EmploymentType, weeks: int, name: str) -> None:
    assert proposed(weeks, kind).name == name


def test_a_posting_whose_time_has_not_come_says_when_it_will() -> None:
    found = proposed(4, "loentilskud")

    assert "6 måneders" in found.text("da")
    assert "6 months" in found.text("en")


def test_unknown_weeks_choose_nothing_but_what_holds_for_all() -> None:
    assert instrument_for(None, "private", DAY) is None
    assert proposed(None, "vikariat").name == "vikariat"


def test_rules_that_are_over_are_shown_as_expired_with_their_dates() -> None:
    found = proposed(20, day=date(2026, 5, 1))

    assert (found.name, found.expired) == ("virksomhedspraktik", True)
    assert (found.valid_from, found.valid_to) == (date(2020, 1, 1), date(2020, 12, 31))
    assert shipped().expired(date(2026, 5, 1)) == date(2020, 12, 31)
    assert shipped().expired(DAY) is None


def test_before_the_first_rule_there_is_none() -> None:
    assert instrument_for(20, "private", date(2019, 12, 31)) is None
    assert shipped().expired(date(2019, 12, 31)) is None


def test_newer_rules_are_not_mixed_with_those_that_are_over() -> None:
    old = a_rule(instrument='"course"', valid_from="2025-01-01", valid_to="2025-12-31")
    new = a_rule(valid_from="2026-01-01", valid_to="2026-12-31", weeks_to="12")
    table = Instruments(*parse_rules(FILE, old + new))

    assert table.instrument_for(20, None, date(2026, 3, 1)) is None
    assert table.instrument_for(20, None, date(2027, 3, 1)) is None
    found = table.instrument_for(5, None, date(2027, 3, 1))
    assert found is not None
    assert (found.name, found.expired) == ("ordinary", True)


def test_a_rule_for_public_employers_is_for_no_other() -> None:
    table = Instruments(*parse_rules(FILE, a_rule(employer='"public"')))

    assert table.instrument_for(5, "public", date(2026, 3, 1)) is not None
    assert table.instrument_for(5, "private", date(2026, 3, 1)) is None
    assert table.instrument_for(5, None, date(2026, 3, 1)) is None


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("Offentlig forvaltning", None), "public"),
        (("sundhed", "Hjørring Kommune"), "public"),
        (("offentlige myndigheder", ""), "public"),
        (("stat", None), "public"),
        ((None, "Arbejdstilsynet og Miljøstyrelsen"), "public"),
        (("Public administration", None), "public"),
        (("statistik og analyse", "Regionalbanken"), "private"),
        (("maskinindustri", "Nordstål A/S"), "private"),
        ((None, "  "), None),
        ((), None),
    ],
)
def test_an_employer_is_public_by_its_sector_or_its_name(
    names: tuple[str | None, ...], kind: EmployerKind | None
) -> None:
    assert shipped().employer_kind(*names) == kind


def test_a_home_without_a_file_has_the_shipped_rules(tmp_path: Path) -> None:
    assert open_instruments(tmp_path) == shipped()


def test_the_municipalitys_own_file_replaces_the_shipped_rules(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("﻿" + a_rule(da='"Ny regel på plads."'), encoding="utf-8")
    table = open_instruments(tmp_path)

    assert [rule.da for rule in table.rules] == ["Ny regel på plads."]
    assert table.public == shipped().public


def test_the_municipality_can_say_which_words_tell_a_public_employer(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('public = ["havn*"]\n' + a_rule(), encoding="utf-8")
    table = open_instruments(tmp_path)

    assert table.employer_kind("Havnen i Skagen") == "public"
    assert table.employer_kind("Hjørring Kommune") == "private"


def test_an_own_file_that_contradicts_itself_is_refused_and_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(a_rule() + a_rule(instrument='"course"'), encoding="utf-8")

    with pytest.raises(InvalidRules, match="proposes 'ordinary' and rule 2 'course'"):
        open_instruments(tmp_path)


def test_an_own_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(a_rule(da='"Løntilskud"'), encoding="latin-1")

    with pytest.raises(InvalidRules, match="cannot be read"):
        open_instruments(tmp_path)
