"""The trained weights in the repository: they belong together, to the vocabulary, and are small enough."""

import json

from matcher.competences.concepts import concepts_by_id
from matcher.competences.mention_bank import TEST_WRITERS
from models.adapter import load_adapter, read_manifest
from models.adapter_split import RULE
from models.packaged import PLAIN
from models.prompts import HEADS
from models.prototypes import FOLDER, MANIFEST, load_prototypes

MOST_BYTES = 8_000_000


def test_all_weights_together_are_at_most_eight_megabytes() -> None:
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= MOST_BYTES


def test_the_adapter_is_whole_and_has_a_head_for_every_short_text() -> None:
    adapter = load_adapter()

    assert set(adapter.heads) == set(HEADS)
    assert adapter.deltas
    assert adapter.mean.shape == (384,)


def test_a_finished_training_made_it_and_never_saw_what_is_measured_on() -> None:
    facts = read_manifest()

    assert facts["encoder"] == PLAIN
    assert "stopped_after" not in facts["recipe"]
    assert facts["trained_on"]["held_out"] == RULE
    assert facts["trained_on"]["mention_writers"]
    assert not TEST_WRITERS & set(facts["trained_on"]["mention_writers"])
    assert "ESCO" in facts["attribution"]


def test_every_prototype_stands_for_a_concept_of_the_vocabulary() -> None:
    prototypes = load_prototypes()

    assert set(prototypes.names) <= set(concepts_by_id())
    assert len(prototypes.names) == len(set(prototypes.names)) == len(prototypes.rows)


def test_prototypes_were_fitted_to_this_adapter_without_the_writers_for_testing() -> None:
    trained_on = json.loads((FOLDER / MANIFEST).read_text(encoding="utf-8"))["trained_on"]

    assert f"+{load_adapter().checksum[:8]}+" in trained_on["encoder"]
    assert not TEST_WRITERS & set(trained_on["writers"])
