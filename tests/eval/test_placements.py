"""Lines become applications: the best stage counts, and nothing is known before its day."""

import doctest
from datetime import date, timedelta
from random import Random
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import placements, propensity
from eval.placements import GRADES, Known, applications, past_of, split_date, usable
from eval.simulation import world
from matcher.errors import InvalidPlacements
from matcher.ingest import decimals
from matcher.records import Outcome
from tests.eval.builders import a_candidate, a_posting
from tests.eval.placed import START, placed


def day(number: int) -> date:
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("stages", "grade"),
    [
        (("proposed",), 0),
        (("proposed", "contacted"), 1),
        (("proposed", "contacted", "rejected"), 1),
        (("contacted", "interview", "withdrawn"), 2),
        (("interview", "offered"), 2),
        (("hired",), 3),
        (("hired", "still_there"), 3),
        (("proposed", "rejected"), 0),
    ],
)
def test_the_best_stage_counts_and_an_end_takes_nothing_back(stages: tuple[Outcome, ...], grade: int) -> None:
    lines = [placed("p", "c", stage, day=number) for number, stage in enumerate(stages)]

    [application] = applications(lines)

    assert application.grade == grade
    assert application.proposed == START


def test_every_outcome_has_a_grade() -> None:
    assert set(GRADES) == {
        *("proposed", "contacted", "interview", "offered", "hired", "still_there", "rejected", "withdrawn")
    }


def test_the_stage_shown_is_the_furthest_one() -> None:
    [application] = applications([placed("p", "c", "offered"), placed("p", "c", "interview", day=1)])

    assert application.outcome == "offered"


def test_details_are_those_of_the_first_line_that_has_them() -> None:
    lines = [
        placed("p", "c", "hired", day=9, score=9.0, propensity=0.9, instrument="praktik"),
        placed("p", "c", day=1, score=1.0, propensity=0.1),
    ]

    [application] = applications(lines)

    assert (application.score, application.propensity, application.instrument) == (1.0, 0.1, "praktik")


@given(st.integers(0, 1000))
def test_the_order_of_the_file_changes_nothing(seed: int) -> None:
    draw = Random(seed)
    stages = list(GRADES)
    lines = [
        placed(f"p{draw.randrange(3)}", f"c{draw.randrange(3)}", draw.choice(stages), day=draw.randrange(9))
        for _ in range(20)
    ]
    shuffled = draw.sample(lines, len(lines))

    assert applications(lines) == applications(shuffled)


def test_the_last_third_of_the_proposals_is_evaluated_where_no_day_is_given() -> None:
    every = applications([placed("p", f"c{number}", day=number) for number in range(10)])

    assert split_date(every) == day(7)


def test_proposals_of_one_day_stay_together() -> None:
    every = applications([placed("p", f"c{number}", day=min(number, 5)) for number in range(10)])

    assert split_date(every) == day(5)


def test_without_proposals_there_is_no_day() -> None:
    with pytest.raises(InvalidPlacements, match="not a single placement"):
        split_date([])


def test_the_past_ends_the_day_before() -> None:
    lines = [placed("p", "c", day=number) for number in range(3)]

    assert past_of(lines, day(1)) == lines[:1]


def test_records_say_since_when_they_are_known() -> None:
    known = Known.of([a_posting("p1", "tekst")], [a_candidate("c1", "tekst")])

    assert known == Known(postings={"p1": None}, candidates={"c1": None})


def test_a_proposal_from_before_the_candidate_was_registered_is_left_out() -> None:
    known = Known(postings={"p": day(0)}, candidates={"early": day(1), "late": day(2)})

    kept, left_out = usable(applications([placed("p", "early", day=1), placed("p", "late", day=1)]), known)

    assert [item.candidate for item in kept] == ["early"]
    assert left_out.not_yet_known == 1


def test_a_proposal_from_before_the_posting_was_published_is_left_out() -> None:
    known = Known(postings={"p": day(2)}, candidates={"c": None})

    kept, left_out = usable(applications([placed("p", "c", day=1)]), known)

    assert (kept, left_out.not_yet_known) == ([], 1)


def test_unknown_ids_are_counted_and_named() -> None:
    known = Known(postings={"p": None}, candidates={"c": None})
    every = applications([placed("p", "c"), placed("p", "x"), placed("q", "c"), placed("q", "x")])

    kept, left_out = usable(every, known)

    assert len(kept) == 1
    assert left_out.unknown == 3
    assert (left_out.unknown_postings, left_out.unknown_candidates) == (("q",), ("x",))


def test_of_many_unknown_ids_five_are_named() -> None:
    every = applications([placed("p", f"c{number}") for number in range(8)])
    _, left_out = usable(every, Known(postings={"p": None}, candidates={}))

    assert left_out.as_json()["unknown_candidates"] == {"count": 8, "first": ["c0", "c1", "c2", "c3", "c4"]}


def test_whom_nobody_was_shown_does_not_count_hired_or_not_so_that_no_outcome_selects() -> None:
    lines = [placed("p", "a", exposed=False), placed("p", "b", "hired", exposed=False), placed("p", "c", exposed=True)]

    kept, left_out = usable(applications(lines), None)

    assert [item.candidate for item in kept] == ["c"]
    assert left_out.not_exposed == 2


@pytest.mark.parametrize("module", [placements, propensity, world, decimals], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
