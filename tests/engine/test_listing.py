"""Who may stand on a list on a day: every reason to be left out, and that none of them moves a score."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from matcher import assemble
from matcher.engine import Engine
from matcher.errors import UnknownId
from matcher.listing import Cut, Filters, LeftOut, Market, suits, unwanted
from matcher.records import Candidate, Match, Outcome, Placement, Posting, PostingState
from tests.builders import a_candidate, bare

DAY = date(2026, 6, 15)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
TODAY = Filters(as_of=DAY)


def someone(id: str = "c1", **facts: Any) -> Candidate:
    return replace(Candidate(id=id, text="Et cv.", language="da"), **facts)


def a_job(id: str = "p1", **facts: Any) -> Posting:
    return replace(Posting(id=id, title="Jurist", text="Et opslag.", language="da"), **facts)


def a_hire(day: date, candidate: str = "c1", posting: str = "p1", outcome: Outcome = "hired") -> Placement:
    return Placement(candidate=candidate, posting=posting, date=day, outcome=outcome)


def market(candidate: Candidate | None = None, posting: Posting | None = None, *hires: Placement) -> Market:
    people, jobs = candidate or someone(), posting or a_job()
    return Market({people.id: people}, {jobs.id: jobs}, hires)


def why_not_posting(found: Market, filters: Filters = TODAY) -> LeftOut | None:
    """Why the one posting is not suggested to the one candidate."""
    [candidate] = found.candidates.values()
    return reason(found.postings_for(candidate, ["p1"], filters))


def why_not_candidate(found: Market, filters: Filters = TODAY) -> LeftOut | None:
    """Why the one candidate is not on the shortlist of the one posting."""
    [posting] = found.postings.values()
    return reason(found.candidates_for(posting, ["c1"], filters))


def reason(cut: Cut) -> LeftOut | None:
    assert len(cut.kept) + cut.left_out.total() == 1
    return next(iter(cut.left_out), None)


def test_a_posting_is_open_on_the_day_of_its_deadline_and_expired_on_the_next() -> None:
    found = market(posting=a_job(deadline=DAY))

    assert why_not_posting(found) is None
    assert why_not_posting(found, Filters(as_of=AFTER)) == "expired"


def test_a_posting_is_open_from_the_day_on_which_it_is_published() -> None:
    found = market(posting=a_job(published=DAY))

    assert why_not_posting(found, Filters(as_of=BEFORE)) == "not_yet"
    assert why_not_posting(found) is None


def test_a_posting_without_dates_is_open() -> None:
    assert why_not_posting(market()) is None


def test_a_posting_is_filled_when_each_of_its_openings_is() -> None:
    job = a_job(openings=2)
    one, both = [a_hire(BEFORE)], [a_hire(BEFORE, "c7"), a_hire(DAY, "c8")]

    assert market(None, job, *one).closed(job, DAY) is None
    assert market(None, job, *both).closed(job, BEFORE) is None
    assert market(None, job, *both).closed(job, DAY) == "filled"
    assert market(None, job, a_hire(DAY, posting="p2"), *one).closed(job, DAY) is None


def test_one_who_is_hired_and_still_there_fills_one_opening() -> None:
    job = a_job(openings=2)
    stayed = [a_hire(BEFORE, "c7"), a_hire(DAY, "c7", outcome="still_there")]

    assert market(None, job, *stayed).closed(job, AFTER) is None
    assert market(None, a_job(), *stayed).closed(a_job(), AFTER) == "filled"


def test_a_deadline_that_is_over_is_told_before_openings_that_are_filled() -> None:
    job = a_job(deadline=BEFORE)

    assert market(None, job, a_hire(BEFORE)).closed(job, DAY) == "expired"


def test_who_was_hired_is_not_looking_from_that_day_on() -> None:
    found = market(someone(registered=date(2026, 1, 1)), None, a_hire(DAY, posting="elsewhere"))

    assert why_not_candidate(found, Filters(as_of=BEFORE)) is None
    assert why_not_candidate(found) == "hired"
    assert why_not_candidate(found, Filters(as_of=AFTER)) == "hired"


def test_who_was_hired_and_never_said_when_registered_is_not_looking() -> None:
    assert why_not_candidate(market(None, None, a_hire(BEFORE))) == "hired"


def test_who_registers_again_after_a_hire_is_looking_again() -> None:
    again = someone(registered=DAY)

    assert why_not_candidate(market(again, None, a_hire(BEFORE, posting="elsewhere"))) is None
    assert why_not_candidate(market(again, None, a_hire(DAY, posting="elsewhere"))) == "hired"


def test_the_last_hire_counts_and_being_still_there_is_none() -> None:
    again = someone(registered=date(2026, 3, 1))
    early, stayed = a_hire(date(2026, 1, 5), posting="x"), a_hire(date(2026, 4, 5), posting="x", outcome="still_there")
    late = a_hire(date(2026, 5, 5), posting="y")

    assert why_not_candidate(market(again, None, stayed, early)) is None
    assert why_not_candidate(market(again, None, late, early)) == "hired"


def test_who_is_only_known_to_be_still_there_was_hired() -> None:
    assert why_not_candidate(market(None, None, a_hire(BEFORE, posting="x", outcome="still_there"))) == "hired"


def test_who_registers_later_is_not_registered_yet() -> None:
    found = market(someone(registered=DAY))

    assert why_not_candidate(found, Filters(as_of=BEFORE)) == "not_registered"
    assert why_not_candidate(found) is None


@pytest.mark.parametrize(
    ("wishes", "facts", "why"),
    [
        ({"wanted_municipalities": ("Hjørring",)}, {"municipality": "Aalborg"}, "area"),
        ({"wanted_municipalities": ("Hjørring", "Aalborg")}, {"municipality": "Aalborg"}, None),
        ({"wanted_types": ("ordinary", "vikariat")}, {"employment_type": "praktik"}, "kind_of_job"),
        ({"wanted_types": ("ordinary", "vikariat")}, {"employment_type": "vikariat"}, None),
        ({"most_hours": 30.0}, {"hours": 37.0}, "hours"),
        ({"most_hours": 30.0}, {"hours": 30.0}, None),
        ({"most_hours": 0.0}, {"hours": 10.0}, "hours"),
    ],
    ids=str,
)
def test_what_the_candidate_does_not_want_is_left_out_from_either_side(
    wishes: dict[str, Any], facts: dict[str, Any], why: LeftOut | None
) -> None:
    found = market(someone(**wishes), a_job(**facts))

    assert why_not_posting(found) == why
    assert why_not_candidate(found) == why
    ignoring = replace(TODAY, wishes=False)
    assert (why_not_posting(found, ignoring), why_not_candidate(found, ignoring)) == (None, None)


WISHFUL = someone(wanted_types=("ordinary",), wanted_municipalities=("Hjørring",), most_hours=20.0)


def test_what_a_posting_does_not_say_is_no_obstacle() -> None:
    assert unwanted(WISHFUL, a_job()) is None
    assert suits(WISHFUL, a_job(), TODAY)


def test_who_wishes_nothing_is_shown_everything() -> None:
    job = a_job(municipality="Læsø", employment_type="praktik", hours=60.0)

    assert unwanted(someone(), job) is None


@pytest.mark.parametrize(
    "written", ["aalborg", "Aalborg Kommune", "AALBORG KOMMUNE", "Aalborg Municipality", "Aalborg "]
)
def test_a_municipality_is_one_however_it_is_written(written: str) -> None:
    wanting, there = someone(wanted_municipalities=(written,)), a_job(municipality="Aalborg")

    assert unwanted(wanting, there) is None
    assert unwanted(someone(wanted_municipalities=("Aalborg",)), a_job(municipality=written)) is None
    asked = Filters(as_of=DAY, municipalities=frozenset({written}))
    assert why_not_posting(market(posting=there), asked) is None
    assert why_not_candidate(market(someone(municipality="Aalborg")), asked) is None


def test_a_reader_sees_the_municipalities_that_were_asked_for_and_no_others() -> None:
    asked = Filters(as_of=DAY, municipalities=frozenset({"Aalborg"}))

    for municipality, why in [("Aalborg", None), ("Rebild", "filter"), (None, "filter")]:
        assert why_not_posting(market(posting=a_job(municipality=municipality)), asked) == why
        assert why_not_candidate(market(someone(municipality=municipality)), asked) == why


def test_a_reader_sees_the_kinds_of_job_that_were_asked_for_and_no_others() -> None:
    asked = Filters(as_of=DAY, employment_types=frozenset({"praktik"}))

    assert why_not_posting(market(posting=a_job(employment_type="praktik")), asked) is None
    assert why_not_posting(market(posting=a_job(employment_type="ordinary")), asked) == "filter"
    assert why_not_posting(market(posting=a_job()), asked) == "filter"


@pytest.mark.parametrize(
    ("reach", "there", "why"),
    [
        (30.0, "9900", "distance"),
        (60.0, "9900", None),
        (0.0, "9000", None),
        (0.0, "9900", "distance"),
        (None, "3700", None),
        (1.0, "0001", None),
        (1.0, None, None),
    ],
)
def test_who_wants_no_long_way_is_left_out_from_either_side(
    reach: float | None, there: str | None, why: LeftOut | None
) -> None:
    found = market(someone(postcode="9000", max_km=reach), a_job(postcode=there))

    assert (why_not_posting(found), why_not_candidate(found)) == (why, why)
    ignoring = replace(TODAY, wishes=False)
    assert (why_not_posting(found, ignoring), why_not_candidate(found, ignoring)) == (None, None)


def test_a_municipality_that_the_candidate_named_is_not_too_far() -> None:
    wanting = someone(postcode="9000", max_km=5.0, wanted_municipalities=("Frederikshavn",))

    assert unwanted(wanting, a_job(postcode="9990", municipality="Frederikshavn")) is None
    assert unwanted(wanting, a_job(postcode="9990")) is None  # the postcode lies in Frederikshavn
    assert unwanted(wanting, a_job(postcode="9800")) == "area"


@pytest.mark.parametrize(
    ("radius", "there", "why"), [(50.0, "9900", "filter"), (60.0, "9900", None), (1.0, None, None), (1.0, "0001", None)]
)
def test_a_reader_sees_what_lies_within_a_radius_and_what_lies_nobody_knows_where(
    radius: float, there: str | None, why: LeftOut | None
) -> None:
    asked = Filters(as_of=DAY, max_km=radius, wishes=False)
    found = market(someone(postcode="9000"), a_job(postcode=there))

    assert (why_not_posting(found, asked), why_not_candidate(found, asked)) == (why, why)
    assert suits(someone(postcode="9000"), a_job(postcode=there), asked) == (why is None)


def test_an_employer_beyond_the_candidates_reach_does_not_suit() -> None:
    near = someone(postcode="9000", max_km=10.0)

    assert not suits(near, a_job(postcode="9900"), TODAY)
    assert suits(near, a_job(postcode="9900"), replace(TODAY, wishes=False))


def test_a_job_from_anywhere_is_within_every_reach_and_radius() -> None:
    near, far = someone(postcode="9000", max_km=10.0), a_job(postcode="9900", text="Fully remote.")
    found = Market({near.id: near}, {far.id: far}, anywhere=lambda id: id == far.id)

    for filters in (TODAY, Filters(as_of=DAY, max_km=10.0)):
        assert (why_not_posting(found, filters), why_not_candidate(found, filters)) == (None, None)


def test_an_employer_has_to_be_where_reader_and_candidate_want_it() -> None:
    asked = Filters(as_of=DAY, municipalities=frozenset({"Aalborg", "Hjørring"}))

    assert suits(WISHFUL, a_job(municipality="Hjørring Kommune"), asked)
    assert not suits(WISHFUL, a_job(municipality="Aalborg"), asked)
    assert suits(WISHFUL, a_job(municipality="Aalborg"), replace(asked, wishes=False))
    assert not suits(someone(), a_job(municipality="Rebild"), asked)


def test_a_list_is_cut_in_its_order_and_each_reason_counted() -> None:
    people = [
        someone("c3"),
        someone("c1", registered=AFTER),
        someone("c2"),
        someone("c4", wanted_types=("praktik",)),
        someone("c5", wanted_types=("praktik",)),
    ]
    job = a_job(employment_type="ordinary")
    found = Market({one.id: one for one in people}, {job.id: job}, (a_hire(BEFORE, "c2", "elsewhere"),))
    cut = found.candidates_for(job, ["c3", "c1", "gone", "c2", "c4", "c5"], TODAY)

    assert cut.kept == ["c3"]
    assert cut.left_out == {"not_registered": 1, "hired": 1, "kind_of_job": 2}
    assert found.postings_for(people[0], ["gone", "p1"], TODAY).kept == ["p1"]


def test_without_a_day_the_list_is_of_today() -> None:
    assert Filters().day == date.today()  # noqa: DTZ011
    assert Filters(as_of=DAY).day == DAY


def by_pair(matches: list[Match]) -> dict[tuple[str, str], float]:
    return {(match.posting, match.candidate): match.score for match in matches}


def test_filters_decide_who_is_shown_and_never_what_a_pair_scores(engine: Engine) -> None:
    placed = replace(a_candidate("engineer"), municipality="Aalborg", wanted_municipalities=("Rebild",))
    welding = replace(engine.posting("p1"), municipality="Aalborg", deadline=DAY)
    engine.store.save(bare(placed, welding))
    engine.store.save_placements([a_hire(DAY, "nurse-da", "elsewhere")])
    asked = Filters(as_of=AFTER, municipalities=frozenset({"aalborg"}), wishes=False)

    everybody = by_pair(engine.match_posting("p1", filters=Filters(as_of=BEFORE, wishes=False)))
    assert {candidate for _, candidate in everybody} == {"engineer", "nurse-da", "nurse-en"}
    shown = by_pair(engine.match_posting("p1", filters=asked))
    assert shown == {("p1", "engineer"): everybody["p1", "engineer"]}
    assert engine.left_out(welding, asked) == {"hired": 1, "filter": 1}

    from_the_other_side = by_pair(engine.match_candidate("engineer", filters=Filters(as_of=DAY, wishes=False)))
    assert from_the_other_side["p1", "engineer"] == everybody["p1", "engineer"]
    assert {p for p, _ in by_pair(engine.match_candidate("engineer", filters=Filters(as_of=DAY)))} == {"p2"}
    assert engine.left_out(placed, Filters(as_of=AFTER)) == {"expired": 1}
    assert engine.closed(welding, Filters(as_of=AFTER)) == "expired"


def test_a_posting_that_a_person_closed_or_marked_filled_is_not_open_from_that_day_on() -> None:
    noon = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    for state in ("closed", "filled"):
        said = {"p1": PostingState(posting="p1", state=state, account="a1", at=noon)}
        found = replace_states(market(), said)

        assert found.closed(found.postings["p1"], BEFORE) is None
        assert why_not_posting(found) == state


def replace_states(found: Market, states: dict[str, PostingState]) -> Market:
    return Market(found.candidates, found.postings, found.hires, states)


def test_closing_a_posting_takes_it_off_lists_at_once_and_reopening_puts_it_back(engine: Engine) -> None:
    desk = assemble.desk(engine.store)
    assert "p1" in {match.posting for match in engine.match_candidate("engineer")}

    desk.set_state(PostingState(posting="p1", state="closed", account="a1", at=datetime.now(UTC)))
    assert "p1" not in {match.posting for match in engine.match_candidate("engineer")}
    assert engine.closed(engine.posting("p1")) == "closed"
    assert engine.match_posting("p1")

    desk.reopen("p1", account="a1")
    assert "p1" in {match.posting for match in engine.match_candidate("engineer")}
    with pytest.raises(UnknownId):
        desk.set_state(PostingState(posting="none", state="closed", account="a1", at=datetime.now(UTC)))


def test_who_objected_to_being_ranked_is_on_no_shortlist_and_is_counted() -> None:
    people = {"c1": someone(), "c2": someone("c2")}
    found = Market(people, {"p1": a_job()}, objectors=frozenset({"c1"}))
    cut = found.candidates_for(a_job(), ["c1", "c2"], TODAY)

    assert cut.kept == ["c2"]
    assert cut.left_out == {"objected": 1}
    assert found.postings_for(someone(), ["p1"], TODAY).kept == ["p1"]


def test_a_postcode_tells_the_municipality_that_is_not_written() -> None:
    asked = Filters(as_of=DAY, municipalities=frozenset({"Aalborg"}))

    assert why_not_candidate(market(someone(postcode="9220")), asked) is None
    assert why_not_candidate(market(someone(municipality="Aalborg Øst")), asked) is None
    assert why_not_candidate(market(someone(postcode="9800")), asked) == "filter"
    assert why_not_posting(market(someone(wanted_municipalities=("Hjørring",)), a_job(postcode="9000"))) == "area"
