import pytest

from eval.measures import DEFAULT, Measure, measure, measures
from matcher.errors import UnknownMeasure

GRADES = {"a": 3, "b": 2, "c": 1}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ndcg@1", 1 / 7),
        ("map", (1 / 2 + 2 / 3) / 2),
        ("mrr", 1 / 2),
        ("recall@2", 1 / 2),
        ("recall@10", 1.0),
        ("precision@2", 1 / 2),
        ("hit@1", 0.0),
    ],
)
def test_a_name_leads_to_its_function_cut_at_its_k(name: str, value: float) -> None:
    assert measure(name).function(["c", "a", "b"], GRADES) == pytest.approx(value)


def test_a_measure_keeps_its_name_and_says_what_the_name_leaves_open() -> None:
    assert measure("mrr", relevant=1) == Measure(name="mrr", function=measure("map").function, settings={"relevant": 1})
    assert measure("ndcg@10", gain="linear").settings == {"gain": "linear"}


def test_the_threshold_and_the_gain_reach_the_function() -> None:
    assert measure("mrr", relevant=1).function(["c"], GRADES) == 1.0
    assert measure("ndcg@1", gain="linear").function(["c"], GRADES) == pytest.approx(1 / 3)


def test_auc_looks_at_the_scores_and_not_at_the_places() -> None:
    tied = {"a": 0.5, "b": 0.5, "c": 0.5}

    assert measure("auc").value(["c", "a", "b"], tied, GRADES) == 0.5
    assert measure("auc").value(["a", "b", "c"], tied, GRADES) == 0.5
    assert measure("auc", relevant=3).value([], {"a": 0.9, "b": 0.5, "c": 1.0}, GRADES) == 0.5


def test_every_other_measure_looks_at_the_places_and_not_at_the_scores() -> None:
    assert measure("mrr").value(["c", "a", "b"], {"a": 9.0}, GRADES) == 0.5


def test_several_measures_come_in_the_order_of_their_names() -> None:
    assert [each.name for each in measures()] == list(DEFAULT)
    assert [each.name for each in measures(["mrr", "ndcg@3"])] == ["mrr", "ndcg@3"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ndcg",
        "ndcg@",
        "ndcg@0",
        "ndcg@-1",
        "ndcg@1.5",
        "ndcg@٣",
        "ndcg@10 ",
        "NDCG@10",
        "map@10",
        "auc@10",
        "mrr@5",
        "bleu",
        "@5",
    ],
)
def test_a_name_nobody_knows_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(UnknownMeasure, match="Known are ndcg@K, map, mrr") as refusal:
        measure(name)

    assert repr(name) in str(refusal.value)
    assert "Kendte mål er ndcg@K, map, mrr" in refusal.value.text("da")
