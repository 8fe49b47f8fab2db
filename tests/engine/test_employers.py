"""Which employers a candidate is shown: those that are looking, those that were, those that may be and do not say."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher import assemble
from matcher.bands import BANDS
from matcher.competences.reading import read_posting
from matcher.employers import LIVE_FIRST, suggest_employers
from matcher.engine import Engine
from matcher.listing import Filters
from matcher.profiles import MOST_EARLIER, earlier, profile
from matcher.records import Employer, EmployerMatch, Placement, Posting
from matcher.settings import Settings
from tests.builders import DANISH_NURSE_CV, HEALTH_POSTING, WELDING_POSTING, a_candidate, a_posting, bare

DAY = date(2026, 6, 15)
ANY_DAY = Filters(as_of=DAY)
WORKSHOP = "Vi svejser rammer til maskiner. Vi mangler indimellem folk, der kan tegne i SolidWorks og regne i Ansys."
FARM = "Vi dyrker gulerødder og leverer dem til butikker i hele landet."


def an_employer(id: str, name: str, text: str = "", **facts: Any) -> Employer:
    return Employer(id=id, name=name, text=text, **facts)


def a_job(id: str, employer: str, text: str = WELDING_POSTING, **facts: Any) -> Posting:
    return replace(a_posting(id, text=text), employer=employer, **facts)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, hashing_models: Path) -> Engine:
    """One who welds, one who nurses; employers with an open posting, a closed one, a filled one, and with none."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), models=hashing_models, encoder="hashing")
    made = assemble.engine(settings)
    made.store.save(
        bare(
            a_candidate("engineer"),
            a_candidate("nurse", DANISH_NURSE_CV),
            an_employer("e-silent", "Rammeværket", WORKSHOP, hires=("2023: maskiningeniør",), municipality="Rebild"),
            an_employer("e-farm", "Grøntgården", FARM),
            an_employer("e-open", "Svejsehuset A/S", "Vi svejser.", municipality="Aalborg"),
            a_job("open-1", "SVEJSEHUSET  A/S", municipality="Aalborg"),
            a_job("open-2", "Svejsehuset A./S.", f"{WELDING_POSTING}\nDu kan også tysk.\n"),
            a_job("closed", "Stålgården", deadline=date(2026, 6, 14), municipality="Hjørring"),
            a_job("filled", "Rørbyggeren", openings=1),
            a_job("clinic", "Sundhedshuset", HEALTH_POSTING),
            a_job("nobodys", "", WELDING_POSTING),
        )
    )
    made.store.save_placements([Placement(candidate="else", posting="filled", date=DAY, outcome="hired")])
    return made


@pytest.fixture(scope="module")
def found(engine: Engine) -> list[EmployerMatch]:
    return suggest_employers(engine, "engineer", filters=ANY_DAY)


def named(matches: list[EmployerMatch]) -> dict[str, EmployerMatch]:
    assert len({match.employer for match in matches}) == len(matches)
    return {match.employer: match for match in matches}


def test_an_employer_without_postings_is_suggested_by_what_it_is_known_for_and_says_so(
    found: list[EmployerMatch],
) -> None:
    silent = named(found)["Rammeværket"]

    assert (silent.id, silent.basis, silent.postings) == ("e-silent", "profile", ())
    assert silent.score > named(found)["Grøntgården"].score
    assert silent.why


@pytest.mark.parametrize("name", ["Stålgården", "Rørbyggeren"], ids=["expired", "filled"])
def test_a_posting_that_is_closed_is_told_as_an_earlier_one(found: list[EmployerMatch], name: str) -> None:
    was_looking = named(found)[name]

    assert (was_looking.id, was_looking.basis, was_looking.postings) == (None, "earlier_posting", ())
    assert was_looking.why


def test_the_same_posting_was_open_the_day_before(engine: Engine) -> None:
    before = named(suggest_employers(engine, "engineer", filters=Filters(as_of=date(2026, 6, 14))))

    assert {name: before[name].basis for name in ("Stålgården", "Rørbyggeren")} == {
        "Stålgården": "open_posting",
        "Rørbyggeren": "open_posting",
    }
    assert before["Stålgården"].postings == ("closed",)


def test_an_employer_whose_name_is_spelled_differently_is_one(found: list[EmployerMatch]) -> None:
    [house] = [match for match in found if "svejsehuset" in match.employer.casefold()]

    assert (house.id, house.basis) == ("e-open", "open_posting")
    assert set(house.postings) == {"open-1", "open-2"}


def test_its_open_postings_come_best_first_and_the_score_is_of_the_first(
    engine: Engine, found: list[EmployerMatch]
) -> None:
    [house] = [match for match in found if match.id == "e-open"]
    scores = {match.posting: match.score for match in engine.match_candidate("engineer", filters=ANY_DAY)}

    assert house.score == scores[house.postings[0]] == max(scores[id] for id in house.postings)


def test_a_posting_that_names_no_employer_suggests_none(found: list[EmployerMatch]) -> None:
    assert "" not in named(found)
    assert all("nobodys" not in match.postings for match in found)


