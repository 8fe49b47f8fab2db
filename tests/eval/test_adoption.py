"""A ranker is adopted only for postings that neither it nor the one in use was fitted on."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from eval.adoption import (
    GRADED,
    MEASURE,
    PLACED,
    Decision,
    Source,
    by_posting,
    from_judgements,
    from_placements,
    trained_before,
)
from eval.period import period_of
from eval.ranking import known_here
from eval.significance import Comparison
from matcher import assemble
from matcher.engine import Engine
from matcher.errors import InvalidJudgements, InvalidTraining
from matcher.records import Judgement, Outcome, Placement
from matcher.settings import Settings
from matcher.trained import Lessons
from matcher.training import LEAST_POSTINGS, examples
from tests.eval.placed import START
from tests.known_answers import TRADES, a_blind_ranker, answers, fill, judgements, posting_id, trained_here

SOURCE = Source(file="judgements.jsonl", sha256="0" * 64)
OUTCOMES: dict[int, Outcome] = {3: "hired", 2: "interview", 0: "rejected"}


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """An engine over the home with known answers."""
    made = assemble.engine(settings)
    fill(made)
    return made


def blinded(engine: Engine) -> Engine:
    """The engine with a ranker to which all are alike."""
    return engine.scoring_with(a_blind_ranker())


def history(rounds: int, *, propensity: float | None = None, exposed: bool | None = None) -> list[Placement]:
    """Every trade's postings proposed for, a round after the other."""
    return [
        Placement(
            posting=posting_id(trade, turn),
            candidate=candidate,
            date=START + timedelta(days=30 * turn + trade),
            outcome=OUTCOMES[grade],
            propensity=propensity,
            exposed=exposed,
        )
        for turn in range(rounds)
        for trade in range(len(TRADES))
        for candidate, grade in answers(trade).items()
    ]


def decided(difference: float, low: float, high: float, n: int = 30, seen: int = 0) -> Decision:
    return Decision(
        ranker=a_blind_ranker(),
        lessons=Lessons(file="f", sha256="0", pairs=1, postings=("p",), outcome=GRADED),
        lead=Comparison(difference=difference, low=low, high=high, p_value=0.5, n=n),
        new=0.5,
        current=0.5 - difference,
        in_use="abc",
        passed_over=seen,
        left_out={},
    )


def test_an_interval_wholly_above_zero_is_adopted() -> None:
    decision = decided(0.1, 0.02, 0.2)

    assert decision.adopted
    assert "+0.100 in nDCG@10 (95 % interval +0.020 to +0.200, 30 postings)" in decision.why.text("en")
    assert "Taget i brug" in decision.why.text("da")


@pytest.mark.parametrize(
    ("decision", "english", "danish"),
    [
        (decided(0.1, 0.0, 0.2), "is not shown", "ikke vist"),
        (decided(0.1, -0.1, 0.3), "is not shown", "ikke vist"),
        (decided(-0.1, -0.2, -0.05), "the new one is worse", "Den nye er dårligere"),
        (decided(0.1, 0.05, 0.2, n=LEAST_POSTINGS - 1, seen=4), "4 were passed over", "4 er sprunget over"),
        (decided(float("nan"), float("nan"), float("nan"), n=0), "only 0 postings", "Kun 0 opslag"),
    ],
    ids=["touches zero", "holds zero", "worse", "too few", "none"],
)
def test_whatever_else_keeps_the_one_in_use_and_says_why(decision: Decision, english: str, danish: str) -> None:
    assert not decision.adopted
    assert "keeps ranker abc" in decision.why.text("en")
    assert english in decision.why.text("en")
    assert "beholder rangordning abc" in decision.why.text("da")
    assert danish in decision.why.text("da")


def test_a_ranker_that_learnt_who_fits_beats_a_blind_one(engine: Engine) -> None:
    current = blinded(engine)
    decision = from_judgements(current, judgements(), SOURCE)

    assert decision.adopted
    assert decision.new > decision.current
    assert decision.lead.n == len(TRADES)
    assert decision.lead.difference == pytest.approx(decision.new - decision.current)
    assert decision.lessons.pairs == len(judgements())
    assert decision.lessons.outcome == GRADED
    assert decision.measured()["over"] == current.prior.version
    assert decision.measured()["measure"] == MEASURE


def test_the_same_again_does_not_win(engine: Engine) -> None:
    first = from_judgements(blinded(engine), judgements(), SOURCE)
    engine.ranker = first.ranker
    second = from_judgements(engine, judgements(), SOURCE)

    assert not second.adopted


def test_postings_that_the_ranker_in_use_was_fitted_on_are_passed_over(engine: Engine) -> None:
    seen = [posting_id(trade) for trade in range(5)]
    own = trained_here(engine, a_blind_ranker(), *seen, "one that is gone")
    decision = from_judgements(blinded(engine), judgements(), SOURCE, own)

    assert decision.passed_over == 5
    assert decision.lead.n == len(TRADES) - 5
    assert not decision.adopted


def test_the_order_of_the_judgements_is_nothing(engine: Engine) -> None:
    current = blinded(engine)

    assert from_judgements(current, judgements()[::-1], SOURCE) == from_judgements(current, judgements(), SOURCE)


