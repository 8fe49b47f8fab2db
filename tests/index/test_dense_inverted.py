"""Above the limit rows lie in inverted lists; the limit is small here and so is what counts as a small pool."""

from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex
from index.errors import DamagedIndex
from tests.index.builders import Rows, documents, plain_search, vectors

POOL = documents(3000, seed=20)
QUERIES = np.concatenate([rows[:1] for rows in documents(16, seed=20).values()])


@pytest.fixture(scope="module")
def inverted() -> DenseIndex:
    return DenseIndex.build(32, POOL.items(), flat_limit=1000)


@pytest.fixture(autouse=True)
def _no_pool_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "SMALL_POOL", 200)


def recall(index: DenseIndex, queries: int, k: int = 10, allowed: set[str] | None = None) -> float:
    found = 0
    for start in range(0, len(QUERIES), queries):
        asked = QUERIES[start : start + queries]
        hits = index.search(asked, k, allowed=allowed)
        wanted = {hit.id: hit.score for hit in plain_search(POOL, asked, k, allowed)}
        assert len(hits) == k
        assert all(hit.score == wanted[hit.id] for hit in hits if hit.id in wanted), "scores are exact"
        found += sum(hit.id in wanted for hit in hits)
    return found / (len(range(0, len(QUERIES), queries)) * k)


def test_a_large_index_is_not_flat_and_still_compares_ids_exactly(inverted: DenseIndex) -> None:
    exact = DenseIndex.build(32, POOL.items())

    assert exact.is_flat
    assert not inverted.is_flat
    assert np.array_equal(inverted.best(QUERIES), exact.best(QUERIES))
    assert np.array_equal(inverted.best(QUERIES, ["d02000", "d00001"]), exact.best(QUERIES, ["d02000", "d00001"]))


@pytest.mark.parametrize("queries", [1, 4])
def test_an_unfiltered_search_finds_nearly_all(inverted: DenseIndex, queries: int) -> None:
    assert recall(inverted, queries) >= 0.95


@pytest.mark.parametrize("share", [0.5, 0.2, 0.05, 0.01])
def test_a_filtered_search_is_full_and_finds_nearly_all(inverted: DenseIndex, share: float) -> None:
    allowed = set(np.random.default_rng(21).choice(sorted(POOL), int(share * len(POOL)), replace=False).tolist())

    assert recall(inverted, 1, allowed=allowed) >= 0.95


def test_a_filter_far_from_the_query_still_gets_full_answers(inverted: DenseIndex) -> None:
    query = QUERIES[:1]
    far = {hit.id for hit in plain_search(POOL, query, len(POOL))[-600:]}

    hits = inverted.search(query, 10, allowed=far)

    assert len(hits) == 10
    assert {hit.id for hit in hits} <= far


def test_a_filter_of_one_id_answers_that_one_and_of_none_nothing(inverted: DenseIndex) -> None:
    assert [hit.id for hit in inverted.search(QUERIES[:1], 10, allowed={"d01234"})] == ["d01234"]
    assert inverted.search(QUERIES[:1], 10, allowed=set()) == []


def test_more_hits_than_rows_looked_at_are_all_found(inverted: DenseIndex) -> None:
    assert inverted.search(QUERIES[:1], 2900) == plain_search(POOL, QUERIES[:1], 2900)


def test_an_id_with_most_of_the_rows_does_not_crowd_out_the_others() -> None:
    query = QUERIES[:1]
    pool = {**documents(1000, seed=22), "hog": np.repeat(query, 6000, axis=0)}
    index = DenseIndex.build(32, pool.items(), flat_limit=1000)

    hits = index.search(query, 10)

    assert len(hits) == 10
    assert hits[0].id == "hog"


def test_the_same_rows_make_the_same_index(inverted: DenseIndex) -> None:
    again = DenseIndex.build(32, POOL.items(), flat_limit=1000)

    assert [again.search(query[None], 20) for query in QUERIES] == [
        inverted.search(query[None], 20) for query in QUERIES
    ]


def changed(pool: dict[str, Rows]) -> tuple[DenseIndex, dict[str, Rows]]:
    index = DenseIndex.build(32, pool.items(), flat_limit=1000)
    new = {"d00005": vectors(3, seed=23), "new": vectors(1, seed=24)}
    index.replace(new.items())
    index.remove(["d00100", "d00200", "nobody"])
    return index, {name: rows for name, rows in {**pool, **new}.items() if name not in ("d00100", "d00200")}


def test_replacing_and_removing_keep_rows_and_lists_together() -> None:
    index, pool = changed(POOL)

    assert index.ids == tuple(sorted(pool))
    assert np.array_equal(index.best(QUERIES), DenseIndex.build(32, pool.items()).best(QUERIES))
    assert index.search(pool["new"], 1)[0].id == "new"
    assert index.search(pool["d00005"][:1], 1)[0].id == "d00005"
    assert "d00100" not in {hit.id for hit in index.search(POOL["d00100"], 50)}


def test_a_saved_large_index_opens_as_it_was_and_can_be_changed(tmp_path: Path) -> None:
    index, pool = changed(POOL)
    index.save(tmp_path)

    opened = DenseIndex.open(tmp_path)

    assert not opened.is_flat
    assert np.array_equal(opened.best(QUERIES), index.best(QUERIES))
    assert [opened.search(query[None], 5) for query in QUERIES] == [index.search(query[None], 5) for query in QUERIES]
    opened.remove(["new"])
    opened.replace([("d00100", POOL["d00100"])])
    assert opened.ids == tuple(sorted((pool.keys() | {"d00100"}) - {"new"}))
    assert opened.search(POOL["d00100"][:1], 1)[0].id == "d00100"


def test_an_index_that_grows_past_the_limit_changes_its_kind_and_keeps_its_answers() -> None:
    names = sorted(POOL)
    index = DenseIndex.build(32, [(name, POOL[name]) for name in names[:200]], flat_limit=1000)
    before = index.is_flat

    index.replace((name, POOL[name]) for name in names[200:])

    assert (before, index.is_flat) == (True, False)
    assert recall(index, 1) >= 0.95


def test_an_index_that_shrinks_to_half_the_limit_becomes_flat_at_its_next_change() -> None:
    names = sorted(POOL)
    index = DenseIndex.build(32, POOL.items(), flat_limit=1000)
    index.remove(names[150:])

    index.replace([("new", vectors(1, seed=25))])

    assert index.is_flat
    rest = {**{name: POOL[name] for name in names[:150]}, "new": vectors(1, seed=25)}
    assert index.search(QUERIES[:4], 10) == plain_search(rest, QUERIES[:4], 10)


def test_lists_that_do_not_belong_to_the_rows_are_damage(tmp_path: Path, inverted: DenseIndex) -> None:
    inverted.save(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    DenseIndex.build(32, [*POOL.items(), ("one more", vectors(1))], flat_limit=1000).save(other)

    (other / "inverted.faiss").replace(tmp_path / "inverted.faiss")
    with pytest.raises(DamagedIndex, match="rows of 32"):
        DenseIndex.open(tmp_path)
    (tmp_path / "inverted.faiss").write_bytes(b"none of ours")
    with pytest.raises(DamagedIndex, match="FAISS cannot read it"):
        DenseIndex.open(tmp_path)
