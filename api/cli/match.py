"""`matcher index`, `shortlist` and `suggest`."""

from typing import Annotated

import typer
from pydantic import BaseModel

from api.cli import render_match
from api.cli.console import answer, out, progress_bars
from api.cli.context import engine
from api.cli.operator import operator
from api.cli.options import AnyWish, AsOf, EmploymentTypes, Explain, Home, Json, Limit, MaxKm, Municipalities, filters
from api.cli.texts import say
from api.lists import Lists
from api.schemas import ShortlistOut, SuggestionOut
from matcher.engine import Engine
from matcher.indexing import INDEXED


class IndexOut(BaseModel):
    """What `matcher index` leaves behind."""

    built: bool
    candidates: int
    postings: int
    employers: int
    model: str


def index(*, home: Home = None, as_json: Json = False) -> None:
    """Build or refresh the indexes of a home."""
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        built = made.refresh(tell)
    sizes = {kind: len(made.indexes.pool(kind).ids) for kind in INDEXED}
    counts = {f"{kind}s": size for kind, size in sizes.items()}
    result = IndexOut(built=built, model=made.model, **counts)
    if as_json:
        answer(result)
    else:
        out().print(say("index.done" if built else "index.current", **sizes))


def shortlist(
    posting: Annotated[str, typer.Argument(help=say("argument.posting"))],
    *,
    limit: Limit = 20,
    explain: Explain = 1,
    as_of: AsOf = None,
    municipality: Municipalities = None,
    max_km: MaxKm = None,
    ignore_wishes: AnyWish = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print the candidates for a posting, best first."""
    chosen = filters(as_of, municipality, max_km=max_km, ignore_wishes=ignore_wishes)
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        made.refresh(tell)
        shown = _lists(made).shortlist(posting, filters=chosen, limit=limit, account=operator())
    if as_json:
        answer(ShortlistOut.listing(posting, made.model, shown.matches, shown.closed, shown.left_out))
    else:
        people = [made.candidate(match.candidate) for match in shown.matches]
        listed = render_match.Listed(shown.closed, shown.left_out)
        render_match.shortlist(shown.posting, shown.matches, people, listed, explain=explain)


def suggest(
    candidate: Annotated[str, typer.Argument(help=say("argument.candidate"))],
    *,
    limit: Limit = 10,
    explain: Explain = 1,
    as_of: AsOf = None,
    municipality: Municipalities = None,
    max_km: MaxKm = None,
    employment_type: EmploymentTypes = None,
    ignore_wishes: AnyWish = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print postings and employers for a candidate, best first."""
    chosen = filters(as_of, municipality, employment_type, max_km=max_km, ignore_wishes=ignore_wishes)
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        made.refresh(tell)
        shown = _lists(made).suggestions(candidate, filters=chosen, limit=limit, account=operator())
    record, matches, employers = shown.candidate, shown.matches, shown.employers
    if as_json:
        answer(SuggestionOut.listing(record, made.model, matches, employers, shown.left_out))
    else:
        postings = [made.posting(match.posting) for match in matches]
        listed = render_match.Listed(None, shown.left_out)
        render_match.suggestion(record, matches, postings, employers, listed, explain=explain)


def _lists(made: Engine) -> Lists:
    """What makes and logs the lists of a home, like those of its service."""
    from matcher.assemble import decision_log

    return Lists(made, decision_log(made.store, made.home))
