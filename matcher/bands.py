"""Four bands of the calibrated probability, so that nobody reads more into a score than it can tell."""

from typing import Literal, get_args

Band = Literal["strong", "good", "possible", "weak"]
BANDS: tuple[Band, ...] = get_args(Band)

LEAST: dict[Band, float] = {"strong": 0.75, "good": 0.5, "possible": 0.2, "weak": 0.0}
"""Least probability of each band. "good": more likely than not that a careful consultant would propose the pair."""


def band_of(score: float) -> Band:
    """Return the band of a calibrated probability in [0, 1].

    >>> band_of(0.8), band_of(0.5), band_of(0.1)
    ('strong', 'good', 'weak')
    """
    return next(band for band in BANDS if score >= LEAST[band])


def no_good_match(best: float | None) -> bool:
    """Whether a list whose best score is `best` (None: empty) holds nobody worth proposing: its best is weak."""
    return best is None or band_of(best) == "weak"
