"""One evaluation looks at an engine from all sides, and every side is of the same rankings."""

from collections import Counter
from datetime import date

import pytest

from eval.assessment import FEATURE_GROUPS, Assessment, Pairs, assess
from eval.caveats import learnt_from
from eval.judged import Judged, judged
from eval.ranking import engine_run, known_here
from eval.significance import Interval
from matcher import assemble
from matcher.engine import Engine
from matcher.features import FEATURES
from matcher.settings import Settings
from matcher.trained import save_trained
from tests.known_answers import TRADES, a_blind_ranker, fill, judgements, posting_id, trained_here


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """An engine over the home with known answers."""
    made = assemble.engine(settings)
    fill(made)
    return made


def truth_of(engine: Engine) -> Judged:
    here = known_here(engine)
    return judged(judgements(), postings=here.postings, candidates=here.candidates)


def assessed(engine: Engine, *, baselines: bool = False) -> Assessment:
    return assess(engine, truth_of(engine), baselines=baselines)


def test_every_feature_is_in_exactly_one_group() -> None:
    counts = Counter(name for names in FEATURE_GROUPS.values() for name in names)

    assert counts == Counter(FEATURES)


def test_features_computed_once_rank_as_the_engine_does(engine: Engine) -> None:
    truth = truth_of(engine)

    assert Pairs(engine, truth).run(engine.ranker).scores == engine_run(engine, truth).scores


def test_our_measures_come_first_and_those_of_the_probabilities_with_them(engine: Engine) -> None:
    found = assessed(engine)

    assert list(found.metrics) == [
        "ndcg@10", "map", "mrr", "recall@5", "recall@10", "precision@5", "hit@5", "auc", "ece", "brier",
    ]  # fmt: skip
    assert found.metrics["ece"] == found.calibration.equal_mass_error
    assert found.as_json()["baselines"] is None
    assert found.leads == {}


def test_every_baseline_is_compared_on_the_same_queries(engine: Engine) -> None:
    found = assessed(engine, baselines=True)

    assert set(found.leads) == {
        "random", "popularity", "bm25", "char_tfidf", "dense", "dense_plus_char", "hybrid_standardised",
    }  # fmt: skip
    assert {lead.n for lead in found.leads.values()} == {len(TRADES)}
    random = found.results["random"].metrics["ndcg@10"].value
    assert found.leads["random"].difference == pytest.approx(found.metrics["ndcg@10"].value - random)


def test_a_group_of_features_that_says_nothing_gains_nothing(engine: Engine) -> None:
    engine.ranker = engine.ranker.without(["lexical"])
    parts = {part.group: part for part in assessed(engine).ablation}

    assert list(parts) == list(FEATURE_GROUPS)
    assert parts["letters"].gains["ndcg@10"].difference == 0
    assert parts["letters"].gains["ndcg@10"].p_value == 1


def test_stage_one_loses_nothing_when_it_keeps_everything(engine: Engine) -> None:
    pairs = Pairs(engine, truth_of(engine))
    full = pairs.run(engine.ranker)

    whole, part = pairs.stage_one(full, 1.0), pairs.stage_one(full, 0.1)

    assert (whole.keep, whole.recall.value) == (2 * len(TRADES), 1.0)
    assert part.keep == 10
    assert part.recall.value < 1


def test_what_nobody_judged_is_said(engine: Engine) -> None:
    found = assessed(engine)
    judged_share = found.settings["judged@10"]
    assert isinstance(judged_share, Interval)

    assert str(found.settings["unjudged"]).startswith("counted as grade 0")
    assert 0 < judged_share.value < 1
    assert found.calibration.pairs == len(judgements())


def test_a_ranker_that_was_trained_on_the_postings_is_warned_of(engine: Engine, settings: Settings) -> None:
    trained = trained_here(engine, a_blind_ranker(), posting_id(0), posting_id(1), "elsewhere", last="2026-03-01")
    save_trained(engine.home, trained)
    own = assemble.engine(settings)
    own.refresh()
    [warning] = assessed(own).warnings

    assert "trained on 2 of the postings" in warning.text("en")
    assert "trænet på 2 af de opslag" in warning.text("da")
    assert learnt_from(engine, [posting_id(0)]) == ()


def test_a_ranker_that_saw_the_later_period_is_warned_of(engine: Engine, settings: Settings) -> None:
    save_trained(engine.home, trained_here(engine, a_blind_ranker(), "p", last="2026-03-01"))
    own = assemble.engine(settings)
    day = date(2026, 3, 1)

    [warning] = learnt_from(own, [], before=day)

    assert "up to 2026-03-01" in warning.text("en")
    assert learnt_from(own, [], before=day.replace(day=2)) == ()
