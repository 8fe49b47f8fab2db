"""The past policy: whom it proposed, and with what chance. It knows words and municipalities, and nothing of fit."""

import numpy as np
from numpy.typing import NDArray

from eval.simulation.assumptions import Assumptions
from eval.simulation.world import World

Vector = NDArray[np.float64]


def policy_scores(world: World, assumptions: Assumptions, *, seed: int) -> Vector:
    """Score every pair as the past policy did, shape (openings, people), better when larger.

    Standardised word overlap (BM25), a bonus for the same municipality, and noise of the pair's own.
    """
    near = np.array(
        [[p.municipality == o.municipality for p in world.people] for o in world.openings], dtype=np.float64
    )
    noise = np.random.default_rng([seed, 1]).normal(0, assumptions.policy_noise, world.overlap.shape)
    scores: Vector = world.overlap + assumptions.same_municipality * near.reshape(world.overlap.shape) + noise
    return scores


def weights_of(scores: Vector, assumptions: Assumptions) -> Vector:
    """Softmax of one posting's scores: chances of being drawn first, summing to 1."""
    raised = np.exp((scores - scores.max()) / assumptions.temperature)
    weights: Vector = raised / raised.sum()
    return weights


def draw_in_turn(weights: Vector, slots: int, draw: np.random.Generator) -> NDArray[np.intp]:
    """Draw places one after the other without replacement, each in proportion to the weights that are left.

    The order of exponential arrival times with those rates is that of such draws (Efraimidis and Spirakis, Information
    Processing Letters 97, 2006, 181-185).
    """
    return np.argsort(draw.exponential(size=weights.size) / weights, kind="stable")[:slots]


def inclusion(weights: Vector, slots: int, draw: np.random.Generator, *, draws: int) -> Vector:
    """Chance of each to be among the `slots` that `draw_in_turn` returns, in (0, 1], summing to `slots` on average.

    Monte Carlo over the others: in every draw somebody is included with chance 1 - exp(-weight * t), t being the
    arrival of the last place among all others. That is exact given t, so rare ones get a chance above 0 too.
    """
    if slots >= weights.size:
        return np.ones_like(weights)
    times = draw.exponential(size=(draws, weights.size)) / weights
    ordered = np.partition(times, (slots - 1, slots), axis=1)
    last, next_one = ordered[:, slots - 1 : slots], ordered[:, slots : slots + 1]
    among_others = np.where(times <= last, next_one, last)
    chances: Vector = -np.expm1(-weights * among_others).mean(axis=0)
    return chances
