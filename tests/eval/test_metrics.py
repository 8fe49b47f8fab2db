"""Each measure three ways: a sum worked by hand, laws that hold for any ranking, and ir-measures as the reference."""

import doctest
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from math import isnan, log2
from typing import TypeAlias

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval import measures, metrics, runs, significance
from eval.metrics import auc, average_precision, hit, ndcg, precision, recall, reciprocal_rank

Metric: TypeAlias = Callable[[Sequence[str], Mapping[str, int]], float]
Answer: TypeAlias = tuple[tuple[str, ...], dict[str, int]]

IDS = "abcdefghijkl"
GRADES = {"a": 3, "b": 2, "c": 1, "d": 0}
METRICS: Mapping[str, Metric] = {
    "ndcg@1": partial(ndcg, k=1),
    "ndcg@4": partial(ndcg, k=4),
    "ndcg@10": partial(ndcg, k=10),
    "ndcg linear": partial(ndcg, k=10, gain="linear"),
    "map": average_precision,
    "map from grade 1": partial(average_precision, relevant=1),
    "mrr": reciprocal_rank,
    "recall@3": partial(recall, k=3),
    "precision@3": partial(precision, k=3),
    "hit@3": partial(hit, k=3),
}
REFERENCE = {
    "ndcg@1": "nDCG(gains={1:1,2:3,3:7})@1",
    "ndcg@4": "nDCG(gains={1:1,2:3,3:7})@4",
    "ndcg@10": "nDCG(gains={1:1,2:3,3:7})@10",
    "ndcg linear": "nDCG@10",
    "map": "AP(rel=2)",
    "map from grade 1": "AP(rel=1)",
    "mrr": "RR(rel=2)",
    "recall@3": "R(rel=2)@3",
    "precision@3": "P(rel=2)@3",
    "hit@3": "Success(rel=2)@3",
}
every_metric = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS.keys())
steady = settings(derandomize=True, deadline=None, database=None, max_examples=50)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """A ranking of some ids, and grades of some ids: some ranked ones unjudged, some judged ones unranked."""
    ranking = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=len(IDS)))
    grades = draw(st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), max_size=len(IDS)))
    return tuple(ranking), grades


@pytest.mark.parametrize("module", [metrics, measures, significance, runs], ids=lambda module: str(module.__name__))
def test_the_examples_in_the_docstrings_are_true(module: object) -> None:
    result = doctest.testmod(module)  # type: ignore[arg-type]

    assert result.attempted > 0
    assert result.failed == 0


# Sums worked by hand


def test_ndcg_divides_the_discounted_gains_by_those_of_the_best_order() -> None:
    found = 1 / log2(2) + 0 + 7 / log2(4)
    best = 7 / log2(2) + 3 / log2(3) + 1 / log2(4)

    assert ndcg(["c", "x", "a"], GRADES, k=3) == pytest.approx(found / best)


def test_ndcg_with_linear_gain_uses_the_grade_itself() -> None:
    found = 1 / log2(2) + 0 + 3 / log2(4)
    best = 3 / log2(2) + 2 / log2(3) + 1 / log2(4)

    assert ndcg(["c", "x", "a"], GRADES, k=3, gain="linear") == pytest.approx(found / best)


def test_ndcg_compares_with_the_best_that_k_places_can_hold() -> None:
    assert ndcg(["a", "b"], {"a": 3, "b": 3, "c": 3}, k=2) == 1.0


def test_average_precision_is_over_all_relevant_also_the_ones_not_ranked() -> None:
    assert average_precision(["x", "a", "c", "b"], {**GRADES, "z": 3}) == pytest.approx((1 / 2 + 2 / 4 + 0) / 3)


