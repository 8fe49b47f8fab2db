"""Trains the adapter: contrastive learning over four tasks at once.

Each task is InfoNCE both ways (van den Oord et al., 2018, arXiv 1807.03748) with the other rows of the batch as
negatives, hard ones among them.
"""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from models.prompts import HEADS
from models.training.batches import Batches, Pairs, nearest
from models.training.corpus import Corpus
from models.training.lowrank import TrainableEncoder
from models.training.recipe import Recipe

Tell = Callable[[int, int, dict[str, float]], None]
FAR = -1e4
"""Score of what is left out of a softmax."""
TASKS = {"entries": 0.45, "skills": 0.18, "titles": 0.17, "works": 0.20}
"""Share of the steps; the first is the product's own vocabulary and mention bank."""
SIZES = {"entries": 72, "skills": 104, "titles": 104, "works": 64}
TELL_EVERY = 10


class Training:
    """One training; `run` does it."""

    def __init__(self, folder: Path, corpus: Corpus, recipe: Recipe) -> None:
        torch.manual_seed(recipe.seed)
        torch.set_num_threads(1)  # two threads sum in another order, and wait for each other on a busy machine
        self._recipe = recipe
        self._corpus = corpus
        self._encoder = TrainableEncoder(folder, rank=recipe.rank, first_layer=recipe.first_layer)
        first = [self._encoder.vectors([text for entry in corpus.entries for text in entry.labels])]
        first += [self._encoder.vectors([item.names[0] for item in items]) for items in (corpus.skills, corpus.titles)]
        self._mean = torch.tensor(np.concatenate(first[1:]).mean(axis=0)).half().float()
        centred = [_unit(rows - self._mean.numpy()) for rows in first]
        labels = _unit(centred[0].reshape(len(corpus.entries), 2, -1).mean(axis=1))
        place = {item.key: at for at, item in enumerate(corpus.titles)}
        works = centred[2][[place[work.item.key] for work in corpus.works]]
        near = {"entries": labels, "skills": centred[1], "titles": centred[2], "works": works}
        self._batches = Batches(corpus, {name: nearest(rows) for name, rows in near.items()}, recipe.seed)
        self._heads = nn.ModuleDict({name: _identity(labels.shape[1]) for name in HEADS})

    def recipe(self) -> dict[str, float]:
        """Return what the training depends on."""
        return asdict(self._recipe)

    def tensors(self) -> dict[str, NDArray[np.float16]]:
        """Return the weights as they are now, by the names that `models.adapter` reads."""
        tensors = {**self._encoder.deltas(), "mean": _half(self._mean)}
        for name in HEADS:
            tensors[f"head.{name}.matrix"] = _half(self._heads[name].weight)  # type: ignore[arg-type]
            tensors[f"head.{name}.bias"] = _half(self._heads[name].bias)  # type: ignore[arg-type]
        return tensors

    def run(self, tell: Tell) -> None:
        """Do all steps."""
        recipe = self._recipe
        rates = [recipe.rate, recipe.head_rate]
        groups = [self._encoder.parameters(), [*self._heads.parameters()]]
        optimiser = torch.optim.AdamW(
            [{"params": group, "lr": rate} for group, rate in zip(groups, rates, strict=True)], weight_decay=0.0
        )
        schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rates, total_steps=recipe.steps, pct_start=0.06)
        losses: dict[str, list[float]] = {}
        for step in range(1, recipe.steps + 1):
            task = self._task()
            loss = self._loss(task)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(self._encoder.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            losses.setdefault(task, []).append(float(loss.detach()))
            if step % TELL_EVERY == 0:
                tell(step, recipe.steps, {name: float(np.mean(values[-20:])) for name, values in losses.items()})

    def _task(self) -> str:
        draw = self._batches.share()
        for name, share in TASKS.items():
            draw -= share
            if draw < 0:
                return name
        return next(reversed(TASKS))

    def _loss(self, task: str) -> Tensor:
        size = SIZES[task]
        if task == "entries":
            return self._pair_loss(self._batches.entries(size), "competence", "competence")
        if task == "works":
            return self._pair_loss(self._batches.works(size), "work", "competence")
        head = "competence" if task == "skills" else "title"
        return self._pair_loss(self._batches.items(task, size), head, head)

    def _pair_loss(self, pairs: Pairs, left_head: str, right_head: str) -> Tensor:
        count = len(pairs.left)
        texts = [*pairs.left, *pairs.right, *pairs.extra]
        pooled = self._encoder.pooled(texts, most_tokens=self._recipe.most_tokens) - self._mean
        left = self._headed(left_head, pooled[:count])
        others = self._headed(right_head, pooled[count:])
        right, extra = others[:count], others[count:]
        heat = self._recipe.temperature
        scores = (left @ right.T / heat).masked_fill(torch.tensor(pairs.kin), FAR)
        wanted = torch.arange(count)
        forth = functional.cross_entropy(torch.cat([scores, left @ extra.T / heat], 1), wanted)
        back = functional.cross_entropy(torch.cat([scores.T, right @ extra.T / heat], 1), wanted)
        return (forth + back) / 2

    def _headed(self, head: str, rows: Tensor) -> Tensor:
        return functional.normalize(self._heads[head](rows), dim=-1)


def _identity(width: int) -> nn.Linear:
    layer = nn.Linear(width, width)
    nn.init.eye_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def _half(tensor: Tensor) -> NDArray[np.float16]:
    return tensor.detach().numpy().astype(np.float16)
