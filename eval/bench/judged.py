"""The proof of quality: the engine on both parts of the judged set, beside the baselines, and how far judges agree."""

import json
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

import numpy as np

from eval.assessment import Assessment, assess
from eval.judged import Direction, Judged
from eval.measures import measures
from eval.nordjylland import FOLDER, Part, part_engine, part_judgements
from eval.ranking import baseline_runs
from eval.runs import Run, evaluate
from matcher import assemble
from matcher.engine import Engine
from matcher.features import FEATURES
from matcher.settings import Settings
from matcher.training import FOLDS, POSITIVE, examples, fold_of
from models.packaged import PLAIN
from models.ranker import fit

MEASURES = ("ndcg@10", "mrr", "map", "recall@5", "recall@10")
PAIRS = 1_000
REPEATS = 15


def judged_set(settings: Settings) -> dict[str, Any]:
    """Return what `docs/results.md` shows of the judged set: the test part whole, the dev part out of fold."""
    with tempfile.TemporaryDirectory() as folder:
        dev = part_engine("dev", Path(folder) / "dev", settings)
        found: dict[str, Any] = {"dev": out_of_fold(dev), "cost": scoring_cost(dev)}
        test = part_engine("test", Path(folder) / "test", settings)
        plain = assemble.encoder(settings.model_copy(update={"encoder": PLAIN}))
        for direction in get_args(Direction):
            truth = part_judgements("test", test, direction)
            found[direction] = {**_shown(assess(test, truth)), "dense_plain": _plain(test, truth, plain)}
    found["judges"] = {part: agreement(part) for part in get_args(Part)}
    return found


def agreement(part: Part) -> dict[str, float]:
    """How far the two judges of a part agree: weighted kappas (Cohen, Psychological Bulletin 70, 1968, 213-220)."""
    from sklearn.metrics import cohen_kappa_score

    rows = [json.loads(line) for line in (FOLDER / part / "judges.jsonl").read_text(encoding="utf-8").splitlines()]
    both = [(row["first"], row["second"]) for row in rows if row["first"] is not None and row["second"] is not None]
    first, second = (np.array(column) for column in zip(*both, strict=True))
    some = (first > 0) | (second > 0)
    return {
        "pairs": len(rows),
        "judged_twice": len(both),
        "differing": int((first != second).sum()),
        "kappa_linear": float(cohen_kappa_score(first, second, weights="linear")),
        "kappa_quadratic": float(cohen_kappa_score(first, second, weights="quadratic")),
        "kappa_linear_where_not_both_0": float(cohen_kappa_score(first[some], second[some], weights="linear")),
    }


def out_of_fold(engine: Engine) -> dict[str, Any]:
    """Measure the recipe of the shipped ranker on the dev part: each posting by a ranker that has not met it."""
    truth = part_judgements("dev", engine)
    grades = {(posting, one): grade for posting, items in truth.grades.items() for one, grade in items.items()}
    found = examples(engine, grades)
    folds = np.array([fold_of(posting) for posting in found.postings])
    scores: dict[str, dict[str, float]] = {}
    for fold in range(FOLDS):
        rest = found.of(folds != fold)
        ranker = fit(rest.rows, rest.grades, features=FEATURES, cut=POSITIVE)
        for posting in (one for one in truth.grades if fold_of(one) == fold):
            ids = engine.indexes.pool("candidate").ids
            rows = engine.features(engine.indexes.pool("posting").rows(posting), "candidate", ids)
            scores[posting] = dict(zip(ids, ranker.logits(rows).tolist(), strict=True))
    return evaluate(Run.of("out of fold", scores), truth, measures(MEASURES)).as_json()["metrics"]  # type: ignore[return-value]


def scoring_cost(engine: Engine) -> dict[str, float]:
    """Time the features of `PAIRS` pairs and their scores by turns; medians, milliseconds."""
    pool, postings = engine.indexes.pool("candidate"), engine.indexes.pool("posting")
    rows = postings.rows(postings.ids[0])
    ids = (pool.ids * (PAIRS // len(pool.ids) + 1))[:PAIRS]
    times: dict[str, list[float]] = {"features": [], "scores": []}
    for _ in range(REPEATS):
        start = perf_counter()
        features = engine.features(rows, "candidate", list(dict.fromkeys(ids)))
        times["features"].append((perf_counter() - start) * PAIRS / len(features))
        many = np.resize(features, (PAIRS, features.shape[1]))
        start = perf_counter()
        engine.ranker.scores(many)
        times["scores"].append(perf_counter() - start)
    middle = {f"{name}_ms": float(np.median(found)) * 1e3 for name, found in times.items()}
    return {**middle, "ratio": middle["scores_ms"] / middle["features_ms"]}


def _plain(engine: Engine, truth: Judged, plain: Any) -> dict[str, Any]:  # noqa: ANN401 - an Encoder
    """The dense baselines with the encoder as its makers published it."""
    runs = [run for run in baseline_runs(engine, truth, plain) if run.name in ("dense", "hybrid_standardised")]
    return {run.name: evaluate(run, truth, measures(MEASURES)).as_json()["metrics"] for run in runs}


def _shown(found: Assessment) -> dict[str, Any]:
    whole = found.as_json()
    kept = ("metrics", "baselines", "leads", "groups", "families", "gaps", "exposure", "ablation", "retrieval")
    return {name: whole[name] for name in kept}
