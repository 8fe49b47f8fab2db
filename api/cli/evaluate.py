"""`matcher evaluate`: how well do the rankings agree with judgements."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, JsonValue

from api.cli import render
from api.cli.console import answer, progress_bars
from api.cli.context import engine
from api.cli.options import Home, Json
from api.cli.texts import say
from eval.judged import Direction, judged
from eval.measures import measure, measures
from eval.ranking import ENGINE, baseline_runs, engine_run, languages
from eval.runs import Evaluation, by_group
from eval.runs import evaluate as evaluate_run
from matcher.ingest.rows import read_judgements


class EvaluationOut(BaseModel):
    """Measures with intervals, the same by language pair, and for the baselines where they were asked for."""

    metrics: dict[str, JsonValue]
    settings: dict[str, JsonValue]
    groups: dict[str, dict[str, JsonValue]]
    baselines: dict[str, dict[str, JsonValue]] | None = None


def evaluate(
    *,
    judgements: Annotated[Path, typer.Option("--judgements", help=say("evaluate.judgements"), dir_okay=False)],
    direction: Annotated[Direction, typer.Option("--direction", help=say("evaluate.direction"))] = "postings",
    baselines: Annotated[bool, typer.Option("--baselines", help=say("evaluate.baselines"))] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Rank every judged query against the whole home and hold the rankings against the judgements."""
    every = read_judgements(judgements)
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        made.refresh(tell)
        truth = judged(
            every,
            postings=made.indexes.pool("posting").ids,
            candidates=made.indexes.pool("candidate").ids,
            direction=direction,
        )
        runs = [engine_run(made, truth, tell), *(baseline_runs(made, truth) if baselines else [])]
    results = {run.name: evaluate_run(run, truth, measures()) for run in runs}
    ours, *others = results.values()
    groups = by_group(runs[0], truth, [measure("ndcg@10")], languages(made))
    if as_json:
        answer(_wire(ours, groups, results if others else None))
    else:
        render.evaluation(results, groups)


def _wire(ours: Evaluation, groups: dict[str, Evaluation], results: dict[str, Evaluation] | None) -> EvaluationOut:
    return EvaluationOut.model_validate(
        {
            **ours.as_json(),
            "groups": {name: group.as_json()["metrics"] for name, group in groups.items()},
            "baselines": results
            and {name: result.as_json()["metrics"] for name, result in results.items() if name != ENGINE},
        }
    )
