import numpy as np

from index.fusion import reciprocal_rank_fusion
from index.hits import Hit, best_hits, order


def test_equal_scores_are_ordered_by_id() -> None:
    assert order([Hit("b", 1.0), Hit("c", 2.0), Hit("a", 1.0)]) == [Hit("c", 2.0), Hit("a", 1.0), Hit("b", 1.0)]


def test_the_best_hits_are_the_head_of_the_full_order_even_where_scores_are_equal() -> None:
    ids = [f"i{number:02}" for number in np.random.default_rng(1).permutation(60)]
    scores = np.random.default_rng(2).integers(0, 5, 60).astype(np.float64)
    everything = order(Hit(name, float(score)) for name, score in zip(ids, scores, strict=True))

    for k in (0, 1, 7, 59, 60, 61):
        assert best_hits(ids, scores, k) == everything[:k]


def test_nothing_to_choose_from_gives_no_hits() -> None:
    assert best_hits([], np.empty(0), 5) == []


def test_fusion_adds_the_reciprocal_ranks_worked_by_hand() -> None:
    dense = [Hit("a", 0.91), Hit("b", 0.90)]
    lexical = [Hit("b", 12.0), Hit("c", 3.0)]

    fused = reciprocal_rank_fusion([dense, lexical], k=60)

    assert [hit.id for hit in fused] == ["b", "a", "c"]
    assert [hit.score for hit in fused] == [1 / 62 + 1 / 61, 1 / 61, 1 / 62]


def test_fusion_does_not_depend_on_the_order_of_the_lists() -> None:
    random = np.random.default_rng(3)
    lists = [[Hit(f"i{number}", 0.0) for number in random.permutation(30)] for _ in range(7)]

    assert reciprocal_rank_fusion(lists) == reciprocal_rank_fusion(lists[::-1])
