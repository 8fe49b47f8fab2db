"""Links of a title or phrase to every scheme at once."""

from pathlib import Path

import numpy as np
import pytest

from matcher.competences import schemes
from matcher.competences.linking import Linker
from matcher.competences.schemes import Schemes
from matcher.labour.isco import unit_group
from matcher.taxonomy.concepts import Taxonomy
from models.adapter import Adapter
from models.hashing import HashingEncoder
from models.prototypes import Prototypes
from tests.competences.linkers import TRUSTING, calibrated

PHRASE = "styr på qwertzuiop"


def taught(*names: str) -> HashingEncoder:
    """An encoder whose first prototype is the phrase's own vector."""
    encoder = HashingEncoder()
    rows = encoder.encode([PHRASE, *("noget helt andet" for _ in names[1:])], role="phrase")
    known = Prototypes(checksum="made up", names=names, rows=rows)
    encoder.adapter = Adapter(  # type: ignore[assignment]
        checksum="0" * 64, deltas={}, mean=np.zeros(encoder.dimension), heads={}, prototypes=known
    )
    return encoder


@pytest.fixture(autouse=True)
def _few_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch, TRUSTING)
    monkeypatch.setattr(schemes, "read_unit_groups", lambda: [unit_group("2431")])


@pytest.mark.parametrize(
    ("first", "expected"), [("python", ["python"]), ("taken-out-of-the-vocabulary", [])], ids=["known", "taken out"]
)
def test_a_prototype_counts_while_its_concept_is_in_the_vocabulary(
    tmp_path: Path, first: str, expected: list[str]
) -> None:
    [found] = Schemes(Linker(taught(first, "sql")), Taxonomy(), tmp_path).link([PHRASE])

    assert [link.concept for link in found.competences] == expected
