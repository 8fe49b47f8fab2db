"""The encoder while it is trained: at first the one that is served, and what it learned is what is merged."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.adapter import load_adapter, save_adapter
from models.onnx_encoder import OnnxEncoder
from models.prompts import HEADS
from models.training.lowrank import TEXTS_AT_ONCE, TrainableEncoder
from tests.models.tiny import SHAPE, tiny_folder, tiny_weights

pytestmark = pytest.mark.slow  # importing torch takes seconds

TEXTS = ["erfaring med drift", "og ingen", "a", "en lang tekst om arbejde og mere arbejde"]
PARTS = ("q", "k", "v", "ao", "fi", "fo")


def encoder(folder: Path, *, rank: int = 3, first_layer: int = 0, seed: int = 0) -> TrainableEncoder:
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    return TrainableEncoder(folder, rank=rank, first_layer=first_layer)


def taught(folder: Path) -> TrainableEncoder:
    """An encoder whose deltas are no longer zero."""
    import torch

    found = encoder(folder)
    with torch.no_grad():
        for layer in found.layers.values():
            layer.up.copy_(torch.randn_like(layer.up) * 0.2)
    return found


def cosines(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    return np.asarray((one * other).sum(axis=1) / lengths)


def test_before_the_first_step_its_vectors_are_those_of_the_network_without_deltas(tiny_model: Path) -> None:
    import torch
    from transformers import BertModel

    ours = encoder(tiny_model)
    bert = BertModel.from_pretrained(tiny_model, attn_implementation="eager", add_pooling_layer=False)
    bert.eval().bfloat16()  # type: ignore[no-untyped-call]
    for text in TEXTS:
        ids = torch.tensor([ours._shortened(text, 48)])
        with torch.no_grad():
            hidden = bert(ids, torch.ones_like(ids)).last_hidden_state.float().mean(dim=1)
        plain = torch.nn.functional.normalize(hidden, dim=-1).numpy()

        assert ours.vectors([text]) == pytest.approx(plain, abs=1e-6)


def test_at_the_start_rank_and_seed_make_no_difference(tiny_model: Path) -> None:
    plain = encoder(tiny_model).vectors(TEXTS)

    assert encoder(tiny_model, rank=7, seed=9).vectors(TEXTS).tobytes() == plain.tobytes()


def test_its_vectors_are_nearly_those_that_are_served(tiny_model: Path) -> None:
    served = OnnxEncoder(tiny_model).encode(TEXTS, role="query")

    assert cosines(encoder(tiny_model).vectors(TEXTS), served).min() > 0.99


def test_rows_are_unit_float32_in_the_order_of_the_texts(tiny_model: Path) -> None:
    many = [f"{text} {number}" for number in range(TEXTS_AT_ONCE) for text in TEXTS]
    ours = encoder(tiny_model)
    rows = ours.vectors(many)

    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert cosines(rows, np.concatenate([ours.vectors([text]) for text in many])).min() > 0.99


def test_a_long_text_is_read_by_its_beginning(tiny_model: Path) -> None:
    ours = encoder(tiny_model)

    assert (
        ours.vectors(["abc " * 100], most_tokens=20).tobytes() == ours.vectors(["abc " * 90], most_tokens=20).tobytes()
    )


@pytest.mark.parametrize("first_layer", [0, 1])
def test_only_the_deltas_from_the_first_layer_on_are_trained(first_layer: int, tiny_model: Path) -> None:
    ours = encoder(tiny_model, first_layer=first_layer)
    trained = [parameter for parameter in ours._bert.parameters() if parameter.requires_grad]

    assert set(ours.layers) == {f"l{number}.{part}" for number in range(first_layer, SHAPE.layers) for part in PARTS}
    assert {id(parameter) for parameter in trained} == {id(parameter) for parameter in ours.parameters()}


def test_what_was_learned_is_what_is_merged_into_the_served_network(tiny_model: Path, tmp_path: Path) -> None:
    learned = taught(tiny_model)
    identity = np.eye(SHAPE.hidden, dtype=np.float16)
    nothing = np.zeros(SHAPE.hidden, dtype=np.float16)
    heads = {f"head.{role}.matrix": identity for role in HEADS}
    biases = {f"head.{role}.bias": nothing for role in HEADS}
    save_adapter({**learned.deltas(), **heads, **biases, "mean": nothing}, {}, tmp_path / "adapter")
    merged = load_adapter(tmp_path / "adapter").merged(tiny_weights())
    served = OnnxEncoder(tiny_folder(tmp_path / "model", merged)).encode(TEXTS, role="query")

    assert cosines(learned.vectors(TEXTS), served).min() > 0.99
    assert cosines(learned.vectors(TEXTS), OnnxEncoder(tiny_model).encode(TEXTS, role="query")).max() < 0.99
