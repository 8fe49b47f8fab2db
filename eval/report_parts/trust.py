"""Chapters on what else there is to know: do probabilities come true, who gets seen, and what was left out."""

from collections.abc import Mapping, Sequence
from typing import cast

from eval.calibration import Bin, Calibration
from eval.exposure import DECILES, Exposure
from eval.report_parts.content import Lorenz, Plot, Reliability, ReportLanguage, Section, Table
from eval.report_parts.page import listed
from eval.report_parts.wording import figure, measure_name, percent, words
from eval.runs import Evaluation


def calibration(found: Calibration, language: ReportLanguage) -> Section:
    """Show the errors of the probabilities and the reliability diagram; bins of one width as a second table."""
    errors = Table(
        title=words("calibration.errors", language),
        columns=(words("figure_column", language), words("value_column", language)),
        rows=(
            (words("calibration.equal_mass", language), found.equal_mass_error),
            (words("calibration.equal_width", language), found.equal_width_error),
            (words("calibration.brier", language), found.brier_error),
            (words("calibration.positive", language), found.positive),
        ),
        meaning=(words("calibration.errors_meaning", language), words("calibration.brier_meaning", language)),
    )
    width = _bins(words("calibration.width_table", language), found.width_bins, language)
    pairs = words("calibration.pairs", language, pairs=found.pairs, without=found.without_probability)
    return Section(
        title=words("calibration.title", language),
        text=(words("calibration.text", language), pairs),
        plots=(_reliability(found.mass_bins, language),),
        tables=(errors, width),
    )


def exposure(found: Exposure, language: ReportLanguage) -> Section:
    """Show coverage, Gini and the Lorenz curve of who is shown."""
    return Section(
        title=words("exposure.title", language),
        text=(words("exposure.text", language, k=found.k, items=found.items),),
        plots=(_lorenz(found, language),),
        tables=(
            Table(
                title=words("exposure.table", language),
                columns=(words("figure_column", language), words("value_column", language)),
                rows=(
                    (words("exposure.coverage", language, k=found.k), found.coverage),
                    (words("exposure.gini", language), found.gini),
                ),
                meaning=(words("exposure.coverage_meaning", language), words("exposure.gini_meaning", language)),
            ),
        ),
    )


def left_out(result: Evaluation, language: ReportLanguage) -> Section:
    """Show how much went into the figures and what could not: unknown ids, repetitions, queries without an answer."""
    settings = result.settings
    counts = Table(
        title=words("left_out.counts", language),
        columns=(words("left_out.what", language), words("left_out.count", language)),
        rows=tuple(
            (words(f"left_out.{key}", language), _count(settings.get(key, 0)))
            for key in (
                "queries",
                "judgements",
                "repeated_judgements",
                "judgements_on_unknown_ids",
                "unanswered_queries",
            )
        ),
        meaning=(words("left_out.meaning", language),),
    )
    unknown = Table(
        title=words("left_out.ids", language),
        columns=(
            words("left_out.what", language),
            words("left_out.count", language),
            words("left_out.which", language),
        ),
        rows=tuple(
            (words(f"left_out.{key}", language), len(ids), listed(ids, language))
            for key in ("unknown_postings", "unknown_candidates", "unanswered_queries")
            for ids in [[str(id_) for id_ in cast("Sequence[object]", settings.get(key, ()))]]
        ),
        meaning=(words("left_out.ids_meaning", language),),
    )
    without = cast("Mapping[str, int]", settings.get("without_relevant", {}))
    missing = Table(
        title=words("left_out.without", language),
        columns=(
            words("figure_column", language),
            words("left_out.measured", language),
            words("left_out.not", language),
        ),
        rows=tuple((measure_name(each, language), result.metrics[each].n, count) for each, count in without.items()),
        meaning=(words("left_out.without_meaning", language),),
    )
    return Section(
        title=words("left_out.title", language),
        text=(words("left_out.text", language),),
        tables=(counts, unknown, missing),
    )


def _reliability(bins: Sequence[Bin], language: ReportLanguage) -> Plot:
    title = words("calibration.plot", language)
    said = "; ".join(
        f"{percent(each.said.value, language)} > {percent(each.came_true.value, language)}" for each in bins
    )
    return Plot(
        title=title,
        alt=words("calibration.alt", language, figures=said),
        drawing=Reliability(
            said=tuple(each.said.value for each in bins),
            came_true=tuple(each.came_true for each in bins),
            across=words("calibration.said", language),
            up=words("calibration.came_true", language),
            diagonal=words("calibration.diagonal", language),
        ),
        table=_bins(words("calibration.mass_table", language), bins, language),
    )


def _bins(title: str, bins: Sequence[Bin], language: ReportLanguage) -> Table:
    return Table(
        title=title,
        columns=tuple(words(f"calibration.{key}", language) for key in ("bin", "said", "came_true", "pairs_column")),
        rows=tuple((str(at), each.said, each.came_true, each.pairs) for at, each in enumerate(bins, start=1)),
        meaning=(words("calibration.bins_meaning", language),),
    )


def _lorenz(found: Exposure, language: ReportLanguage) -> Plot:
    title = words("exposure.plot", language)
    half = figure(found.lorenz[len(DECILES) // 2], language)[0]
    return Plot(
        title=title,
        alt=words("exposure.alt", language, half=half, gini=figure(found.gini, language)[0]),
        drawing=Lorenz(
            shares=DECILES,
            figures=found.lorenz,
            across=words("exposure.across", language),
            up=words("exposure.up", language),
            diagonal=words("exposure.diagonal", language),
        ),
        table=Table(
            title=words("exposure.lorenz_table", language),
            columns=(words("exposure.across", language), words("exposure.up", language)),
            rows=tuple((percent(share, language), value) for share, value in zip(DECILES, found.lorenz, strict=True)),
            meaning=(words("exposure.lorenz_meaning", language),),
        ),
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) else len(cast("Sequence[object]", value))
