"""How present proposals are spread over candidates: sums worked by hand."""

import pytest

from eval.audited_report import swap_report
from eval.proposals import lorenz_plot, spread
from eval.swap import SwapReport

EVERYBODY = ["a", "b", "c", "d"]


def test_coverage_and_most_are_counted() -> None:
    found = spread({"a": ["p1", "p2", "p3"], "b": ["p1"]}, EVERYBODY, {"a": "07", "b": "07", "c": "09", "d": "09"})

    assert (found.proposed, found.proposals, found.postings, found.most) == (2, 4, 3, 3)
    assert [(share.group, share.members, share.proposals) for share in found.groups] == [("07", 2, 4), ("09", 2, 0)]


def test_gini_is_nothing_where_all_are_proposed_alike() -> None:
    alike = spread({id: ["p1"] for id in EVERYBODY}, EVERYBODY, {}).shown
    one = spread({"a": ["p1", "p2"]}, EVERYBODY, {}).shown

    assert alike is not None
    assert one is not None
    assert alike.gini.value == pytest.approx(0)
    assert one.gini.value == pytest.approx(0.75)  # one of four has all: (4 - 1) / 4
    assert one.coverage.value == pytest.approx(0.25)


def test_without_proposals_there_is_nothing_to_draw() -> None:
    assert spread({}, EVERYBODY, {}).shown is None


def test_the_drawing_tells_the_half_with_the_fewest() -> None:
    shown = spread({"a": ["p1", "p2"]}, EVERYBODY, {}).shown
    assert shown is not None

    assert "0" in lorenz_plot(shown, "en").alt
    assert len(lorenz_plot(shown, "da").table.rows) == 9


def test_a_passed_swap_test_says_so_in_both_languages() -> None:
    found = SwapReport(variants=10, candidates=2, postings=3, seed=0, differences=())

    danish, english = (swap_report(found, language=language, made="2026-05-03", model="m") for language in ("da", "en"))
    assert "Bestået" in danish.sections[0].text[1]
    assert "Passed" in english.sections[0].text[1]
