"""A small adapter with random weights, for the network of `tests.models.tiny`."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.prompts import HEADS

RANK = 3
FACTS: Mapping[str, Any] = {"encoder": "tiny", "recipe": {"seed": 1}}


def adapter_tensors(width: int = 32, wide: int = 64, seed: int = 5) -> dict[str, NDArray[np.float16]]:
    """Weights by the names that `models.adapter` reads: deltas of two layers' parts, a mean, a head for each role."""
    random = np.random.default_rng(seed)

    def values(*shape: int, scale: float = 0.1) -> NDArray[np.float16]:
        return random.normal(0, scale, shape).astype(np.float16)

    tensors = {"mean": values(width)}
    for part, outputs, inputs in (("l0.q", width, width), ("l1.fi", wide, width), ("l1.fo", width, wide)):
        tensors |= {f"{part}.down": values(RANK, inputs), f"{part}.up": values(outputs, RANK)}
    for role in HEADS:
        tensors[f"head.{role}.matrix"] = (np.eye(width) + values(width, width)).astype(np.float16)
        tensors[f"head.{role}.bias"] = values(width)
    return tensors
