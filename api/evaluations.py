"""Evaluations of one engine, started from the command line or over HTTP."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from api.jobs import Tell
from eval.adoption import trained_before
from eval.assessment import Assessment, assess, families_of
from eval.backtest import Backtest, backtest
from eval.caveats import learnt_from
from eval.contenders import engine_scorer
from eval.judged import Direction, judged
from eval.period import period_of
from eval.ranking import ENGINE, known_here, languages
from matcher.engine import Engine
from matcher.ingest.placement_file import PlacementLog
from matcher.records import Judgement

TRAINED_BEFORE = "trained_before"
"""Name of the ranker that a backtest fits on the earlier period alone."""


def on_judgements(
    engine: Engine, every: Sequence[Judgement], direction: Direction, *, baselines: bool, tell: Tell | None = None
) -> Assessment:
    """Hold the rankings of an engine whose indexes are fresh against judgements."""
    here = known_here(engine)
    truth = judged(every, postings=here.postings, candidates=here.candidates, direction=direction)
    return assess(engine, truth, baselines=baselines, tell=tell)


def on_placements(engine: Engine, log: PlacementLog, direction: Direction, *, before: date | None = None) -> Backtest:
    """Hold the rankings of an engine whose indexes are fresh against what came of past proposals.

    Beside the ranker in use stands one that is fitted on what was known before the day, where that is enough.
    """
    known = known_here(engine)
    systems = {ENGINE: engine_scorer(engine, direction)}
    if past := trained_before(engine, period_of(log.placements, before, known)):
        systems[TRAINED_BEFORE] = engine_scorer(engine.scoring_with(past), direction)
    found = backtest(
        log.placements,
        systems,
        before=before,
        direction=direction,
        known=known,
        groups={"language_pair": languages(engine), "family": families_of(engine)},
        simulated=log.simulated,
    )
    later = {placement.posting for placement in log.placements if placement.date >= found.before}
    learnt = learnt_from(engine, later, before=found.before)
    settings = {**found.settings, "model": engine.model, "ranker": engine.prior.trained_on}
    return replace(found, settings=settings, warnings=(*found.warnings, *learnt))
