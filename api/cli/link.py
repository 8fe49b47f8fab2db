"""`matcher link`: titles and phrases to ISCO-08, to our concepts, and to ESCO where it was imported."""

from typing import Annotated

import typer

from api.cli import render
from api.cli.console import answer, progress_bars
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.texts import say
from api.schemas import LinkedOut, LinksOut


def link(
    titles: Annotated[list[str], typer.Argument(help=say("link.titles"))],
    *,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print what each title or phrase most likely is; nothing where nothing is sure enough."""
    from matcher import assemble

    with progress_bars(quiet=as_json) as tell:
        schemes = assemble.schemes(settings(home), progress=tell)
        found = [LinkedOut.named(linked) for linked in schemes.link(titles)]
    result = LinksOut(links=found, model=schemes.model, adapted=schemes.adapted)
    if as_json:
        answer(result)
    else:
        render.links(result)
