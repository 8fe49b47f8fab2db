"""Ids with any number of rows: what goes in comes out, and in blocks it answers what brute force answers."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import bundles as module
from index.bundles import Block, Bundles
from index.errors import DamagedIndex, InvalidRows
from tests.index.builders import Rows, vectors

COLUMNS = 2
Documents = Mapping[str, tuple[Rows, Rows]]


def a_document(rows: int, seed: int = 0) -> tuple[Rows, Rows]:
    figures = np.random.default_rng(seed + 1000).random((rows, COLUMNS), dtype=np.float32)
    return (vectors(rows, seed=seed) if rows else np.zeros((0, 32), dtype=np.float32)), figures


def some_documents(count: int, most: int = 5) -> dict[str, tuple[Rows, Rows]]:
    """Ids with none to `most` rows each."""
    counts = np.random.default_rng(3).integers(0, most + 1, count).tolist()
    return {f"d{number:05}": a_document(rows, seed=number) for number, rows in enumerate(counts)}


def holding(documents: Documents) -> Bundles:
    found = Bundles(32, COLUMNS)
    found.replace([(name, rows, figures) for name, (rows, figures) in documents.items()])
    return found


def assert_holds(bundles: Bundles, documents: Documents) -> None:
    for name, (rows, figures) in documents.items():
        found = bundles.get(name)
        assert found[0].tobytes() == rows.tobytes()
        assert found[1].tobytes() == figures.tobytes()
    assert bundles.row_count == sum(len(rows) for rows, _ in documents.values())


def owners(blocks: list[Block]) -> list[tuple[int, Rows, Rows]]:
    """(place asked for, vectors, figures) of every id in the blocks."""
    found = []
    for block in blocks:
        ends = [*block.firsts[1:].tolist(), len(block.vectors)]
        for asked, first, end in zip(block.asked.tolist(), block.firsts.tolist(), ends, strict=True):
            found.append((asked, block.vectors[first:end], block.figures[first:end]))
    return found


def test_rows_and_figures_come_back_bit_for_bit() -> None:
    documents = some_documents(50)

    assert_holds(holding(documents), documents)


def test_an_id_that_is_not_held_has_no_rows() -> None:
    rows, figures = holding({"a": a_document(2)}).get("nobody")

    assert (rows.shape, figures.shape) == ((0, 32), (0, COLUMNS))
    assert rows.dtype == figures.dtype == np.float32


def test_replacing_leaves_nothing_of_what_was_there() -> None:
    bundles = holding({"a": a_document(3), "b": a_document(2, seed=1)})

    bundles.replace([("a", *a_document(1, seed=2)), ("c", *a_document(4, seed=3))])

    assert_holds(bundles, {"a": a_document(1, seed=2), "b": a_document(2, seed=1), "c": a_document(4, seed=3)})


def test_replacing_with_no_rows_takes_an_id_away() -> None:
    bundles = holding({"a": a_document(3), "b": a_document(2, seed=1)})

    bundles.replace([("a", *a_document(0))])

    assert_holds(bundles, {"a": a_document(0), "b": a_document(2, seed=1)})
    assert [asked for asked, _, _ in owners(list(bundles.blocks(["a", "b"])))] == [1]


def test_removing_takes_what_is_there_and_minds_nothing_else() -> None:
    bundles = holding({"a": a_document(3), "b": a_document(2, seed=1), "c": a_document(1, seed=2)})

    bundles.remove(["b", "nobody", "b"])

    assert_holds(bundles, {"a": a_document(3), "b": a_document(0), "c": a_document(1, seed=2)})


@pytest.mark.parametrize(
    ("rows", "figures", "why"),
    [
        (vectors(2), np.zeros((1, COLUMNS), dtype=np.float32), "2 figures for each vector"),
        (vectors(2), np.zeros((2, COLUMNS + 1), dtype=np.float32), "2 figures for each vector"),
        (vectors(2, dimension=31), np.zeros((2, COLUMNS), dtype=np.float32), r"\(n, 32\)"),
        (vectors(2) * np.float32(0.3), np.zeros((2, COLUMNS), dtype=np.float32), "multiples"),
        (np.full((2, 32), np.nan, dtype=np.float32), np.zeros((2, COLUMNS), dtype=np.float32), "multiples"),
    ],
    ids=["too few figures", "too many columns", "another dimension", "off the grid", "no numbers"],
)
def test_rows_that_do_not_fit_are_refused_and_change_nothing(rows: Rows, figures: Rows, why: str) -> None:
    documents = {"a": a_document(3)}
    bundles = holding(documents)

    with pytest.raises(InvalidRows, match=why):
        bundles.replace([("a", *a_document(1, seed=9)), ("bad", rows, figures)])

    assert_holds(bundles, documents)


def test_blocks_hold_whole_ids_each_once_and_leave_out_those_without_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 7)
    documents = some_documents(60)
    bundles = holding(documents)
    asked = [*reversed(documents), "nobody"]

    blocks = list(bundles.blocks(asked))
    found = {place: (rows, figures) for place, rows, figures in owners(blocks)}

    assert len(blocks) > 10
    assert len(found) == sum(len(block.asked) for block in blocks)
    assert {asked[place] for place in found} == {name for name, (rows, _) in documents.items() if len(rows)}
    for place, (rows, figures) in found.items():
        assert np.array_equal(rows, documents[asked[place]][0])
        assert np.array_equal(figures, documents[asked[place]][1])


def test_an_id_with_more_rows_than_a_block_is_still_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", 4)
    documents = {"a": a_document(2), "b": a_document(11, seed=1), "c": a_document(2, seed=2)}

    assert [len(block.vectors) for block in holding(documents).blocks(list(documents))] == [2, 11, 2]


def test_thousands_of_ids_come_in_blocks_of_about_their_size() -> None:
    documents = some_documents(6000, most=3)
    blocks = list(holding(documents).blocks(list(documents)))

    assert len(blocks) > 1
    assert all(len(block.vectors) <= module.BLOCK for block in blocks)
    assert sum(len(block.vectors) for block in blocks) == sum(len(rows) for rows, _ in documents.values())


@pytest.mark.parametrize("asked", [[], ["nobody"], ["empty"]])
def test_there_are_no_blocks_where_there_are_no_rows(asked: list[str]) -> None:
    assert list(holding({"a": a_document(2), "empty": a_document(0)}).blocks(asked)) == []
    assert list(Bundles(32, COLUMNS).blocks(asked)) == []


@given(
    counts=st.lists(st.integers(0, 4), min_size=1, max_size=12),
    size=st.integers(1, 9),
    data=st.data(),
)
def test_the_best_row_of_every_id_by_blocks_is_the_best_by_brute_force(
    counts: list[int], size: int, data: st.DataObject
) -> None:
    documents = {f"d{number}": a_document(rows, seed=number) for number, rows in enumerate(counts)}
    bundles = holding(documents)
    gone = data.draw(st.sets(st.sampled_from(sorted(documents))))
    bundles.remove(gone)
    asked = data.draw(st.permutations(sorted(documents)))
    queries = vectors(3, seed=77)
    by_blocks: NDArray[np.float32] = np.full((len(asked), 3), -np.inf, dtype=np.float32)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK", size)
        for block in bundles.blocks(asked):
            best = np.maximum.reduceat(queries @ block.vectors.T, block.firsts, axis=1)
            by_blocks[block.asked] = best.T

    for place, name in enumerate(asked):
        rows = documents[name][0]
        wanted = (queries @ rows.T).max(axis=1) if len(rows) and name not in gone else np.full(3, -np.inf)
        assert by_blocks[place].tolist() == wanted.tolist()


@pytest.mark.parametrize("count", [0, 1, 40])
def test_what_was_saved_opens_as_it_was_and_can_be_changed(count: int, tmp_path: Path) -> None:
    documents = some_documents(count)
    holding(documents).save(tmp_path)

    opened = Bundles.open(tmp_path)

    assert (opened.dimension, opened.columns) == (32, COLUMNS)
    assert_holds(opened, documents)
    opened.replace([("new", *a_document(2, seed=5))])
    assert_holds(opened, {**documents, "new": a_document(2, seed=5)})


def test_what_was_removed_is_in_no_file(tmp_path: Path) -> None:
    bundles = holding({"a": a_document(2), "rare-id": a_document(3, seed=1)})
    bundles.remove(["rare-id"])
    bundles.save(tmp_path)

    assert not any(b"rare-id" in file.read_bytes() for file in tmp_path.iterdir())
    assert np.load(tmp_path / "vectors.npy").shape == (2, 32)


@pytest.mark.parametrize("file", ["bundles.json", "vectors.npy", "figures.npy"])
def test_a_missing_or_truncated_file_is_damage(file: str, tmp_path: Path) -> None:
    holding(some_documents(10)).save(tmp_path)
    content = (tmp_path / file).read_bytes()

    for left in (content[:-1], content[:20], b""):
        (tmp_path / file).write_bytes(left)
        with pytest.raises(DamagedIndex, match=file):
            Bundles.open(tmp_path)
    (tmp_path / file).unlink()
    with pytest.raises(DamagedIndex, match=file):
        Bundles.open(tmp_path)


@pytest.mark.parametrize(
    ("found", "changed"),
    [
        ('["a", "b"]', '["a", "a"]'),
        ('["a", "b"]', '["a"]'),
        ("[2, 3]", "[3, 3]"),
        ("[2, 3]", "[5, 0]"),
        ("[2, 3]", '["two", "three"]'),
        ('"dimension": 32', '"dimension": 31'),
        ('"columns": 2', '"columns": 3'),
        ('"columns": 2', '"colons": 2'),
    ],
)
def test_a_header_that_does_not_fit_its_rows_is_damage(found: str, changed: str, tmp_path: Path) -> None:
    holding({"a": a_document(2), "b": a_document(3, seed=1)}).save(tmp_path)
    header = tmp_path / "bundles.json"
    text = header.read_text(encoding="utf-8")
    assert found in text
    header.write_text(text.replace(found, changed, 1), encoding="utf-8")

    with pytest.raises(DamagedIndex, match=r"bundles\.json"):
        Bundles.open(tmp_path)


@pytest.mark.parametrize("file", ["vectors.npy", "figures.npy"])
def test_numbers_of_another_type_are_damage(file: str, tmp_path: Path) -> None:
    holding({"a": a_document(2)}).save(tmp_path)
    np.save(tmp_path / file, np.load(tmp_path / file).astype(np.float64))

    with pytest.raises(DamagedIndex, match=file):
        Bundles.open(tmp_path)
