"""The trained part: what it adds to the network, what its heads do to a row, and what is refused."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from models.adapter import MANIFEST, WEIGHTS, Adapter, load_adapter, read_manifest, save_adapter
from models.errors import DamagedArtefactError
from models.grid import STEP, snap
from models.onnx_encoder import OnnxEncoder
from models.prompts import HEADS, Role
from tests.models.adapters import FACTS, adapter_tensors
from tests.models.tiny import tiny_folder, tiny_weights

PLAIN_ROLES: tuple[Role, ...] = ("query", "passage")
TEXTS = ["erfaring med drift", "og ingen", "a", "en lang tekst " * 20]


@pytest.fixture(scope="module")
def adapter(tmp_path_factory: pytest.TempPathFactory) -> Adapter:
    folder = tmp_path_factory.mktemp("adapter")
    save_adapter(adapter_tensors(), FACTS, folder)
    return load_adapter(folder)


def unit_rows(count: int, width: int = 32, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, width))
    return snap(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_what_was_saved_is_loaded_to_the_last_bit(adapter: Adapter) -> None:
    tensors = adapter_tensors()

    assert adapter.mean.tolist() == tensors["mean"].tolist()
    assert set(adapter.deltas) == {"l0.q", "l1.fi", "l1.fo"}
    for name, (down, up) in adapter.deltas.items():
        assert down.tolist() == tensors[f"{name}.down"].tolist()
        assert up.tolist() == tensors[f"{name}.up"].tolist()
    for role in HEADS:
        assert adapter.heads[role].matrix.tolist() == tensors[f"head.{role}.matrix"].tolist()
        assert adapter.heads[role].bias.tolist() == tensors[f"head.{role}.bias"].tolist()


def test_the_manifest_keeps_what_was_told_and_the_checksum(tmp_path: Path) -> None:
    save_adapter(adapter_tensors(), FACTS, tmp_path / "new")

    facts = read_manifest(tmp_path / "new")
    assert {name: facts[name] for name in FACTS} == FACTS
    assert facts["sha256"] == load_adapter(tmp_path / "new").checksum


def test_the_same_weights_make_the_same_file(tmp_path: Path) -> None:
    tensors = adapter_tensors()
    save_adapter(tensors, FACTS, tmp_path / "one")
    save_adapter(dict(reversed(tensors.items())), FACTS, tmp_path / "two")

    for name in (WEIGHTS, MANIFEST):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_merging_adds_the_product_of_the_two_small_matrices(adapter: Adapter) -> None:
    weights, tensors = tiny_weights(), adapter_tensors()
    merged = adapter.merged(weights)

    for name in ("l0.q", "l1.fi", "l1.fo"):
        up, down = (tensors[f"{name}.{part}"].astype(np.float64) for part in ("up", "down"))
        assert merged.matrix(name) == pytest.approx(weights.matrix(name) + up @ down, abs=1e-6)
        assert not np.array_equal(merged.matrix(name), weights.matrix(name))


def test_merging_touches_nothing_else_and_leaves_the_weights_it_was_given(adapter: Adapter) -> None:
    weights = tiny_weights()
    merged = adapter.merged(weights)
    changed = {name for name, tensor in merged.tensors.items() if not np.array_equal(tensor, weights.tensors[name])}

    assert changed == {"l0.q.w", "l1.fi.w", "l1.fo.w"}
    assert all(np.array_equal(tensor, tiny_weights().tensors[name]) for name, tensor in weights.tensors.items())
    assert {merged.tensors[name].shape for name in changed} == {weights.tensors[name].shape for name in changed}


@pytest.mark.parametrize("role", HEADS)
def test_a_head_is_a_linear_layer_around_the_mean(adapter: Adapter, role: Role) -> None:
    rows, tensors = unit_rows(6), {name: tensor.astype(np.float64) for name, tensor in adapter_tensors().items()}
    turned = [tensors[f"head.{role}.matrix"] @ (row - tensors["mean"]) + tensors[f"head.{role}.bias"] for row in rows]
    wanted = np.stack([row / np.linalg.norm(row) for row in turned])

    found = adapter.apply(role, rows)

    assert np.abs(found - wanted).max() <= STEP / 2 + 1e-9
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-2)


@pytest.mark.parametrize("role", PLAIN_ROLES)
def test_a_role_without_a_head_changes_nothing(adapter: Adapter, role: Role) -> None:
    rows = unit_rows(4)

    assert adapter.apply(role, rows).tobytes() == rows.tobytes()


def test_heads_differ(adapter: Adapter) -> None:
    rows = unit_rows(4)

    assert len({adapter.apply(role, rows).tobytes() for role in HEADS}) == len(HEADS)


@given(rows=st.integers(1, 12), seed=st.integers(0, 999), data=st.data())
def test_no_row_depends_on_what_else_is_in_the_call(
    adapter: Adapter, rows: int, seed: int, data: st.DataObject
) -> None:
    all_rows = unit_rows(rows, seed=seed)
    order = data.draw(st.permutations(range(rows)))
    together = adapter.apply("competence", all_rows[order])

    for place, row in zip(order, together, strict=True):
        assert row.tobytes() == adapter.apply("competence", all_rows[place : place + 1])[0].tobytes()


def test_every_sum_of_a_head_as_wide_as_the_real_one_is_exact(tmp_path: Path) -> None:
    """The order of the sum is what a batch changes, so any order of the columns must give the same bits."""
    save_adapter(adapter_tensors(width=384, wide=8, seed=3), FACTS, tmp_path)
    wide = load_adapter(tmp_path)
    head, rows = wide.heads["competence"], unit_rows(5, width=384).astype(np.float64) - wide.mean
    order = np.random.default_rng(0).permutation(384)

    plain = rows @ head.matrix.T
    assert plain.tobytes() == (rows[:, order] @ head.matrix[:, order].T).tobytes()
    assert plain.tobytes() == np.stack([head.matrix @ row for row in rows]).tobytes()


def test_rows_stay_on_the_grid_in_float32(adapter: Adapter) -> None:
    found = adapter.apply("title", unit_rows(8))

    assert found.dtype == np.float32
    assert np.array_equal(np.rint(found / STEP), found / STEP)


def test_a_row_of_zeros_stays_one(adapter: Adapter) -> None:
    rows = unit_rows(3)
    rows[1] = 0

    found = adapter.apply("competence", rows)

    assert not found[1].any()
    assert found[[0, 2]].tobytes() == adapter.apply("competence", rows[[0, 2]]).tobytes()
    assert adapter.apply("competence", rows[:0]).shape == (0, 32)


@pytest.mark.parametrize("file", [WEIGHTS, MANIFEST])
def test_an_adapter_that_lost_a_file_is_refused(file: str, tmp_path: Path) -> None:
    save_adapter(adapter_tensors(), FACTS, tmp_path)
    (tmp_path / file).unlink()

    with pytest.raises(FileNotFoundError, match=file):
        load_adapter(tmp_path)


@pytest.mark.parametrize(
    "damaged",
    [lambda content: content[:-1], lambda content: content + b"x", lambda content: content[:-1] + b"\xaa"],
    ids=["shorter", "longer", "changed"],
)
def test_weights_that_are_not_those_of_the_manifest_are_refused(
    damaged: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    save_adapter(adapter_tensors(), FACTS, tmp_path)
    (tmp_path / WEIGHTS).write_bytes(damaged((tmp_path / WEIGHTS).read_bytes()))

    with pytest.raises(DamagedArtefactError, match=r"checksum of adapter\.safetensors differs"):
        load_adapter(tmp_path)


def test_a_manifest_of_other_weights_is_refused(tmp_path: Path) -> None:
    save_adapter(adapter_tensors(), FACTS, tmp_path)
    facts = read_manifest(tmp_path)
    (tmp_path / MANIFEST).write_text(json.dumps(facts | {"sha256": "0" * 64}), encoding="utf-8")

    with pytest.raises(DamagedArtefactError, match="differs"):
        load_adapter(tmp_path)


def test_more_weights_than_the_repository_has_room_for_are_refused_and_not_written(tmp_path: Path) -> None:
    huge = {"mean": np.zeros(3_000_000, dtype=np.float16)}

    with pytest.raises(ValueError, match="5800000 allowed: lower the rank"):
        save_adapter(huge, FACTS, tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_an_encoder_turns_short_texts_with_their_head_and_leaves_documents_alone(
    adapter: Adapter, tmp_path: Path
) -> None:
    folder = tiny_folder(tmp_path / "model", adapter.merged(tiny_weights()))
    plain, adapted = OnnxEncoder(folder), OnnxEncoder(folder, adapter=adapter)
    as_query = plain.encode(TEXTS, role="query")

    for role in PLAIN_ROLES:
        assert adapted.encode(TEXTS, role=role).tobytes() == plain.encode(TEXTS, role=role).tobytes()
    for role in HEADS:
        assert adapted.encode(TEXTS, role=role).tobytes() == adapter.apply(role, as_query).tobytes()
    assert not adapted.encode([""], role="competence").any()


def test_with_an_adapter_an_encoder_has_another_name(adapter: Adapter, tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path / "model")
    plain, adapted = OnnxEncoder(folder), OnnxEncoder(folder, adapter=adapter)

    assert plain.adapter is None
    assert adapted.adapter is adapter
    assert plain.fingerprint != adapted.fingerprint
    assert adapter.checksum[:8] in adapted.fingerprint
