"""`matcher evaluate`: how well do the rankings agree with judgements, or with what came of past proposals."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, ConfigDict, JsonValue

from api.cli import render_evaluate
from api.cli.console import Tell, answer, notes, progress_bars
from api.cli.context import engine
from api.cli.options import Home, Json
from api.cli.texts import language, say
from api.evaluations import on_judgements, on_placements
from eval.assessed_report import backtest_report, judged_report
from eval.assessment import Assessment
from eval.backtest import Backtest
from eval.backtest import backtest as run_backtest
from eval.judged import Direction
from eval.report import Report, to_html, to_json
from matcher.engine import Engine
from matcher.errors import FileNotWritable, Phrase
from matcher.ingest.placement_file import PlacementLog, read_placements
from matcher.ingest.rows import read_judgements
from matcher.records import Judgement

Found = Assessment | Backtest


class EvaluationOut(BaseModel):
    """Measures with intervals and how they came about; what is compared beside them depends on the evaluation."""

    model_config = ConfigDict(extra="allow")

    metrics: dict[str, JsonValue]
    settings: dict[str, JsonValue]
    groups: dict[str, dict[str, JsonValue]]
    baselines: dict[str, dict[str, JsonValue]] | None = None


def evaluate(
    *,
    judgements: Annotated[
        Path | None,
        typer.Option("--judgements", help=say("evaluate.judgements"), dir_okay=False, show_default=False),
    ] = None,
    placements: Annotated[
        Path | None,
        typer.Option("--placements", help=say("evaluate.placements"), dir_okay=False, show_default=False),
    ] = None,
    direction: Annotated[Direction, typer.Option("--direction", help=say("evaluate.direction"))] = "postings",
    before: Annotated[
        datetime | None,
        typer.Option("--before", formats=["%Y-%m-%d"], help=say("evaluate.before"), show_default=False),
    ] = None,
    score_column: Annotated[
        str | None, typer.Option("--score-column", help=say("evaluate.score_column"), show_default=False)
    ] = None,
    baselines: Annotated[bool, typer.Option("--baselines/--without-baselines", help=say("evaluate.baselines"))] = True,
    report: Annotated[
        Path | None, typer.Option("--report", help=say("evaluate.report"), dir_okay=False, show_default=False)
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Rank everything in the home and hold that against judgements, or against the results of past proposals."""
    _check(judgements, placements, report, with_baselines=baselines, history=(before, score_column))
    with progress_bars(quiet=as_json) as tell:
        found, model = (
            _judged(read_judgements(judgements), direction, home, tell, baselines=baselines)
            if judgements is not None
            else _placed(placements, before, direction, score_column, home, tell)
        )
    if report is not None:
        _write(_report_of(found, model), report)
    if as_json:
        answer(EvaluationOut.model_validate(found.as_json(language())))
    elif isinstance(found, Assessment):
        render_evaluate.assessment(found)
    else:
        render_evaluate.backtest(found)


def _check(
    judgements: Path | None,
    placements: Path | None,
    report: Path | None,
    *,
    with_baselines: bool,
    history: tuple[datetime | None, str | None],
) -> None:
    """Refuse what does not go together before anything is read."""
    if (judgements is None) == (placements is None):
        raise typer.BadParameter(say("evaluate.one_of"), param_hint="--judgements / --placements")
    if placements is not None and not with_baselines:
        raise typer.BadParameter(say("evaluate.only_with", other="--judgements"), param_hint="--without-baselines")
    for option, value in zip(("--before", "--score-column"), history, strict=True):
        if judgements is not None and value is not None:
            raise typer.BadParameter(say("evaluate.only_with", other="--placements"), param_hint=option)
    if report is not None and report.suffix.lower() not in (".html", ".htm"):
        raise typer.BadParameter(say("evaluate.report_name"), param_hint="--report")
    if report is not None and not report.parent.is_dir():
        raise FileNotWritable(file=report, why=Phrase("evaluate.no_folder", {"folder": report.parent}))


def _judged(
    every: list[Judgement], direction: Direction, home: Path | None, tell: Tell | None, *, baselines: bool
) -> tuple[Found, str]:
    made = _ready(home, tell)
    return on_judgements(made, every, direction, baselines=baselines, tell=tell), made.model


def _placed(
    placements: Path | None,
    before: datetime | None,
    direction: Direction,
    score_column: str | None,
    home: Path | None,
    tell: Tell | None,
) -> tuple[Found, str]:
    assert placements is not None
    log = read_placements(placements, score_column=score_column)
    day = before.date() if before else None
    if score_column is not None:
        return _of_column(log, day, direction, score_column)
    made = _ready(home, tell)
    return on_placements(made, log, direction, before=day), made.model


def _of_column(log: PlacementLog, before: date | None, direction: Direction, column: str) -> tuple[Backtest, str]:
    found = run_backtest(log.placements, before=before, direction=direction, simulated=log.simulated)
    return replace(found, settings={**found.settings, "score_column": column}), f"--score-column {column}"


def _ready(home: Path | None, tell: Tell | None) -> Engine:
    made = engine(home, tell)
    made.refresh(tell)
    return made


def _report_of(found: Found, model: str) -> Report:
    made = datetime.now(UTC).astimezone().date().isoformat()
    if isinstance(found, Assessment):
        return judged_report(found, language=render_evaluate.spoken(), made=made, model=model)
    return backtest_report(found, language=render_evaluate.spoken(), made=made, model=model)


def _write(report: Report, file: Path) -> None:
    beside = file.with_suffix(".json")
    try:
        file.write_text(to_html(report), encoding="utf-8")
        beside.write_text(to_json(report), encoding="utf-8")
    except OSError as problem:
        raise FileNotWritable(file=problem.filename or file, why=problem.strerror) from problem
    notes().print(say("evaluate.reported", html=file, json=beside))
