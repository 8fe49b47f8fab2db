from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dense import DenseIndex
from index.errors import DamagedIndex, InvalidRows, UnknownIds
from tests.index.builders import Rows, documents, plain_search, vectors

POOL = documents(300)


def flat(pool: dict[str, Rows]) -> DenseIndex:
    return DenseIndex.build(32, pool.items())


def test_the_best_row_of_each_id_is_found_exactly() -> None:
    queries = vectors(5, seed=1)

    best = flat(POOL).best(queries)

    wanted = [(queries.astype(np.float64) @ rows.T.astype(np.float64)).max(axis=1) for rows in POOL.values()]
    assert best.dtype == np.float32
    assert np.array_equal(best, np.array(wanted).T)


def test_columns_follow_the_ids_that_were_asked_for() -> None:
    index, queries = flat(POOL), vectors(3, seed=2)
    everything = index.best(queries)
    asked = ["d00250", "d00003", "d00250", "d00004", "d00005"]

    assert np.array_equal(index.best(queries, asked), everything[:, [index.ids.index(name) for name in asked]])
    assert index.best(queries, []).shape == (3, 0)


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_a_score_is_the_same_to_the_last_bit_whatever_else_is_stored_or_asked(data: st.DataObject) -> None:
    queries = vectors(9, dimension=64, seed=3)
    pool = documents(80, dimension=64, seed=4)
    alone = DenseIndex.build(64, [("d00007", pool["d00007"])]).best(queries[4:5])

    others = data.draw(st.lists(st.sampled_from(sorted(pool)), unique=True))
    order = data.draw(st.permutations(["d00007", *(name for name in others if name != "d00007")]))
    asked = data.draw(st.permutations(range(9)))
    index = DenseIndex.build(64, [(name, pool[name]) for name in order])
    together = index.best(queries[list(asked)])

    column, row = index.ids.index("d00007"), asked.index(4)
    assert together[row, column].tobytes() == alone.tobytes()


def test_the_order_of_the_rows_of_an_id_makes_no_difference() -> None:
    queries = vectors(4, seed=5)
    turned = flat({name: rows[::-1].copy() for name, rows in reversed(POOL.items())})

    assert turned.ids == flat(POOL).ids
    assert np.array_equal(turned.best(queries), flat(POOL).best(queries))


@pytest.mark.parametrize("queries", [1, 6])
@pytest.mark.parametrize("k", [1, 10, 299, 300, 1000])
def test_a_search_answers_the_plain_order(queries: int, k: int) -> None:
    asked = vectors(queries, seed=6)

    assert flat(POOL).search(asked, k) == plain_search(POOL, asked, k)


@pytest.mark.parametrize("share", [0.5, 0.05, 0.01])
@pytest.mark.parametrize("queries", [1, 6])
def test_a_filter_is_exact_and_fills_the_answer(share: float, queries: int) -> None:
    pool = documents(2000, most=3)
    allowed = set(np.random.default_rng(7).choice(sorted(pool), int(share * 2000), replace=False).tolist())
    asked = vectors(queries, seed=8)

    hits = flat(pool).search(asked, 10, allowed=allowed)

    assert len(hits) == 10
    assert hits == plain_search(pool, asked, 10, allowed)


def test_a_filter_of_one_id_answers_that_one_and_of_none_nothing() -> None:
    index, query = flat(POOL), vectors(1, seed=9)

    assert [hit.id for hit in index.search(query, 10, allowed=["d00123", "d00123", "nobody"])] == ["d00123"]
    assert index.search(query, 10, allowed=[]) == []
    assert index.search(query, 10, allowed=["nobody"]) == []
    assert index.search(query, 0) == []


def test_ids_that_are_equally_good_come_by_id_although_many_rows_tie() -> None:
    same = vectors(1, seed=10)
    index = flat({f"d{number:04}": np.repeat(same, 3, axis=0) for number in range(500)})

    assert [hit.id for hit in index.search(same, 5)] == ["d0000", "d0001", "d0002", "d0003", "d0004"]


def test_an_id_with_a_thousand_good_rows_does_not_crowd_out_the_others() -> None:
    query = vectors(1, seed=11)
    pool = {**POOL, "hog": np.repeat(query, 1000, axis=0)}

    assert flat(pool).search(query, 10) == plain_search(pool, query, 10)


def test_replaced_ids_own_only_their_new_rows() -> None:
    index = flat(POOL)
    changed = {"d00002": vectors(6, seed=12), "d00299": vectors(1, seed=13), "new": vectors(2, seed=14)}

    index.replace(changed.items())

    assert index.row_count == sum(map(len, {**POOL, **changed}.values()))
    assert_same(index, {**POOL, **changed})


def test_removed_ids_are_gone_and_can_come_back() -> None:
    index = flat(POOL)
    gone = ["d00000", "d00150", "d00299", "nobody"]

    index.remove(gone)
    assert_same(index, {name: rows for name, rows in POOL.items() if name not in gone})

    index.replace((name, POOL[name]) for name in gone[:3])
    assert_same(index, POOL)


def assert_same(index: DenseIndex, pool: dict[str, Rows]) -> None:
    fresh, queries = flat(pool), vectors(3, seed=15)
    assert (index.ids, len(index)) == (tuple(sorted(pool)), len(pool))
    assert np.array_equal(index.best(queries), fresh.best(queries))
    assert index.search(queries[:1], 20) == fresh.search(queries[:1], 20)
    assert index.search(queries, 20, allowed=list(pool)[::7]) == fresh.search(queries, 20, allowed=list(pool)[::7])


