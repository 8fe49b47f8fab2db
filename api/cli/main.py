"""The `matcher` command. Exit codes: 0 done, 3 some refused and the rest stored, 1 refused, 2 misuse."""

import contextlib
import io
import json
import os
import sys
from typing import NoReturn

import typer

from api.cli import (
    account,
    audit,
    audit_log,
    benchmark,
    demo,
    evaluate,
    explain,
    extract,
    ingest,
    link,
    match,
    privacy,
    serve,
    taxonomy,
    train,
)
from api.cli.console import refuse
from api.cli.texts import language, say
from matcher.errors import EncoderUnavailable, MatcherError
from models.errors import EncoderUnavailableError

REFUSED = 1


def app() -> typer.Typer:
    """Return the command line with all its commands."""
    cli = typer.Typer(
        help=say("help"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    cli.command("demo", help=say("demo.help"))(demo.demo)
    cli.command("serve", help=say("serve.help"))(serve.serve)
    cli.command("ingest", help=say("ingest.help"))(ingest.ingest)
    cli.command("delete", help=say("delete.help"))(ingest.delete)
    cli.command("extract", help=say("extract.help"))(extract.extract)
    cli.command("index", help=say("index.help"))(match.index)
    cli.command("shortlist", help=say("shortlist.help"))(match.shortlist)
    cli.command("suggest", help=say("suggest.help"))(match.suggest)
    cli.command("explain", help=say("explain.help"))(explain.explain)
    cli.command("evaluate", help=say("evaluate.help"))(evaluate.evaluate)
    cli.command("train", help=say("train.help"))(train.train)
    cli.command("audit", help=say("audit.help"))(audit.audit)
    cli.command("benchmark", help=say("benchmark.help"))(benchmark.benchmark)
    cli.command("link", help=say("link.help"))(link.link)
    cli.command("own-data", help=say("own_data.help"))(privacy.own_data)
    cli.add_typer(account.app(), name="account")
    cli.add_typer(taxonomy.app(), name="taxonomy")
    cli.add_typer(privacy.retention(), name="retention")
    cli.add_typer(audit_log.app(), name="audit-log")
    return cli


def main() -> None:
    """Run the command line; a refusal is one clear message, as JSON where JSON was asked for."""
    _take_any_letter()
    try:
        app()(prog_name="matcher")
    except MatcherError as refusal:
        _refused(refusal)
    except EncoderUnavailableError as problem:  # damage is found when the model is first used
        _refused(EncoderUnavailable(encoder=problem.encoder, why=problem.why))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has enough
        sys.exit(REFUSED)


def _refused(refusal: MatcherError) -> NoReturn:
    if "--json" in sys.argv:
        found = {"error": refusal.message_key, "message": refusal.text(language())}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    refuse(refusal)
    sys.exit(REFUSED)


def _take_any_letter() -> None:
    """Write letters that the terminal's encoding lacks as escapes instead of failing, also where there is no output."""
    if sys.stdout is None:
        sys.stdout = io.StringIO()
    if sys.stderr is None:
        sys.stderr = io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
