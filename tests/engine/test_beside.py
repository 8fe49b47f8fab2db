"""What stands beside a match: shown, cut by where somebody asks for it, and never part of a score."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.beside import FromAnywhere
from matcher.engine import Engine
from matcher.features import FEATURES
from matcher.labour.instruments import Instruments, shipped
from matcher.labour.rules import parse_rules
from matcher.listing import Filters
from matcher.read_once import FEW
from matcher.records import Match, Posting
from tests.builders import a_candidate, a_posting, bare
from tests.labour.test_rules import a_rule

IN_2020 = Filters(as_of=date(2020, 9, 1))


def stored(engine: Engine, *, candidate: dict[str, Any] | None = None, posting: dict[str, Any] | None = None) -> None:
    engine.store.save(
        bare(replace(a_candidate("engineer"), **(candidate or {})), replace(a_posting(), **(posting or {})))
    )


def the_match(engine: Engine, filters: Filters = IN_2020) -> Match:
    [match] = [found for found in engine.match_posting("p1", filters=filters) if found.candidate == "engineer"]
    [other] = [found for found in engine.match_candidate("engineer", filters=filters) if found.posting == "p1"]
    assert replace(other, rank=match.rank) == match
    return match


def test_a_match_carries_the_straight_line_between_both_from_either_side(engine: Engine) -> None:
    stored(engine, candidate={"postcode": "9000"}, posting={"postcode": "9900"})

    assert the_match(engine).distance_km == pytest.approx(57, abs=1)


@pytest.mark.parametrize("postcode", [None, "0001"])
def test_an_unknown_place_has_no_distance_and_is_no_obstacle(engine: Engine, postcode: str | None) -> None:
    stored(engine, candidate={"postcode": "9000", "max_km": 5.0}, posting={"postcode": postcode})

    assert the_match(engine, replace(IN_2020, max_km=1.0)).distance_km is None


def test_a_match_carries_the_instrument_of_the_day(engine: Engine) -> None:
    stored(engine, candidate={"weeks_unemployed": 20})

    during, after = the_match(engine).instrument, the_match(engine, Filters(as_of=date(2026, 9, 1))).instrument
    assert during is not None
    assert (during.name, during.expired) == ("virksomhedspraktik", False)
    assert after == replace(during, expired=True)


def test_the_rules_of_the_home_decide(engine: Engine) -> None:
    stored(engine, candidate={"weeks_unemployed": 20}, posting={"sector": "Offentlig forvaltning"})
    rules, _ = parse_rules("own", a_rule(employer='"public"', instrument='"course"', valid_from="2020-01-01"))
    engine.instruments = Instruments(rules, shipped().public)

    found = the_match(engine).instrument
    assert found is not None
    assert found.name == "course"


@pytest.mark.parametrize(
    ("candidate", "posting"),
    [
        ({"weeks_unemployed": 0}, {}),
        ({"weeks_unemployed": 100}, {"employment_type": "loentilskud"}),
        ({"postcode": "9000"}, {"postcode": "9990"}),
        ({"postcode": "9990", "max_km": 500.0, "weeks_unemployed": 14}, {"postcode": "9990", "sector": "stat"}),
    ],
    ids=str,
)
def test_neither_distance_nor_instrument_touches_features_or_scores(
    engine: Engine, candidate: dict[str, Any], posting: dict[str, Any]
) -> None:
    stored(engine)
    plain = the_match(engine)
    asked = engine.subject("posting", "p1")
    features = engine.features(asked.rows, "candidate", ["engineer"]).tolist()
    stored(engine, candidate=candidate, posting=posting)
    beside = the_match(engine)
    asked = engine.subject("posting", "p1")

    assert (beside.distance_km, beside.instrument) != (plain.distance_km, plain.instrument)
    names = ("distance_km", "instrument", "unknown_postcode")
    assert replace(beside, **{name: getattr(plain, name) for name in names}) == plain
    assert engine.features(asked.rows, "candidate", ["engineer"]).tolist() == features


def test_no_feature_is_named_after_what_stands_beside() -> None:
    assert [name for name in FEATURES if any(word in name for word in ("distance", "km", "instrument", "week"))] == []


def test_the_candidates_own_reach_leaves_a_posting_out_and_a_reader_can_look_beyond_it(engine: Engine) -> None:
    stored(engine, candidate={"postcode": "9000", "max_km": 30.0}, posting={"postcode": "9900"})

    assert "p1" not in {match.posting for match in engine.match_candidate("engineer", filters=IN_2020)}
    assert engine.left_out(engine.posting("p1"), IN_2020) == {"distance": 1}
    assert the_match(engine, replace(IN_2020, wishes=False)).distance_km == pytest.approx(57, abs=1)


def test_a_job_that_can_be_done_from_anywhere_is_never_too_far(engine: Engine) -> None:
    remote = replace(a_posting(text=a_posting().text + "\nStillingen er 100 % remote.\n"), postcode="9900")
    engine.store.save(bare(replace(a_candidate("engineer"), postcode="9000", max_km=30.0), remote))

    assert the_match(engine, replace(IN_2020, max_km=10.0)).distance_km == pytest.approx(57, abs=1)


def test_what_can_be_done_from_anywhere_is_read_anew_when_a_posting_changes(engine: Engine) -> None:
    anywhere = FromAnywhere(engine.store)
    assert not anywhere("p1")

    engine.store.save(bare(replace(a_posting(), text="Arbejd hvorfra du vil.")))
    assert anywhere("p1")
    engine.store.save(bare(a_posting()))
    assert not anywhere("p1")
    engine.store.delete("posting", "p1")
    assert not anywhere("p1")


def test_many_postings_are_read_in_one_go(engine: Engine) -> None:
    many = [
        Posting(id=f"m{number:03}", title="Job", text="Fully remote." if number % 2 else "I Hobro.", language="da")
        for number in range(FEW + 10)
    ]
    engine.store.save(bare(*many))
    anywhere = FromAnywhere(engine.store)

    assert [posting.id for posting in many if anywhere(posting.id)] == [posting.id for posting in many[1::2]]
