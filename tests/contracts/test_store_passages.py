"""What every Store of the product promises of passages and of the cache of vectors."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from matcher.ports import Passage, Store
from matcher.records import Contact, Kind
from models.grid import STEP
from tests.contracts.stores import SQL, an_empty_store
from tests.storage.examples import ENCODER, a_candidate, a_contact, a_passage, a_posting, a_vector


@pytest.fixture(params=SQL)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with an_empty_store(request.param, tmp_path) as empty:
        empty.save([(a_candidate("c1"), a_contact()), (a_candidate("c2"), Contact()), (a_posting("p1"), Contact())])
        yield empty


def index(store: Store, kind: Kind, id: str, keys: Sequence[bytes], encoder: str = ENCODER) -> None:
    """Give a record passages with these keys, each with a vector told by its key."""
    store.save_passages(
        kind,
        id,
        digest=store.digests(kind)[id],
        encoder=encoder,
        passages=[a_passage(key) for key in keys],
        vectors={key: a_vector(key[0]) for key in keys},
    )


def cached(store: Store, *keys: bytes) -> set[bytes]:
    return set(store.vectors(keys))


def test_passages_come_back_in_reading_order(store: Store) -> None:
    passages = [
        Passage(unit="chunk", start=5, end=9, key=b"b"),
        Passage(unit="phrase", start=0, end=4, key=b"a"),
        Passage(unit="title", start=0, end=0, key=b"b"),
    ]

    store.save_passages(
        "candidate",
        "c1",
        digest=store.digests("candidate")["c1"],
        encoder=ENCODER,
        passages=passages,
        vectors={b"a": a_vector(1), b"b": a_vector(2)},
    )

    assert store.passages("candidate", "c1") == passages
    assert store.passages("candidate", "c2") == []
    assert store.passages("candidate", "\udcff") == []
    assert list(store.all_passages("candidate", ["title", "phrase"])) == [("c1", passages[1:])]
    assert list(store.all_passages("posting", ["chunk"])) == []


def test_all_passages_come_by_id_even_where_no_unit_is_wanted(store: Store) -> None:
    index(store, "candidate", "c2", [b"b"])
    index(store, "candidate", "c1", [b"a"])

    assert [id for id, _ in store.all_passages("candidate", ["chunk"])] == ["c1", "c2"]
    assert list(store.all_passages("candidate", ["title"])) == [("c1", []), ("c2", [])]


def test_vectors_come_back_bit_for_bit(store: Store) -> None:
    on_the_grid = np.arange(-2048, 2049, dtype=np.float32) * np.float32(STEP)
    vectors = {b"grid": on_the_grid, b"zeros": np.zeros(5, dtype=np.float32), b"minus": -np.zeros(2, dtype=np.float32)}

    store.save_passages(
        "posting",
        "p1",
        digest=store.digests("posting")["p1"],
        encoder=ENCODER,
        passages=[a_passage(key) for key in vectors],
        vectors=vectors,
    )

    found = store.vectors([*vectors, b"unknown"])
    assert {key: vector.tobytes() for key, vector in found.items()} == {k: v.tobytes() for k, v in vectors.items()}
    assert {vector.dtype for vector in found.values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize("component", [0.1, 1e6, np.nan, np.inf])
def test_a_vector_that_would_be_rounded_is_refused(store: Store, component: float) -> None:
    with pytest.raises(ValueError, match="not on the grid"):
        store.save_passages(
            "candidate",
            "c1",
            digest=store.digests("candidate")["c1"],
            encoder=ENCODER,
            passages=[a_passage(b"a")],
            vectors={b"a": np.array([component], dtype=np.float32)},
        )

    assert store.passages("candidate", "c1") == []


def test_thousands_of_vectors_are_found_at_once(store: Store) -> None:
    keys = [number.to_bytes(32, "big") for number in range(2500)]
    index(store, "candidate", "c1", keys)

    assert store.vectors([*keys, b"unknown"]).keys() == set(keys)


def test_indexed_tells_of_which_content_and_encoder(store: Store) -> None:
    index(store, "candidate", "c1", [b"a"])

    assert store.indexed("candidate", ENCODER) == {"c1": store.digests("candidate")["c1"]}
    assert store.indexed("candidate", "encoder-two") == {}
    assert store.indexed("posting", ENCODER) == {}


def test_indexing_is_no_change_of_a_record(store: Store) -> None:
    before = store.generation()

    index(store, "candidate", "c1", [b"a"])

    assert store.generation() == before


def test_passages_of_content_that_has_changed_are_neither_shown_nor_saved(store: Store) -> None:
    index(store, "candidate", "c1", [b"a"])
    old = store.digests("candidate")["c1"]

    store.save([(a_candidate("c1", text="Noget helt andet."), Contact())])
    store.save_passages(
        "candidate", "c1", digest=old, encoder=ENCODER, passages=[a_passage(b"z")], vectors={b"z": a_vector(9)}
    )

    assert store.passages("candidate", "c1") == []
    assert list(store.all_passages("candidate", ["chunk"])) == []
    assert store.indexed("candidate", ENCODER) == {}
    assert cached(store, b"z") == set()


def test_vectors_outlast_an_update_until_the_new_content_is_indexed(store: Store) -> None:
    index(store, "candidate", "c1", [b"a", b"b"])

    store.save([(a_candidate("c1", text="Noget, der mest er det samme."), Contact())])
    assert cached(store, b"a", b"b") == {b"a", b"b"}

    index(store, "candidate", "c1", [b"b", b"c"])
    assert cached(store, b"a", b"b", b"c") == {b"b", b"c"}


def test_passages_of_a_record_that_is_gone_are_not_saved(store: Store) -> None:
    digest = store.digests("candidate")["c1"]
    store.delete("candidate", "c1")

    store.save_passages(
        "candidate", "c1", digest=digest, encoder=ENCODER, passages=[a_passage(b"a")], vectors={b"a": a_vector(1)}
    )

    assert store.passages("candidate", "c1") == []
    assert cached(store, b"a") == set()


def test_passages_without_their_vector_leave_the_record_to_be_indexed(store: Store) -> None:
    store.save_passages(
        "candidate",
        "c1",
        digest=store.digests("candidate")["c1"],
        encoder=ENCODER,
        passages=[a_passage(b"a"), a_passage(b"b")],
        vectors={b"a": a_vector(1)},
    )

    assert store.indexed("candidate", ENCODER) == {}
    assert cached(store, b"a") == set()


def test_a_cached_vector_need_not_be_given_again(store: Store) -> None:
    index(store, "candidate", "c1", [b"a"])

    store.save_passages(
        "posting",
        "p1",
        digest=store.digests("posting")["p1"],
        encoder=ENCODER,
        passages=[a_passage(b"a")],
        vectors={},
    )

    assert store.passages("posting", "p1") == [a_passage(b"a")]


def test_a_vector_that_no_passage_uses_is_not_kept(store: Store) -> None:
    store.save_passages(
        "candidate",
        "c1",
        digest=store.digests("candidate")["c1"],
        encoder=ENCODER,
        passages=[a_passage(b"a")],
        vectors={b"a": a_vector(1), b"spare": a_vector(2)},
    )

    assert cached(store, b"a", b"spare") == {b"a"}


def test_deleting_a_record_takes_the_vectors_that_only_it_used(store: Store) -> None:
    index(store, "candidate", "c1", [b"own", b"shared"])
    index(store, "posting", "p1", [b"shared"])

    store.delete("candidate", "c1")

    assert cached(store, b"own", b"shared") == {b"shared"}
    assert store.passages("posting", "p1") == [a_passage(b"shared")]
    assert store.indexed("candidate", ENCODER) == {}


def test_another_encoder_takes_the_place_of_the_first(store: Store) -> None:
    index(store, "candidate", "c1", [b"a"])

    index(store, "candidate", "c1", [b"b"], encoder="encoder-two")

    assert store.indexed("candidate", ENCODER) == {}
    assert list(store.indexed("candidate", "encoder-two")) == ["c1"]
    assert cached(store, b"a", b"b") == {b"b"}
