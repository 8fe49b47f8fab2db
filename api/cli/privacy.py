"""`matcher retention run`, `matcher own-data`, and how the proof of an erasure is told."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Self

import typer
from pydantic import BaseModel

from api.cli.console import answer, out
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.tables import table
from api.cli.texts import language, say
from matcher.errors import FileNotWritable
from matcher.messages import message
from matcher.privacy.erasure import Proof
from matcher.privacy.retention import FieldReport


class DueOut(BaseModel):
    """Something whose time is over."""

    key: list[str]
    since: str


class FieldOut(BaseModel):
    """What is due of one field, or went."""

    field: str
    days: int | None
    due: list[DueOut]

    @classmethod
    def of(cls, report: FieldReport) -> Self:
        """Return the wire form of a report."""
        due = [DueOut(key=list(one.key), since=one.since.isoformat()) for one in report.due]
        return cls(field=report.field, days=report.days, due=due)


class RetentionOut(BaseModel):
    """What `matcher retention run` did, or would do."""

    day: str
    dry_run: bool
    fields: list[FieldOut]


def tell_proof(proof: Proof) -> None:
    """Print the proof of an erasure."""
    rows = ", ".join(f"{name} {count}" for name, count in proof.removed.items())
    out().print(say("erasure.removed", rows=rows))
    if proof.exports:
        out().print(say("erasure.exports", files=", ".join(proof.exports)))
    if proof.looked_for:
        traces = ", ".join(f"{message(f'trace.{trace}', language())} {n}" for trace, n in proof.looked_for.items())
        out().print(say("erasure.looked_for", traces=traces))
    else:
        out().print(say("erasure.nothing_to_look_for"))
    if proof.left_out:
        out().print(say("erasure.left_out", count=proof.left_out))
    tables = [one for one in proof.searched if one.is_table]
    sizes = {"tables": len(tables), "rows": sum(one.size for one in tables), "files": len(proof.searched) - len(tables)}
    out().print(say("erasure.searched", **sizes))
    for one in proof.found:
        words = ", ".join(message(f"trace.{trace}", language()) for trace in one.found)
        out().print(say("erasure.found", place=one.place, traces=words))
    if proof.clean:
        out().print(say("erasure.clean"))
    if proof.unread:
        out().print(say("erasure.unread", files=", ".join(proof.unread)))
    out().print(say("erasure.log", line=proof.line))


def retention() -> typer.Typer:
    """Return the group `matcher retention`."""
    group = typer.Typer(help=say("retention.group"), no_args_is_help=True, rich_markup_mode=None)
    group.callback()(lambda: None)  # else a group of one command would be that command
    group.command("run", help=say("retention.help"))(run)
    return group


def run(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("retention.dry_run"))] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Remove what is over its time, or only tell what is."""
    from matcher import assemble
    from matcher.privacy import retention as rules

    chosen = settings(home)
    store = assemble.store(chosen)
    now = datetime.now(UTC)
    reports = rules.run(store, assemble.desk(store), chosen.home, now=now, dry_run=dry_run)
    if as_json:
        fields = [FieldOut.of(one) for one in reports]
        answer(RetentionOut(day=now.date().isoformat(), dry_run=dry_run, fields=fields))
    else:
        _tell(reports, say("retention.title" if dry_run else "retention.done", day=now.date().isoformat()))


def own_data(
    candidate: Annotated[str, typer.Argument(help=say("argument.candidate"))],
    *,
    file: Annotated[Path | None, typer.Option("--out", help=say("own_data.file"), show_default=False)] = None,
    home: Home = None,
) -> None:
    """Write everything that is held of a candidate as JSON."""
    from matcher import assemble
    from matcher.privacy.own_data import own_data as collect

    chosen = settings(home)
    store = assemble.store(chosen)
    held = collect(assemble.desk(store), chosen.home, candidate, at=datetime.now(UTC))
    written = json.dumps(held, ensure_ascii=False, indent=1)
    if file is None:
        typer.echo(written)
        return
    try:
        file.write_text(written + "\n", encoding="utf-8")
    except OSError as problem:
        raise FileNotWritable(file=file, why=problem.strerror or problem) from problem
    out().print(say("own_data.done", file=file))


def _tell(reports: list[FieldReport], title: str) -> None:
    shown = table(title, [say(f"retention.{name}") for name in ("field", "days", "count", "oldest")])
    for one in reports:
        shown.add_row(
            message(f"retention.field.{one.field}", language()),
            say("retention.forever") if one.days is None else str(one.days),
            str(len(one.due)),
            min((due.since.isoformat() for due in one.due), default="-"),
        )
    out().print(shown)
