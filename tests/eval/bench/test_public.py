"""The public sets, whole and with parts of the linking switched off, in one table."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.bench.page import page
from eval.bench.public import VARIANTS, Remembering, public
from matcher.ports import Role
from matcher.settings import Settings
from models.hashing import HashingEncoder
from tests.eval.benchmarks.builders import write_job_skill, write_kompetencer, write_melo


class Counting(HashingEncoder):
    """Counts what it encodes."""

    def __init__(self) -> None:
        self.asked: list[tuple[Role, str]] = []

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        self.asked += [(role, text) for text in texts]
        return super().encode(texts, role=role)


def test_a_text_is_encoded_once_for_each_role_and_comes_back_the_same() -> None:
    inner = Counting()
    encoder = Remembering(inner)

    first = encoder.encode(["a", "b", "a"], role="title")
    again = encoder.encode(["b"], role="title")
    encoder.encode(["b"], role="work")

    assert inner.asked == [("title", "a"), ("title", "b"), ("work", "b")]
    assert np.array_equal(first, HashingEncoder().encode(["a", "b", "a"], role="title"))
    assert np.array_equal(again, first[1:2])
    assert encoder.encode([], role="title").shape == (0, inner.dimension)


def test_it_passes_for_the_encoder_that_it_remembers_for() -> None:
    inner = HashingEncoder()
    encoder = Remembering(inner)

    assert (encoder.fingerprint, encoder.dimension, encoder.adapter) == (inner.fingerprint, inner.dimension, None)
    assert encoder.count_tokens("to ord") == inner.count_tokens("to ord") == 2


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Small sets in the folders that the bench asks for."""
    for name in ("dnk_q_da_c_da", "usa_q_en_c_en"):
        write_melo(tmp_path / "melo" / name)
    write_job_skill(tmp_path / "esco_job_skill_da")
    write_kompetencer(tmp_path / "kompetencer")
    return tmp_path


@pytest.mark.slow
def test_every_set_has_every_variant_with_intervals_and_what_others_reached(data: Path, settings: Settings) -> None:
    found = public(data, settings)

    assert set(found) == {"dnk_q_da_c_da", "usa_q_en_c_en", "esco-job-skill", "kompetencer"}
    for name, rows in found.items():
        assert set(rows) == {"published", *VARIANTS}, name
        assert rows["published"], name
        for variant in VARIANTS:
            assert set(rows[variant]) == set(rows["whole"])
            assert all(set(measure) == {"value", "low", "high", "n"} for measure in rows[variant].values())
    assert found["esco-job-skill"]["whole"]["map"]["n"] == 1  # the one occupation of a held-out group
    assert found["dnk_q_da_c_da"]["whole"] != found["dnk_q_da_c_da"]["without vocabulary"]
    assert found["dnk_q_da_c_da"]["whole"] == found["dnk_q_da_c_da"]["without head"]  # there is none to take away
    assert json.loads(json.dumps(found)) == found

    shown = page({"public": {"values": found, "on": "2026-01-01", "machine": "m"}})
    assert shown.count("| dnk_q_da_c_da | map |") == 1
    assert "0.407 (OpenAI)" in shown
