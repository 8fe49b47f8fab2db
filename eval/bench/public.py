"""The public sets, measured whole and with parts of the linking switched off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks import esco_job_skill, kompetencer, melo
from eval.benchmarks.group_classifier import GroupClassifier
from eval.benchmarks.scoring import Result
from matcher import assemble
from matcher.competences.linking import Linker
from matcher.ports import Encoder, Role
from matcher.settings import Settings
from models.adapter import Adapter

VARIANTS: Mapping[str, tuple[str, ...]] = {
    "whole": (),
    "without head": ("head",),
    "without lexical": ("lexical",),
    "without vocabulary": ("vocabulary",),
}


class Remembering:
    """An encoder that encodes a text once, whatever asks for it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[Role, str], NDArray[np.float32]] = {}

    @property
    def fingerprint(self) -> str:
        """That of the encoder."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """That of the encoder."""
        return self._encoder.dimension

    @property
    def adapter(self) -> Adapter | None:
        """That of the encoder."""
        return self._encoder.adapter

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        """Return the encoder's rows."""
        new = list(dict.fromkeys(text for text in texts if (role, text) not in self._known))
        rows = self._encoder.encode(new, role=role)
        self._known.update(zip([(role, text) for text in new], rows, strict=True))
        return np.stack([self._known[role, text] for text in texts]) if texts else rows

    def count_tokens(self, text: str) -> int:
        """That of the encoder."""
        return self._encoder.count_tokens(text)


def public(data: Path, settings: Settings) -> dict[str, Any]:
    """Return every measure of every set for the whole linking and without each part.

    `data` holds the folders melo, esco_job_skill_da and kompetencer.
    """
    encoders: dict[bool, Encoder] = {
        head: Remembering(assemble.linker(settings, without=() if head else ("head",)).encoder)
        for head in (True, False)
    }
    found: dict[str, Any] = {}
    for variant, without in VARIANTS.items():
        linker = Linker(
            encoders["head" not in without],
            head="head" not in without,
            lexical="lexical" not in without,
            vocabulary="vocabulary" not in without,
        )
        for result in _results(data, linker):
            rows = found.setdefault(result.name, {"published": [asdict(figure) for figure in result.published]})
            rows[variant] = result.evaluation.as_json()["metrics"]
    return found


def _results(data: Path, linker: Linker) -> Iterator[Result]:
    for task in melo.read(data / "melo"):
        yield melo.run(task, linker)
    held_out = esco_job_skill.selection(esco_job_skill.HELD_OUT)
    yield esco_job_skill.run(esco_job_skill.read(data / "esco_job_skill_da"), linker, groups=held_out)
    sentences = kompetencer.read(data / "kompetencer")
    yield kompetencer.run(sentences, linker, GroupClassifier(), kompetencer.demand_spans)
