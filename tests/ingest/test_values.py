"""Values as people write them: Danish and ISO dates, decimal commas, yes and no."""

from datetime import date, datetime

import pytest

from matcher.ingest.report import rendered
from matcher.ingest.values import Fields


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026-12-31T00:00:00", date(2026, 12, 31)),
        ("31-12-2026", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("1/2/2026", date(2026, 2, 1)),
        ("31-12-26", date(2026, 12, 31)),
        ("2026-06", date(2026, 6, 1)),
        ("2026", date(2026, 1, 1)),
        (2026, date(2026, 1, 1)),
        (datetime(2026, 12, 31, 8, 0), date(2026, 12, 31)),  # noqa: DTZ001 (Excel knows no time zones)
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_date_is_read_in_danish_and_iso_form(written: object, day: date) -> None:
    fields = Fields({"finished": written})

    assert fields.date("finished") == day
    assert fields.notices == []


@pytest.mark.parametrize("written", ["31-02-2026", "i sommer", "12-31-2026", "13"])
def test_what_is_no_date_is_left_out_with_a_notice(written: str) -> None:
    fields = Fields({"finished": written})

    assert fields.date("finished") is None
    assert written in rendered(fields.notices[0], "en")
    assert "dato" in rendered(fields.notices[0], "da")


@pytest.mark.parametrize(
    ("written", "number"), [("12,5", 12.5), ("12.5", 12.5), ("1.250,5", 1250.5), ("50 km", 50.0), (30, 30.0)]
)
def test_a_number_may_have_a_decimal_comma(written: object, number: float) -> None:
    assert Fields({"max_km": written}).number("max_km") == number


@pytest.mark.parametrize("written", ["langt", "-5", "nan", "inf", "1e400"])
def test_a_number_that_makes_no_sense_is_left_out_with_a_notice(written: str) -> None:
    fields = Fields({"max_km": written})

    assert fields.number("max_km") is None
    assert len(fields.notices) == 1


def test_a_whole_number_is_whole_and_large_enough() -> None:
    assert Fields({"openings": "2"}).whole("openings", least=1) == 2
    assert Fields({"openings": 2.0}).whole("openings", least=1) == 2
    assert Fields({"openings": "0"}).whole("openings", least=1) is None
    assert Fields({"openings": "1,5"}).whole("openings", least=1) is None


@pytest.mark.parametrize(("written", "flag"), [("ja", True), ("1", True), (True, True), ("Nej", False), (False, False)])
def test_yes_and_no_are_understood(written: object, flag: object) -> None:
    assert Fields({"exposed": written}).flag("exposed") is flag


def test_neither_yes_nor_no_is_left_out_with_a_notice() -> None:
    fields = Fields({"exposed": "måske"})

    assert fields.flag("exposed") is None
    assert len(fields.notices) == 1


def test_missing_values_are_missing_without_a_notice() -> None:
    fields = Fields({"finished": None, "max_km": ""})

    assert fields.date("finished") is None
    assert fields.number("max_km") is None
    assert fields.flag("exposed") is None
    assert fields.whole("openings") is None
    assert fields.optional("municipality") is None
    assert fields.notices == []


def test_a_postcode_from_a_spreadsheet_keeps_no_decimals() -> None:
    assert Fields({"postcode": 9000.0}).text("postcode") == "9000"


def test_a_value_of_the_wrong_type_is_left_out_with_a_notice() -> None:
    fields = Fields({"municipality": ["Aalborg"], "sector": True})

    assert (fields.text("municipality"), fields.text("sector")) == ("", "")
    assert len(fields.notices) == 2


def test_a_list_in_one_cell_is_split() -> None:
    assert Fields({"hires": "2024: ingeniør; 2025: jurist\n2026: sociolog"}).texts("hires") == (
        "2024: ingeniør",
        "2025: jurist",
        "2026: sociolog",
    )
    assert Fields({"hires": ["2024: ingeniør; svejst"]}).texts("hires") == ("2024: ingeniør; svejst",)


@pytest.mark.parametrize(
    ("written", "value"),
    [("ordinary", "ordinary"), ("Fuldtid", "ordinary"), ("Løntilskud", "loentilskud"), ("barselsvikariat", "vikariat")],
)
def test_a_value_of_a_fixed_list_is_known_in_its_usual_spellings(written: str, value: str) -> None:
    assert Fields({"employment_type": written}).fixed("employment_type") == value


def test_an_unknown_value_of_a_fixed_list_is_noticed() -> None:
    fields = Fields({"employment_type": "on the moon"})

    assert fields.fixed("employment_type") == ""
    assert "on the moon" in rendered(fields.notices[0], "en")


def test_a_notice_never_shows_a_cpr_number() -> None:
    fields = Fields({"finished": "120598-1234"})
    fields.date("finished")

    assert "1234" not in rendered(fields.notices[0], "en")
