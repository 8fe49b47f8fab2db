"""Tables for people. What a program reads goes out as JSON instead."""

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from api.cli.console import notes, out
from api.cli.texts import language, say
from api.schemas import CompetenceSpanOut, DemandSpanOut, ExtractionOut, LinksOut, SpanOut
from eval.benchmarks.scoring import Result
from eval.runs import Evaluation
from eval.significance import Interval
from matcher.competences.concepts import concepts_by_id
from matcher.ingest.report import IngestReport, rendered
from matcher.labour.programmes import read_programmes
from matcher.messages.catalogue import catalogue, message
from matcher.records import Candidate, EmployerMatch, Match, Posting, Reason
from matcher.taxonomy.esco import ATTRIBUTION, ImportReport

STATUS_STYLE = {"covered": "green", "partly": "yellow", "missing": "red"}


def shortlist(posting: Posting, matches: Sequence[Match], candidates: Sequence[Candidate], *, explain: int) -> None:
    """Print candidates for a posting, and the reasons for the best `explain` of them."""
    title = say("shortlist.title", title=posting.title, employer=posting.employer or say("nobody"), id=posting.id)
    columns = ("rank", "candidate", "score", "demands", "language", "programme", "place")
    table = _table(title, columns)
    for match, candidate in zip(matches, candidates, strict=True):
        table.add_row(
            str(match.rank),
            candidate.id,
            _percent(match.score),
            _coverage(match.demands),
            candidate.language,
            candidate.programme or say("unknown"),
            candidate.municipality or say("unknown"),
        )
    out().print(table)
    for match in matches[:explain]:
        _reasons(say("reasons.candidate", id=match.candidate, rank=match.rank), match.demands)


def suggestion(
    candidate: str,
    matches: Sequence[Match],
    postings: Sequence[Posting],
    employers: Sequence[EmployerMatch],
    *,
    explain: int,
) -> None:
    """Print postings and employers for a candidate, and the reasons for the best `explain` postings."""
    table = _table(
        say("suggest.postings", id=candidate), ("rank", "posting", "score", "demands", "title", "employer", "place")
    )
    for match, posting in zip(matches, postings, strict=True):
        table.add_row(
            str(match.rank),
            posting.id,
            _percent(match.score),
            _coverage(match.demands),
            posting.title,
            posting.employer or say("unknown"),
            posting.municipality or say("unknown"),
        )
    out().print(table)
    for match in matches[:explain]:
        _reasons(say("reasons.posting", id=match.posting, rank=match.rank), match.demands)
    table = _table(say("suggest.employers", id=candidate), ("rank", "employer", "score", "postings"))
    for rank, employer in enumerate(employers, start=1):
        table.add_row(str(rank), employer.employer, _percent(employer.score), ", ".join(employer.postings))
    out().print(table)


def _reasons(title: str, demands: Sequence[Reason]) -> None:
    table = _table(title, ("status", "strength", "posting_says", "cv_says"))
    for reason in demands:
        table.add_row(
            Text(say(f"status.{reason.status}"), style=STATUS_STYLE[reason.status]),
            say(f"strength.{reason.strength}"),
            _quote(reason.posting_evidence),
            _said_by_candidate(reason),
        )
    out().print(table)


def _said_by_candidate(reason: Reason) -> Text:
    if reason.candidate_evidence:
        return _quote(reason.candidate_evidence)
    return _implied(reason.implied_by) if reason.implied_by else Text("-")


def _implied(programme: str) -> Text:
    [found] = [known for known in read_programmes() if known.id == programme]
    return Text(say("implied", programme=found.da if language() == "da" else found.en), style="dim")


def _table(title: str, columns: Sequence[str]) -> Table:
    table = Table(title=Text(title), title_justify="left", show_lines=False, expand=False)
    for column in columns:
        right = column in {"rank", "score", "demands"}
        table.add_column(
            say(f"column.{column}") if f"cli.column.{column}" in catalogue("en") else column,
            justify="right" if right else "left",
            no_wrap=right or column in {"candidate", "posting", "status", "strength", "language"},
            overflow="fold",
        )
    return table


def _percent(score: float) -> str:
    return f"{score:.0%}" if score >= 0.01 else "<1%"


def _coverage(demands: Sequence[Reason]) -> str:
    return f"{sum(reason.status == 'covered' for reason in demands)}/{len(demands)}"


def _quote(text: str) -> Text:
    return Text(say("quote", text=" ".join(text.split())))


def extraction(found: ExtractionOut) -> None:
    """Print what was read in one text, each with the concept that it names; what a programme implies is no quote."""
    table = _table(found.id or "", ("offsets", "strength", "competence", "evidence"))
    for span in found.demands or found.competences or ():
        strength = say(f"strength.{span.strength}") if isinstance(span, DemandSpanOut) else ""
        implied = span.programme if isinstance(span, CompetenceSpanOut) else None
        evidence = _implied(implied) if implied else _quote(span.evidence)
        table.add_row(f"{span.start}-{span.end}", strength, _concept(span), evidence)
    out().print(table)


