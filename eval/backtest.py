"""Holds rankers against what came of past proposals, on a later period than anything was learnt from.

Ranked are the candidates that were proposed for a posting (or the postings of a candidate): nobody knows what would
have come of others. `eval.propensity` corrects for who was proposed where the history says with what chance.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import isnan

from eval.agreement import (
    NDCG,
    Correction,
    Rules,
    Truth,
    agreement,
    by_part,
    correction,
    pooled,
    tied_pairs,
    with_propensity,
)
from eval.contenders import LOGGED, Scorer, Scores, logged_scorer, popularity_scorer, random_scorer, scores_of
from eval.judged import Direction
from eval.period import Period, count, period_of, refuse_unless_useful, scored_pairs, some
from eval.placements import GRADES, POSITIVE, Known, LeftOut
from eval.propensity import CLIP
from eval.runs import Evaluation, PairGroup, Run
from eval.significance import CONFIDENCE, RESAMPLES, Comparison, Interval, compare
from matcher.errors import Phrase
from matcher.records import Placement

INSTRUMENT = "instrument"
"""The view by instrument; an application without one is "none"."""
FEW_EFFECTIVE = 0.25
"""Share of the corrected proposals below which their effective number is warned of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What each system is worth on the later period: the first is the one in question, the others are compared."""

    before: date
    direction: Direction
    results: Mapping[str, Evaluation]
    leads: Mapping[str, Comparison]
    """What the first system gains over each other in nDCG@10, paired by query."""
    groups: Mapping[str, Mapping[str, Evaluation]]
    """The first system within groups of pairs: view -> group -> measures."""
    corrected: Mapping[str, Mapping[str, Interval]]
    """Measures of each system weighted by inverse propensity; empty where no query has them all."""
    as_logged: Mapping[str, Mapping[str, Interval]]
    """The same measures of the same queries without weights: what the correction changes."""
    correction: Correction
    left_out: LeftOut
    settings: Mapping[str, object]
    warnings: tuple[Phrase, ...] = ()

    @property
    def system(self) -> str:
        """Name of the system in question."""
        return next(iter(self.results))

    def as_json(self, language: str = "en") -> dict[str, object]:
        """Return metrics and settings as of any evaluation, and beside them all that is compared; nan is null."""
        ours, *others = self.results
        return {
            "metrics": self.results[ours].as_json()["metrics"],
            "settings": {
                **self.settings,
                "left_out": self.left_out.as_json(),
                "without_relevant": self.results[ours].settings["without_relevant"],
            },
            "baselines": {name: self.results[name].as_json()["metrics"] for name in others},
            "leads": {name: _numbers(lead) for name, lead in self.leads.items()},
            "groups": {
                view: {name: result.as_json()["metrics"] for name, result in found.items()}
                for view, found in self.groups.items()
            },
            "corrected": _intervals(self.corrected),
            "as_logged": _intervals(self.as_logged),
            "correction": self.correction.as_json(),
            "warnings": [warning.text(language) for warning in self.warnings],
        }


def backtest(
    placements: Iterable[Placement],
    systems: Mapping[str, Scorer] | None = None,
    *,
    before: date | None = None,
    direction: Direction = "postings",
    known: Known | None = None,
    groups: Mapping[str, PairGroup] | None = None,
    k: int = 5,
    positive: int = POSITIVE,
    clip: float = CLIP,
    simulated: bool = False,
    seed: int = 0,
) -> Backtest:
    """Evaluate `systems` (the first is in question) on the proposals made on or after `before`.

    Without systems the history's own score is in question; then no home is needed. `before` None leaves the last
    30 % of the proposals to be evaluated. `known`: what the home holds and since when. `groups`: more views of pairs,
    by posting and candidate id. What a system was fitted on must be of the earlier period (`Period.past`).
    """
    rules = Rules(k=k, positive=positive, clip=clip, seed=seed)
    period = period_of(list(placements), before, known)
    chosen = systems or {LOGGED: logged_scorer(period.kept, direction)}
    truth, scores, left_out = scored_pairs(period, chosen, direction)
    refuse_unless_useful(truth, period, left_out, rules)
    runs = [Run.of(name, found) for name, found in (scores | _baselines(period, truth, direction, rules)).items()]
    results = {run.name: agreement(run, truth, rules) for run in runs}
    views = {INSTRUMENT: lambda item: item.instrument or "none"} | {
        view: lambda item, group=group: group(item.posting, item.candidate) for view, group in (groups or {}).items()
    }
    inside = with_propensity(truth)
    made = Backtest(
        before=period.day,
        direction=direction,
        results=results,
        leads=_leads(results, seed),
        groups={view: by_part(runs[0], truth, rules, part) for view, part in views.items()},
        corrected={run.name: pooled(run, inside, rules, weighted=True) for run in runs} if inside else {},
        as_logged={run.name: pooled(run, inside, rules, weighted=False) for run in runs} if inside else {},
        correction=correction(truth, rules),
        left_out=left_out,
        settings=_settings(period, truth, rules, direction, tied_pairs(runs[0].scores, truth), simulated=simulated),
    )
    return replace(made, warnings=_warnings(made, period, simulated=simulated))


def _baselines(period: Period, truth: Truth, direction: Direction, rules: Rules) -> dict[str, Scores]:
    """Chance, earlier success, and the history's own score where every pair has one."""
    asked = {query: sorted(items) for query, items in truth.items()}
    scorers = {
        "random": random_scorer(rules.seed),
        "popularity": popularity_scorer(period.past, direction, rules.positive),
    }
    if all(item.score is not None for items in truth.values() for item in items.values()):
        scorers[LOGGED] = logged_scorer(period.kept, direction)
    return {name: scores_of(scorer, asked) for name, scorer in scorers.items()}


