import json
from dataclasses import replace

import pytest

from eval.judged import judged
from eval.measures import measures
from eval.runs import Run, by_group, evaluate, language_pair, ranked, summarise
from tests.eval.builders import a_run, all_known, judgements

MRR = measures(["mrr"])
LANGUAGES = language_pair({"p1": "da", "p2": "en"}, {"d1": "da", "d2": "da", "e1": "en", "e2": "en"})
BILINGUAL = all_known(("p1", "d1", 0), ("p1", "d2", 3), ("p1", "e1", 3), ("p2", "d1", 2), ("p2", "e1", 1))


def test_a_run_is_ordered_by_score_and_then_by_id() -> None:
    run = Run.of("ours", {"p": {"b": 0.5, "c": 0.7, "a": 0.5}})

    assert run.rankings == {"p": ("c", "a", "b")}


def test_the_order_in_which_scores_arrive_changes_nothing() -> None:
    scores = {"b": 0.5, "c": 0.7, "a": 0.5, "d": -0.0, "e": 0.0}

    assert ranked(scores) == ranked(dict(reversed(scores.items()))) == ("c", "a", "b", "d", "e")


def test_a_score_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="nan"):
        ranked({"a": 1.0, "b": float("nan")})


def test_an_evaluation_averages_over_queries_and_keeps_each() -> None:
    result = evaluate(a_run(p1="c1 c2", p2="c1 c2"), all_known(("p1", "c1", 3), ("p2", "c2", 2)), MRR)

    assert result.values == {"mrr": {"p1": 1.0, "p2": 0.5}}
    assert result.metrics["mrr"].value == 0.75
    assert result.metrics["mrr"].n == 2


def test_an_unjudged_candidate_counts_as_not_relevant() -> None:
    result = evaluate(a_run(p1="new c1"), all_known(("p1", "c1", 3)), MRR)

    assert result.values["mrr"] == {"p1": 0.5}


def test_queries_with_nothing_relevant_are_left_out_and_counted_for_each_measure() -> None:
    known = all_known(("p1", "c1", 3), ("p2", "c1", 1), ("p3", "c1", 0))
    result = evaluate(a_run(p1="c1", p2="c1", p3="c1"), known, measures(["ndcg@10", "map"]))

    assert result.settings["queries"] == 3
    assert result.settings["without_relevant"] == {"ndcg@10": 1, "map": 2}
    assert [result.metrics[name].n for name in ("ndcg@10", "map")] == [2, 1]


def test_auc_within_the_query_counts_judged_items_alone() -> None:
    run = Run.of("ours", {"p1": {"good": 0.5, "bad": 0.5, "unjudged": 0.9}, "p2": {"good": 0.9, "bad": 0.1}})
    known = all_known(("p1", "good", 3), ("p1", "bad", 0), ("p2", "good", 2), ("p2", "bad", 1))

    assert evaluate(run, known, measures(["auc"])).values == {"auc": {"p1": 0.5, "p2": 1.0}}


def test_auc_leaves_out_and_counts_queries_of_one_kind() -> None:
    known = all_known(("p1", "c1", 3), ("p2", "c1", 0), ("p3", "c1", 3), ("p3", "c2", 0))
    result = evaluate(a_run(p1="c1", p2="c1", p3="c1 c2"), known, measures(["auc", "mrr"]))

    assert result.values["auc"] == {"p3": 1.0}
    assert result.settings["without_relevant"] == {"auc": 2, "mrr": 1}


def test_a_judged_query_that_the_run_passes_over_counts_as_a_failure() -> None:
    result = evaluate(a_run(p1="c1"), all_known(("p1", "c1", 3), ("p2", "c1", 3)), MRR)

    assert result.values["mrr"] == {"p1": 1.0, "p2": 0.0}
    assert result.settings["unanswered_queries"] == ["p2"]


def test_a_run_of_the_other_direction_is_not_scored_as_zero() -> None:
    with pytest.raises(ValueError, match="direction 'candidates'"):
        evaluate(a_run(p1="c1"), all_known(("p1", "c1", 3), direction="candidates"), MRR)


def test_both_directions_hold_the_same_pairs_against_their_own_rankings() -> None:
    rows = [("p1", "c1", 3), ("p2", "c1", 0), ("p1", "c2", 0), ("p2", "c2", 3)]
    for_postings = evaluate(a_run(p1="c1 c2", p2="c1 c2"), all_known(*rows), MRR)
    for_candidates = evaluate(a_run(c1="p1 p2", c2="p2 p1"), all_known(*rows, direction="candidates"), MRR)

    assert for_postings.values["mrr"] == {"p1": 1.0, "p2": 0.5}
    assert for_candidates.values["mrr"] == {"c1": 1.0, "c2": 1.0}
    assert for_candidates.settings["direction"] == "candidates"


def test_what_was_not_usable_stands_in_the_settings() -> None:
    rows = judgements(("p1", "c1", 3), ("p1", "c1", 3), ("gone", "c1", 3), ("p1", "left", 0))
    result = evaluate(a_run(p1="c1"), judged(rows, postings={"p1"}, candidates={"c1"}), MRR)

    assert result.settings["judgements"] == 1
    assert result.settings["repeated_judgements"] == 1
    assert result.settings["judgements_on_unknown_ids"] == 2
    assert result.settings["unknown_postings"] == ["gone"]
    assert result.settings["unknown_candidates"] == ["left"]


