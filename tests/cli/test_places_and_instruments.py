"""Distance, radius and instrument as a user of the command line meets them."""

from pathlib import Path

import pytest

from tests.builders import WELDER_CV, WELDING_POSTING
from tests.cli.conftest import Matcher, write_lines
from tests.labour.test_rules import a_rule


@pytest.fixture
def spread(matcher: Matcher, tmp_path: Path) -> Matcher:
    """A posting in Frederikshavn, and three like candidates: in Sæby, in Aalborg, and nobody knows where."""
    people = write_lines(
        tmp_path / "c.jsonl",
        {"id": "near", "text": WELDER_CV, "postcode": "9300", "weeks_unemployed": 20, "max_km": 30},
        {"id": "far", "text": WELDER_CV, "postcode": "9000", "municipality": "Aalborg"},
        {"id": "nowhere", "text": WELDER_CV},
    )
    jobs = write_lines(
        tmp_path / "p.jsonl", {"id": "job", "title": "Ingeniør", "text": WELDING_POSTING, "postcode": "9900"}
    )
    assert matcher("ingest", "candidates", people).code == 0
    assert matcher("ingest", "postings", jobs).code == 0
    return matcher


def test_a_shortlist_carries_distances_and_the_instrument_with_its_rule(spread: Matcher) -> None:
    matches = spread("shortlist", "job", "--as-of", "2020-09-01", "--json").json["matches"]
    by_id = {match["candidate"]: match for match in matches}

    assert by_id["near"]["distance_km"] == pytest.approx(12, abs=2)
    assert by_id["far"]["distance_km"] == pytest.approx(57, abs=2)
    assert by_id["nowhere"]["distance_km"] is None
    assert by_id["near"]["instrument"] == {
        "name": "virksomhedspraktik",
        "da": "Efter 13 ugers ledighed: virksomhedspraktik.",
        "en": "After 13 weeks unemployed: a work placement (virksomhedspraktik).",
        "valid_from": "2020-01-01",
        "valid_to": "2020-12-31",
        "source": "Aalborg Kommunes plan for ledige dimittender, 2020",
        "expired": False,
    }
    assert by_id["far"]["instrument"] is None


def test_a_radius_leaves_out_who_is_farther_and_keeps_who_is_nowhere(spread: Matcher) -> None:
    answer = spread("shortlist", "job", "--max-km", 40, "--json").json

    assert {match["candidate"] for match in answer["matches"]} == {"near", "nowhere"}
    assert answer["left_out"] == {"filter": 1}


def test_people_are_told_distances_who_is_nowhere_and_that_the_rules_are_over(spread: Matcher) -> None:
    shown = " ".join(spread("shortlist", "job", "--as-of", "2026-09-01", "--explain", 3).out.split())

    assert "57 km" in shown
    assert "Distance unknown for 1: a postcode is missing or not in the table." in shown
    assert "Instrument: work placement (virksomhedspraktik). After 13 weeks unemployed" in shown
    assert "The rules were valid until 2020-12-31 and have not been renewed" in shown


def test_what_lies_beyond_the_candidates_reach_is_counted_as_too_far(spread: Matcher, tmp_path: Path) -> None:
    away = write_lines(
        tmp_path / "p2.jsonl", {"id": "away", "title": "Ingeniør", "text": WELDING_POSTING, "postcode": "7700"}
    )
    assert spread("ingest", "postings", away).code == 0

    answer = spread("suggest", "near", "--json").json
    assert [match["posting"] for match in answer["postings"]] == ["job"]
    assert "too far away 1" in spread("suggest", "near").out
    assert "kilometres at most: 30" in spread("suggest", "near").out
    everything = spread("suggest", "near", "--ignore-wishes", "--json").json
    assert {match["posting"] for match in everything["postings"]} == {"job", "away"}


def test_all_of_north_jutland_is_one_name(spread: Matcher) -> None:
    answer = spread("shortlist", "job", "--municipality", "RAR Nordjylland", "--json").json

    assert [match["candidate"] for match in answer["matches"]] == ["far", "near"]  # one by its postcode alone


def test_a_municipality_that_nobody_knows_is_refused(spread: Matcher) -> None:
    answer = spread("shortlist", "job", "--municipality", "Aalbrog")

    assert answer.code == 1
    assert "'Aalborg'" in answer.err


def test_rules_of_the_home_that_contradict_each_other_are_refused_with_words(spread: Matcher, home: Path) -> None:
    (home / "instruments.toml").write_text(a_rule() + a_rule(instrument='"course"'), encoding="utf-8")
    answer = spread("shortlist", "job")

    assert answer.code == 1
    assert "rule 1 proposes 'ordinary' and rule 2 'course'" in " ".join(answer.err.split())