def _leads(results: Mapping[str, Evaluation], seed: int) -> dict[str, Comparison]:
    ours, *others = results
    return {name: compare(results[ours].values[NDCG], results[name].values[NDCG], seed=seed) for name in others}


def _settings(
    period: Period, truth: Truth, rules: Rules, direction: Direction, ties: int, *, simulated: bool
) -> dict[str, object]:
    best = [max(item.grade for item in items.values()) for items in truth.values()]
    return {
        "before": period.day.isoformat(),
        "direction": direction,
        "simulated": simulated,
        "lines": period.lines,
        "proposals_before": len(period.past),
        "proposals_from_then_on": len(period.later),
        "evaluated": count(truth),
        "queries": len(truth),
        "queries_without_success": sum(grade < rules.positive for grade in best),
        "queries_without_any_stage": sum(grade == 0 for grade in best),
        "tied_pairs": ties,
        "stages": dict(GRADES),
        "success_from_grade": rules.positive,
        "interval": "percentile bootstrap over queries",
        "confidence": CONFIDENCE,
        "resamples": RESAMPLES,
        "seed": rules.seed,
    }


def _warnings(made: Backtest, period: Period, *, simulated: bool) -> tuple[Phrase, ...]:
    fixed, left_out = made.correction, made.left_out
    told: list[tuple[object, str, dict[str, object]]] = [
        (simulated, "simulated", {}),
        (not fixed.queries, "not_logged", {}),
        (
            fixed.queries and fixed.missing,
            "partly_logged",
            {"missing": fixed.missing, "count": made.settings["evaluated"], "queries": fixed.queries},
        ),
        (
            fixed.effective < FEW_EFFECTIVE * fixed.applications,
            "few_effective",
            {"count": fixed.applications, "effective": round(fixed.effective)},
        ),
        (fixed.queries, "approximate", {}),
        (not period.past, "no_past", {"before": period.day}),
        (left_out.not_yet_known, "not_yet_known", {"count": left_out.not_yet_known}),
        (
            left_out.unknown,
            "unknown",
            {
                "count": left_out.unknown,
                "postings": some(left_out.unknown_postings),
                "candidates": some(left_out.unknown_candidates),
            },
        ),
        (left_out.unscored, "unscored", {"count": left_out.unscored}),
        (made.settings["tied_pairs"], "ties", {"count": made.settings["tied_pairs"]}),
    ]
    return tuple(Phrase(f"placements.warning.{name}", values) for holds, name, values in told if holds)


def _intervals(results: Mapping[str, Mapping[str, Interval]]) -> dict[str, dict[str, dict[str, float | int | None]]]:
    return {system: {name: _numbers(found) for name, found in of.items()} for system, of in results.items()}


def _numbers(found: Interval | Comparison) -> dict[str, float | int | None]:
    """Fields by name; what is not known is null."""
    numbers = ((name, getattr(found, name)) for name in found.__slots__)
    return {name: None if isnan(number) else number for name, number in numbers}
