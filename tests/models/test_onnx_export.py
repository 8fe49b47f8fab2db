"""The graph against BERT written out in numpy, in float32 and without any rounding of weights."""

from math import erf
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from models.packaged import GRAPH
from models.q4_weights import Weights
from tests.models.tiny import tiny_weights

Array = NDArray[np.float64]
gelu = np.vectorize(lambda x: x * (1 + erf(x / 2**0.5)) / 2)


def normalised(states: Array, weights: Weights, name: str) -> Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    scaled = centred / np.sqrt(states.var(axis=-1, keepdims=True) + weights.shape.epsilon)
    return np.asarray(scaled * weights.tensors[f"{name}.w"] + weights.bias(name))


def linear(states: Array, weights: Weights, name: str) -> Array:
    return np.asarray(states @ weights.matrix(name).T + weights.bias(name))


def attention(states: Array, weights: Weights, layer: str) -> Array:
    heads = weights.shape.heads
    query, key, value = (
        linear(states, weights, f"{layer}.{part}").reshape(len(states), heads, -1).transpose(1, 0, 2) for part in "qkv"
    )
    scores = np.exp(query @ key.transpose(0, 2, 1) / query.shape[-1] ** 0.5)
    context = scores / scores.sum(axis=-1, keepdims=True) @ value
    return np.asarray(context.transpose(1, 0, 2).reshape(len(states), -1))


def bert(ids: list[int], weights: Weights) -> Array:
    """Devlin et al., NAACL 2019; mean over tokens at length 1."""
    summed = weights.table("word")[ids] + weights.table("pos")[: len(ids)] + weights.table("type")[0]
    states = normalised(summed.astype(np.float64), weights, "emb.ln")
    for layer in (f"l{number}" for number in range(weights.shape.layers)):
        attended = linear(attention(states, weights, layer), weights, f"{layer}.ao")
        middle = normalised(states + attended, weights, f"{layer}.aln")
        wide = gelu(linear(middle, weights, f"{layer}.fi"))
        states = normalised(middle + linear(wide, weights, f"{layer}.fo"), weights, f"{layer}.oln")
    mean = states.mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean))


def some_ids(count: int, length: int) -> NDArray[np.int64]:
    ids = np.random.default_rng(length).integers(4, 90, (count, length))
    ids[:, 0], ids[:, -1] = 0, 2
    return ids


@pytest.fixture(scope="module")
def session(tiny_model: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(tiny_model / GRAPH), providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("length", [2, 3, 17, 511, 512])
def test_the_graph_computes_bert(session: onnxruntime.InferenceSession, length: int) -> None:
    weights = tiny_weights()
    ids = some_ids(1, length)
    (row,) = session.run(None, {"input_ids": ids})[0]

    assert row @ bert(ids[0].tolist(), weights) > 0.999
    assert np.linalg.norm(row) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("length", [2, 5, 12, 31, 64])
def test_a_text_has_the_same_bits_alone_and_in_any_company(session: onnxruntime.InferenceSession, length: int) -> None:
    ids = some_ids(13, length)
    ids[4] = ids[9]
    together = session.run(None, {"input_ids": ids})[0]

    alone = np.concatenate([session.run(None, {"input_ids": ids[at : at + 1]})[0] for at in range(len(ids))])
    turned = session.run(None, {"input_ids": ids[::-1].copy()})[0][::-1]
    assert np.array_equal(together, alone)
    assert np.array_equal(together, turned)
