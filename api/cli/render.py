"""Tables for people. What a program reads goes out as JSON instead."""

from collections.abc import Sequence

from rich.text import Text

from api.cli.console import notes, out
from api.cli.tables import STATUS_STYLE, implied, interval, percent, quote, table
from api.cli.texts import language, say
from api.schemas import CompetenceSpanOut, DemandSpanOut, ExtractionOut, LinksOut, SpanOut
from eval.benchmarks.scoring import Result
from matcher.competences.concepts import concepts_by_id
from matcher.ingest.report import IngestReport, rendered
from matcher.messages.catalogue import message
from matcher.taxonomy.esco import ATTRIBUTION, ImportReport


def extraction(found: ExtractionOut) -> None:
    """Print what was read in one text, each with the concept that it names; what a programme implies is no quote."""
    shown = table(found.id or "", ("offsets", "strength", "competence", "evidence"))
    for span in found.demands or found.competences or ():
        strength = say(f"strength.{span.strength}") if isinstance(span, DemandSpanOut) else ""
        programme = span.programme if isinstance(span, CompetenceSpanOut) else None
        evidence = implied(programme) if programme else quote(span.evidence)
        shown.add_row(f"{span.start}-{span.end}", strength, _concept(span), evidence)
    out().print(shown)


def _concept(span: SpanOut) -> Text:
    if not span.concept:
        return Text("-")
    concept = concepts_by_id()[span.concept]
    return Text(concept.da if language() == "da" else concept.en)


def links(found: LinksOut) -> None:
    """Print a table for each title or phrase: what it was linked to in each scheme."""
    for linked in found.links:
        shown = table(linked.text, ("scheme", "code", "danish", "english", "confidence"))
        for group in linked.isco:
            shown.add_row("ISCO-08", group.code, group.da, group.en, percent(group.confidence))
        for concept in linked.competences:
            shown.add_row(say("link.competence"), concept.concept, concept.da, concept.en, percent(concept.confidence))
        for esco in linked.esco or ():
            shown.add_row("ESCO", esco.uri.rsplit("/", 1)[-1], esco.label, "", percent(esco.confidence))
        if not shown.row_count:
            out().print(say("link.nothing", text=linked.text))
            continue
        out().print(shown)
    if not found.adapted:
        notes().print(say("link.plain", model=found.model))
    if any(linked.esco for linked in found.links):
        out().print(ATTRIBUTION.text(language()))


def benchmark(results: Sequence[Result], off: Sequence[str]) -> None:
    """Print our figures on public sets, the same within groups, and what others reached."""
    for result in results:
        shown = table(say("benchmark.title", name=result.name), ("measure", "system", "value", "n", "origin"))
        for measure, ours in result.evaluation.metrics.items():
            shown.add_row(measure, Text("matcher", style="bold"), interval(ours), str(ours.n), "")
            for name, group in result.groups.items():
                inside = group.metrics[measure]
                shown.add_row(measure, f"matcher, {name}", interval(inside), str(inside.n), "")
            for figure in result.published:
                if figure.measure == measure:
                    shown.add_row(measure, figure.system, f"{figure.value:.3f}", "", figure.source)
        out().print(shown)
        if "groups_rule" in (found := result.evaluation.settings):
            out().print(say("benchmark.rule", rule=found["groups_rule"], count=found["groups_measured"]))
    if off:
        out().print(say("benchmark.ablated", parts=", ".join(off)))


def taxonomy_import(found: ImportReport) -> None:
    """Print what an import of ESCO read, what was missing, and the sentence its licence asks for."""
    out().print(say("taxonomy.done", **found.concepts))
    columns = ("skills", "occupations", "isco_groups", "aliases")
    shown = table(say("taxonomy.title"), ("language", *columns))
    for name, counts in found.names.items():
        shown.add_row(name, *(str(counts[column]) for column in columns))
    out().print(shown)
    out().print(say("taxonomy.relations", **found.relations))
    for notice in found.notices:
        out().print(notice.text(language()))
    if found.ignored:
        out().print(say("taxonomy.ignored", files=", ".join(found.ignored)))
    out().print(ATTRIBUTION.text(language()))


def report(found: IngestReport) -> None:
    """Print what became of every row of an ingest, and what was left out of it."""
    report_line(found)
    shown = table("", ("status", "source", "line", "id", "message"))
    for row in found.rows:
        style = STATUS_STYLE["missing"] if row.status == "refused" else ""
        status = Text(say(f"status.{row.status}"), style=style)
        shown.add_row(status, Text(row.source), str(row.line or ""), Text(row.id or ""), Text(row.text(language())))
    out().print(shown)
    for source, notice in found.notices:
        out().print(f"{source}: {rendered(notice, language())}")


def report_line(found: IngestReport) -> None:
    """Print how many rows were read, updated, unchanged and refused."""
    kind = message(f"ingest.{found.kind}", language())
    counts = {str(status): count for status, count in found.counts.items()}
    out().print(say("ingest.title", kind=kind, **counts))
