"""An audit as a report for people: groups, the swap test or the deletion test. It names nobody, not even by id."""

from collections.abc import Sequence

from eval.audit_groups import LANGUAGE, PROGRAMME
from eval.deletion import TARGET, DeletionReport
from eval.fairness import FOUR_FIFTHS, SMALLEST, FairnessReport, Group
from eval.families import UNKNOWN
from eval.report_parts.content import Bars, Cell, Plot, Report, ReportLanguage, Section, Table
from eval.report_parts.wording import name, number, percent, words
from eval.significance import Interval
from eval.swap import SwapReport

MOST_BARS = 15
"""Groups in one drawing; the table beside it has them all."""


def groups_report(found: FairnessReport, *, language: ReportLanguage, made: str, model: str) -> Report:
    """Return who makes the lists, a chapter for each attribute; `made` is an ISO date."""
    attributes = dict.fromkeys(group.attribute for group in found.groups)
    return Report(
        title=words("audit.groups.title", language),
        language=language,
        made=made,
        model=model,
        settings={"k": found.k, "candidates": found.candidates, "postings": found.postings, "seed": found.seed},
        sections=(
            Section(
                title=words("audit.groups.how", language),
                text=(
                    words("audit.groups.reading", language, limit=number(FOUR_FIFTHS, language)),
                    words("audit.groups.few", language, smallest=SMALLEST),
                    words("audit.groups.question", language),
                ),
            ),
            *(_attribute(each, found, language) for each in attributes),
        ),
    )


def swap_report(found: SwapReport, *, language: ReportLanguage, made: str, model: str) -> Report:
    """Return how many variants of composed CVs were scored alike, and in which features the others differ first."""
    features: dict[str, int] = {}
    for difference in found.differences:
        features[difference.feature] = features.get(difference.feature, 0) + 1
    counts = (
        ("variants", found.variants),
        ("identical", found.identical),
        ("candidates", found.candidates),
        ("postings", found.postings),
    )
    verdict = "passed" if not found.differences else "failed"
    tables = [_counts("audit.swap.extent", [(words(f"audit.swap.{k}", language), n) for k, n in counts], language)]
    if features:
        rows = [(name("feature", feature, language), count) for feature, count in sorted(features.items())]
        tables.append(_counts("audit.swap.differences", rows, language))
    return Report(
        title=words("audit.swap.title", language),
        language=language,
        made=made,
        model=model,
        settings={"seed": found.seed, "variants": found.variants},
        sections=(
            Section(
                title=words("audit.swap.found", language),
                text=(
                    words("audit.swap.text", language),
                    words(f"audit.swap.{verdict}", language, count=len(found.differences)),
                ),
                tables=tuple(tables),
            ),
        ),
    )


def deletion_report(found: DeletionReport, *, language: ReportLanguage, made: str, model: str) -> Report:
    """Return in how many pairs the quoted sentences weigh more than as many others."""
    share = Table(
        title=words("audit.deletion.share", language),
        columns=(words("figure_column", language), words("value_column", language)),
        rows=((words("audit.deletion.share", language), found.share),),
        meaning=(words("audit.deletion.target", language, target=percent(TARGET, language)),),
    )
    counts = (
        (words("audit.deletion.tested", language), len(found.pairs)),
        (words("audit.deletion.failed", language), len(found.failures)),
        (words("audit.deletion.without_covered", language), found.without_covered),
        (words("audit.deletion.without_others", language), found.without_others),
    )
    return Report(
        title=words("audit.deletion.title", language),
        language=language,
        made=made,
        model=model,
        settings={"seed": found.seed, "target": TARGET},
        sections=(
            Section(
                title=words("audit.deletion.found", language),
                text=(words("audit.deletion.text", language),),
                tables=(share, _counts("audit.deletion.extent", counts, language)),
            ),
        ),
    )


def _attribute(attribute: str, found: FairnessReport, language: ReportLanguage) -> Section:
    groups = [group for group in found.groups if group.attribute == attribute]
    title = name("audit.attribute", attribute, language)
    columns = ("group", "members", "marked", "rate", "ratio", "exposure", "pool")
    table = Table(
        title=words("audit.groups.table", language, attribute=title, k=found.k, postings=found.postings),
        columns=tuple(words(f"audit.groups.{column}", language) for column in columns),
        rows=tuple(_row(group, language) for group in groups),
    )
    shown = [group for group in groups if group.judgeable][:MOST_BARS]
    if not shown:
        return Section(title=title, tables=(table,))
    told = "; ".join(f"{_name(group, language)} {number(group.rate.value, language)}" for group in shown)
    bars = Bars(
        labels=tuple(_name(group, language) for group in shown),
        figures=tuple(group.rate for group in shown),
        axis=words("audit.groups.rate", language),
        first=False,
    )
    drawn = words("audit.groups.plot", language, attribute=title)
    alt = words("audit.groups.alt", language, attribute=title, figures=told)
    return Section(title=title, plots=(Plot(title=drawn, alt=alt, drawing=bars, table=table),))


def _row(group: Group, language: ReportLanguage) -> tuple[Cell, ...]:
    mark = "few" if not group.judgeable else "asked" if group.questioned else "none"
    figures: tuple[Interval, ...] = (group.rate, group.ratio, group.exposure)
    marked = words(f"audit.groups.mark.{mark}", language)
    return _name(group, language), group.members, marked, *figures, percent(group.pool, language)


def _name(group: Group, language: ReportLanguage) -> str:
    """The words for a field of study or a language, else the group's own name."""
    if group.name == UNKNOWN:
        return words("audit.groups.unknown", language)
    kinds = {PROGRAMME: "family", LANGUAGE: "cv_language"}
    return name(kinds[group.attribute], group.name, language) if group.attribute in kinds else group.name


def _counts(title: str, rows: Sequence[tuple[str, int]], language: ReportLanguage) -> Table:
    columns = (words("left_out.what", language), words("left_out.count", language))
    return Table(title=words(title, language), columns=columns, rows=tuple(rows))
