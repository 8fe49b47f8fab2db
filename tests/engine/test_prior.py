"""The fitted parts: kept as they were fitted, and refused where they do not fit the product."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.competences.version import reading_version
from matcher.features import FEATURES
from matcher.prior import Prior
from matcher.reference.cohort import cohort_version
from models.ranker import AdditiveRanker, Curve
from tests.engine.phrases import COVER

CURVES = tuple(Curve(knots=(-1.0, 2.0), values=(-0.1 * place, 0.2 * place)) for place in range(len(FEATURES)))
RANKER = AdditiveRanker(features=FEATURES, curves=CURVES, intercept=-2.0)
PRIOR = Prior(ranker=RANKER, cover=COVER, trained_on="løsøre")


def test_a_prior_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "prior.json").write_text(PRIOR.to_json(), encoding="utf-8")

    assert Prior.load(tmp_path / "prior.json") == PRIOR


@pytest.mark.parametrize(
    "other",
    [
        replace(PRIOR, cover=replace(COVER, partly=0.26)),
        replace(PRIOR, cover=replace(COVER, means={"any": 0.3, "da-en": 0.2})),
        replace(PRIOR, ranker=replace(RANKER, intercept=-2.1)),
    ],
    ids=["a threshold", "a mean", "the ranker"],
)
def test_whatever_decides_a_score_or_a_status_changes_the_version(other: Prior) -> None:
    assert other.version != PRIOR.version
    assert replace(PRIOR).version == PRIOR.version


def test_a_prior_for_other_features_is_refused(tmp_path: Path) -> None:
    stored = json.loads(PRIOR.to_json())
    stored["ranker"]["features"] = stored["ranker"]["features"][:-1]
    stored["ranker"]["curves"] = stored["ranker"]["curves"][:-1]
    (tmp_path / "prior.json").write_text(json.dumps(stored), encoding="utf-8")

    with pytest.raises(ValueError, match="fitted for features"):
        Prior.load(tmp_path / "prior.json")


def test_the_shipped_prior_is_whole_and_evidence_never_hurts() -> None:
    prior = Prior.load()

    assert all(curve.values == tuple(sorted(curve.values)) for curve in prior.ranker.curves)
    assert prior.cover.nearness > 0
    assert prior.cover.same >= prior.cover.narrower >= 0
    assert prior.cover.same >= prior.cover.broader >= 0
    assert prior.cover.doubt >= 0
    assert 0 < prior.cover.partly < prior.cover.covered < 1
    assert "any" in prior.cover.means.keys() & prior.cover.deviations.keys()
    assert min(prior.cover.deviations.values()) > 0


def test_the_shipped_ranker_was_fitted_with_what_the_product_reads_and_compares_with_now() -> None:
    prior = Prior.load()

    assert prior.made_with == {"cohort": cohort_version(prior.cover), "reading": reading_version()}, (
        "reading, reference cohort or cover changed: run `python -m eval.prior` and the bench again"
    )


def test_the_shipped_ranker_names_the_postings_it_was_fitted_on() -> None:
    postings = Prior.load().postings

    assert len(postings) == len(set(postings)) == 36
    assert all(len(fingerprint) == 16 for fingerprint in postings)
