"""The count beside a choice is the length of the list that the choice brings: for any pool, any filters, any choice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.engine import Engine
from matcher.facets import FACETS, Facet, facets, remaining
from matcher.labour.families import FAMILIES
from matcher.labour.geography import municipality_set
from matcher.listing import Filters, Market
from matcher.records import LANGUAGES, Candidate, EmploymentType, InstrumentName, Posting
from tests.builders import NURSE_CV, a_candidate, a_posting, bare

DAY = date(2020, 9, 1)
"""The shipped rules of instruments are valid on it."""
POSTING = Posting(
    id="p1", title="Jurist", text="Et opslag.", language="da", employer="Aalborg Kommune", municipality="Aalborg",
    postcode="9000", employment_type="ordinary", hours=37.0,
)  # fmt: skip
PLACES = [None, "Aalborg", "Aalborg Kommune", "hjørring", "Malmö", "Aarhus"]
POSTCODES = [None, "9000", "9800", "8000", "0000", "Skagen"]
DAYS = [None, DAY - timedelta(days=30), DAY, DAY + timedelta(days=30)]
TYPES: tuple[EmploymentType, ...] = get_args(EmploymentType)
INSTRUMENTS: tuple[InstrumentName, ...] = get_args(InstrumentName)


def subsets(values: Iterable[str], most: int = 2) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(sorted(values)), max_size=most)


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    return Candidate(
        id="drawn",
        text="Et cv.",
        language=draw(st.sampled_from(LANGUAGES)),
        programme=draw(st.sampled_from([None, "Maskiningeniør", "cand.jur.", "Sygeplejerske", "Livets skole"])),
        municipality=draw(st.sampled_from(PLACES)),
        postcode=draw(st.sampled_from(POSTCODES)),
        weeks_unemployed=draw(st.sampled_from([None, 0, 5, 20, 30, 60])),
        available_from=draw(st.sampled_from(DAYS)),
        registered=draw(st.sampled_from(DAYS)),
        max_km=draw(st.sampled_from([None, 10.0, 100.0])),
        wanted_types=tuple(sorted(draw(subsets(TYPES, 1)))),  # type: ignore[arg-type]
        wanted_municipalities=tuple(sorted(draw(subsets(["Aalborg", "Hjørring"], 1)))),
        most_hours=draw(st.sampled_from([None, 20.0, 40.0])),
    )


@st.composite
def any_filters(draw: st.DrawFn) -> Filters:
    return Filters(
        as_of=DAY,
        municipalities=municipality_set(draw(subsets(["Aalborg", "Hjørring", "RAR Nordjylland"]))),
        max_km=draw(st.sampled_from([None, 0.0, 60.0])),
        languages=draw(subsets(LANGUAGES)),  # type: ignore[arg-type]
        families=draw(subsets(FAMILIES)),
        instruments=draw(subsets(INSTRUMENTS)),  # type: ignore[arg-type]
        available_by=draw(st.sampled_from(DAYS)),
        wishes=draw(st.booleans()),
    )


def choosing(filters: Filters, facet: Facet, value: str) -> Filters:
    """The filters after somebody chose one value of one filter."""
    return replace(filters, **{facet: frozenset({value})})  # type: ignore[arg-type]


@given(pool=st.lists(candidates(), max_size=12), filters=any_filters())
def test_the_count_of_a_choice_is_the_length_of_the_list_after_choosing_it(
    pool: list[Candidate], filters: Filters
) -> None:
    people = {f"c{number}": replace(one, id=f"c{number}") for number, one in enumerate(pool)}
    market = Market(people, {POSTING.id: POSTING})

    counts = facets(market, POSTING, sorted(people), filters)

    for facet in FACETS:
        for value, count in counts[facet].items():
            assert count == remaining(market, POSTING, sorted(people), choosing(filters, facet, value))
    for facet, choices in (("languages", LANGUAGES), ("families", FAMILIES), ("instruments", INSTRUMENTS)):
        for value in choices:  # a choice without a count brings nobody
            left = remaining(market, POSTING, sorted(people), choosing(filters, facet, value))
            assert counts[facet][value] == left


@given(pool=st.lists(candidates(), max_size=12), filters=any_filters())
def test_a_filter_only_ever_takes_away(pool: list[Candidate], filters: Filters) -> None:
    people = {f"c{number}": replace(one, id=f"c{number}") for number, one in enumerate(pool)}
    market = Market(people, {POSTING.id: POSTING})
    kept = set(market.candidates_for(POSTING, people, filters).kept)

    for name in (*FACETS, "max_km", "available_by"):
        assert kept <= set(
            market.candidates_for(POSTING, people, replace(filters, **{name: getattr(Filters(), name)})).kept
        )


def test_a_municipality_nobody_can_choose_is_not_offered() -> None:
    market = Market({"c1": Candidate(id="c1", text="Et cv.", language="da", municipality="Malmö")}, {})

    assert facets(market, POSTING, ["c1"], Filters(as_of=DAY))["municipalities"] == {}


@pytest.fixture
def varied(engine: Engine) -> Engine:
    """A pool where every filter tells some from others."""
    engine.store.save(
        bare(
            replace(a_candidate("near"), municipality="Aalborg", postcode="9000", programme="Maskiningeniør",
                    weeks_unemployed=20, available_from=date(2020, 8, 1)),
            replace(a_candidate("far"), municipality="Aarhus", postcode="8000", programme="Maskiningeniør",
                    weeks_unemployed=30, available_from=date(2021, 1, 1)),
            replace(a_candidate("nurse", NURSE_CV), postcode="9800", programme="Sygeplejerske", weeks_unemployed=2),
            replace(a_posting("local"), employer="Maskinværket", postcode="9000", municipality="Aalborg"),
        )
    )  # fmt: skip
    engine.refresh()
    return engine


ASKED = [
    Filters(as_of=DAY),
    Filters(as_of=DAY, max_km=60.0),
    Filters(as_of=DAY, municipalities=municipality_set(["RAR Nordjylland"])),
    Filters(as_of=DAY, municipalities=frozenset({"Aalborg", "Aarhus"})),
    Filters(as_of=DAY, languages=frozenset({"en"})),
    Filters(as_of=DAY, families=frozenset({"07"})),
    Filters(as_of=DAY, instruments=frozenset({"virksomhedspraktik"})),
    Filters(as_of=DAY, available_by=date(2020, 12, 1)),
    Filters(as_of=DAY, families=frozenset({"07"}), max_km=60.0),
]


@pytest.mark.parametrize("filters", ASKED)
def test_counts_agree_with_the_list_that_the_engine_then_makes(varied: Engine, filters: Filters) -> None:
    ids, posting = varied.listable("candidate"), varied.posting("local")
    counts = facets(varied.market(), posting, ids, filters)

    assert remaining(varied.market(), posting, ids, filters) == len(varied.match_posting("local", filters=filters))
    for facet in FACETS:
        for value, count in counts[facet].items():
            assert count == len(varied.match_posting("local", limit=100, filters=choosing(filters, facet, value)))


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(max_km=60.0), {"near", "nurse", "engineer", "nurse-da", "nurse-en"}),
        (Filters(municipalities=municipality_set(["RAR Nordjylland"])), {"near", "nurse"}),
        (Filters(municipalities=frozenset({"Aarhus"})), {"far"}),
        (Filters(municipalities=frozenset({"Aarhus", "Aalborg"})), {"far", "near"}),
        (Filters(languages=frozenset({"en"})), {"nurse", "nurse-en"}),
        (Filters(families=frozenset({"07"})), {"near", "far", "engineer"}),
        (Filters(instruments=frozenset({"virksomhedspraktik"})), {"near"}),
        (Filters(available_by=date(2020, 12, 1)), {"near", "nurse", "engineer", "nurse-da", "nurse-en"}),
    ],
    ids=["radius", "region", "municipality", "municipalities", "language", "family", "instrument", "available"],
)
def test_each_filter_is_applied_inside_the_search(varied: Engine, filters: Filters, wanted: set[str]) -> None:
    asked = replace(filters, as_of=DAY)
    short = replace(varied.retrieval, exact=0, keep=1)
    searched = varied.scoring_with(varied.ranker)
    searched.retrieval = short  # a list of one out of the nearest one: whoever is filtered away takes no place on it

    assert {match.candidate for match in varied.match_posting("local", filters=asked)} == wanted
    for limit in (1, 2):
        found = searched.match_posting("local", limit=limit, filters=asked)
        assert len(found) == min(limit, len(wanted))
        assert {match.candidate for match in found} <= wanted


def test_no_filter_moves_a_score(varied: Engine) -> None:
    free = {match.candidate: match.score for match in varied.match_posting("local", filters=Filters(as_of=DAY))}

    for filters in ASKED:
        for match in varied.match_posting("local", filters=filters):
            assert match.score == free[match.candidate]
