"""`matcher ingest` and `matcher delete`."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from api.cli import privacy, render
from api.cli.console import answer, out, progress_bars
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.texts import language, say
from api.proofs import ProofOut
from matcher.ingest.report import Plural
from matcher.ingest.service import IdFrom
from matcher.messages import message
from matcher.privacy.erasure import ORIGINALS
from matcher.records import Kind


class DeletedOut(BaseModel):
    """What `matcher delete` removed; of a candidate with the proof that nothing is left."""

    deleted: str
    kind: Kind
    proof: ProofOut | None = None


def ingest(
    kind: Annotated[Plural, typer.Argument(help=say("argument.kind"))],
    paths: Annotated[list[Path], typer.Argument(help=say("argument.paths"))],
    *,
    id_from: Annotated[IdFrom, typer.Option("--id-from", help=say("ingest.id_from"))] = "stem",
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Read files and folders into the home and print a validation report."""
    from matcher import assemble
    from matcher.ingest import service

    chosen = settings(home)
    with progress_bars(quiet=as_json) as tell:
        report = service.ingest(
            kind,
            paths,
            store=assemble.store(chosen),
            id_from=id_from,
            keep_originals=chosen.home / ORIGINALS if chosen.keep_originals else None,
            progress=(lambda done, total: tell("ingest", done, total)) if tell else None,
        )
    if as_json:
        typer.echo(report.to_json(language()))
    else:
        render.report(report)
    raise typer.Exit(report.exit_code)


def delete(
    kind: Annotated[Kind, typer.Argument(help=say("argument.record_kind"))],
    id: Annotated[str, typer.Argument(help=say("argument.id"))],
    *,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Remove a record from database, caches, index and kept originals."""
    from matcher import assemble
    from matcher.indexing import forget
    from matcher.ingest.originals import forget_original
    from matcher.privacy.erasure import erase

    chosen = settings(home)
    store = assemble.store(chosen)
    if kind == "candidate":
        proof = erase(store, assemble.desk(store), chosen.home, id)
        told = DeletedOut(deleted=id, kind=kind, proof=ProofOut.of(proof))
    else:
        proof = None
        told = DeletedOut(deleted=id, kind=kind)
        forget_original(chosen.home / ORIGINALS, kind, id)  # first: once the record is gone, nobody can name the file
        try:
            store.delete(kind, id)
        finally:
            forget(chosen.home, kind, id)  # also where an earlier deletion was cut off after the database
    if as_json:
        answer(told, leave_out=() if proof else ("proof",))
        return
    out().print(say("delete.done", kind=message(f"kind.{kind}", language()), id=id))
    if proof:
        privacy.tell_proof(proof)
