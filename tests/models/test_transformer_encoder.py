"""The general path, with a folder of our own in place of a model from a hub; importing torch is what takes long."""

from pathlib import Path

import numpy as np
import pytest

from models.encoder import SentenceTransformerEncoder, load_encoder
from models.errors import EncoderUnavailableError
from models.onnx_encoder import OnnxEncoder
from tests.models.tiny import tiny_folder

pytestmark = pytest.mark.slow

TEXTS = ["erfaring med drift", "og ingen", "a", "en lang tekst " * 20]


def test_a_folder_is_served_with_its_own_prompts(tiny_model: Path, tmp_path: Path) -> None:
    encoder = load_encoder(str(tiny_model), tmp_path)
    ours = OnnxEncoder(tiny_model)

    for role in ("query", "passage"):
        assert (encoder.encode(TEXTS, role=role) * ours.encode(TEXTS, role=role)).sum(axis=1).min() > 0.99


def test_tokens_are_counted_like_the_graphs(tiny_model: Path) -> None:
    encoder, ours = SentenceTransformerEncoder(str(tiny_model)), OnnxEncoder(tiny_model)

    assert [encoder.count_tokens(text) for text in TEXTS] == [ours.count_tokens(text) for text in TEXTS]


def test_the_fingerprint_follows_the_weights_and_not_the_place(tiny_model: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    first, moved, other = (tmp_path / place / "model" for place in ("first", "moved", "other"))
    for folder in (first, moved, other):
        tiny_folder(folder)
    tensors = load_file(other / "model.safetensors")
    tensors["embeddings.LayerNorm.bias"][0] += 2.0**-10
    save_file(tensors, other / "model.safetensors", metadata={"format": "pt"})
    names = [SentenceTransformerEncoder(str(folder)).fingerprint for folder in (first, moved, other)]

    assert names[0] == names[1] != names[2]
    assert names[0].startswith("model@")


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailableError, match="could not be loaded"):
        load_encoder(str(tmp_path), tmp_path)


def test_one_text_a_call_because_batches_round_differently(tiny_model: Path) -> None:
    encoder = SentenceTransformerEncoder(str(tiny_model))
    together = encoder.encode(TEXTS, role="query")

    assert np.array_equal(together, np.concatenate([encoder.encode([text], role="query") for text in TEXTS]))