def test_bands_come_first_then_live_need_then_score(found: list[EmployerMatch]) -> None:
    places = [(BANDS.index(m.band), LIVE_FIRST.index(m.basis), -m.score) for m in found]

    assert places == sorted(places)


def test_within_a_band_an_open_posting_comes_before_a_better_profile(engine: Engine) -> None:
    matches = suggest_employers(engine, "nurse", filters=ANY_DAY)
    names = [match.employer for match in matches]
    pairs = [
        (live, other)
        for live in matches
        for other in matches
        if live.band == other.band and live.basis == "open_posting" != other.basis and live.score < other.score
    ]

    assert pairs != []
    assert all(names.index(live.employer) < names.index(other.employer) for live, other in pairs)


def test_why_quotes_what_the_employer_is_known_for_and_the_cv(engine: Engine, found: list[EmployerMatch]) -> None:
    cv = engine.candidate("engineer").text
    told = {
        "Rammeværket": profile(an_employer("x", "x", WORKSHOP, hires=("2023: maskiningeniør",))).text,
        "Stålgården": engine.posting("closed").text,
    }

    for name, text in told.items():
        reasons = named(found)[name].why
        assert reasons
        for reason in reasons:
            assert reason.posting_evidence in text
            assert reason.candidate_evidence is None or reason.candidate_evidence in cv
            assert reason.status != "missing"
    assert any(reason.candidate_evidence for name in told for reason in named(found)[name].why)


def test_an_employer_lies_where_the_candidate_wants_to_work_or_nowhere(engine: Engine) -> None:
    wishing = replace(a_candidate("wishing"), wanted_municipalities=("Hjørring Kommune",))
    names = set(named(suggest_employers(engine, wishing, filters=ANY_DAY)))
    everywhere = set(named(suggest_employers(engine, wishing, filters=replace(ANY_DAY, wishes=False))))

    assert {"Stålgården", "Rørbyggeren", "Grøntgården", "Sundhedshuset"} <= names
    assert "Rammeværket" not in names
    assert "Rammeværket" in everywhere


def test_a_reader_who_asks_for_a_municipality_gets_employers_there(engine: Engine) -> None:
    asked = replace(ANY_DAY, municipalities=frozenset({"Rebild"}))

    assert [match.id for match in suggest_employers(engine, "engineer", filters=asked)] == ["e-silent"]


def test_the_limit_keeps_the_best(engine: Engine, found: list[EmployerMatch]) -> None:
    assert suggest_employers(engine, "engineer", limit=2, filters=ANY_DAY) == found[:2]
    assert suggest_employers(engine, "engineer", limit=0, filters=ANY_DAY) == []


def test_a_profile_is_the_description_and_a_line_for_each_earlier_hire_and_host() -> None:
    employer = an_employer(
        "e1",
        "Fjordrør",
        f"\n{WORKSHOP}\n",
        hires=("2024: geograf", "2023 - hydrolog", "smed"),
        hosts=("2022: diplomingeniør, 3 mdr.", "2021: geograf"),
        municipality="Rebild",
    )
    made = profile(employer)

    assert made.text == f"{WORKSHOP}\n- geograf\n- hydrolog\n- smed\n- diplomingeniør, 3 mdr."
    assert (made.id, made.employer, made.municipality, made.language) == ("e1", "Fjordrør", "Rebild", "da")
    assert made.title == "Fjordrør"
    quoted = [(section.kind, made.text[section.start : section.end].strip()) for section in made.sections]
    assert quoted == [("tasks", WORKSHOP), ("requirements", "- geograf\n- hydrolog\n- smed\n- diplomingeniør, 3 mdr.")]


def test_an_employer_that_says_nothing_is_its_name_and_one_that_only_hired_is_its_hires() -> None:
    bare_one = profile(an_employer("e1", "Fjordrør", sector="anlæg"))
    only_hired = profile(an_employer("e2", "Fjordrør", hires=("2024: geograf",)))

    assert (bare_one.text, bare_one.title) == ("Fjordrør", "anlæg")
    assert (only_hired.text, only_hired.title) == ("- geograf", "Fjordrør")
    assert [section.kind for section in only_hired.sections] == ["requirements"]


def test_every_earlier_hire_is_something_to_be_met_the_first_too() -> None:
    employer = an_employer("e1", "Fjordrør", "Vi graver.", hires=("2024: geograf", "2023: hydrolog"))

    assert [demand.evidence for demand in read_posting(profile(employer))] == ["geograf", "hydrolog"]


def test_of_a_long_history_the_first_counts_and_of_the_same_again_one() -> None:
    long = an_employer("e1", "x", hires=tuple(f"2020: fag {n}" for n in range(20)), hosts=("2021: fag 0", " ", "2022:"))

    assert earlier(long) == tuple(f"fag {n}" for n in range(MOST_EARLIER))
    assert earlier(an_employer("e2", "x", hires=("2024: jurist", "2023: jurist", "2020:"))) == ("jurist",)
