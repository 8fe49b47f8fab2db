"""`matcher evaluate`: how well do the rankings agree with judgements."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, JsonValue

from api.cli import render
from api.cli.console import Tell, answer, progress_bars
from api.cli.context import engine
from api.cli.options import Home, Json
from api.cli.texts import say
from eval.judged import Direction, Judged, judged
from eval.measures import measure, measures
from eval.runs import Evaluation, Run, by_group, language_pair
from eval.runs import evaluate as evaluate_run
from matcher.engine import Engine
from matcher.ingest.rows import read_judgements
from matcher.records import Candidate, Kind, Posting


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
        runs = [engine_run(made, truth, tell), *(_baselines(made, truth) if baselines else [])]
    results = {run.name: evaluate_run(run, truth, measures()) for run in runs}
    ours, *others = results.values()
    groups = by_group(runs[0], truth, [measure("ndcg@10")], language_pair(*_languages(made)))
    if as_json:
        answer(_wire(ours, groups, results if others else None))
    else:
        render.evaluation(results, groups)


def engine_run(made: Engine, truth: Judged, tell: Tell | None = None) -> Run:
    """Return the engine's ranking of everything in the home for each judged query."""
    kind: Kind = "candidate" if truth.direction == "postings" else "posting"
    scores = {}
    for done, query in enumerate(truth.grades):
        scores[query] = dict(made.rank(query, kind=kind))
        if tell:
            tell("rank", done + 1, len(truth.grades))
    return Run.of("matcher", scores)


def _baselines(made: Engine, truth: Judged) -> list[Run]:
    from eval.baselines import run_baselines

    postings = [record for record in made.store.records("posting") if isinstance(record, Posting)]
    candidates = [record for record in made.store.records("candidate") if isinstance(record, Candidate)]
    return run_baselines(postings, candidates, made.encoder, direction=truth.direction)


def _languages(made: Engine) -> tuple[dict[str, str], dict[str, str]]:
    kinds: tuple[Kind, Kind] = ("posting", "candidate")
    postings, candidates = (
        {record.id: record.language for record in made.store.records(kind) if isinstance(record, Posting | Candidate)}
        for kind in kinds
    )
    return {**postings}, {**candidates}


def _wire(ours: Evaluation, groups: dict[str, Evaluation], results: dict[str, Evaluation] | None) -> EvaluationOut:
    return EvaluationOut.model_validate(
        {
            **ours.as_json(),
            "groups": {name: group.as_json()["metrics"] for name, group in groups.items()},
            "baselines": results
            and {name: result.as_json()["metrics"] for name, result in results.items() if name != "matcher"},
        }
    )
