"""`matcher demo`: the bundled sample from documents to a shortlist on screen."""

import os
import sys
from datetime import date
from typing import Annotated

import typer

from api.cli import render, render_match, serve
from api.cli.console import answer, out, progress_bars
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.texts import say
from api.schemas import ShortlistOut
from eval.sample import read_sample
from matcher.listing import Filters

POSTING = "p08"
"""The Danish posting whose shortlist the demo shows: a good English CV belongs on it."""

LIMIT = 8
SEASON = date(2026, 12, 1)
"""The day that the sample is told of: its postings are open then."""


def demo(
    *,
    no_serve: Annotated[bool, typer.Option("--no-serve", help=say("demo.no_serve"))] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Read the sample, build the index, print a shortlist and, on a terminal, serve; it has a home of its own."""
    from matcher import assemble

    chosen = settings(home)
    chosen = chosen.model_copy(update={"models": chosen.model_folder(), "home": chosen.home / "demo"})
    with progress_bars(quiet=as_json) as tell:
        reports = read_sample(assemble.store(chosen), (lambda done, total: tell("read", done, total)) if tell else None)
        made = assemble.engine(chosen, progress=tell)
        made.refresh(tell)
        matches = made.match_posting(POSTING, limit=LIMIT, filters=Filters(as_of=SEASON))
    if as_json:
        answer(ShortlistOut.listing(POSTING, made.model, matches))
        return
    for report in reports:
        render.report_line(report)
    people = [made.candidate(match.candidate) for match in matches]
    render_match.shortlist(made.posting(POSTING), matches, people, render_match.Listed(None, {}), explain=1)
    address = serve.address_of(serve.HOST, serve.PORT)
    out().print(say("demo.next", home=os.path.relpath(chosen.home), day=SEASON.isoformat(), address=address))
    if not no_serve and sys.stdin.isatty() and sys.stdout.isatty():
        serve.run(chosen, as_of=SEASON)
