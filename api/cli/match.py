"""`matcher index`, `shortlist` and `suggest`."""

from typing import Annotated

import typer
from pydantic import BaseModel

from api.cli import render
from api.cli.console import answer, out, progress_bars
from api.cli.context import engine
from api.cli.options import Explain, Home, Json, Limit
from api.cli.texts import say
from api.schemas import CandidateMatchOut, EmployerOut, PostingMatchOut, ShortlistOut, SuggestionOut


class IndexOut(BaseModel):
    """What `matcher index` leaves behind."""

    built: bool
    candidates: int
    postings: int
    model: str


def index(*, home: Home = None, as_json: Json = False) -> None:
    """Build or refresh the indexes of a home."""
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        built = made.refresh(tell)
    sizes = {kind: len(made.indexes.pool(kind).ids) for kind in ("candidate", "posting")}
    result = IndexOut(built=built, candidates=sizes["candidate"], postings=sizes["posting"], model=made.model)
    if as_json:
        answer(result)
    else:
        out().print(say("index.done" if built else "index.current", **sizes))


def shortlist(
    posting: Annotated[str, typer.Argument(help=say("argument.posting"))],
    *,
    limit: Limit = 20,
    explain: Explain = 1,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print the candidates for a posting, best first."""
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        made.refresh(tell)
        matches = made.match_posting(posting, limit=limit)
    if as_json:
        answer(
            ShortlistOut(posting=posting, model=made.model, matches=[CandidateMatchOut.of(match) for match in matches])
        )
    else:
        render.shortlist(
            made.posting(posting), matches, [made.candidate(match.candidate) for match in matches], explain=explain
        )


def suggest(
    candidate: Annotated[str, typer.Argument(help=say("argument.candidate"))],
    *,
    limit: Limit = 10,
    explain: Explain = 1,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print postings and employers for a candidate, best first."""
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        made.refresh(tell)
        matches = made.match_candidate(candidate, limit=limit)
        employers = made.suggest_employers(candidate, limit=limit)
    if as_json:
        answer(
            SuggestionOut(
                candidate=candidate,
                model=made.model,
                postings=[PostingMatchOut.of(match) for match in matches],
                employers=[EmployerOut.of(match) for match in employers],
            )
        )
    else:
        render.suggestion(
            candidate, matches, [made.posting(match.posting) for match in matches], employers, explain=explain
        )
