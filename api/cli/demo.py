"""`matcher demo`: the bundled sample from documents to a shortlist on screen."""

import os
from typing import Annotated

import typer

from api.cli import render
from api.cli.console import answer, out, progress_bars
from api.cli.context import settings
from api.cli.options import Home, Json
from api.cli.texts import say
from api.schemas import CandidateMatchOut, ShortlistOut
from eval.sample import read_sample

POSTING = "p08"
"""The Danish posting whose shortlist the demo shows: a good English CV belongs on it."""

LIMIT = 8


def demo(
    *,
    no_serve: Annotated[bool, typer.Option("--no-serve", help=say("demo.no_serve"))] = False,  # noqa: ARG001
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Read the sample, build the index and print a shortlist; the sample has a home of its own."""
    from matcher import assemble

    chosen = settings(home)
    chosen = chosen.model_copy(update={"models": chosen.model_folder(), "home": chosen.home / "demo"})
    with progress_bars(quiet=as_json) as tell:
        reports = read_sample(assemble.store(chosen), (lambda done, total: tell("read", done, total)) if tell else None)
        made = assemble.engine(chosen, progress=tell)
        made.refresh(tell)
        matches = made.match_posting(POSTING, limit=LIMIT)
    if as_json:
        shown = [CandidateMatchOut.of(match) for match in matches]
        answer(ShortlistOut(posting=POSTING, model=made.model, matches=shown))
        return
    for report in reports:
        render.report_line(report)
    render.shortlist(made.posting(POSTING), matches, [made.candidate(match.candidate) for match in matches], explain=1)
    out().print(say("demo.next", home=os.path.relpath(chosen.home)))
