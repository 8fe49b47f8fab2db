"""One trained vector for each concept of a vocabulary: what its names and mentions have in common.

They are rows of a softmax over all concepts, fitted to vectors of the adapted encoder, and fit no other.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.errors import DamagedArtefactError
from models.grid import snap

FOLDER = Path(str(files("models"))) / "weights"
WEIGHTS, MANIFEST = "prototypes.safetensors", "prototypes.json"
TEMPERATURE = 0.05
PULL = 5.0
"""How much the expected prototype weighs beside the phrase's own vector: not all of it, so that phrases outside the
vocabulary keep words of their own. `eval.cover.pull_auc` measures what it is worth."""
SHARE = 2.0**-20
"""Grid of the shares of concepts, on which their sums with prototypes are exact in float64."""
EPOCHS = 15
RATE = 3e-3
BATCH = 512


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Prototypes:
    """`rows`: (len(names), d) float32, unit rows on the grid."""

    checksum: str
    names: tuple[str, ...]
    rows: NDArray[np.float32]

    def enlightened(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return unit rows drawn towards what they mean: each plus `PULL` times its expected prototype.

        The expectation is over the softmax that the prototypes were trained by, as in a modern Hopfield network
        (Ramsauer et al., ICLR 2021, arXiv 2008.02217). Rows lie on the grid and stay there, each independent of the
        others; a row of zeros stays one.
        """
        scores = (rows @ self.rows.T).astype(np.float64) / TEMPERATURE
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = np.rint(shares / shares.sum(axis=1, keepdims=True) / SHARE) * SHARE
        drawn = rows + PULL * (shares @ self.rows.astype(np.float64))
        drawn /= np.sqrt((drawn * drawn).sum(axis=1, keepdims=True))
        return np.where(rows.any(axis=1, keepdims=True), snap(drawn), np.float32(0))


@cache
def load_prototypes(folder: Path = FOLDER) -> Prototypes:
    """Return the prototypes in `folder`; DamagedArtefactError if they are not those of their manifest."""
    from safetensors.numpy import load

    facts, content = json.loads((folder / MANIFEST).read_text(encoding="utf-8")), (folder / WEIGHTS).read_bytes()
    if hashlib.sha256(content).hexdigest() != facts["sha256"]:
        raise DamagedArtefactError(folder, f"the checksum of {WEIGHTS} differs from {MANIFEST}")
    return Prototypes(
        checksum=facts["sha256"],
        names=tuple(facts["names"]),
        rows=snap(_unit(load(content)["prototypes"].astype(np.float64))),
    )


def save_prototypes(
    names: tuple[str, ...], rows: NDArray[np.float32], trained_on: dict[str, object], folder: Path = FOLDER
) -> None:
    """Write weights (float16) and manifest."""
    from safetensors.numpy import save

    content = save({"prototypes": rows.astype(np.float16)})
    (folder / WEIGHTS).write_bytes(content)
    facts = {"trained_on": trained_on, "sha256": hashlib.sha256(content).hexdigest(), "names": names}
    (folder / MANIFEST).write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def fit_prototypes(
    rows: NDArray[np.float32], concepts: NDArray[np.int64], kin: NDArray[np.bool_], *, seed: int = 0
) -> NDArray[np.float32]:
    """Fit one vector a concept: softmax over all concepts, those in `kin` with the right one left out.

    `rows`: (n, d) unit; `concepts`: (n,), places in `kin`; `kin`: (concepts, concepts), related ones. Starts from the
    mean of each concept's rows. Returns (concepts, d), unit rows.
    """
    import torch
    from torch.nn import functional

    torch.set_num_threads(1)
    texts, wanted, related = torch.tensor(rows), torch.tensor(concepts), torch.tensor(kin)
    sums = torch.zeros(len(kin), rows.shape[1]).index_add_(0, wanted, texts)
    prototypes = torch.nn.Parameter(functional.normalize(sums, dim=-1))
    optimiser = torch.optim.AdamW([prototypes], lr=RATE, weight_decay=0.0)
    order = torch.Generator().manual_seed(seed)
    for _ in range(EPOCHS):
        for places in torch.randperm(len(texts), generator=order).split(BATCH):  # type: ignore[no-untyped-call]
            scores = texts[places] @ functional.normalize(prototypes, dim=-1).T / TEMPERATURE
            out = related[wanted[places]].clone()
            out[torch.arange(len(places)), wanted[places]] = False
            loss = functional.cross_entropy(scores.masked_fill(out, -1e4), wanted[places])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    return np.asarray(functional.normalize(prototypes.detach(), dim=-1).numpy(), dtype=np.float32)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))
