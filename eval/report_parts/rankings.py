"""Chapters on how good the rankings are: beside the baselines, by group, and without parts of the features."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from eval.ablation import Ablated
from eval.gaps import LIMIT, Gap
from eval.report_parts.content import Bars, Cell, Plot, ReportLanguage, Section, Table
from eval.report_parts.wording import figure, measure_name, name, number, words
from eval.runs import Evaluation
from eval.significance import Comparison, Interval, compare

MAIN = "ndcg@10"
Grouping = Literal["language_pair", "family", "instrument"]
"""How pairs are grouped; each has its name and its words in the message catalogue."""


def overview(results: Mapping[str, Evaluation], language: ReportLanguage, *, main: str = MAIN) -> Section:
    """Show all measures of every ranker, and what the first one, ours, gains over each of the others."""
    ours, *others = results
    measures = list(results[ours].metrics)
    everything = Table(
        title=words("overview.all", language),
        columns=(words("ranker_column", language), *(measure_name(each, language) for each in measures)),
        rows=tuple(
            (name("ranker", ranker, language), *(result.metrics[each] for each in measures))
            for ranker, result in results.items()
        ),
        meaning=tuple(_glossary(measures, language)),
    )
    return Section(
        title=words("overview.title", language),
        text=tuple(words(key, language) for key in ("overview.text", "overview.rankers", "interval_text")),
        plots=(_by_ranker(results, main, language),),
        tables=(everything, _leads(results, others, measures, main, language)) if others else (everything,),
    )


def groups(
    grouping: Grouping, results: Mapping[str, Evaluation], language: ReportLanguage, *, main: str = MAIN
) -> Section:
    """Show the main measure within each group of pairs, as `eval.runs.by_group` gives them."""
    figures = {group_name(grouping, group, language): result.metrics[main] for group, result in results.items()}
    plot = _bars(
        figures,
        main,
        language,
        title=words("groups.plot", language, measure=measure_name(main, language)),
        column=words("group_column", language),
        meaning=(words("groups.meaning", language, measure=measure_name(main, language)),),
        first=False,
    )
    title, text = (words(f"groups.{grouping}.{part}", language) for part in ("title", "text"))
    return Section(title=title, text=(text,), plots=(plot,))


def gaps(
    grouping: Grouping, found: Sequence[Gap], language: ReportLanguage, *, main: str = MAIN, limit: float = LIMIT
) -> Section:
    """Show the difference between every two groups, and whether its interval lies wholly beyond the limit."""
    bound = number(limit, language)
    verdicts = {True: words("gaps.beyond", language), False: words("gaps.within", language)}
    rows = tuple(
        (
            group_name(grouping, gap.first, language),
            group_name(grouping, gap.second, language),
            gap.difference,
            gap.n_first,
            gap.n_second,
            verdicts[gap.beyond(limit)],
        )
        for gap in found
    )
    beyond = sum(gap.beyond(limit) for gap in found)
    columns = ("first", "second", "difference", "n_first", "n_second", "verdict")
    table = Table(
        title=words("gaps.table", language, measure=measure_name(main, language)),
        columns=tuple(words(f"gaps.{column}", language, limit=bound) for column in columns),
        rows=rows,
        meaning=(
            words("gaps.count", language, beyond=beyond, pairs=len(found), limit=bound),
            words("gaps.meaning", language, pairs=len(found), limit=bound),
        ),
    )
    return Section(title=words(f"gaps.{grouping}", language), text=(words("gaps.text", language),), tables=(table,))


def ablation(parts: Sequence[Ablated], language: ReportLanguage, *, main: str = MAIN) -> Section:
    """Show what each group of features is worth on every measure."""
    measures = list(parts[0].gains) if parts else [main]
    table = Table(
        title=words("ablation.table", language),
        columns=(words("ablation.group", language), *(measure_name(each, language) for each in measures)),
        rows=tuple(
            (name("feature_group", part.group, language), *(part.gains[each] for each in measures)) for part in parts
        ),
        meaning=(words("ablation.meaning", language), words("comparison_text", language)),
    )
    return Section(title=words("ablation.title", language), text=(words("ablation.text", language),), tables=(table,))


def group_name(grouping: Grouping, group: str, language: ReportLanguage) -> str:
    """Return a group's name in the report's language."""
    return name(grouping, group, language)


def _by_ranker(results: Mapping[str, Evaluation], main: str, language: ReportLanguage) -> Plot:
    figures = {name("ranker", ranker, language): result.metrics[main] for ranker, result in results.items()}
    return _bars(
        figures,
        main,
        language,
        title=words("overview.plot", language, measure=measure_name(main, language)),
        column=words("ranker_column", language),
        meaning=(words("overview.meaning", language),),
    )


def _bars(
    figures: Mapping[str, Interval],
    measure: str,
    language: ReportLanguage,
    *,
    title: str,
    column: str,
    meaning: tuple[str, ...],
    first: bool = True,
) -> Plot:
    shown = measure_name(measure, language)
    each = "; ".join(f"{label} {figure(value, language)[0]}" for label, value in figures.items())
    return Plot(
        title=title,
        alt=words("bars_alt", language, measure=shown, figures=each),
        drawing=Bars(labels=tuple(figures), figures=tuple(figures.values()), axis=shown, first=first),
        table=Table(title=title, columns=(column, shown), rows=tuple(figures.items()), meaning=meaning),
    )


def _leads(
    results: Mapping[str, Evaluation],
    others: Iterable[str],
    measures: Sequence[str],
    main: str,
    language: ReportLanguage,
) -> Table:
    ours = next(iter(results.values()))

    def lead(other: str, measure: str) -> Comparison:
        return compare(ours.values[measure], results[other].values[measure])

    def row(other: str) -> tuple[Cell, ...]:
        won = "leads.won" if lead(other, main).low > 0 else "leads.open"
        return (name("ranker", other, language), *(lead(other, each) for each in measures), words(won, language))

    verdict = words("leads.verdict", language, measure=measure_name(main, language))
    return Table(
        title=words("leads.table", language),
        columns=(words("leads.over", language), *(measure_name(each, language) for each in measures), verdict),
        rows=tuple(row(other) for other in others),
        meaning=(words("leads.meaning", language), words("comparison_text", language)),
    )


def _glossary(measures: Iterable[str], language: ReportLanguage) -> Iterable[str]:
    for measure in measures:
        kind, _, k = measure.partition("@")
        yield f"{measure_name(measure, language)}: {words(f'explained.{kind}', language, k=k)}"
