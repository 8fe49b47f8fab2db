"""Fits what comes with the product: `python -m eval.prior` rewrites `matcher/prior.json`.

When a competence covers a demand is learned from the judged pairs of phrases (`eval.cover`). The ranker is fitted on
the dev part of the judged set (`eval/datasets/nordjylland`) and calibrated on it out of fold; the test part, and the
sample, decide nothing.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from eval.cover import fitted_cover
from eval.nordjylland import part_engine, part_judgements
from matcher import assemble
from matcher.competences.version import reading_version
from matcher.prior import FILE, Prior, fingerprint_of
from matcher.settings import Settings
from matcher.training import examples, train


def main() -> None:
    """Fit the prior and write it where the product reads it."""
    settings = Settings()
    settings = settings.model_copy(update={"models": settings.model_folder()})
    shipped = replace(Prior.load(), cover=fitted_cover(assemble.encoder(settings)))
    FILE.write_text(shipped.to_json(), encoding="utf-8")  # the reference cohort's norms depend on it
    with tempfile.TemporaryDirectory() as home:
        engine = part_engine("dev", Path(home), settings)
        truth = part_judgements("dev", engine)
        grades = {(posting, one): grade for posting, items in truth.grades.items() for one, grade in items.items()}
        found = examples(engine, grades)
        digests = engine.store.digests("posting")
    trained_on = (
        f"cover: the judged pairs' dev part; ranker: dev part of eval/datasets/nordjylland, {len(found)} judged pairs "
        f"of {len(truth.grades)} postings, reference cohort {engine.cohort.version}; calibrated out of fold by posting"
    )
    fitted = replace(
        shipped,
        ranker=train(found),
        trained_on=trained_on,
        made_with={"cohort": engine.cohort.version, "reading": reading_version()},
        postings=tuple(sorted(fingerprint_of(digests[posting]) for posting in truth.grades)),
    )
    FILE.write_text(fitted.to_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
