"""`matcher train`: fit a ranker on the home's own data; it is taken into use only if it wins."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, JsonValue

from api.cli import context
from api.cli.console import Tell, answer, out, progress_bars
from api.cli.options import Home, Json
from api.cli.render_evaluate import warn
from api.cli.texts import language, say
from eval.adoption import MEASURE, Decision, Source, from_judgements, from_placements
from eval.report import plain
from matcher.engine import Engine
from matcher.errors import Phrase, StaleRanker
from matcher.ingest.placement_file import read_placements
from matcher.ingest.rows import read_judgements
from matcher.prior import Prior
from matcher.trained import Trained, in_use, made_with, remove_trained, save_trained


class TrainOut(BaseModel):
    """Whether the new ranker is in use now, why, by how much it is better, and what it was fitted on."""

    adopted: bool
    why: str
    difference: dict[str, JsonValue]
    metrics: dict[str, dict[str, JsonValue]]
    trained_on: dict[str, JsonValue]
    outcome: str
    left_out: dict[str, int]
    passed_over: int
    folder: str | None
    model: str
    warnings: list[str]


class ResetOut(BaseModel):
    """Whether there was a ranker of the home's own to remove, and the version of what is in use now."""

    removed: bool
    ranker: str


def train(
    *,
    judgements: Annotated[
        Path | None, typer.Option("--judgements", help=say("train.judgements"), dir_okay=False, show_default=False)
    ] = None,
    placements: Annotated[
        Path | None, typer.Option("--placements", help=say("train.placements"), dir_okay=False, show_default=False)
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help=say("train.reset"))] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Fit on what people judged or what came of proposals, and adopt only what orders other postings better."""
    if (judgements is not None) + (placements is not None) + reset != 1:
        raise typer.BadParameter(say("train.one_of"), param_hint="--judgements / --placements / --reset")
    if reset:
        _reset(home, as_json=as_json)
        return
    with progress_bars(quiet=as_json) as tell:
        made, decision = _decide(judgements, placements, home, tell)
    folder = None
    model = made.model
    if decision.adopted:
        new = Trained(
            ranker=decision.ranker,
            made_with=made_with(made.encoder, made.cohort),
            lessons=decision.lessons,
            lead=decision.measured(),
        )
        folder = save_trained(made.home, new)
        model = f"{made.encoder.fingerprint}+{made.cohort.version}+{new.over(Prior.load()).version}"
    if as_json:
        answer(_wire(decision, folder, model))
    else:
        _render(decision, folder)


def _reset(home: Path | None, *, as_json: bool) -> None:
    removed, shipped = remove_trained(context.settings(home).home), Prior.load().version
    if as_json:
        answer(ResetOut(removed=removed, ranker=shipped))
    else:
        out().print(say("train.was_reset" if removed else "train.no_own", ranker=shipped))


def _decide(
    judgements: Path | None, placements: Path | None, home: Path | None, tell: Tell | None
) -> tuple[Engine, Decision]:
    """Read the file first: a fault in it is told before a model is loaded."""
    if judgements is not None:
        judged = read_judgements(judgements)
        made, stale = _engine(home, tell)
        decision = from_judgements(made, judged, _source(judgements), in_use(made))
    else:
        assert placements is not None
        log = read_placements(placements)
        made, stale = _engine(home, tell)
        source = _source(placements, simulated=log.simulated)
        decision = from_placements(made, log.placements, source, in_use(made))
    return made, decision.warned(Phrase("training.warning.stale")) if stale else decision


def _engine(home: Path | None, tell: Tell | None) -> tuple[Engine, bool]:
    """The engine of a home, with the shipped ranker where the home's own is stale: that one is to be replaced."""
    from matcher import assemble

    chosen = context.settings(home)
    try:
        made, stale = assemble.engine(chosen, progress=tell), False
    except StaleRanker:
        made, stale = assemble.engine(chosen, shipped=True, progress=tell), True
    made.refresh(tell)
    return made, stale


def _source(file: Path, *, simulated: bool = False) -> Source:
    return Source(file=file.name, sha256=hashlib.sha256(file.read_bytes()).hexdigest(), simulated=simulated)


def _wire(decision: Decision, folder: Path | None, model: str) -> TrainOut:
    found = {
        "adopted": decision.adopted,
        "why": decision.why.text(language()),
        "difference": decision.measured(),
        "metrics": {"new": {MEASURE: decision.new}, "in_use": {MEASURE: decision.current}},
        "trained_on": decision.lessons.as_json(),
        "outcome": decision.lessons.outcome,
        "left_out": decision.left_out,
        "passed_over": decision.passed_over,
        "folder": None if folder is None else str(folder),
        "model": model,
        "warnings": [warning.text(language()) for warning in decision.warnings],
    }
    return TrainOut.model_validate(plain(found))


def _render(decision: Decision, folder: Path | None) -> None:
    learnt = decision.lessons
    out().print(say("train.learnt", pairs=learnt.pairs, postings=len(learnt.postings), file=learnt.file))
    if learnt.first:
        out().print(say("train.period", first=learnt.first, last=learnt.last))
    if decision.lead.n:
        new, current = f"{decision.new:.3f}", f"{decision.current:.3f}"
        out().print(say("train.compared", n=decision.lead.n, new=new, current=current))
    out().print(decision.why.text(language()))
    if folder is not None:
        out().print(say("train.stored", folder=folder, outcome=say(f"outcome.{learnt.outcome}")))
    warn(decision.warnings)
