"""The rankers that were compared all learn the same plain order."""

import numpy as np
import pytest

from eval.link_functions import Score, boosted, curves, linear, two_classes
from matcher.features import FEATURES
from matcher.training import Examples


@pytest.mark.parametrize("recipe", [curves, two_classes, boosted, linear])
def test_each_recipe_ranks_good_pairs_above_bad_ones(recipe: object) -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(400, len(FEATURES)))
    grades = np.digitize(rows[:, 0] + 0.2 * random.normal(size=400), [0.0, 0.8, 1.6])
    found = Examples(
        pairs=tuple((f"p{n // 20}", f"c{n}") for n in range(400)), rows=rows, grades=grades, weights=np.ones(400)
    )
    score: Score = recipe(found)  # type: ignore[operator]
    low, high = np.zeros((1, len(FEATURES))), np.zeros((1, len(FEATURES)))
    low[0, 0], high[0, 0] = -1.5, 2.0

    assert score(high)[0] > score(low)[0] + 1
