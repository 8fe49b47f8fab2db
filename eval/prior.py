"""Fits what comes with the product: `python -m eval.prior` rewrites `matcher/prior.json`.

When a competence covers a demand is learned from the judged pairs of phrases (`eval.cover`). The ranker's weights come
from the reference cohort alone: a reference posting and a reference CV of the same field belong together, all other
pairs do not. Own-field documents are left out of the norms, as no real pair is part of the cohort. The judged sample
decides nothing about the order; it sets the two numbers that turn a raw score into a probability.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bench.quality import sample_engine, sample_judgements
from eval.cover import field_of, fitted_cover
from eval.metrics import RELEVANT
from eval.ranking import engine_run
from matcher import assemble
from matcher.features import FEATURES, norms, raw_for_posting, standardise
from matcher.pool import Pool
from matcher.prior import FILE, Prior
from matcher.reference.cohort import Cohort, open_cohort
from matcher.settings import Settings
from models.ranker import AdditiveRanker, fit


def training_rows(cohort: Cohort) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return features of all reference pairs, shape (pairs, len(FEATURES)), and whether each is of one field."""
    postings, candidates = cohort.postings, cohort.candidates
    raw = np.stack(
        [raw_for_posting(postings.rows(id), candidates, candidates.ids, cohort.cover) for id in postings.ids]
    )
    same = np.array([[field_of(p) == field_of(c) for c in candidates.ids] for p in postings.ids])
    of_postings = _norms_without_own_field(raw, same, candidates, cohort.floors)
    of_candidates = _norms_without_own_field(raw.transpose(1, 0, 2), same.T, postings, cohort.floors)
    rows = [
        standardise(raw[place], of_postings[place], candidates.languages, of_candidates, int(language))
        for place, language in enumerate(postings.languages)
    ]
    return np.concatenate(rows), same.reshape(-1)


def _norms_without_own_field(
    raw: NDArray[np.float64], same: NDArray[np.bool_], others: Pool, floors: Sequence[float]
) -> NDArray[np.float64]:
    return np.stack([norms(raw[p][~same[p]], others.languages[~same[p]], floors) for p in range(len(raw))])


def calibrated_on_sample(ranker: AdditiveRanker, settings: Settings) -> AdditiveRanker:
    """Stretch and shift the raw score so that it is the probability of grade 2 or 3 (Platt scaling): same order."""
    with tempfile.TemporaryDirectory() as home:
        engine = sample_engine(Path(home), settings)
        truth = sample_judgements(engine)
        run = engine_run(engine, truth)
    pairs = [(run.scores[p][c], grade >= RELEVANT) for p, grades in truth.grades.items() for c, grade in grades.items()]
    logits, relevant = (np.array(column) for column in zip(*pairs, strict=True))
    platt = fit(logits[:, None], relevant, features=("logit",))
    return ranker.stretched(by=platt.weights[0], shift=platt.intercept)


def main() -> None:
    """Fit the prior and write it where the product reads it."""
    settings = Settings()
    settings = settings.model_copy(update={"models": settings.model_folder()})
    encoder = assemble.encoder(settings)
    cover = fitted_cover(encoder)
    cohort = open_cohort(settings.model_folder() / "reference", encoder, cover)
    rows, relevant = training_rows(cohort)
    prior = Prior(
        ranker=fit(rows, relevant, features=FEATURES),
        cover=cover,
        trained_on=(
            f"cover: the judged pairs' dev part; "
            f"order: reference cohort {cohort.version}, {relevant.sum()} of {len(relevant)} pairs of one field; "
            f"probability: the judged sample"
        ),
    )
    FILE.write_text(prior.to_json(), encoding="utf-8")
    calibrated = replace(prior, ranker=calibrated_on_sample(prior.ranker, settings))
    FILE.write_text(calibrated.to_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
