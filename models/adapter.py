"""The trained part: low-rank deltas merged into the packaged encoder, and a small head for each purpose a text has.

Deltas are those of LoRA (Hu et al., ICLR 2022, arXiv 2106.09685): each matrix W of the network becomes W + B A with
A and B of low rank. A head is one linear layer after the encoder's mean over tokens, centred on the mean of short
labels. `python -m eval.adapter` trains both. They fit one encoder only; with another one there is no adapter at all.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.errors import DamagedArtefactError
from models.grid import snap
from models.prompts import HEADS, Role
from models.prototypes import FOLDER, Prototypes, load_prototypes
from models.prototypes import MANIFEST as PROTOTYPES
from models.q4_weights import Weights

WEIGHTS, MANIFEST = "adapter.safetensors", "adapter.json"
MOST_BYTES = 5_800_000
"""What the adapter may take in the repository; with the prototypes 8 MB."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Head:
    """A linear layer in float64: `matrix` (d, d), `bias` (d,)."""

    matrix: NDArray[np.float64]
    bias: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Adapter:
    """Trained weights as they are stored.

    `deltas`: "l0.q" -> (A (rank, inputs), B (outputs, rank)), float32, by the names of `models.q4_weights`; `mean`:
    (d,) float64.
    """

    checksum: str
    deltas: Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]
    mean: NDArray[np.float64]
    heads: Mapping[Role, Head]
    prototypes: Prototypes | None = None

    @property
    def version(self) -> str:
        """Short checksum of all that decides a vector beside the encoder."""
        return self.checksum[:8] + (f"-{self.prototypes.checksum[:8]}" if self.prototypes else "")

    def merged(self, weights: Weights) -> Weights:
        """Return the encoder's weights with the deltas added."""
        tensors = dict(weights.tensors)
        for name, (down, up) in self.deltas.items():
            tensors[f"{name}.w"] = (weights.matrix(name) + up @ down).reshape(-1)
        return replace(weights, tensors=tensors)

    def apply(self, role: Role, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return rows as the head of a role sees them, shape and grid kept; a role without a head changes nothing.

        Rows lie on the grid and the head's weights are float16, so every product and sum is exact in float64: no row
        depends on what else is in the call. A row of zeros (an empty text) stays one.
        """
        if role == "phrase":
            rows = self.apply("competence", rows)
            return self.prototypes.enlightened(rows) if self.prototypes else rows
        head = self.heads.get(role)
        if head is None:
            return rows
        turned = (rows.astype(np.float64) - self.mean) @ head.matrix.T + head.bias
        lengths = np.sqrt((turned * turned).sum(axis=1, keepdims=True))
        turned /= np.maximum(lengths, np.finfo(np.float64).tiny)
        return np.where(rows.any(axis=1, keepdims=True), snap(turned), np.float32(0))


@cache
def load_adapter(folder: Path = FOLDER) -> Adapter:
    """Return the adapter in `folder`; DamagedArtefactError if its weights are not those of its manifest."""
    from safetensors.numpy import load

    facts, content = read_manifest(folder), (folder / WEIGHTS).read_bytes()
    checksum = hashlib.sha256(content).hexdigest()
    if checksum != facts.get("sha256"):
        raise DamagedArtefactError(folder, f"the checksum of {WEIGHTS} differs from {MANIFEST}")
    stored = load(content)
    matrices = sorted(name.removesuffix(".down") for name in stored if name.endswith(".down"))
    return Adapter(
        checksum=checksum,
        deltas={
            name: (stored[f"{name}.down"].astype(np.float32), stored[f"{name}.up"].astype(np.float32))
            for name in matrices
        },
        mean=stored["mean"].astype(np.float64),
        heads={role: _head(stored, role) for role in HEADS},
        prototypes=load_prototypes(folder) if (folder / PROTOTYPES).exists() else None,
    )


def read_manifest(folder: Path = FOLDER) -> dict[str, Any]:
    """Return what the manifest says: checksum, recipe, and what the weights were trained on."""
    facts: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return facts


def save_adapter(tensors: Mapping[str, NDArray[np.float16]], facts: Mapping[str, Any], folder: Path = FOLDER) -> None:
    """Write weights and manifest; ValueError above `MOST_BYTES`."""
    from safetensors.numpy import save

    content = save({name: np.ascontiguousarray(tensor) for name, tensor in sorted(tensors.items())})
    if len(content) > MOST_BYTES:
        raise ValueError(f"{len(content)} bytes of weights, {MOST_BYTES} allowed: lower the rank")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(content)
    manifest = {**facts, "sha256": hashlib.sha256(content).hexdigest()}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _head(stored: Mapping[str, NDArray[np.float16]], role: Role) -> Head:
    return Head(
        matrix=stored[f"head.{role}.matrix"].astype(np.float64), bias=stored[f"head.{role}.bias"].astype(np.float64)
    )
