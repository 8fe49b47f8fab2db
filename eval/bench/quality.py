"""How well the rankers agree with the sample's judgements, side by side in one run."""

import tempfile
from dataclasses import asdict, replace
from pathlib import Path

from eval.judged import Judged, judged
from eval.measures import measures
from eval.ranking import ENGINE, baseline_runs, engine_run, languages
from eval.runs import Evaluation, by_group, evaluate
from eval.sample import JUDGEMENTS, read_sample
from eval.significance import Comparison, compare
from matcher import assemble
from matcher.engine import Engine
from matcher.ingest.rows import read_judgements
from matcher.ports import Encoder
from matcher.settings import Settings
from models.packaged import PLAIN

MEASURE = "ndcg@10"
DENSE = "dense"


def sample_engine(home: Path, settings: Settings) -> Engine:
    """Return an engine over the sample in a home of its own, indexes built."""
    chosen = settings.model_copy(update={"home": home, "models": settings.model_folder()})
    read_sample(assemble.store(chosen))
    engine = assemble.engine(chosen)
    engine.refresh()
    return engine


def sample_judgements(engine: Engine) -> Judged:
    """Return the sample's judgements as postings asking for candidates."""
    return judged(
        read_judgements(JUDGEMENTS), postings=engine.store.ids("posting"), candidates=engine.store.ids("candidate")
    )


def quality(settings: Settings) -> dict[str, object]:
    """Return the measures of every ranker, the engine's lead over each, and the engine by language pair."""
    with tempfile.TemporaryDirectory() as home:
        engine = sample_engine(Path(home), settings)
        plain = assemble.encoder(settings.model_copy(update={"encoder": PLAIN}))
        results, against, by_language = rankers(engine, plain)
    return {
        "rankers": {name: result.as_json()["metrics"] for name, result in results.items()},
        "lead": {name: asdict(comparison) for name, comparison in against.items()},
        "languages": {name: result.as_json()["metrics"] for name, result in by_language.items()},
    }


def rankers(
    engine: Engine, plain: Encoder
) -> tuple[dict[str, Evaluation], dict[str, Comparison], dict[str, Evaluation]]:
    """Evaluate the baselines and the engine; compare the engine with each; and the engine by language pair.

    The baselines use the encoder as its makers published it; one more is dense with the adapted one.
    """
    truth = sample_judgements(engine)
    ours = engine_run(engine, truth)
    [adapted] = [run for run in baseline_runs(engine, truth) if run.name == DENSE]
    baselines = (*baseline_runs(engine, truth, plain), replace(adapted, name=f"{DENSE}_adapted"))
    results = {run.name: evaluate(run, truth, measures()) for run in (*baselines, ours)}
    against = {
        name: compare(results[ENGINE].values[MEASURE], result.values[MEASURE])
        for name, result in results.items()
        if name != ENGINE
    }
    return results, against, by_group(ours, truth, measures([MEASURE]), languages(engine))