def test_reciprocal_rank_takes_the_first_that_is_relevant_enough() -> None:
    assert reciprocal_rank(["c", "d", "b", "a"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank(["c", "d", "b", "a"], GRADES, relevant=1) == 1.0
    assert reciprocal_rank(["c", "d"], GRADES) == 0.0


def test_recall_precision_and_hit_count_within_the_first_places() -> None:
    ranking = ["c", "b", "x", "a"]

    assert recall(ranking, GRADES, k=2) == 1 / 2
    assert precision(ranking, GRADES, k=4) == 2 / 4
    assert hit(ranking, GRADES, k=1) == 0.0
    assert hit(ranking, GRADES, k=2) == 1.0


def test_precision_does_not_reward_a_ranking_for_being_short() -> None:
    assert precision(["a"], GRADES, k=5) == 1 / 5


def test_auc_counts_pairs_in_order_and_half_of_the_ties() -> None:
    scores = {"a": 0.9, "b": 0.5, "c": 0.5, "d": 0.1, "unjudged": 1.0}

    assert auc(scores, GRADES) == pytest.approx((1 + 1 + 0.5 + 1) / 4)


def test_auc_puts_what_was_not_returned_below_all_that_was() -> None:
    assert auc({"c": -9.0}, {"a": 2, "c": 0}) == 0.0
    assert auc({}, {"a": 2, "c": 0}) == 0.5


@pytest.mark.parametrize("grades", [{}, {"a": 0}, {"a": 3}])
def test_auc_needs_both_kinds(grades: dict[str, int]) -> None:
    assert isnan(auc({"a": 1.0}, grades))


@every_metric
def test_without_anything_relevant_there_is_no_value(metric: Metric) -> None:
    assert isnan(metric(["a", "b"], {}))
    assert isnan(metric(["a", "b"], {"a": 0, "b": 0}))


@every_metric
def test_an_empty_ranking_finds_nothing(metric: Metric) -> None:
    assert metric([], GRADES) == 0.0


# Laws


@every_metric
@steady
@given(answer=answers())
def test_every_value_lies_between_zero_and_one(metric: Metric, answer: Answer) -> None:
    value = metric(*answer)

    assert isnan(value) or 0 <= value <= 1 + 1e-12


@every_metric
@steady
@given(answer=answers(), place=st.integers(0, len(IDS) - 2))
def test_lifting_a_better_id_never_lowers_the_value(metric: Metric, answer: Answer, place: int) -> None:
    ranking, grades = answer
    if place + 1 >= len(ranking) or isnan(metric(ranking, grades)):
        return
    upper, lower = ranking[place : place + 2]
    better, worse = sorted([upper, lower], key=lambda id_: -grades.get(id_, 0))
    lifted = (*ranking[:place], better, worse, *ranking[place + 2 :])

    assert metric(lifted, grades) >= metric(ranking, grades)


@every_metric
@steady
@given(answer=answers())
def test_no_order_beats_the_order_of_the_grades(metric: Metric, answer: Answer) -> None:
    ranking, grades = answer
    best = sorted(grades, key=lambda id_: -grades[id_])
    if isnan(metric(ranking, grades)):
        return

    assert metric(best, grades) >= metric(ranking, grades)


@steady
@given(answer=answers(), k=st.integers(1, 12))
def test_a_longer_look_finds_no_less(answer: Answer, k: int) -> None:
    if not isnan(recall(*answer, k=k)):
        assert recall(*answer, k=k) <= recall(*answer, k=k + 1)
        assert hit(*answer, k=k) <= hit(*answer, k=k + 1)


@steady
@given(scores=st.dictionaries(st.sampled_from(IDS), st.integers(-3, 3)), answer=answers())
def test_auc_turns_round_with_the_scores_and_keeps_with_their_order(scores: dict[str, int], answer: Answer) -> None:
    grades = {id_: grade for id_, grade in answer[1].items() if id_ in scores}
    value = auc(scores, grades)
    if isnan(value):
        return

    assert auc({id_: -score for id_, score in scores.items()}, grades) == pytest.approx(1 - value)
    assert auc({id_: 2.0**score for id_, score in scores.items()}, grades) == value


# The reference library


@pytest.mark.parametrize("name", METRICS)
@steady
@given(answer=answers())
def test_ir_measures_gives_the_same_value(name: str, answer: Answer) -> None:
    ranking, grades = answer
    ours = METRICS[name](ranking, grades)
    if isnan(ours):
        return
    reference = _reference(REFERENCE[name], ranking, grades)

    assert ours == pytest.approx(reference, abs=1e-12)


@steady
@given(answer=answers(), levels=st.lists(st.integers(0, 4), min_size=len(IDS), max_size=len(IDS)))
def test_scikit_learn_gives_the_same_auc(answer: Answer, levels: list[int]) -> None:
    from sklearn.metrics import roc_auc_score

    scores, grades = dict(zip(IDS, map(float, levels), strict=True)), answer[1]
    ours = auc(scores, grades)
    if isnan(ours):
        return
    reference = roc_auc_score([grade >= 2 for grade in grades.values()], [scores[id_] for id_ in grades])

    assert ours == pytest.approx(reference)


def _reference(name: str, ranking: Sequence[str], grades: Mapping[str, int]) -> float:
    """Value by trec_eval. It breaks ties by its own rule, so the ranking is given as scores without ties."""
    judged = [ir_measures.Qrel("q", id_, grade) for id_, grade in grades.items()]
    scored = [ir_measures.ScoredDoc("q", id_, float(-place)) for place, id_ in enumerate(ranking)]
    measure = ir_measures.parse_measure(name)
    return float(ir_measures.calc_aggregate([measure], judged, scored)[measure])
