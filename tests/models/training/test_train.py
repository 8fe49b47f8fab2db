"""A short training of a small network: it learns, the same each time, and leaves what the product reads."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.adapter import load_adapter, save_adapter
from models.prompts import HEADS
from models.training.batches import Pairs
from models.training.recipe import Recipe
from models.training.train import SIZES, TASKS, Training
from tests.models.tiny import SHAPE, tiny_weights
from tests.models.training.corpora import CORPUS

pytestmark = pytest.mark.slow  # importing torch takes seconds

RECIPE = Recipe(steps=60, rank=4, first_layer=0, rate=3e-3, head_rate=3e-3, most_tokens=24, seed=1)


def trained(folder: Path, recipe: Recipe = RECIPE) -> tuple[Training, list[tuple[int, dict[str, float]]]]:
    training = Training(folder, CORPUS, recipe)
    told: list[tuple[int, dict[str, float]]] = []
    training.run(lambda step, _, losses: told.append((step, losses)))
    return training, told


def loss_on_names(training: Training) -> float:
    """The loss on pairs of labels, the same pairs whenever it is asked."""
    labels = [entry.labels for entry in CORPUS.entries]
    left, right = [da for da, _ in labels], [en for _, en in labels]
    nobody = np.zeros((len(labels), len(labels)), dtype=np.bool_)
    pairs = Pairs(left, right, [], nobody, list(range(len(labels))))
    return float(training._pair_loss(pairs, "competence", "competence").detach())


def test_a_training_lowers_the_loss_and_tells_of_it(tiny_model: Path) -> None:
    before = loss_on_names(Training(tiny_model, CORPUS, RECIPE))
    training, told = trained(tiny_model)

    assert loss_on_names(training) < before / 2
    assert [step for step, _ in told] == [10, 20, 30, 40, 50, 60]
    assert set(told[-1][1]) == set(TASKS)


def test_the_same_seed_gives_the_same_weights_bit_for_bit(tiny_model: Path) -> None:
    short = replace(RECIPE, steps=12)
    first, again, other = (
        trained(tiny_model, recipe)[0].tensors() for recipe in (short, short, replace(short, seed=2))
    )

    assert {name: tensor.tobytes() for name, tensor in first.items()} == {
        name: tensor.tobytes() for name, tensor in again.items()
    }
    assert any(tensor.tobytes() != other[name].tobytes() for name, tensor in first.items())


def test_its_weights_are_an_adapter_of_the_network(tiny_model: Path, tmp_path: Path) -> None:
    training, _ = trained(tiny_model, replace(RECIPE, steps=12, first_layer=1))
    save_adapter(training.tensors(), {"recipe": training.recipe()}, tmp_path)
    adapter = load_adapter(tmp_path)

    assert set(adapter.heads) == set(HEADS)
    assert adapter.mean.shape == (SHAPE.hidden,)
    assert {name.split(".")[0] for name in adapter.deltas} == {"l1"}
    merged, plain = adapter.merged(tiny_weights()), tiny_weights()
    assert not np.array_equal(merged.matrix("l1.q"), plain.matrix("l1.q"))
    assert np.array_equal(merged.matrix("l0.q"), plain.matrix("l0.q"))


def test_before_the_first_step_the_heads_turn_nothing(tiny_model: Path) -> None:
    tensors = Training(tiny_model, CORPUS, RECIPE).tensors()

    for role in HEADS:
        assert np.array_equal(tensors[f"head.{role}.matrix"], np.eye(SHAPE.hidden))
        assert not tensors[f"head.{role}.bias"].any()
    assert all(not tensor.any() for name, tensor in tensors.items() if name.endswith(".up"))


def test_what_is_related_is_no_negative(tiny_model: Path) -> None:
    """Of two concepts with the same words each is the other's hardest negative, unless they are kin."""
    training = Training(tiny_model, CORPUS, RECIPE)
    strangers = np.zeros((2, 2), dtype=np.bool_)
    pairs = Pairs(["svejse", "svejse"], ["welding", "welding"], [], strangers, [0, 1])
    kin = replace(pairs, kin=~np.eye(2, dtype=np.bool_))

    def loss(given: Pairs) -> float:
        return float(training._pair_loss(given, "competence", "competence").detach())

    assert loss(pairs) == pytest.approx(np.log(2), abs=1e-3)
    assert loss(kin) == pytest.approx(0, abs=1e-3)


def test_a_near_miss_is_a_negative_of_every_row(tiny_model: Path) -> None:
    training = Training(tiny_model, CORPUS, RECIPE)
    alone = Pairs(["svejse"], ["welding"], [], np.zeros((1, 1), dtype=np.bool_), [0])

    def loss(given: Pairs) -> float:
        return float(training._pair_loss(given, "competence", "competence").detach())

    assert loss(alone) == pytest.approx(0, abs=1e-6)
    like_right, like_left = loss(replace(alone, extra=["welding"])), loss(replace(alone, extra=["svejse"]))
    assert like_right == pytest.approx(like_left, abs=0.05), "either side of a row is held against it"
    assert like_right > np.log(2)


def test_every_task_has_a_share_and_a_size() -> None:
    assert TASKS.keys() == SIZES.keys()
    assert sum(TASKS.values()) == pytest.approx(1)
