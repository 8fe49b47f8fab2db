"""Calibrations with figures made for the purpose, in the place of the fitted ones."""

import pytest

from matcher.competences import linking
from matcher.competences.linking import Calibration

CALIBRATION = Calibration(letters=0.5, coefficients=(8.0, 2.0, 2.0), intercept=-8.0)
"""Sure of a name word by word, not of one that shares a few letters."""
TRUSTING = Calibration(letters=0.5, coefficients=(8.0, 2.0, 2.0), intercept=8.0)
"""Sure of everything."""


def calibrated(monkeypatch: pytest.MonkeyPatch, figures: Calibration = CALIBRATION) -> None:
    """Let linking judge by these figures, whatever it links."""
    monkeypatch.setattr(linking, "calibration", lambda _purpose: figures)
