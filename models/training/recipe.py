"""All that a training depends on beside its corpus. Imports nothing heavy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """All that a training depends on beside its corpus."""

    steps: int = 450
    rank: int = 16
    first_layer: int = 2
    rate: float = 6e-4
    head_rate: float = 4e-4
    temperature: float = 0.05
    most_tokens: int = 48
    seed: int = 0