def test_unknown_ids_are_left_out_and_counted(engine: Engine) -> None:
    strangers = [Judgement(posting="nobody", candidate="c00-strong", grade=3)]
    decision = from_judgements(blinded(engine), [*judgements(), *strangers], SOURCE)

    assert decision.left_out["unknown_ids"] == 1
    assert decision.lessons.pairs == len(judgements())
    assert [warning.key for warning in decision.warnings] == ["training.warning.unknown"]


def test_too_few_postings_one_class_and_nothing_are_refused(engine: Engine) -> None:
    good = [judgement for judgement in judgements() if judgement.grade >= 2]

    with pytest.raises(InvalidTraining, match=r"Only 3 posting\(s\) .* fewer than 10"):
        from_judgements(engine, judgements(trades=3), SOURCE)
    with pytest.raises(InvalidTraining, match="All 24 pairs lie on the same side of grade 2"):
        from_judgements(engine, good, SOURCE)
    with pytest.raises(InvalidJudgements, match="not a single judgement"):
        from_judgements(engine, [], SOURCE)


def test_a_measure_worked_by_hand(engine: Engine) -> None:
    found = examples(engine, {("p00-0", "c00-some"): 3, ("p00-0", "c00-strong"): 0, ("p01-0", "c00-some"): 3})
    worst_first = -found.grades.astype(np.float64)

    assert by_posting(found, worst_first) == {"p00-0": pytest.approx(0.6309, abs=1e-4)}  # one pair has no order


class TestPlacements:
    ROUNDS = 4

    @pytest.fixture
    def engine(self, settings: Settings) -> Engine:
        made = assemble.engine(settings)
        fill(made, rounds=self.ROUNDS)
        return blinded(made)

    def test_the_later_period_decides_on_what_the_earlier_taught(self, engine: Engine) -> None:
        decision = from_placements(engine, history(self.ROUNDS), SOURCE)

        assert decision.adopted
        assert decision.lessons.outcome == PLACED
        assert decision.lessons.first == START.isoformat()
        assert decision.lessons.last is not None
        assert decision.lessons.last < (START + timedelta(days=30 * self.ROUNDS)).isoformat()
        assert decision.lead.n >= LEAST_POSTINGS
        learnt = set(decision.lessons.postings)
        assert len(learnt) + decision.lead.n == self.ROUNDS * len(TRADES)

    def test_what_came_of_a_proposal_only_later_is_not_learnt(self, engine: Engine) -> None:
        waiting = [replace(line, outcome="proposed") for line in history(self.ROUNDS)]
        late = [replace(line, date=START + timedelta(days=900)) for line in history(self.ROUNDS)]

        with pytest.raises(InvalidTraining, match=r"All .* pairs lie on the same side"):
            from_placements(engine, [*waiting, *late], SOURCE)

    def test_a_posting_known_from_the_earlier_period_is_not_compared(self, engine: Engine) -> None:
        log = history(self.ROUNDS)
        plain = from_placements(engine, log, SOURCE)
        early = Placement(posting=posting_id(11, 3), candidate="c05-some", date=START, outcome="rejected")
        decision = from_placements(engine, [*log, early], SOURCE)

        assert decision.lead.n == plain.lead.n - 1

    def test_who_was_seen_by_nobody_is_not_learnt_from(self, engine: Engine) -> None:
        log = history(self.ROUNDS)
        hidden = [replace(line, exposed=False) if line.outcome == "rejected" else line for line in log]

        with pytest.raises(InvalidTraining, match="same side of grade 2"):
            from_placements(engine, hidden, SOURCE)

    def test_rare_proposals_count_for_more_and_a_missing_chance_is_told(self, engine: Engine) -> None:
        log = history(self.ROUNDS)
        rare = [replace(line, propensity=0.2 if line.outcome == "interview" else 1.0) for line in log]

        plain, weighed = (from_placements(engine, lines, SOURCE) for lines in (log, rare))

        assert plain.ranker != weighed.ranker
        assert [warning.key for warning in plain.warnings] == ["training.warning.not_logged"]
        assert weighed.warnings == ()

    def test_a_simulated_history_is_called_so(self, engine: Engine) -> None:
        decision = from_placements(engine, history(self.ROUNDS), replace(SOURCE, simulated=True))

        assert decision.lessons.simulated
        assert "training.warning.simulated" in [warning.key for warning in decision.warnings]


def test_a_backtest_fits_on_the_earlier_period_and_on_nothing_where_that_is_too_little(engine: Engine) -> None:
    fill(engine, rounds=2)
    known = known_here(engine)
    every = history(2)
    days = sorted({placement.date for placement in every})

    found = trained_before(engine, period_of(every, days[-1], known))
    blind = blinded(engine)

    assert trained_before(engine, period_of(every, days[0], known)) is None
    assert found is not None
    assert engine.scoring_with(found).rank(posting_id(0), kind="candidate")[0][0] == "c00-strong"
    assert {score for _, score in blind.rank(posting_id(0), kind="candidate")} == {-1.0}
    assert engine.ranker == engine.prior.ranker != blind.ranker
