"""Who is compared on past proposals: each scores pairs without looking at what came of them."""

import pytest

from eval.contenders import engine_scorer, logged_scorer, popularity_scorer, random_scorer, scores_of
from eval.placements import applications
from matcher.records import Kind
from tests.eval.placed import fixed, placed


class AnEngine:
    """Fulfils `eval.contenders.Ranks`: knows three candidates and three postings, and who asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Kind]] = []

    def rank(self, query: str, *, kind: Kind) -> list[tuple[str, float]]:
        self.asked.append((query, kind))
        return [("b", 2.0), ("a", 1.0), ("c", -1.0)]


def test_an_engine_is_asked_for_everybody_and_cut_down_to_who_was_proposed() -> None:
    engine = AnEngine()

    assert engine_scorer(engine)("p", ["a", "c", "stranger"]) == {"a": 1.0, "c": -1.0}
    assert engine_scorer(engine, "candidates")("x", ["b"]) == {"b": 2.0}
    assert engine.asked == [("p", "candidate"), ("x", "posting")]


def test_a_logged_score_is_taken_as_it_is() -> None:
    scorer = logged_scorer(applications([placed("p", "a", score=-3.5), placed("p", "b")]), "postings")

    assert scorer("p", ["a", "b"]) == {"a": -3.5}
    assert scorer("q", ["a"]) == {}


def test_earlier_success_counts_whatever_the_posting() -> None:
    past = [placed("p", "good", "hired"), placed("q", "good", "interview"), placed("p", "bad", "rejected")]

    scores = popularity_scorer(applications(past), "postings", 2)("new", ["good", "bad", "unseen"])

    assert scores["good"] > scores["unseen"] > scores["bad"]
    assert scores["unseen"] == pytest.approx(2 / 3)


def test_without_a_past_nobody_is_popular() -> None:
    assert popularity_scorer([], "postings", 2)("p", ["a", "b"]) == {"a": 0.0, "b": 0.0}


def test_chance_depends_on_the_pair_alone() -> None:
    assert random_scorer()("p", ["a", "b"])["b"] == random_scorer()("p", ["b"])["b"]
    assert random_scorer()("p", ["a"]) != random_scorer(1)("p", ["a"])


def test_what_a_scorer_does_not_know_is_missing() -> None:
    assert scores_of(fixed(p={"a": 1.0}), {"p": ["a", "b"], "q": ["a"]}) == {"p": {"a": 1.0}, "q": {}}
