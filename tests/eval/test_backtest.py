"""A backtest ranks what was proposed later, knows nothing too early, and says what it left out."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.backtest import Backtest, backtest
from eval.contenders import LOGGED
from eval.placements import GRADES, Known
from matcher.errors import InvalidPlacements
from matcher.records import Outcome, Placement
from tests.eval.placed import START, fixed, placed

SPLIT = START + timedelta(days=100)
STAGES: tuple[Outcome, ...] = ("proposed", "contacted", "interview", "hired")


def later(posting: str, candidate: str, outcome: Outcome = "proposed", **details: object) -> Placement:
    """A proposal after the split."""
    return placed(posting, candidate, outcome, day=100, **details)  # type: ignore[arg-type]


def value(made: Backtest, measure: str, system: str | None = None) -> float:
    return made.results[system or made.system].metrics[measure].value


def a_log(*, postings: int = 12, a_posting: int = 6, seed: int = 0, biased: bool = False) -> list[Placement]:
    """A history with a score that knows something, and propensities where it is biased."""
    draw = Random(seed)
    lines = []
    for number in range(postings):
        for place in range(a_posting):
            stage = draw.choice(STAGES)
            lines.append(
                placed(
                    f"p{number}",
                    f"c{draw.randrange(40)}-{place}",
                    stage,
                    day=number * 20,
                    score=GRADES[stage] + draw.gauss(0, 1),
                    propensity=draw.choice([0.05, 0.5, 1.0]) if biased else None,
                )
            )
    return lines


def perfect(log: Sequence[Placement]) -> Mapping[str, Mapping[str, float]]:
    scores: dict[str, dict[str, float]] = {}
    for line in log:
        scores.setdefault(line.posting, {})[line.candidate] = float(GRADES[line.outcome])
    return scores


def test_a_sum_worked_by_hand() -> None:
    log = [later("p", "a", "interview", score=1.0), later("p", "b", "hired", score=0.5), later("p", "c", score=0.7)]

    made = backtest(log, before=SPLIT, k=2)

    # Order a, c, b: gains 3, 0, 7; ideal 7, 3.
    assert value(made, "ndcg@10") == pytest.approx((3 + 7 / 2) / (7 + 3 / 1.584962500721156))
    assert value(made, "mrr") == 1.0
    assert value(made, "auc") == 0.5
    assert value(made, "precision@2") == 0.5
    assert value(made, "hit@2") == 1.0


def test_a_perfect_scorer_is_perfect() -> None:
    log = a_log()

    made = backtest(log, {"perfect": fixed(**perfect(log))}, before=START)

    assert [value(made, measure) for measure in ("ndcg@10", "mrr", "auc", "hit@5")] == pytest.approx([1.0] * 4)


def test_a_perfect_scorer_is_perfect_after_correction_too() -> None:
    log = a_log(biased=True)

    made = backtest(log, {"perfect": fixed(**perfect(log))}, before=START)

    assert made.corrected["perfect"]["ndcg@10"].value == pytest.approx(1.0)
    assert made.corrected["perfect"]["auc"].value == pytest.approx(1.0)


@given(st.integers(0, 100))
@settings(max_examples=10)
def test_the_order_of_the_file_changes_nothing(seed: int) -> None:
    log = a_log(biased=True, postings=8)
    shuffled = Random(seed).sample(log, len(log))

    assert backtest(log).as_json() == backtest(shuffled).as_json()


def test_only_later_proposals_are_ranked() -> None:
    log = [placed("old", "a", "hired", score=0.0), placed("old", "b", score=1.0), *a_log(postings=12)]

    made = backtest(log, before=SPLIT)

    assert set(made.results[LOGGED].values["ndcg@10"]) <= {f"p{number}" for number in range(5, 12)}
    assert made.settings["proposals_from_then_on"] == 42
    assert made.settings["before"] == SPLIT.isoformat()


def test_what_became_of_an_early_proposal_later_is_not_known_to_popularity() -> None:
    early = [placed("old", "star", day=1), placed("old", "star", "hired", day=150)]
    log = [*early, later("p", "star"), later("p", "other", "hired")]

    made = backtest(log, {"any": fixed(p={"star": 1, "other": 0})}, before=SPLIT)

    assert value(made, "mrr", "popularity") == 1.0  # a tie that goes to "other" by its id
    assert made.settings["proposals_before"] == 1


def test_popularity_knows_what_came_of_earlier_proposals() -> None:
    early = [placed("old", "zoe", "hired", day=1), placed("old", "adam", "rejected", day=1)]
    log = [*early, later("p", "zoe", "hired"), later("p", "adam")]

    made = backtest(log, {"any": fixed(p={"zoe": 0, "adam": 1})}, before=SPLIT)

    assert value(made, "mrr", "popularity") == 1.0
    assert value(made, "mrr") == 0.5
    assert made.leads["popularity"].difference < 0


def test_a_candidate_who_was_registered_later_is_left_out() -> None:
    log = [later("p", "a", "hired"), later("p", "b"), later("p", "leak", "hired")]
    known = Known(postings={"p": None}, candidates={"a": None, "b": None, "leak": SPLIT + timedelta(days=1)})

    made = backtest(log, {"s": fixed(p={"a": 1, "b": 0, "leak": -1})}, before=SPLIT, known=known)

    assert value(made, "auc") == 1.0
    assert made.left_out.not_yet_known == 1
    assert any("registered" in warning.text("en") for warning in made.warnings)


def test_a_score_needs_no_home_and_no_known_id() -> None:
    assert value(backtest(a_log(), before=START), "ndcg@10") > value(
        backtest(a_log(), before=START), "ndcg@10", "random"
    )


def test_unknown_ids_are_left_out_and_named_in_both_languages() -> None:
    log = [later("p", "a", "hired"), later("p", "b"), later("p", "stranger")]
    known = Known(postings={"p": None}, candidates={"a": None, "b": None})

    made = backtest(log, {"s": fixed(p={"a": 1, "b": 0})}, before=SPLIT, known=known)

    assert made.left_out.unknown == 1
    assert any("'stranger'" in warning.text("da") for warning in made.warnings)


def test_items_without_a_score_are_left_out_for_all_systems_and_counted() -> None:
    log = [later("p", "a", "hired"), later("p", "b"), later("p", "c", "hired")]

    made = backtest(log, {"s": fixed(p={"a": 1, "b": 0}), "t": fixed(p={"a": 1, "b": 0, "c": 0})}, before=SPLIT)

    assert made.left_out.unscored == 1
    assert value(made, "auc", "t") == 1.0


def test_a_posting_with_one_candidate_has_no_order() -> None:
    log = [later("p", "a", "hired", score=1.0), later("q", "a", "hired", score=1.0), later("q", "b", score=2.0)]

    made = backtest(log, before=SPLIT)

    assert made.left_out.alone == 1
    assert made.settings["queries"] == 1


def test_postings_without_a_success_are_counted_and_left_out() -> None:
    log = [
        *(later("none", c, score=1.0) for c in "ab"),
        later("p", "a", "hired", score=1.0),
        later("p", "b", score=0.0),
    ]

    made = backtest(log, before=SPLIT)

    assert made.settings["queries_without_success"] == 1
    assert made.results[LOGGED].metrics["mrr"].n == 1
    assert value(made, "mrr") == 1.0


def test_ties_go_by_id_and_are_counted() -> None:
    log = [later("p", "a", score=1.0), later("p", "b", "hired", score=1.0), later("p", "c", score=1.0)]

    made = backtest(log, before=SPLIT)

    assert value(made, "mrr") == 0.5
    assert value(made, "auc") == 0.5
    assert made.settings["tied_pairs"] == 2


def test_without_propensities_it_warns_of_the_past_choice() -> None:
    made = backtest(a_log(), before=START)

    assert made.corrected == {}
    assert any("selection bias" in warning.text("en") for warning in made.warnings)
    assert any("selektionsbias" in warning.text("da") for warning in made.warnings)


def test_with_some_propensities_only_whole_postings_are_corrected() -> None:
    whole = [later("p", "a", "hired", score=1.0, propensity=0.5), later("p", "b", score=0.0, propensity=0.01)]
    part = [later("q", "a", "hired", score=1.0, propensity=0.5), later("q", "b", score=2.0)]

    made = backtest([*whole, *part], before=SPLIT)

    assert (made.correction.queries, made.correction.applications, made.correction.missing) == (1, 2, 1)
    assert made.correction.clipped == 1
    assert made.corrected[LOGGED]["ndcg@10"].n == 1
    assert any("1 of 4 proposals" in warning.text("en") for warning in made.warnings)


def test_candidates_can_be_asked_about_instead_of_postings() -> None:
    log = [later("p", "c", "hired", score=1.0), later("q", "c", score=0.0)]

    made = backtest(log, before=SPLIT, direction="candidates")

    assert list(made.results[LOGGED].values["mrr"]) == ["c"]


def test_instruments_and_groups_are_looked_at_one_by_one() -> None:
    log = [
        *(
            later("p", c, "hired" if c == "a" else "proposed", score=float(c == "a"), instrument="praktik")
            for c in "ab"
        ),
        *(later("p", c, "hired" if c == "y" else "proposed", score=float(c == "x")) for c in "xy"),
    ]

    made = backtest(log, before=SPLIT, groups={"half": lambda posting, candidate: "ab" if candidate in "ab" else "xy"})

    assert made.groups["instrument"]["praktik"].metrics["auc"].value == 1.0
    assert made.groups["instrument"]["none"].metrics["auc"].value == 0.0
    assert made.groups["half"]["xy"].metrics["auc"].n == 1


def test_a_group_of_lone_candidates_has_no_value() -> None:
    log = [later("p", "a", "hired", score=1.0, instrument="praktik"), later("p", "b", score=0.0)]

    assert backtest(log, before=SPLIT).groups["instrument"]["praktik"].metrics["auc"].n == 0


def test_a_made_up_history_is_called_so() -> None:
    made = backtest(a_log(), before=START, simulated=True)

    assert made.settings["simulated"] is True
    assert "simulated" in made.warnings[0].text("en")
    assert "simuleret" in made.warnings[0].text("da")


def test_the_answer_is_json_as_of_any_evaluation() -> None:
    answer = json.loads(json.dumps(backtest(a_log(biased=True)).as_json("da"), allow_nan=False))

    assert set(answer["metrics"]["ndcg@10"]) == {"value", "low", "high", "n"}
    assert set(answer["baselines"]) == {"random", "popularity"}
    assert set(answer["leads"]) == {"random", "popularity"}
    assert answer["correction"]["effective"] > 0
    assert answer["settings"]["stages"]["hired"] == 3


def test_the_logged_score_stands_beside_ours_where_every_pair_has_one() -> None:
    log = a_log()

    assert LOGGED in backtest(log, {"ours": fixed(**perfect(log))}, before=START).leads


@pytest.mark.parametrize(
    ("log", "known", "said"),
    [
        ([], None, "not a single placement"),
        ([placed("p", "a", "hired", score=1.0)], None, "no proposal on or after 2026-04-11"),
        ([later("p", "a", "hired"), later("p", "b")], None, "2 without a score"),
        ([later("p", "a", score=1.0), later("p", "b", score=2.0)], None, "came to an interview"),
        ([later("p", "a", "hired"), later("p", "b")], Known(postings={}, candidates={}), "names both a posting"),
    ],
)
def test_a_history_that_nothing_can_be_said_of_is_refused(log: list[Placement], known: Known | None, said: str) -> None:
    with pytest.raises(InvalidPlacements, match=said) as refused:
        backtest(log, before=SPLIT, known=known)

    assert refused.value.text("da") != str(refused.value)


def test_a_scorer_that_gives_no_number_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no finite numbers"):
        backtest([later("p", "a", "hired"), later("p", "b")], {"s": fixed(p={"a": float("nan"), "b": 0})}, before=SPLIT)
