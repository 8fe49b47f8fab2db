"""Standardising against the reference cohort, worked by hand."""

import numpy as np
import pytest

from matcher import assemble
from matcher.engine import Engine
from matcher.features import FEATURES, norms, standardise
from matcher.pool import SIGNALS
from matcher.records import LANGUAGES
from matcher.reference.cohort import reference_candidates, reference_postings
from matcher.settings import Settings


def test_norms_are_mean_and_deviation_by_language() -> None:
    raw = np.zeros((4, len(SIGNALS)))
    raw[:, 0] = [1.0, 3.0, 10.0, 20.0]
    danish, english = LANGUAGES.index("da"), LANGUAGES.index("en")
    found = norms(raw, np.array([danish, danish, english, english]))

    assert found[0, danish].tolist() == [2.0, 1.0]
    assert found[0, english].tolist() == [15.0, 5.0]
    assert found[0, LANGUAGES.index("other")] == pytest.approx([8.5, np.std([1, 3, 10, 20])])


def test_a_similarity_is_standardised_from_both_sides() -> None:
    raw = np.full((1, len(SIGNALS)), 5.0)
    mine = np.zeros((len(SIGNALS), 3, 2))
    mine[..., 0], mine[..., 1] = 3.0, 2.0
    theirs = np.zeros((1, len(SIGNALS), 3, 2))
    theirs[..., 0], theirs[..., 1] = 1.0, 1.0

    assert standardise(raw, mine, np.array([0]), theirs, 1).tolist() == [[2.5] * len(SIGNALS)]


def test_every_signal_is_a_feature() -> None:
    assert (*SIGNALS, "language") == FEATURES


def test_the_cohort_is_balanced_over_languages_and_fields() -> None:
    for records in (reference_candidates(), reference_postings()):
        fields = {language: {r.id[:-3] for r in records if r.language == language} for language in ("da", "en")}
        assert fields["da"] == fields["en"]
        assert len(records) == 2 * len(fields["da"])


def test_reference_documents_stand_out_nowhere(settings: Settings) -> None:
    """Unrelated pairs have features about 0: the mean over the whole cohort is within a deviation of it."""
    cohort = assemble.cohort(settings, assemble.encoder(settings))
    [posting, *_] = cohort.postings.ids
    rows = cohort.with_norms(cohort.postings.rows(posting), of="posting")

    assert np.isfinite(rows.norms).all()
    assert (rows.norms[..., 1] > 0).all()


def test_a_document_in_another_language_is_compared_with_the_whole_cohort(engine: Engine) -> None:
    assert len(engine.cohort.candidates.ids) == 64
