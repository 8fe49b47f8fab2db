"""What serving int8 instead of float32 changes about the lists that people see."""

import tempfile
from pathlib import Path

from eval.bench.quality import MEASURE, sample_engine, sample_judgements
from eval.measures import measures
from eval.ranking import engine_run
from eval.runs import evaluate
from matcher.settings import Settings
from models.packaged import PLAIN, prepare

TOP = 10


def fidelity(settings: Settings) -> dict[str, float]:
    """Rank the sample with both encoders, neither adapted; return the overlap of the top ten and each nDCG@10."""
    float32 = str(prepare(settings.model_folder()))
    rankings = {}
    values = {}
    for name, encoder in (("int8", PLAIN), ("float32", float32)):
        with tempfile.TemporaryDirectory() as home:
            engine = sample_engine(Path(home), settings.model_copy(update={"encoder": encoder}))
            truth = sample_judgements(engine)
            run = engine_run(engine, truth)
        rankings[name] = run.rankings
        values[name] = evaluate(run, truth, measures([MEASURE])).metrics[MEASURE].value
    shares = [len({*rankings["int8"][q][:TOP]} & {*rankings["float32"][q][:TOP]}) / TOP for q in rankings["int8"]]
    return {
        "top10_overlap": sum(shares) / len(shares),
        "ndcg@10_int8": values["int8"],
        "ndcg@10_float32": values["float32"],
        "postings": len(shares),
    }