def test_the_wire_form_is_json_with_null_for_what_is_not_known() -> None:
    known = all_known(("p1", "c1", 3), ("p2", "c1", 1))
    one = evaluate(a_run(p1="c1", p2="c1"), known, MRR).as_json()
    none = evaluate(a_run(p1="c1", p2="c1"), all_known(("p1", "c1", 0)), MRR).as_json()

    assert one["metrics"] == {"mrr": {"value": 1.0, "low": None, "high": None, "n": 1}}
    assert none["metrics"] == {"mrr": {"value": None, "low": None, "high": None, "n": 0}}
    assert json.loads(json.dumps(one, allow_nan=False)) == one


def test_the_settings_say_how_relevance_and_gain_were_taken() -> None:
    taken = measures(["ndcg@10", "map"], relevant=1, gain="linear")
    result = evaluate(a_run(p1="c1"), all_known(("p1", "c1", 1)), taken)

    assert result.settings["measures"] == {"ndcg@10": {"gain": "linear"}, "map": {"relevant": 1}}
    assert result.metrics["map"].value == 1.0


def test_the_same_seed_gives_the_same_evaluation_whatever_the_order_of_the_lines() -> None:
    rows = [(f"p{n}", f"c{n % 3}", 3) for n in range(8)]
    run = a_run(**{f"p{n}": "c0 c1 c2" for n in range(8)})

    assert evaluate(run, all_known(*rows), MRR, seed=7) == evaluate(run, all_known(*rows[::-1]), MRR, seed=7)


def test_values_from_elsewhere_are_summarised_in_the_same_way() -> None:
    result = summarise({"map": {"q2": 1.0, "q1": 0.5, "q3": float("nan")}}, {"set": "titles"})

    assert result.metrics["map"].value == 0.75
    assert result.settings["set"] == "titles"
    assert result.settings["without_relevant"] == {"map": 1}
    assert list(result.values["map"]) == ["q1", "q2"]


def test_by_language_pair_the_other_language_neither_helps_nor_stands_in_the_way() -> None:
    run = a_run(p1="e1 e2 d1 d2", p2="d2 d1 e2 e1")
    pairs = by_group(run, BILINGUAL, MRR, LANGUAGES)

    assert {name: dict(pair.values["mrr"]) for name, pair in pairs.items()} == {
        "da-da": {"p1": 1 / 2},
        "da-en": {"p1": 1.0},
        "en-da": {"p2": 1 / 2},
        "en-en": {},
    }


def test_each_language_pair_shows_its_own_n() -> None:
    pairs = by_group(a_run(p1="d1", p2="d1"), BILINGUAL, measures(["ndcg@10", "mrr"]), LANGUAGES)

    assert {name: pair.metrics["mrr"].n for name, pair in pairs.items()} == {
        "da-da": 1, "da-en": 1, "en-da": 1, "en-en": 0,
    }  # fmt: skip
    assert pairs["en-en"].metrics["ndcg@10"].n == 1
    assert pairs["da-da"].settings["judgements"] == 2


def test_the_pair_names_the_posting_first_in_both_directions() -> None:
    known = all_known(("p1", "e1", 3), ("p2", "e1", 0), direction="candidates")
    pairs = by_group(a_run(e1="p2 p1"), known, MRR, LANGUAGES)

    assert set(pairs) == {"da-en", "en-en"}
    assert pairs["da-en"].values["mrr"] == {"e1": 1.0}


def test_a_group_of_queries_keeps_their_whole_rankings() -> None:
    run = a_run(p1="e1 d1 d2", p2="d2 d1 e1")
    families = by_group(run, BILINGUAL, MRR, lambda posting, _: {"p1": "engineering", "p2": "law"}[posting])
    whole = evaluate(run, BILINGUAL, MRR)

    assert families["engineering"].values["mrr"] == {"p1": whole.values["mrr"]["p1"]}
    assert families["law"].values["mrr"] == {"p2": whole.values["mrr"]["p2"]}


def test_a_query_that_nobody_judged_needs_no_group() -> None:
    run = a_run(p1="d1 d2", p2="d1", unjudged="d1 d2")

    assert by_group(run, BILINGUAL, MRR, LANGUAGES)["da-da"].values["mrr"] == {"p1": 0.5}


def test_a_run_that_passes_over_a_whole_group_fails_there_and_only_there() -> None:
    pairs = by_group(a_run(p1="d2"), BILINGUAL, MRR, LANGUAGES)

    assert pairs["da-da"].values["mrr"] == {"p1": 1.0}
    assert pairs["en-da"].values["mrr"] == {"p2": 0.0}
    assert pairs["en-da"].settings["unanswered_queries"] == ["p2"]


def test_one_group_of_everything_is_the_evaluation_itself() -> None:
    run = a_run(p1="e1 d1 d2", p2="d2 d1 e1")

    assert by_group(run, BILINGUAL, MRR, lambda *_: "all") == {"all": evaluate(run, BILINGUAL, MRR)}


def test_a_query_without_items_in_a_group_is_not_taken_for_unanswered() -> None:
    run = replace(a_run(p1="d1", p2="d1"), name="danish only")
    pairs = by_group(run, BILINGUAL, MRR, LANGUAGES)

    assert pairs["da-en"].values["mrr"] == {"p1": 0.0}
    assert pairs["da-en"].settings["unanswered_queries"] == []
