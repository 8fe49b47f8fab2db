"""`matcher explain`: a pair in words, with what lacks and what it would change."""

from collections.abc import Sequence
from typing import Annotated

import typer

from api.cli.console import answer, out, progress_bars
from api.cli.context import engine
from api.cli.operator import operator
from api.cli.options import AsOf, Home, Json, filters
from api.cli.tables import percent, quote, table
from api.cli.texts import language, say
from api.explanations import ExplanationOut
from matcher.gaps import Gap, gaps
from matcher.ledger.shown import pair_shown
from matcher.messages import message
from matcher.telling.facts import facts_of
from matcher.telling.tell import tell
from matcher.telling.texts import AUDIENCES, Audience


def explain(
    posting: Annotated[str, typer.Argument(help=say("argument.posting"))],
    candidate: Annotated[str, typer.Argument(help=say("argument.candidate"))],
    *,
    audience: Annotated[Audience, typer.Option("--for", help=say("explain.audience"))] = "consultant",
    as_of: AsOf = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Print the text about a pair for one audience, and the gaps."""
    from matcher.assemble import decision_log

    with progress_bars(quiet=as_json) as tell_progress:
        made = engine(home, tell_progress)
        made.refresh(tell_progress)
        facts = facts_of(made, posting, candidate, day=filters(as_of, None, ignore_wishes=False).day)
        found = gaps(made, facts)
    decision_log(made.store, made.home).append(pair_shown(made, facts.match, day=facts.day, account=operator()))
    if as_json:
        texts = {each: tell(facts, each, language()) for each in AUDIENCES}
        answer(ExplanationOut.explaining(facts, made.model, texts, found, language()))
        return
    out().print(tell(facts, audience, language()).text)
    if audience != "company":
        band, score = say(f"band.{facts.match.band}"), percent(facts.match.score)
        out().print("\n" + (say("explain.now", band=band, score=score) if audience == "consultant" else ""))
        _gaps(found, scores=audience == "consultant")


def _gaps(found: Sequence[Gap], *, scores: bool) -> None:
    """Print what lacks; a graduate is shown where it is learnt and never a figure."""
    if not found:
        out().print(say("explain.no_gaps"))
        return
    columns = ("demand", "strength", "way", "effort", *(("score_with", "band_with") if scores else ()))
    shown = table(say("explain.gaps" if scores else "explain.gaps_only"), columns)
    for gap in found:
        with_it = (percent(gap.score), say(f"band.{gap.band}")) if scores else ()
        shown.add_row(
            quote(gap.demand.asked.shown),
            say(f"strength.{gap.demand.reason.strength}"),
            message(f"telling.way.{gap.learning.way}", language()),
            message(f"telling.effort.{gap.learning.effort}", language()),
            *with_it,
        )
    out().print(shown)
