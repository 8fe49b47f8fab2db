"""Tables of an evaluation for people: our measures, the simple methods beside them, groups, and what to know."""

from collections.abc import Iterable, Mapping, Sequence
from math import isnan

from api.cli import tables
from api.cli.console import notes, out
from api.cli.texts import language, say
from eval.assessment import MAIN, TOP, Assessment
from eval.backtest import Backtest
from eval.gaps import LIMIT
from eval.report_parts.content import ReportLanguage
from eval.report_parts.wording import SMALLEST_P, name
from eval.runs import Evaluation
from eval.significance import Comparison, Interval
from matcher.errors import Phrase


def assessment(found: Assessment) -> None:
    """Print what an evaluation on judgements found."""
    _measures(say("evaluate.title"), found.metrics)
    _rankers(found.results, found.leads)
    _groups(say("evaluate.groups"), "language_pair", found.groups)
    _groups(say("evaluate.families", measure=MAIN), "family", found.families)
    beyond = [gap for gap in found.gaps["language_pair"] if gap.beyond()]
    for gap in beyond:
        difference = _figure(gap.difference)
        out().print(
            say("evaluate.gap", first=gap.first, second=gap.second, difference=difference, measure=MAIN, limit=LIMIT)
        )
    if not beyond:
        out().print(say("evaluate.no_gap", limit=LIMIT))
    _ablation(found)
    _retrieval(found)
    seen, judged = found.exposure, found.settings["judged@10"]
    coverage, gini = _figure(seen.coverage), _figure(seen.gini)
    out().print(say("evaluate.exposure", k=TOP, items=seen.items, coverage=coverage, gini=gini))
    if isinstance(judged, Interval):
        out().print(say("evaluate.judged", share=_figure(judged)))
    warn(found.warnings)


def backtest(found: Backtest) -> None:
    """Print what an evaluation on placements found, and what it does not tell."""
    _measures(say("evaluate.backtest", before=found.before), found.results[found.system].metrics)
    if found.corrected:
        _measures(say("evaluate.corrected"), found.corrected[found.system])
    _rankers(found.results, found.leads)
    for view, groups in found.groups.items():
        _groups(say("evaluate.by", measure=MAIN, view=say(f"view.{view}")), view, groups)
    evaluated, queries = (found.settings[key] for key in ("evaluated", "queries"))
    left = found.left_out
    out().print(
        say("evaluate.counts", evaluated=evaluated, queries=queries, alone=left.alone, unexposed=left.not_exposed)
    )
    warn(found.warnings)


def spoken() -> ReportLanguage:
    """Return the language of the command line as reports know it."""
    return "da" if language() == "da" else "en"


def warn(warnings: Iterable[Phrase]) -> None:
    """Write warnings beside the results."""
    for warning in warnings:
        notes().print(warning.text(language()), style="yellow")


def _measures(title: str, metrics: Mapping[str, Interval]) -> None:
    shown = tables.table(title, ("measure", "value", "pairs"))
    for measure, found in metrics.items():
        shown.add_row(measure, _figure(found), str(found.n))
    out().print(shown)


def _rankers(results: Mapping[str, Evaluation], leads: Mapping[str, Comparison]) -> None:
    if not leads:
        return
    shown = tables.table(say("evaluate.beside", measure=MAIN), ("method", MAIN, "lead", "p"))
    for ranker, result in results.items():
        lead = leads.get(ranker)
        beside = ("", "") if lead is None else (_lead(lead), _p_value(lead))
        shown.add_row(name("ranker", ranker, spoken()), _figure(result.metrics[MAIN]), *beside)
    out().print(shown)


def _groups(title: str, grouping: str, groups: Mapping[str, Evaluation]) -> None:
    if not groups:
        return
    shown = tables.table(title, ("part", MAIN, "queries"))
    for group, result in groups.items():
        found = result.metrics[MAIN]
        shown.add_row(name(grouping, group, spoken()), _figure(found), str(found.n))
    out().print(shown)


def _ablation(found: Assessment) -> None:
    shown = tables.table(say("evaluate.ablation", measure=MAIN), ("without", "loss", "p"))
    for part in found.ablation:
        gain = part.gains[MAIN]
        shown.add_row(name("feature_group", part.group, spoken()), _lead(gain), _p_value(gain))
    out().print(shown)


def _retrieval(found: Assessment) -> None:
    shown = tables.table(say("evaluate.retrieval"), ("share", "kept", "recall"))
    for kept in found.retrieval:
        shown.add_row(f"{kept.share:.0%}", str(kept.keep), _figure(kept.recall))
    out().print(shown)


def _figure(found: Interval) -> str:
    """A value with its interval; a dash for what is not known."""
    return tables.interval(found) if not isnan(found.low) else _number(found.value)


def _lead(found: Comparison) -> str:
    bounds: Sequence[float] = (found.low, found.high)
    between = "" if any(map(isnan, bounds)) else f" [{found.low:+.3f}, {found.high:+.3f}]"
    return f"{found.difference:+.3f}{between}" if not isnan(found.difference) else "-"


def _p_value(found: Comparison) -> str:
    return f"<{SMALLEST_P}" if found.p_value < SMALLEST_P else _number(found.p_value)


def _number(value: float) -> str:
    return "-" if isnan(value) else f"{value:.3f}"
