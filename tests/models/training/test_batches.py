"""What is compared in one step of a training."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from models.training.batches import CLUSTER, MOST_NEAR, NEIGHBOURS, Batches, Pairs, kinship, nearest
from models.training.corpus import Corpus, Entry, Item
from tests.models.training.corpora import CORPUS, ENTRIES, SKILLS, TITLES, WORKS

PLACES = {entry.key: place for place, entry in enumerate(ENTRIES)}


def in_a_ring(count: int) -> NDArray[np.int64]:
    """Neighbours as if all things stood in a ring, each nearest to those after it."""
    return np.array([[(place + step) % count for step in range(1, 3)] for place in range(count)], dtype=np.int64)


def batches(corpus: Corpus = CORPUS, seed: int = 0) -> Batches:
    sizes = {name: len(getattr(corpus, name)) for name in ("entries", "skills", "titles", "works")}
    return Batches(corpus, {name: in_a_ring(size) for name, size in sizes.items()}, seed)


def drawn(seed: int) -> list[Pairs]:
    made = batches(seed=seed)
    return [made.entries(4), made.items("skills", 4), made.items("titles", 4), made.works(3)]


def texts(pairs: list[Pairs]) -> list[list[str]]:
    return [[*each.left, *each.right, *each.extra] for each in pairs]


def test_a_seed_draws_the_same_batches_and_another_seed_others() -> None:
    assert texts(drawn(3)) == texts(drawn(3))
    assert texts(drawn(3)) != texts(drawn(4))
    assert batches(seed=3).share() == batches(seed=3).share()


def test_a_batch_has_as_many_rows_as_wanted_and_nothing_twice() -> None:
    for pairs in drawn(1):
        assert len(pairs.left) == len(pairs.right) == len(pairs.chosen) == len(set(pairs.chosen))
        assert pairs.kin.shape == (len(pairs.left), len(pairs.left))
    assert [len(pairs.left) for pairs in drawn(1)] == [4, 4, 4, 3]


def test_a_corpus_smaller_than_a_batch_is_drawn_whole() -> None:
    made = batches()

    assert sorted(made.entries(500).chosen) == list(range(len(ENTRIES)))
    assert sorted(made.works(500).chosen) == list(range(len(WORKS)))


def test_what_is_easily_mistaken_shares_a_batch() -> None:
    """Of a hundred things in rows of ten that are alike, four at a time come from the same row."""
    items = tuple(Item(key=str(place), da=(f"navn {place}",), en=(f"name {place}",)) for place in range(100))
    alike = [[other for other in range(100) if other // 10 == at // 10 and other != at] for at in range(100)]
    made = Batches(replace(CORPUS, skills=items), {"skills": np.array(alike)}, 0)

    for _ in range(30):
        assert len({place // 10 for place in made.items("skills", CLUSTER).chosen}) == 1


def test_both_sides_of_a_row_belong_to_the_same_thing() -> None:
    made = batches()
    for _ in range(40):
        pairs = made.entries(5)
        for place, left, right in zip(pairs.chosen, pairs.left, pairs.right, strict=True):
            assert {left, right} <= {*ENTRIES[place].names, *ENTRIES[place].mentions}
        for name, items in (("skills", SKILLS), ("titles", TITLES)):
            pairs = made.items(name, 4)
            for place, left, right in zip(pairs.chosen, pairs.left, pairs.right, strict=True):
                assert left in {*items[place].names, *items[place].descriptions}
                assert right in items[place].names


def test_two_texts_of_a_row_are_not_the_same_text_where_there_are_two() -> None:
    made = batches()

    for pairs in (made.items("titles", 4) for _ in range(40)):
        assert all(left != right for left, right in zip(pairs.left, pairs.right, strict=True))


def test_names_are_paired_across_the_languages() -> None:
    made = batches()
    danish = {name for item in TITLES for name in item.da}
    crossing = [
        (left in danish) != (right in danish)
        for pairs in (made.items("titles", 4) for _ in range(60))
        for left, right in zip(pairs.left, pairs.right, strict=True)
    ]

    assert 0.4 < np.mean(crossing) < 0.7


def test_near_misses_come_along_and_not_too_many() -> None:
    near = {text for entry in ENTRIES for text in entry.near}
    assert set(batches().entries(6).extra) <= near
    assert len(batches().entries(6).extra) == len(ENTRIES)
    many = tuple(replace(ENTRIES[0], key=f"e{place}") for place in range(40))

    assert len(batches(replace(CORPUS, entries=many)).entries(40).extra) == MOST_NEAR


def test_a_broader_concept_is_no_wrong_answer_to_a_narrower_one() -> None:
    pairs = batches().entries(6)
    baking, bread = pairs.chosen.index(PLACES["baking"]), pairs.chosen.index(PLACES["bread"])

    assert pairs.kin[baking, bread]
    assert pairs.kin[bread, baking]
    assert pairs.kin.sum() == 2
    assert not pairs.kin.diagonal().any()


def test_another_skill_of_the_same_work_is_no_wrong_answer() -> None:
    made = batches()
    names = {name: item.key for item in SKILLS for name in item.names}
    masked = 0
    for pairs in (made.works(4) for _ in range(30)):
        for row, place in enumerate(pairs.chosen):
            mine = {key for key, _ in WORKS[place].skills}
            assert names[pairs.right[row]] in mine
            others = [names[text] in mine for text in pairs.right]
            others[row] = False
            assert pairs.kin[row].tolist() == others
            masked += sum(others)

    assert masked > 0


def test_kinship_goes_both_ways_and_forgets_what_is_not_there() -> None:
    found = kinship(ENTRIES)

    assert np.array_equal(found, found.T)
    assert found.diagonal().all()
    assert found.sum() == len(ENTRIES) + 2


@pytest.mark.parametrize(
    "entry",
    [
        Entry(key="e", labels=("a", "b"), names=("a",), mentions=(), near=(), related=frozenset()),
        Entry(key="e", labels=("a", "b"), names=("a",), mentions=("c",), near=(), related=frozenset()),
    ],
    ids=["one name", "one mention"],
)
def test_a_concept_of_few_words_is_paired_with_what_there_is(entry: Entry) -> None:
    made = batches(replace(CORPUS, entries=(entry, *ENTRIES)))

    for _ in range(30):
        pairs = made.entries(7)
        row = pairs.chosen.index(0)
        assert {pairs.left[row], pairs.right[row]} <= {*entry.names, *entry.mentions}


def test_a_skill_with_a_single_name_is_paired_with_itself() -> None:
    lonely = Item(key="s", da=("drejning",), en=())
    pairs = batches(replace(CORPUS, skills=(lonely, *SKILLS))).items("skills", 7)
    row = pairs.chosen.index(0)

    assert (pairs.left[row], pairs.right[row]) == ("drejning", "drejning")


def test_the_nearest_of_each_row_are_others_in_order() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(50, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)

    found = nearest(rows)

    assert found.shape == (50, NEIGHBOURS)
    for place, near in enumerate(found):
        scores = rows @ rows[place]
        scores[place] = -np.inf
        assert near.tolist() == np.argsort(-scores, kind="stable")[:NEIGHBOURS].tolist()


def test_fewer_things_than_neighbours_have_all_the_others() -> None:
    assert nearest(np.eye(3, dtype=np.float32)).tolist() == [[1, 2], [0, 2], [0, 1]]
    assert nearest(np.eye(1, dtype=np.float32)).shape == (1, 0)