def test_an_emptied_index_answers_nothing_and_fills_again() -> None:
    index = flat(POOL)

    index.remove(POOL)

    assert (len(index), index.ids, index.search(vectors(1), 3)) == (0, (), [])
    assert index.best(vectors(2)).shape == (2, 0)
    index.replace(POOL.items())
    assert_same(index, POOL)


def test_threads_that_ask_at_once_get_the_same_answers() -> None:
    index, queries = flat(POOL), vectors(16, seed=16)
    alone = [index.search(query[None], 10) for query in queries]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda query: index.search(query[None], 10), queries)) == alone


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (lambda: np.full((1, 32), 0.1, dtype=np.float32), "multiples"),
        (lambda: np.full((1, 32), np.nan, dtype=np.float32), "multiples"),
        (lambda: np.full((1, 32), 3e38, dtype=np.float32), "multiples"),
        (lambda: np.ones((1, 32), dtype=np.float32), "2 long"),
        (lambda: vectors(2, dimension=31), r"shape \(n, 32\)"),
        (lambda: vectors(1)[0], r"shape \(n, 32\)"),
        (lambda: np.empty((0, 32), dtype=np.float32), "at least one row"),
    ],
)
def test_rows_that_could_not_be_compared_exactly_are_refused_and_change_nothing(
    rows: Callable[[], Rows], why: str
) -> None:
    index = flat(POOL)

    with pytest.raises(InvalidRows, match=why):
        index.replace([("d00000", vectors(1, seed=17)), ("bad", rows())])

    assert_same(index, POOL)


def test_an_id_given_twice_is_refused() -> None:
    with pytest.raises(InvalidRows, match="'a' needs one entry"):
        DenseIndex.build(32, [("a", vectors(1)), ("a", vectors(1))])


def test_a_query_off_the_grid_or_no_query_is_refused() -> None:
    index = flat(POOL)

    with pytest.raises(InvalidRows, match="multiples"):
        index.best(vectors(1) * np.float32(0.3))
    with pytest.raises(InvalidRows, match="At least one query"):
        index.search(np.empty((0, 32), dtype=np.float32), 5)


def test_asking_for_an_id_without_rows_by_name_is_refused() -> None:
    with pytest.raises(UnknownIds, match="'nobody'"):
        flat(POOL).best(vectors(1), ["d00001", "nobody"])


@pytest.mark.parametrize("pool", [POOL, {}], ids=["full", "empty"])
def test_a_saved_index_opens_as_it_was(pool: dict[str, Rows], tmp_path: Path) -> None:
    index = flat(pool)
    index.remove(["d00011", "d00012"])
    index.save(tmp_path)

    opened = DenseIndex.open(tmp_path)

    rest = {name: rows for name, rows in pool.items() if name not in ("d00011", "d00012")}
    assert_same(opened, rest)
    opened.replace([("d00011", vectors(2, seed=18))])
    assert_same(opened, {**rest, "d00011": vectors(2, seed=18)})


@pytest.mark.parametrize("file", ["dense.json", "rows.npy"])
def test_a_missing_or_truncated_file_is_damage_even_without_a_manifest(file: str, tmp_path: Path) -> None:
    flat(POOL).save(tmp_path)
    content = (tmp_path / file).read_bytes()

    for left in (content[:-1], content[:20], b""):
        (tmp_path / file).write_bytes(left)
        with pytest.raises(DamagedIndex, match=file):
            DenseIndex.open(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(DamagedIndex, match=file):
        DenseIndex.open(tmp_path)


@pytest.mark.parametrize(
    ("found", "changed"),
    [
        ('"d00001"', '"d00002"'),
        ('"dimension": 32', '"dimension": 31'),
        ('"labels": [0, 1', '"labels": [1, 1'),
        ('"flat": true', '"flut": true'),
    ],
)
def test_a_header_that_does_not_fit_its_rows_is_damage(found: str, changed: str, tmp_path: Path) -> None:
    flat(POOL).save(tmp_path)
    header = tmp_path / "dense.json"
    text = header.read_text(encoding="utf-8")
    assert found in text
    header.write_text(text.replace(found, changed, 1), encoding="utf-8")

    with pytest.raises(DamagedIndex, match=r"dense\.json"):
        DenseIndex.open(tmp_path)


def test_agreement_is_the_mean_of_both_directions() -> None:
    queries = vectors(5, seed=21)
    index = flat(POOL)
    asked = ["d00250", "d00003", "d00250"]

    def by_hand(rows: Rows) -> float:
        products = queries.astype(np.float64) @ rows.T.astype(np.float64)
        return float((products.max(axis=1).mean() + products.max(axis=0).mean()) / 2)

    assert index.agreement(queries, asked).tolist() == [by_hand(POOL[name]) for name in asked]
    assert index.agreement(queries, []).shape == (0,)


def test_agreement_is_the_same_from_either_side() -> None:
    one, other = POOL["d00003"], POOL["d00250"]
    sides = [(one, "b", other), (other, "a", one)]

    found = [DenseIndex.build(32, [(name, rows)]).agreement(asked, [name]) for asked, name, rows in sides]

    assert found[0].tobytes() == found[1].tobytes()


def test_the_rows_of_an_id_are_what_was_given() -> None:
    assert np.array_equal(flat(POOL).rows("d00007"), POOL["d00007"])
    assert flat(POOL).rows("nobody").shape == (0, 32)
