"""Who is missed by one thing only: named by what would have to give, and never a weak match."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.engine import Engine
from matcher.listing import Filters
from matcher.near_misses import FILTERS, WISHES, NearMiss, near_misses
from matcher.records import Posting
from tests.builders import NURSE_CV, a_candidate, a_posting, bare

DAY = date(2020, 9, 1)
TODAY = Filters(as_of=DAY)
WORDS = {"employer": "Maskinværket", "postcode": "9000", "municipality": "Aalborg", "employment_type": "ordinary"}
FACTS: dict[str, Any] = {
    "municipality": "Aarhus",
    "postcode": "8000",
    "programme": "Maskiningeniør",
    "weeks_unemployed": 20,
    "available_from": date(2020, 12, 1),
}


@pytest.fixture
def posting(engine: Engine) -> Posting:
    job = replace(a_posting("job"), hours=37.0, **WORDS)  # type: ignore[arg-type]
    engine.store.save(bare(job))
    return job


def missed(engine: Engine, filters: Filters = TODAY, limit: int = 5) -> list[NearMiss]:
    return near_misses(engine, engine.subject("posting", "job"), filters, limit=limit)


def somebody(engine: Engine, id: str = "far", **facts: Any) -> None:
    engine.store.save(bare(replace(a_candidate(id), **(FACTS | facts))))
    assert engine.match_posting("job", filters=Filters(as_of=DAY, wishes=False))[0].band != "weak"


@pytest.mark.parametrize(
    ("filters", "relaxation"),
    [
        (Filters(municipalities=frozenset({"Aalborg"})), "municipalities"),
        (Filters(max_km=50.0), "max_km"),
        (Filters(languages=frozenset({"en"})), "languages"),
        (Filters(families=frozenset({"09"})), "families"),
        (Filters(instruments=frozenset({"course"})), "instruments"),
        (Filters(available_by=date(2020, 10, 1)), "available_by"),
    ],
    ids=FILTERS,
)
def test_each_filter_of_the_reader_is_named(
    engine: Engine, posting: Posting, filters: Filters, relaxation: str
) -> None:
    somebody(engine)
    asked = replace(filters, as_of=DAY)

    assert "far" not in [match.candidate for match in engine.match_posting(posting.id, filters=asked)]
    assert {one.match.candidate: one.relaxation for one in missed(engine, asked)}["far"] == relaxation


@pytest.mark.parametrize(
    ("wish", "relaxation"),
    [
        ({"wanted_municipalities": ("Aarhus",)}, "area"),
        ({"wanted_types": ("vikariat",)}, "kind_of_job"),
        ({"most_hours": 20.0}, "hours"),
        ({"max_km": 30.0}, "distance"),
    ],
    ids=list(WISHES),
)
def test_each_wish_of_the_candidate_is_named(
    engine: Engine, posting: Posting, wish: dict[str, Any], relaxation: str
) -> None:
    somebody(engine, **wish)

    assert posting.id == "job"
    assert [(one.match.candidate, one.relaxation) for one in missed(engine)] == [("far", relaxation)]


def test_who_is_kept_away_by_two_things_is_no_near_miss(engine: Engine, posting: Posting) -> None:
    somebody(engine, most_hours=20.0)

    assert missed(engine, Filters(as_of=DAY, max_km=50.0)) == []
    assert posting.id == "job"


@pytest.mark.parametrize("second", [{"most_hours": 20.0}, {"wanted_municipalities": ("Aarhus",)}])
def test_two_wishes_in_the_way_are_not_one(engine: Engine, posting: Posting, second: dict[str, Any]) -> None:
    somebody(engine, wanted_types=("vikariat",), **second)

    assert posting.id == "job"
    assert missed(engine) == []


def test_giving_it_up_puts_them_on_the_list(engine: Engine, posting: Posting) -> None:
    somebody(engine)
    asked = Filters(as_of=DAY, max_km=50.0, languages=frozenset({"da"}))
    found = missed(engine, asked)

    assert found
    for one in found:
        relaxed = replace(asked, **{one.relaxation: getattr(Filters(), one.relaxation)})
        listed = {match.candidate: match.score for match in engine.match_posting(posting.id, filters=relaxed)}
        assert listed[one.match.candidate] == one.match.score


def test_nobody_who_is_on_the_list_is_a_near_miss(engine: Engine, posting: Posting) -> None:
    somebody(engine)
    listed = {match.candidate for match in engine.match_posting(posting.id, filters=TODAY)}

    assert "far" in listed
    assert missed(engine) == []


def test_a_weak_match_is_not_worth_giving_anything_up(engine: Engine, posting: Posting) -> None:
    engine.store.save(bare(replace(a_candidate("nurse", NURSE_CV), max_km=1.0, postcode="8000")))
    band = {match.candidate: match.band for match in engine.match_posting("job", filters=Filters(wishes=False))}

    assert band["nurse"] == "weak"
    assert "nurse" not in [one.match.candidate for one in missed(engine)]
    assert posting.id == "job"


def test_near_misses_are_explained_best_first_and_no_more_than_asked(engine: Engine, posting: Posting) -> None:
    for number in range(3):
        somebody(engine, f"far{number}")
    found = missed(engine, Filters(as_of=DAY, max_km=50.0), limit=2)

    assert [one.match.candidate for one in found] == ["far0", "far1"]
    assert all(one.match.demands and one.match.distance_km for one in found)
    assert posting.id == "job"


def test_a_posting_that_is_only_in_memory_has_near_misses_too(engine: Engine, posting: Posting) -> None:
    somebody(engine)
    subject = engine.subject("posting", replace(posting, id="pasted"))

    found = near_misses(engine, subject, Filters(as_of=DAY, max_km=50.0))

    assert [(one.match.candidate, one.relaxation) for one in found] == [("far", "max_km")]
