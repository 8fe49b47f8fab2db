"""The packaged encoder with trainable low-rank deltas in bfloat16, on one thread so that a seed gives one result."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from models.packaged import TOKENIZER
from models.prompts import E5_PREFIXES
from models.sentence_folder import PARTS

PAD = 1
TEXTS_AT_ONCE = 64
"""Texts of like length that share a pass."""


class LowRank(nn.Module):
    """A frozen linear layer and its delta B A, which starts at zero."""

    def __init__(self, frozen: nn.Linear, rank: int) -> None:
        super().__init__()
        self.frozen = frozen
        self.down = nn.Parameter(torch.randn(rank, frozen.in_features) / frozen.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(frozen.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """Return W x + B A x."""
        delta = functional.linear(functional.linear(x, self.down.to(x.dtype)), self.up.to(x.dtype))
        return self.frozen(x) + delta  # type: ignore[no-any-return]


class TrainableEncoder:
    """Mean-pooled unit vectors of texts; gradients reach the deltas of the layers from `first_layer` on."""

    def __init__(self, folder: Path, *, rank: int, first_layer: int) -> None:
        from tokenizers import Tokenizer
        from transformers import BertModel

        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokens: dict[str, list[int]] = {}
        # eager attention: the backward pass of the fused one is slow in bfloat16 on processors
        bert: Any = BertModel.from_pretrained(folder, attn_implementation="eager", add_pooling_layer=False)
        self._bert = bert.eval()
        for parameter in self._bert.parameters():
            parameter.requires_grad = False
        self._bert.bfloat16()
        self.layers: dict[str, LowRank] = {}
        for number in range(first_layer, len(self._bert.encoder.layer)):
            for ours, theirs in PARTS.items():
                self.layers[f"l{number}.{ours}"] = _replaced(self._bert.encoder.layer[number], theirs, rank)

    def parameters(self) -> list[nn.Parameter]:
        """The deltas' weights."""
        return [parameter for layer in self.layers.values() for parameter in (layer.down, layer.up)]

    def pooled(self, texts: Sequence[str], *, most_tokens: int) -> Tensor:
        """Return shape (len(texts), d), float32 unit rows."""
        tokens = [self._shortened(text, most_tokens) for text in texts]
        order = sorted(range(len(tokens)), key=lambda place: len(tokens[place]))
        parts = [
            self._pass([tokens[place] for place in order[at : at + TEXTS_AT_ONCE]])
            for at in range(0, len(order), TEXTS_AT_ONCE)
        ]
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return functional.normalize(torch.cat(parts)[back], dim=-1)

    @torch.no_grad()
    def vectors(self, texts: Sequence[str], *, most_tokens: int = 48) -> NDArray[np.float32]:
        """Return the same without gradients, as an array."""
        parts = [self.pooled(texts[at : at + 2048], most_tokens=most_tokens) for at in range(0, len(texts), 2048)]
        return np.concatenate([part.numpy() for part in parts])

    def deltas(self) -> dict[str, NDArray[np.float16]]:
        """Return the deltas by the names that `models.adapter` reads."""
        found = {}
        for name, layer in self.layers.items():
            found[f"{name}.down"] = layer.down.detach().numpy().astype(np.float16)
            found[f"{name}.up"] = layer.up.detach().numpy().astype(np.float16)
        return found

    def _pass(self, tokens: list[list[int]]) -> Tensor:
        width = max(map(len, tokens))
        ids = torch.tensor([row + [PAD] * (width - len(row)) for row in tokens])
        mask = (ids != PAD).long()
        hidden = self._bert(ids, mask).last_hidden_state.float()
        weights = mask.unsqueeze(-1).float()
        return torch.as_tensor((hidden * weights).sum(1) / weights.sum(1))

    def _shortened(self, text: str, most: int) -> list[int]:
        if text not in self._tokens:
            self._tokens[text] = self._tokenizer.encode(E5_PREFIXES["query"] + text).ids
        tokens = self._tokens[text]
        return tokens if len(tokens) <= most else [*tokens[: most - 1], tokens[-1]]


def _replaced(layer: Any, path: str, rank: int) -> LowRank:  # noqa: ANN401 - a module of transformers
    *owners, name = path.split(".")
    for owner in owners:
        layer = getattr(layer, owner)
    adapted = LowRank(getattr(layer, name), rank)
    setattr(layer, name, adapted)
    return adapted
