"""Who gets seen: how evenly the lists spread what they show over those who could be shown."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.runs import Run
from eval.significance import RESAMPLES, Interval, resample

Array = NDArray[np.float64]
DECILES = tuple(part / 10 for part in range(1, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What the first `k` places of every list show of all `items`; the n of each interval counts lists."""

    k: int
    items: int
    coverage: Interval
    """Share of the items that stand in at least one list."""
    gini: Interval
    """0 where all items are exposed alike, towards 1 where few get everything; nan without any list."""
    lorenz: tuple[Interval, ...]
    """Share of all exposure that goes to the least exposed 10 %, 20 %, ... 90 % of the items (`DECILES`)."""
    by_item: dict[str, float]
    """Exposure of every item, 0 for one that no list shows."""


def exposure(run: Run, items: Collection[str], *, k: int = 10, seed: int = 0, resamples: int = RESAMPLES) -> Exposure:
    """Measure exposure down to rank `k`, over all `items` that could have been shown.

    An item's exposure is the sum of 1 / log2(rank + 1) over the lists (Singh and Joachims, KDD 2018, 2219-2228). Gini:
    half the relative mean difference (Gini 1912). Intervals draw the lists anew; the items stay.
    """
    shown = {query: ranking[:k] for query, ranking in sorted(run.rankings.items())}
    ids = sorted({item for ranking in shown.values() for item in ranking})
    if strangers := set(ids) - set(items):
        raise ValueError(f"the run shows {sorted(strangers)[:5]}, which are none of the items")
    if not items:
        raise ValueError("exposure wants at least one item that could be shown")
    given = _given(list(shown.values()), ids)
    everyone = len(set(items))
    figures = resample(
        lambda drawn: _figures(drawn @ given, everyone),
        len(shown),
        width=max(1, len(ids)),
        seed=seed,
        resamples=resamples,
    )
    if not figures:
        nothing = Interval(value=np.nan, low=np.nan, high=np.nan, n=0)
        figures = [nothing] * (2 + len(DECILES))
    return Exposure(
        k=k,
        items=everyone,
        coverage=figures[0],
        gini=figures[1],
        lorenz=tuple(figures[2:]),
        by_item=dict.fromkeys(sorted(items), 0.0) | dict(zip(ids, given.sum(axis=0).tolist(), strict=True)),
    )


def _given(rankings: list[tuple[str, ...]], ids: list[str]) -> Array:
    """Exposure that each list gives to each of the items that any list shows, shape (lists, shown items)."""
    column = {id_: at for at, id_ in enumerate(ids)}
    given = np.zeros((len(rankings), len(ids)))
    for row, ranking in enumerate(rankings):
        for rank, id_ in enumerate(ranking, start=1):
            given[row, column[id_]] = 1 / np.log2(rank + 1)
    return given


def _figures(exposures: Array, items: int) -> Array:
    """Coverage, Gini and the Lorenz curve at the deciles, shape (draws, 11), from shape (draws, shown items)."""
    draws, columns = exposures.shape
    unseen = items - columns
    ordered = np.sort(exposures, axis=1)
    below = np.concatenate([np.zeros((draws, 1)), np.cumsum(ordered, axis=1)], axis=1)
    total = np.where(below[:, -1:] > 0, below[:, -1:], np.nan)
    ranks = np.arange(unseen + 1, items + 1)
    gini = 2 * (ordered @ ranks)[:, None] / (items * total) - (items + 1) / items
    coverage = (exposures > 0).sum(axis=1, keepdims=True) / items
    return np.hstack([coverage, gini, _lorenz(below / total, items, unseen)])


def _lorenz(shares: Array, items: int, unseen: int) -> Array:
    """Read the curve at the deciles, straight between items; the unseen come first and have nothing."""
    places = np.clip(np.array(DECILES) * items - unseen, 0, None)
    lower = np.floor(places).astype(np.intp)
    upper = np.minimum(lower + 1, shares.shape[1] - 1)
    return np.asarray(shares[:, lower] + (places - lower) * (shares[:, upper] - shares[:, lower]), dtype=np.float64)
