"""`matcher audit-log`: is the decision log whole, what stands in it, and does a list come out as it was shown."""

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel, JsonValue
from rich.table import Table

from api.cli.console import answer, out, progress_bars
from api.cli.context import engine, settings
from api.cli.options import Home, Json
from api.cli.texts import language, say
from api.decided import VerificationOut
from matcher.ledger import anchors
from matcher.ledger.lines import Line
from matcher.ledger.log import DecisionLog
from matcher.ledger.replay import Replay
from matcher.ledger.replay import replay as replay_list
from matcher.ledger.verification import Verification
from matcher.messages import message

DIFFERS = 1
"""Exit code where the log is not whole, or a list comes out otherwise."""


class CheckOut(VerificationOut):
    """What a check of the log found, and the same in words."""

    anchor_ok: bool
    findings: list[str]


class LineOut(BaseModel):
    """A line of the log."""

    number: int
    at: str
    kind: str
    content: dict[str, JsonValue]
    digest: str


class LinesOut(BaseModel):
    """Lines of the log, oldest first."""

    lines: list[LineOut]


class ReplayedRowOut(BaseModel):
    """A row as it was shown, and what became of it."""

    rank: int
    id: str | None
    logged_as: str
    score: float
    score_now: float | None
    outcome: str


class ReplayOut(BaseModel):
    """A list as it was shown beside the list of now."""

    number: int
    at: str
    same: bool
    query: str
    tombstones: int
    newcomers: list[str]
    values_hold: bool | None
    changes: list[str]
    rows: list[ReplayedRowOut]


def verify(*, home: Home = None, as_json: Json = False) -> None:
    """Check chain and anchors of the decision log."""
    log = _log(home)
    found = log.check().found
    findings = verification_words(found, log.home)
    if as_json:
        answer(
            CheckOut(
                ok=found.ok,
                lines=found.lines,
                broken_at=found.broken_at,
                anchor_ok=found.anchor_ok,
                anchor_at=found.anchor_at,
                anchored=found.anchored,
                damaged=found.damaged,
                findings=findings,
            )
        )
    else:
        for sentence in findings:
            out().print(sentence)
    if not found.ok:
        raise typer.Exit(DIFFERS)


def lines(
    *,
    kind: Annotated[str | None, typer.Option("--kind", help=say("audit_log.kind"), show_default=False)] = None,
    after: Annotated[int, typer.Option("--after", min=0, help=say("audit_log.after"))] = 0,
    candidate: Annotated[
        str | None, typer.Option("--candidate", help=say("audit_log.candidate"), show_default=False)
    ] = None,
    posting: Annotated[str | None, typer.Option("--posting", help=say("audit_log.posting"), show_default=False)] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help=say("option.limit"))] = 100,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Show lines of the decision log."""
    if candidate is not None and posting is not None:
        raise typer.BadParameter(say("audit_log.exclusive"))
    log = _log(home)
    if candidate is None and posting is None:
        wanted = log.lines(after)
    else:
        about = log.about("candidate", candidate) if candidate is not None else log.about("posting", posting or "")
        wanted = (line for line in reversed(about) if line.number > after)
    chosen = list(islice((line for line in wanted if kind in (None, line.kind)), limit))
    if as_json:
        answer(LinesOut(lines=[_line(line) for line in chosen]))
    else:
        _lines_table(chosen)


def replay(
    number: Annotated[int, typer.Argument(min=1, help=say("audit_log.number"))],
    *,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Make a list that was shown again, and compare."""
    from matcher.assemble import decision_log

    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        made.refresh(tell)
        found = replay_list(made, decision_log(made.store, made.home), number)
    if as_json:
        answer(_replay(found))
    else:
        _replay_table(found)
    if not found.same:
        raise typer.Exit(DIFFERS)


def app() -> typer.Typer:
    """Return `matcher audit-log` with its commands."""
    cli = typer.Typer(help=say("audit_log.help"), no_args_is_help=True, rich_markup_mode=None)
    cli.command("verify", help=say("audit_log.verify_help"))(verify)
    cli.command("lines", help=say("audit_log.lines_help"))(lines)
    cli.command("replay", help=say("audit_log.replay_help"))(replay)
    return cli


def verification_words(found: Verification, home: Path) -> list[str]:
    """Return what a check found, a sentence each."""
    file = home / anchors.FOLDER / anchors.FILE
    words = []
    if found.ok:
        words.append(say("audit_log.whole", lines=found.lines, anchored=found.anchored))
    if found.broken_at is not None:
        words.append(say("audit_log.broken", line=found.broken_at, lines=found.lines))
    if found.anchor_at is not None and found.anchor_at <= found.lines:
        words.append(say("audit_log.changed", line=found.anchor_at))
    elif found.anchor_at is not None:
        words.append(say("audit_log.cut", lines=found.lines, file=file))
    elif found.anchored == 0 and found.lines and not found.damaged:
        words.append(say("audit_log.missing", lines=found.lines, file=file))
    if found.damaged:
        words.append(say("audit_log.damaged", damaged=found.damaged, file=file))
    return words


def _log(home: Path | None) -> DecisionLog:
    from matcher.assemble import decision_log, store

    chosen = settings(home)
    return decision_log(store(chosen), chosen.home)


def _line(line: Line) -> LineOut:
    return LineOut(number=line.number, at=line.at, kind=line.kind, content=line.facts, digest=line.digest.hex())


def _lines_table(chosen: list[Line]) -> None:
    table = Table(title=say("audit_log.title"))
    for column in ("number", "at", "kind", "content"):
        table.add_column(say(f"audit_log.columns_{column}"))
    for line in chosen:
        table.add_row(str(line.number), line.at[:19].replace("T", " "), line.kind, _short(line.facts))
    out().print(table)


def _short(facts: dict[str, JsonValue]) -> str:
    """The content without its long lists, which `--json` shows."""
    return ", ".join(
        f"{name}: {len(value)}" if isinstance(value, list) else f"{name}: {value}" for name, value in facts.items()
    )


def _replay(found: Replay) -> ReplayOut:
    return ReplayOut(
        number=found.number,
        at=found.at,
        same=found.same,
        query=found.query,
        tombstones=found.tombstones,
        newcomers=list(found.newcomers),
        values_hold=found.values_hold,
        changes=[change.text(language()) for change in found.changes],
        rows=[
            ReplayedRowOut(
                rank=row.rank,
                id=row.id,
                logged_as=row.name,
                score=row.score,
                score_now=row.now,
                outcome=row.outcome,
            )
            for row in found.rows
        ],
    )


def _replay_table(found: Replay) -> None:
    words = language()
    table = Table(title=say("audit_log.replay_title", number=found.number, at=found.at[:19].replace("T", " ")))
    for column in ("rank", "row", "then", "now", "outcome"):
        table.add_column(say(f"audit_log.{column}"))
    for row in found.rows:
        now = say("unknown") if row.now is None else f"{row.now:.3f}"
        outcome = message(f"replay.outcome.{row.outcome}", words)
        table.add_row(str(row.rank), row.id or row.name, f"{row.score:.3f}", now, outcome)
    out().print(table)
    for change in found.changes:
        out().print(change.text(words))
    if found.newcomers:
        out().print(say("audit_log.newcomers", names=", ".join(found.newcomers)))
    if found.query != "found":
        out().print(message(f"replay.query.{found.query}", words))
    held = {True: "values_hold", False: "values_differ", None: "values_unknown"}[found.values_hold]
    out().print(say(f"audit_log.{held}"))
    if found.query == "found":
        out().print(say("audit_log.holds" if found.same else "audit_log.differs"))
