"""Learning from pairs: what is learnt from, that no pair is judged by a ranker that met its posting, and refusals."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.engine import Engine
from matcher.errors import InvalidTraining
from matcher.features import FEATURES
from matcher.training import (
    FOLDS,
    LEAST_POSTINGS,
    POSITIVE,
    Examples,
    check,
    examples,
    fold_of,
    out_of_fold,
    tellings,
    train,
    weighed,
)

CANDIDATES = 8


def some_examples(postings: int = 20, seed: int = 0, grades: NDArray[np.int64] | None = None) -> Examples:
    """Pairs whose grade is decided by the first feature, but for some noise; the others say nothing."""
    random = np.random.default_rng(seed)
    pairs = tuple((f"p{p:02}", f"c{c}") for p in range(postings) for c in range(CANDIDATES))
    rows = random.normal(size=(len(pairs), len(FEATURES)))
    worth = 2 * rows[:, 0] + random.normal(size=len(pairs))
    given = np.searchsorted([0.0, 1.0, 2.5], worth).astype(np.int64) if grades is None else grades
    return Examples(pairs=pairs, rows=rows, grades=given, weights=np.ones(len(pairs)))


def of_posting(found: Examples, *postings: str) -> NDArray[np.bool_]:
    return np.array([posting in postings for posting in found.postings])


def test_all_pairs_of_a_posting_are_in_one_fold_and_all_folds_are_used() -> None:
    folds = {f"p{n}": fold_of(f"p{n}") for n in range(200)}

    assert set(folds.values()) == set(range(FOLDS))
    assert min(list(folds.values()).count(fold) for fold in range(FOLDS)) > 20


def test_the_id_of_a_posting_decides_its_fold_today_as_tomorrow() -> None:
    assert [fold_of(f"p{n}") for n in range(8)] == [3, 3, 4, 2, 2, 0, 1, 3]


def test_no_pair_is_scored_by_a_ranker_that_met_its_posting() -> None:
    found = some_examples()
    before = out_of_fold(found)
    own = of_posting(found, "p07")
    flipped = replace(found, grades=np.where(own, 3 - found.grades, found.grades))
    moved = out_of_fold(flipped) != before
    held = np.array([fold_of(posting) == fold_of("p07") for posting in found.postings])

    assert not moved[held].any()
    assert moved[~held].all()


def test_its_rows_do_not_count_either_and_neither_do_its_weights() -> None:
    found = some_examples()
    own = of_posting(found, "p07")
    before = out_of_fold(found)
    others = own.copy()
    others[own] = [False, *[True] * (CANDIDATES - 1)]
    rows = np.where(others[:, None], 9.0, found.rows)
    changed = replace(found, rows=rows, weights=np.where(own, 7.0, 1.0))

    assert (out_of_fold(changed) == before)[own & ~others].all()


def test_pairs_of_other_postings_do_count() -> None:
    found = some_examples()
    logits = out_of_fold(found)

    assert np.corrcoef(logits, found.rows[:, 0])[0, 1] > 0.9


def test_what_is_trained_puts_good_pairs_first_and_its_scores_are_chances() -> None:
    found, fresh = some_examples(60), some_examples(60, seed=1)
    ranker = train(found)
    scores, good = ranker.scores(fresh.rows), fresh.grades >= POSITIVE

    assert ranker.features == FEATURES
    assert (scores[good][:, None] > scores[~good][None, :]).mean() > 0.85
    for low, high in ((0.0, 0.2), (0.2, 0.5), (0.5, 1.0)):
        chosen = (scores >= low) & (scores < high)
        assert good[chosen].mean() == pytest.approx(scores[chosen].mean(), abs=0.12)


def test_the_same_pairs_teach_the_same_ranker() -> None:
    assert train(some_examples()) == train(some_examples())


def test_proposals_that_ended_in_a_job_or_in_nothing_are_enough() -> None:
    found = some_examples()
    hired = replace(found, grades=np.where(found.grades >= POSITIVE, 3, 0))

    assert train(hired).features == FEATURES


def test_heavy_pairs_teach_more() -> None:
    """The second feature speaks in half of the postings only; it counts for more where those weigh more."""
    found = some_examples(30)
    loud = np.array([fold_of(posting + "?") % 2 == 0 for posting in found.postings])
    told = replace(found, grades=np.where(loud, np.where(found.rows[:, 1] > 0, 3, 0), found.grades))
    probe = np.zeros((3, len(FEATURES)))
    probe[1, 0] = probe[2, 1] = 2.0

    def share(weight: float) -> float:
        base, first, second = train(replace(told, weights=np.where(loud, weight, 1.0))).logits(probe)
        return float((second - base) / (first - base))

    assert share(8.0) > 2 * share(1.0) > 0


def refused(found: Examples) -> InvalidTraining:
    with pytest.raises(InvalidTraining) as refusal:
        train(found)
    return refusal.value


def test_nothing_to_learn_from_is_refused() -> None:
    refusal = refused(some_examples(0))

    assert refusal.reason == "empty"
    assert "not a single pair" in refusal.text("en")
    assert "ikke et eneste par" in refusal.text("da")


@pytest.mark.parametrize("grade", [0, 1, 2, 3])
def test_pairs_of_one_class_are_refused(grade: int) -> None:
    refusal = refused(some_examples(grades=np.full(20 * CANDIDATES, grade)))

    assert refusal.reason == "one_class"
    assert f"the highest is {grade}" in refusal.text("en")
    assert f"Alle {20 * CANDIDATES} par" in refusal.text("da")


def test_two_grades_on_the_same_side_are_one_class() -> None:
    assert refused(some_examples(grades=np.tile([2, 3], 80))).reason == "one_class"
    assert refused(some_examples(grades=np.tile([0, 1], 80))).reason == "one_class"


def test_too_few_postings_that_tell_good_from_bad_are_refused() -> None:
    grades = np.zeros(20 * CANDIDATES, dtype=np.int64)
    grades[: (LEAST_POSTINGS - 1) * CANDIDATES : CANDIDATES] = 3
    found = some_examples(grades=grades)
    refusal = refused(found)

    assert tellings(found) == LEAST_POSTINGS - 1
    assert refusal.reason == "few_postings"
    assert f"Only {LEAST_POSTINGS - 1} posting(s)" in refusal.text("en")
    assert f"færre end {LEAST_POSTINGS} " in refusal.text("da")
    grades[(LEAST_POSTINGS - 1) * CANDIDATES] = 2
    check(some_examples(grades=grades))


def test_good_pairs_that_all_lie_in_one_fold_are_refused() -> None:
    postings = [f"q{n}" for n in range(200)]
    together = [id for id in postings if fold_of(id) == 0][:LEAST_POSTINGS]
    apart = [id for id in postings if fold_of(id) != 0][:LEAST_POSTINGS]
    pairs = tuple((id, f"c{n}") for id in (*together, *apart) for n in range(2))
    grades = np.array([3 * (id in together and c == "c0") for id, c in pairs])
    rows = np.random.default_rng(3).normal(size=(len(pairs), len(FEATURES)))
    refusal = refused(Examples(pairs=pairs, rows=rows, grades=grades, weights=np.ones(len(pairs))))

    assert refusal.reason == "one_fold"
    assert f"of {2 * LEAST_POSTINGS} postings" in refusal.text("en")
    assert f"{2 * LEAST_POSTINGS} opslag" in refusal.text("da")


def test_a_part_of_the_examples_keeps_what_belongs_together() -> None:
    found = some_examples()
    part = found.of(of_posting(found, "p03", "p11"))

    assert len(part) == 2 * CANDIDATES
    assert set(part.postings) == {"p03", "p11"}
    for place, pair in enumerate(part.pairs):
        there = found.pairs.index(pair)
        assert (part.rows[place] == found.rows[there]).all()
        assert part.grades[place] == found.grades[there]


def test_weights_are_inverse_chances_and_clipped() -> None:
    assert weighed([3, 0, 0, 2], [0.5, 0.1, None, 0.001], clip=10) == [2, 10, 1, 10]
    assert weighed([3, 0], [0.0, 1.0], clip=5) == [5, 1]
    assert weighed([], [], clip=5) == []


def test_each_grade_has_its_chance() -> None:
    with pytest.raises(ValueError, match="2 grades have 1 propensities"):
        weighed([1, 2], [0.5], clip=10)


def test_examples_are_the_features_of_the_pairs_by_posting_and_candidate(engine: Engine) -> None:
    engine.refresh()
    grades = {("p2", "nurse-en"): 3, ("p1", "nurse-da"): 0, ("p1", "engineer"): 2}
    found = examples(engine, grades, weights={pair: 1.0 + 2 * (pair[0] == "p2") for pair in grades})

    assert found.pairs == (("p1", "engineer"), ("p1", "nurse-da"), ("p2", "nurse-en"))
    assert found.grades.tolist() == [2, 0, 3]
    assert found.weights.tolist() == pytest.approx([0.6, 0.6, 1.8])
    scores = {(match.posting, match.candidate): match.score for match in engine.match_posting("p1")}
    assert engine.ranker.scores(found.rows[:2]).tolist() == [scores[pair] for pair in found.pairs[:2]]
    assert len(examples(engine, {})) == 0
