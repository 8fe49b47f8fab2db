"""An evaluation, on judgements or on placements, as a report for people."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from eval.assessment import Assessment, StageOne
from eval.backtest import Backtest
from eval.judged import Direction
from eval.report_parts import rankings, trust
from eval.report_parts.content import Cell, Report, ReportLanguage, Section, Table
from eval.report_parts.rankings import Grouping
from eval.report_parts.wording import measure_name, name, percent, words
from eval.significance import Interval
from matcher.errors import Phrase


def judged_report(found: Assessment, *, language: ReportLanguage, made: str, model: str) -> Report:
    """Return the report of an evaluation on judgements; `made` is an ISO date."""
    direction = cast("Direction", found.settings["direction"])
    title = "assessment.title" if direction == "postings" else "assessment.title_candidates"
    return Report(
        title=words(title, language),
        language=language,
        made=made,
        model=model,
        settings=found.settings,
        sections=(
            _first(found, language),
            rankings.overview(found.results, language),
            rankings.groups("language_pair", found.groups, language),
            rankings.gaps("language_pair", found.gaps["language_pair"], language),
            rankings.groups("family", found.families, language),
            rankings.gaps("family", found.gaps["family"], language),
            rankings.ablation(found.ablation, language),
            _retrieval(found.retrieval, language),
            trust.calibration(found.calibration, language),
            trust.exposure(found.exposure, language),
            trust.left_out(found.ours, language),
        ),
    )


def backtest_report(found: Backtest, *, language: ReportLanguage, made: str, model: str) -> Report:
    """Return the report of an evaluation on placements; a simulated history is called so before anything else."""
    overview = rankings.overview(found.results, language)
    text = tuple(words(key, language) for key in ("backtest.text", "backtest.rankers", "interval_text"))
    groups = tuple(
        rankings.groups(cast("Grouping", view), results, language) for view, results in found.groups.items() if results
    )
    corrected = (_corrected(found, language),) if found.corrected else ()
    return Report(
        title=words("backtest.title", language, before=found.before.isoformat()),
        language=language,
        made=made,
        model=model,
        settings=found.settings,
        sections=(
            Section(title=words("assessment.first", language), text=_said(found.warnings, language)),
            replace(overview, text=text),
            *corrected,
            *groups,
            _extent(found, language),
        ),
    )


def _said(warnings: Sequence[Phrase], language: ReportLanguage) -> tuple[str, ...]:
    return tuple(warning.text(language) for warning in warnings) or (words("assessment.nothing", language),)


def _first(found: Assessment, language: ReportLanguage) -> Section:
    judged = cast("Interval", found.settings["judged@10"])
    table = Table(
        title=words("assessment.judged_at", language),
        columns=(words("figure_column", language), words("value_column", language)),
        rows=((words("assessment.judged_at", language), judged),),
    )
    text = (*_said(found.warnings, language), words("assessment.unjudged", language))
    return Section(title=words("assessment.first", language), text=text, tables=(table,))


def _retrieval(found: Sequence[StageOne], language: ReportLanguage) -> Section:
    table = Table(
        title=words("retrieval.table", language),
        columns=tuple(words(f"retrieval.{column}", language) for column in ("share", "keep", "recall")),
        rows=tuple((percent(kept.share, language), kept.keep, kept.recall) for kept in found),
        meaning=(words("retrieval.meaning", language),),
    )
    return Section(title=words("retrieval.title", language), text=(words("retrieval.text", language),), tables=(table,))


def _corrected(found: Backtest, language: ReportLanguage) -> Section:
    fixed = found.correction
    said = words(
        "backtest.corrected_text",
        language,
        most=round(1 / fixed.clip),
        count=fixed.applications,
        queries=fixed.queries,
        effective=round(fixed.effective),
    )
    tables = {"corrected_table": found.corrected, "as_logged_table": found.as_logged}
    return Section(
        title=words("backtest.corrected", language),
        text=(said,),
        tables=tuple(_measures(words(f"backtest.{key}", language), shown, language) for key, shown in tables.items()),
    )


def _measures(title: str, results: Mapping[str, Mapping[str, Interval]], language: ReportLanguage) -> Table:
    measures = list(next(iter(results.values())))
    return Table(
        title=title,
        columns=(words("ranker_column", language), *(measure_name(each, language) for each in measures)),
        rows=tuple(
            (name("ranker", ranker, language), *(found[each] for each in measures)) for ranker, found in results.items()
        ),
    )


def _extent(found: Backtest, language: ReportLanguage) -> Section:
    settings, out = cast("Mapping[str, int]", found.settings), found.left_out
    counts: dict[str, int] = {
        "evaluated": settings["evaluated"],
        "queries": settings["queries"],
        "before": settings["proposals_before"],
        "later": settings["proposals_from_then_on"],
        "unknown_ids": out.unknown,
        "not_yet_known": out.not_yet_known,
        "not_exposed": out.not_exposed,
        "unscored": out.unscored,
        "alone": out.alone,
        "without_success": settings["queries_without_success"],
        "tied_pairs": settings["tied_pairs"],
    }
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (words(f"backtest.{what}", language), count) for what, count in counts.items()
    )
    table = Table(
        title=words("backtest.extent", language),
        columns=(words("left_out.what", language), words("left_out.count", language)),
        rows=rows,
        meaning=(words("backtest.extent_meaning", language),),
    )
    return Section(title=words("backtest.extent", language), text=(words("left_out.text", language),), tables=(table,))
