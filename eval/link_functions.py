"""Which additive ranker: `python -m eval.link_functions` measures three on the dev part, out of fold by posting.

The shipped one (never falling curves under ordered thresholds, `models.ranker`), gradient boosted stumps that cannot
fall (scikit-learn), and a plain logistic regression. Decision record 0007 quotes the figures.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.measures import measures
from eval.nordjylland import part_engine, part_judgements
from eval.runs import Run, evaluate
from matcher.features import FEATURES
from matcher.settings import Settings
from matcher.training import FOLDS, POSITIVE, Examples, examples, fold_of
from models.ranker import fit

Score = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def curves(found: Examples) -> Score:
    """The shipped recipe."""
    return fit(found.rows, found.grades, features=FEATURES, cut=POSITIVE).logits


def two_classes(found: Examples) -> Score:
    """The same curves, told only whether the grade is good."""
    return fit(found.rows, (found.grades >= POSITIVE).astype(np.int64), features=FEATURES, cut=1).logits


def boosted(found: Examples) -> Score:
    """Sixty boosted trees without interactions that never fall."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=60,
        max_leaf_nodes=8,
        min_samples_leaf=20,
        monotonic_cst=[1] * len(FEATURES),
        interaction_cst="no_interactions",
        random_state=0,
    )
    model.fit(found.rows, found.grades >= POSITIVE)
    return lambda rows: np.asarray(model.decision_function(rows))


def linear(found: Examples) -> Score:
    """Logistic regression on the features as they are."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=1000).fit(found.rows, found.grades >= POSITIVE)
    return lambda rows: np.asarray(model.decision_function(rows))


def main() -> None:
    """Print nDCG@10, MRR and recall@10 of each."""
    with tempfile.TemporaryDirectory() as home:
        engine = part_engine("dev", Path(home), Settings())
        truth = part_judgements("dev", engine)
        grades = {(posting, one): grade for posting, items in truth.grades.items() for one, grade in items.items()}
        found = examples(engine, grades)
        ids = engine.indexes.pool("candidate").ids
        postings = engine.indexes.pool("posting")
        rows = {posting: engine.features(postings.rows(posting), "candidate", ids) for posting in truth.grades}
    folds = np.array([fold_of(posting) for posting in found.postings])
    for recipe in (curves, two_classes, boosted, linear):
        scorers = [recipe(found.of(folds != fold)) for fold in range(FOLDS)]
        scores = {
            posting: dict(zip(ids, scorers[fold_of(posting)](block).tolist(), strict=True))
            for posting, block in rows.items()
        }
        result = evaluate(Run.of(recipe.__name__, scores), truth, measures(["ndcg@10", "mrr", "recall@10"]))
        shown = ", ".join(
            f"{name} {one.value:.3f} [{one.low:.3f}, {one.high:.3f}]" for name, one in result.metrics.items()
        )
        sys.stdout.write(f"{recipe.__name__}: {shown}\n")


if __name__ == "__main__":
    main()
