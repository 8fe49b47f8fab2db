"""The `matcher` command. Exit codes: 0 done, 3 some refused and the rest stored, 1 refused, 2 misuse."""

import json
import sys

import typer

from api.cli import demo, evaluate, extract, ingest, match
from api.cli.console import refuse
from api.cli.texts import language, say
from matcher.errors import MatcherError

REFUSED = 1


def app() -> typer.Typer:
    """Return the command line with all its commands."""
    cli = typer.Typer(
        name="matcher",
        help=say("help"),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    cli.command("demo", help=say("demo.help"))(demo.demo)
    cli.command("ingest", help=say("ingest.help"))(ingest.ingest)
    cli.command("delete", help=say("delete.help"))(ingest.delete)
    cli.command("extract", help=say("extract.help"))(extract.extract)
    cli.command("index", help=say("index.help"))(match.index)
    cli.command("shortlist", help=say("shortlist.help"))(match.shortlist)
    cli.command("suggest", help=say("suggest.help"))(match.suggest)
    cli.command("evaluate", help=say("evaluate.help"))(evaluate.evaluate)
    return cli


def main() -> None:
    """Run the command line; a refusal is one clear message, as JSON where JSON was asked for."""
    try:
        app()()
    except MatcherError as refusal:
        if "--json" in sys.argv:
            found = {"error": refusal.message_key, "message": refusal.text(language())}
            sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        refuse(refusal)
        sys.exit(REFUSED)
