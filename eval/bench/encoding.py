"""The packaged encoder beside plain sentence-transformers with the same weights in float32: speed and likeness."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from eval.bench import load
from models.encoder import OnnxEncoder
from models.packaged import prepare
from models.prompts import E5_PREFIXES

Encode = Callable[[Sequence[str]], NDArray[np.float32]]

SAMPLES = {300: 12, 8: 256}
"""Tokens of a text (without prefix and special tokens) and how many such texts a repeat encodes."""
REPEATS = 5


def encoding(models: Path) -> dict[str, float]:
    """Encode texts of 300 and of 8 tokens on both sides by turns, each side with all cores and its own batching.

    Returns for each length texts per second (medians), the median of the repeats' ratios (2.0: ours is twice as fast),
    and mean and least cosine between the two vectors of a text.
    """
    folder = prepare(models)
    ours = OnnxEncoder(folder)
    sides: dict[str, Encode] = {
        "plain": _plain(folder),
        "ours": lambda texts: ours.encode(texts, role="passage"),
    }
    figures: dict[str, float] = {}
    for tokens, count in SAMPLES.items():
        texts = list(islice(_texts(tokens, ours.count_tokens), count))
        figures |= {f"{name}_{tokens}_tokens": value for name, value in _compare(sides, texts).items()}
    return figures


def _plain(folder: Path) -> Encode:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        rows = model.encode(list(texts), prompt=E5_PREFIXES["passage"], show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    return encode


def _compare(sides: dict[str, Encode], texts: list[str]) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in sides}
    vectors = {name: encode(texts) for name, encode in sides.items()}  # the first time is not timed
    for _ in range(REPEATS):
        for name, encode in sides.items():
            start = perf_counter()
            encode(texts)
            times[name].append(perf_counter() - start)
    cosines = (vectors["plain"] * vectors["ours"]).sum(axis=1) / np.linalg.norm(vectors["ours"], axis=1)
    speeds = {f"{name}_texts_per_second": len(texts) / median(found) for name, found in times.items()}
    ratio = median(plain / mine for plain, mine in zip(times["plain"], times["ours"], strict=True))
    return {**speeds, "ratio": ratio, "cosine_mean": float(cosines.mean()), "cosine_min": float(cosines.min())}


def _texts(tokens: int, count_tokens: Callable[[str], int]) -> Iterator[str]:
    """Yield made-up texts of exactly `tokens` tokens, all different."""
    seen = set()
    for seed in range(1_000_000):
        words = load.cv_text(seed).split()[5 + seed % 50 :]
        sizes = np.cumsum([count_tokens(word) for word in words])
        end = int(np.searchsorted(sizes, tokens)) + 1
        text = " ".join(words[:end])
        if end <= len(words) and sizes[end - 1] == tokens and text not in seen:
            seen.add(text)
            yield text