def _concept(span: SpanOut) -> Text:
    if not span.concept:
        return Text("-")
    concept = concepts_by_id()[span.concept]
    return Text(concept.da if language() == "da" else concept.en)


def links(found: LinksOut) -> None:
    """Print a table for each title or phrase: what it was linked to in each scheme."""
    for linked in found.links:
        table = _table(linked.text, ("scheme", "code", "danish", "english", "confidence"))
        for group in linked.isco:
            table.add_row("ISCO-08", group.code, group.da, group.en, _percent(group.confidence))
        for concept in linked.competences:
            table.add_row(say("link.competence"), concept.concept, concept.da, concept.en, _percent(concept.confidence))
        for esco in linked.esco or ():
            table.add_row("ESCO", esco.uri.rsplit("/", 1)[-1], esco.label, "", _percent(esco.confidence))
        if not table.row_count:
            out().print(say("link.nothing", text=linked.text))
            continue
        out().print(table)
    if not found.adapted:
        notes().print(say("link.plain", model=found.model))
    if any(linked.esco for linked in found.links):
        out().print(ATTRIBUTION.text(language()))


def evaluation(results: Mapping[str, Evaluation], groups: Mapping[str, Evaluation]) -> None:
    """Print measures with intervals, a row a ranker, and the first measure by language pair."""
    measures = list(next(iter(results.values())).metrics)
    table = _table(say("evaluate.title"), ("measure", *measures))
    for name, result in results.items():
        table.add_row(name, *(_interval(result.metrics[measure]) for measure in measures))
    out().print(table)
    table = _table(say("evaluate.groups"), ("group", "ndcg@10", "queries"))
    for name, result in groups.items():
        [interval] = result.metrics.values()
        table.add_row(name, _interval(interval), str(interval.n))
    out().print(table)
    left_out = next(iter(results.values())).settings["judgements_on_unknown_ids"]
    if left_out:
        out().print(say("evaluate.left_out", count=left_out))


def benchmark(results: Sequence[Result], off: Sequence[str]) -> None:
    """Print our figures on public sets, the same within groups, and what others reached."""
    for result in results:
        table = _table(say("benchmark.title", name=result.name), ("measure", "system", "value", "n", "origin"))
        for measure, interval in result.evaluation.metrics.items():
            table.add_row(measure, Text("matcher", style="bold"), _interval(interval), str(interval.n), "")
            for name, group in result.groups.items():
                inside = group.metrics[measure]
                table.add_row(measure, f"matcher, {name}", _interval(inside), str(inside.n), "")
            for figure in result.published:
                if figure.measure == measure:
                    table.add_row(measure, figure.system, f"{figure.value:.3f}", "", figure.source)
        out().print(table)
        if "groups_rule" in (found := result.evaluation.settings):
            out().print(say("benchmark.rule", rule=found["groups_rule"], count=found["groups_measured"]))
    if off:
        out().print(say("benchmark.ablated", parts=", ".join(off)))


def taxonomy_import(found: ImportReport) -> None:
    """Print what an import of ESCO read, what was missing, and the sentence its licence asks for."""
    out().print(say("taxonomy.done", **found.concepts))
    columns = ("skills", "occupations", "isco_groups", "aliases")
    table = _table(say("taxonomy.title"), ("language", *columns))
    for name, counts in found.names.items():
        table.add_row(name, *(str(counts[column]) for column in columns))
    out().print(table)
    out().print(say("taxonomy.relations", **found.relations))
    for notice in found.notices:
        out().print(notice.text(language()))
    if found.ignored:
        out().print(say("taxonomy.ignored", files=", ".join(found.ignored)))
    out().print(ATTRIBUTION.text(language()))


def _interval(interval: Interval) -> str:
    return f"{interval.value:.3f} [{interval.low:.3f}, {interval.high:.3f}]"


def report(found: IngestReport) -> None:
    """Print what became of every row of an ingest, and what was left out of it."""
    report_line(found)
    table = _table("", ("status", "source", "line", "id", "message"))
    for row in found.rows:
        style = STATUS_STYLE["missing"] if row.status == "refused" else ""
        status = Text(say(f"status.{row.status}"), style=style)
        table.add_row(status, Text(row.source), str(row.line or ""), Text(row.id or ""), Text(row.text(language())))
    out().print(table)
    for source, notice in found.notices:
        out().print(f"{source}: {rendered(notice, language())}")


def report_line(found: IngestReport) -> None:
    """Print how many rows were read, updated, unchanged and refused."""
    kind = message(f"ingest.{found.kind}", language())
    counts = {str(status): count for status, count in found.counts.items()}
    out().print(say("ingest.title", kind=kind, **counts))
