"""Tables of an audit for people."""

from math import isnan

from rich.text import Text

from api.cli.console import out
from api.cli.tables import interval, table
from api.cli.texts import language, say
from eval.audit_groups import PROGRAMME, GroupFile
from eval.deletion import TARGET, DeletionReport
from eval.fairness import FOUR_FIFTHS, SMALLEST, FairnessReport, Group
from eval.families import UNKNOWN
from eval.significance import Interval
from eval.swap import SwapReport
from matcher.messages.catalogue import catalogue, message

_MOST_ROWS = 20


def groups(report: FairnessReport, extra: GroupFile | None) -> None:
    """Print a table for each attribute, and how to read it."""
    judged = any(group.fitting_rate is not None for group in report.groups)
    columns = ["audit_group", "members", "", "selection_rate", "ratio", "shown", "pool"]
    for attribute in dict.fromkeys(group.attribute for group in report.groups):
        title = say(
            "audit.title",
            attribute=_attribute(attribute),
            k=report.k,
            postings=report.postings,
            candidates=report.candidates,
        )
        shown = table(title, [*columns, *(("fitting_rate", "fitting_ratio") if judged else ())])
        for group in report.groups:
            if group.attribute == attribute:
                shown.add_row(*_row(group, judged=judged))
        out().print(shown)
    out().print(say("audit.reading", limit=FOUR_FIFTHS))
    out().print(say("audit.few", smallest=SMALLEST))
    out().print(say("audit.question"))
    if not judged:
        out().print(say("audit.add_judgements"))
    if extra:
        out().print(say("audit.not_stored"))
        if extra.unknown:
            out().print(say("audit.unknown_ids", count=extra.unknown))


def swap(report: SwapReport) -> None:
    """Print how many variants were scored alike, and the first that were not."""
    out().print(
        say(
            "audit.swap_test.title",
            identical=report.identical,
            variants=report.variants,
            candidates=report.candidates,
            postings=report.postings,
        )
    )
    if not report.differences:
        out().print(say("audit.swap_test.passed"))
        return
    shown = table(
        say("audit.swap_test.failed", count=len(report.differences)),
        ("candidate", "people", "posting", "feature", "values", "traces"),
    )
    for found in report.differences[:_MOST_ROWS]:
        people = say("audit.swap_test.row", first=found.people[0], second=found.people[1])
        values = say("audit.swap_test.row", first=found.values[0], second=found.values[1])
        traces = "\n".join(line for trace in found.traces[:2] for line in trace)
        shown.add_row(found.candidate, people, found.posting, found.feature, values, Text(traces))
    out().print(shown)


def deletion(report: DeletionReport) -> None:
    """Print in how many pairs the quoted sentences weigh most, and the pairs that failed."""
    failures = report.failures
    out().print(
        say(
            "audit.deletion_test.title",
            held=len(report.pairs) - len(failures),
            n=len(report.pairs),
            share=_figure(report.share),
            target=TARGET,
        )
    )
    out().print(say("audit.deletion_test.left_out", covered=report.without_covered, others=report.without_others))
    if not failures:
        out().print(say("audit.deletion_test.all_held"))
        return
    columns = ("posting", "candidate", "covered_demands", "sentences", "quoted_drop", "other_drop")
    shown = table(say("audit.deletion_test.failures"), columns)
    for pair in failures:
        drops = (f"{pair.quoted_drop:.3f}", f"{pair.other_drop:.3f}")
        shown.add_row(pair.posting, pair.candidate, str(pair.covered), str(pair.sentences), *drops)
    out().print(shown)


def _row(group: Group, *, judged: bool) -> list[str]:
    mark = "few" if not group.judgeable else "question" if group.questioned else "none"
    figures = [group.rate, group.ratio, group.exposure]
    fitting = [group.fitting_rate, group.fitting_ratio] if judged else []
    return [
        _name(group),
        str(group.members),
        say(f"audit.mark.{mark}"),
        *(_figure(figure) for figure in figures),
        f"{group.pool:.3f}",
        *(_figure(figure) for figure in fitting),
    ]


def _name(group: Group) -> str:
    """The words for a field of study, else the group's own name."""
    if group.attribute == PROGRAMME:
        return message(f"report.family.{group.name}", language())
    return say("unknown") if group.name == UNKNOWN else group.name


def _figure(found: Interval | None) -> str:
    return say("unknown") if found is None or isnan(found.value) else interval(found)


def _attribute(name: str) -> str:
    """The catalogue's words for an attribute, or the column's own name."""
    return say(f"audit.attribute.{name}") if f"cli.audit.attribute.{name}" in catalogue("en") else name
