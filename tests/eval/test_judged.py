import pytest

from eval.judged import judged
from matcher.errors import InvalidJudgements
from tests.eval.builders import all_known, judgements

ROWS = [("p1", "c1", 3), ("p1", "c2", 0), ("p2", "c1", 1)]


def test_grades_are_grouped_by_posting() -> None:
    assert all_known(*ROWS).grades == {"p1": {"c1": 3, "c2": 0}, "p2": {"c1": 1}}


def test_grades_are_grouped_by_candidate_when_candidates_ask() -> None:
    asked = all_known(*ROWS, direction="candidates")

    assert asked.grades == {"c1": {"p1": 3, "p2": 1}, "c2": {"p1": 0}}
    assert asked.pair("c2", "p1") == ("p1", "c2")


def test_the_order_of_the_lines_changes_nothing() -> None:
    forwards, backwards = all_known(*ROWS), all_known(*ROWS[::-1])

    assert forwards == backwards
    assert list(forwards.grades) == list(backwards.grades)


def test_unknown_ids_are_left_out_counted_and_listed() -> None:
    rows = judgements(*ROWS, ("gone", "c1", 3), ("p1", "left", 2), ("gone", "left", 1))
    checked = judged(rows, postings={"p1", "p2"}, candidates={"c1", "c2"})

    assert checked.grades == all_known(*ROWS).grades
    assert checked.unknown_postings == ("gone",)
    assert checked.unknown_candidates == ("left",)
    assert checked.left_out == 3


def test_the_same_judgement_again_is_counted_once() -> None:
    checked = all_known(*ROWS, ROWS[0])

    assert len(checked) == 3
    assert checked.repeated == 1


def test_two_grades_for_a_pair_are_refused_by_name() -> None:
    with pytest.raises(
        InvalidJudgements, match=r"Posting 'p1' and candidate 'c2' .* grades 0, 2 .*fault: 2"
    ) as refusal:
        all_known(*ROWS, ("p2", "c1", 2), ("p1", "c2", 2))

    assert "Opslaget 'p1' og kandidaten 'c2'" in refusal.value.text("da")


def test_no_judgement_at_all_is_refused() -> None:
    with pytest.raises(InvalidJudgements, match=r'not a single judgement .* "grade": 0-3') as refusal:
        all_known()

    assert "ikke en eneste vurdering" in refusal.value.text("da")


def test_judgements_of_another_home_are_refused_with_some_of_their_ids() -> None:
    rows = judgements(*((f"p{n}", "c1", 3) for n in range(7)))
    with pytest.raises(
        InvalidJudgements, match=r"None of the 7 .* 'p0', 'p1', 'p2', 'p3', 'p4', \.\.\. and"
    ) as refusal:
        judged(rows, postings=set(), candidates={"c1"})

    assert "Ingen af de 7 vurderinger" in refusal.value.text("da")


def test_what_is_not_kept_takes_its_query_along_when_nothing_is_left() -> None:
    kept = all_known(*ROWS).keeping(lambda query, item: item == "c2")

    assert kept.grades == {"p1": {"c2": 0}}
