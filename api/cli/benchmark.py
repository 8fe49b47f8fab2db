"""`matcher benchmark`: the product on public sets, with published figures beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel, JsonValue

from api.cli import render
from api.cli.console import Tell, answer, progress_bars
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.texts import say
from eval.benchmarks import esco_job_skill, kompetencer, melo
from eval.benchmarks.esco_job_skill import QueryText
from eval.benchmarks.group_classifier import GroupClassifier
from eval.benchmarks.scoring import Linking, Result
from eval.runs import Evaluation
from matcher.settings import Settings

Measure = Callable[[Linking[Any]], list[Result]]
Set = Literal["melo", "esco-job-skill", "kompetencer"]


class Part(StrEnum):
    """A part of the linking that can be switched off."""

    head = "head"
    lexical = "lexical"
    vocabulary = "vocabulary"


class PublishedOut(BaseModel):
    """A figure that others reached."""

    system: str
    measure: str
    value: float
    source: str


class BenchmarkOut(BaseModel):
    """Measures with intervals; where there are several sets, a measure is called `map/SET`.

    `groups` holds the same measures on all groups and on the selected ones, where some were selected.
    """

    metrics: dict[str, JsonValue]
    settings: dict[str, JsonValue]
    groups: dict[str, dict[str, JsonValue]] | None
    published: dict[str, list[PublishedOut]]


def benchmark(
    name: Annotated[Set, typer.Argument(help=say("benchmark.name"))],
    *,
    data: Annotated[Path, typer.Option("--data", help=say("benchmark.data"))],
    without: Annotated[list[Part] | None, typer.Option("--without", help=say("benchmark.without"))] = None,
    groups: Annotated[str, typer.Option("--groups", help=say("benchmark.groups"))] = "all",
    text: Annotated[QueryText, typer.Option("--text", help=say("benchmark.text"))] = "full",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Read the set, run the product's own linking on it and print how good that was."""
    off = tuple(dict.fromkeys(part.value for part in without or ()))
    if name != "esco-job-skill":
        for option, value, default in (("--groups", groups, "all"), ("--text", text, "full")):
            if value != default:
                raise typer.BadParameter(say("benchmark.only_job_skill"), param_hint=option)
    with progress_bars(quiet=as_json) as tell:
        measure = _prepared(name, data, groups, text, tell)
        results = _run(measure, settings(home), off)
    if as_json:
        answer(_wire(results, off))
    else:
        render.benchmark(results, off)


def _run(measure: Measure, chosen: Settings, off: Sequence[str]) -> list[Result]:
    from matcher.assemble import linker

    return measure(linker(chosen, without=off))


def _prepared(name: Set, data: Path, groups: str, text: QueryText, tell: Tell | None) -> Measure:
    """Read the set, so that a fault in it is told before a model is loaded, and return what measures on it."""
    if name == "melo":
        tasks = melo.read(data)
        return lambda linker: [melo.run(task, linker, tell) for task in tasks]
    if name == "esco-job-skill":
        selected = esco_job_skill.selection(groups)
        occupations = esco_job_skill.read(data, text=text)
        return lambda linker: [esco_job_skill.run(occupations, linker, groups=selected, tell=tell)]
    spans = kompetencer.read(data)
    return lambda linker: [kompetencer.run(spans, linker, GroupClassifier(), kompetencer.demand_spans)]


def _wire(results: Sequence[Result], off: Sequence[str]) -> BenchmarkOut:
    one = len(results) == 1
    metrics = {
        measure if one else f"{measure}/{result.name}": interval
        for result in results
        for measure, interval in _metrics(result.evaluation).items()
    }
    settings_of = {result.name: dict(result.evaluation.settings) for result in results}
    found = settings_of[results[0].name] if one else {"sets": settings_of}
    groups = {name: _metrics(group) for name, group in results[0].groups.items()}
    published = {result.name: [asdict(figure) for figure in result.published] for result in results}
    return BenchmarkOut.model_validate(
        {
            "metrics": metrics,
            "settings": {**found, "without": list(off)},
            "groups": groups or None,
            "published": published,
        }
    )


def _metrics(evaluation: Evaluation) -> Mapping[str, object]:
    metrics = evaluation.as_json()["metrics"]
    assert isinstance(metrics, dict)
    return metrics
