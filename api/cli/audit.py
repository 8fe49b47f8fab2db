"""`matcher audit`: who makes the lists, and whether identity or the quoted sentences decide a score."""

from pathlib import Path
from typing import Annotated, cast

import typer
from pydantic import BaseModel, JsonValue

from api.cli import render_audit
from api.cli.console import Tell, answer, progress_bars
from api.cli.context import engine
from api.cli.options import Home, Json
from api.cli.texts import say
from eval.audit_groups import GroupFile, home_groups, read_groups, together
from eval.deletion import TARGET, DeletionReport, deletion_test
from eval.fairness import FairnessReport, Group, fairness
from eval.judged import Judged, judged
from eval.ranking import every_list
from eval.significance import Interval
from eval.swap import SwapReport, swap_test
from matcher.engine import Engine
from matcher.ingest.rows import read_judgements
from matcher.records import Candidate

DIFFERS = 1
"""Exit code where the swap test finds a difference."""


class AuditOut(BaseModel):
    """Groups with intervals, and how they were measured."""

    k: int
    candidates: int
    postings: int
    groups: list[dict[str, JsonValue]]
    unknown_candidates: int
    settings: dict[str, JsonValue]


class SwapOut(BaseModel):
    """How many variants were scored alike, and where the others differ first."""

    variants: int
    identical: int
    candidates: int
    postings: int
    seed: int
    differences: list[dict[str, JsonValue]]


class DeletionOut(BaseModel):
    """Share of the pairs whose quoted sentences weigh most, and the pairs that failed."""

    share: dict[str, JsonValue]
    target: float
    without_covered: int
    without_others: int
    seed: int
    failures: list[dict[str, JsonValue]]


def audit(
    *,
    k: Annotated[int, typer.Option("--k", min=1, max=1000, help=say("audit.k"))] = 10,
    groups: Annotated[Path | None, typer.Option("--groups", help=say("audit.groups"), dir_okay=False)] = None,
    judgements: Annotated[
        Path | None, typer.Option("--judgements", help=say("audit.judgements"), dir_okay=False)
    ] = None,
    swap: Annotated[bool, typer.Option("--swap", help=say("audit.swap"))] = False,
    variants: Annotated[int, typer.Option("--variants", min=1, max=100_000, help=say("audit.variants"))] = 500,
    explanations: Annotated[bool, typer.Option("--explanations", help=say("audit.explanations"))] = False,
    postings: Annotated[int | None, typer.Option("--postings", min=1, help=say("audit.postings"))] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help=say("audit.seed"))] = 0,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Audit the lists of a home by group, or run the swap test or the deletion test."""
    if swap and explanations:
        raise typer.BadParameter(say("audit.exclusive"))
    with progress_bars(quiet=as_json) as tell:
        made = engine(home, tell)
        made.refresh(tell)
        if swap:
            swapped = swap_test(made, variants=variants, seed=seed, tell=tell)
        elif explanations:
            deleted = deletion_test(made, postings=postings, seed=seed, tell=tell)
        else:
            table, report = _lists(made, k, groups, judgements, seed, tell)
    if swap:
        _answer_swap(swapped, as_json=as_json)
    elif explanations:
        answer(_deletion_wire(deleted)) if as_json else render_audit.deletion(deleted)
    elif as_json:
        answer(_wire(report, table))
    else:
        render_audit.groups(report, table)


def _lists(
    made: Engine, k: int, groups: Path | None, judgements: Path | None, seed: int, tell: Tell | None
) -> tuple[GroupFile | None, FairnessReport]:
    candidates, postings = (made.indexes.pool(kind).ids for kind in ("candidate", "posting"))
    table = read_groups(groups, candidates) if groups else None
    truth: Judged | None = None
    if judgements:
        truth = judged(read_judgements(judgements), postings=postings, candidates=candidates)
    run = every_list(made, tell)
    records = (made.store.get("candidate", id) for id in candidates)
    attributes = home_groups(record for record in records if isinstance(record, Candidate))
    if table:
        attributes = together(attributes, table.attributes)
    return table, fairness(run, attributes, candidates=candidates, k=k, judgements=truth, seed=seed)


def _answer_swap(report: SwapReport, *, as_json: bool) -> None:
    if as_json:
        answer(
            SwapOut(
                variants=report.variants,
                identical=report.identical,
                candidates=report.candidates,
                postings=report.postings,
                seed=report.seed,
                differences=[
                    {
                        "candidate": found.candidate,
                        "posting": found.posting,
                        "feature": found.feature,
                        "people": list(found.people),
                        "values": list(found.values),
                        "traces": [list(trace) for trace in found.traces],
                    }
                    for found in report.differences
                ],
            )
        )
    else:
        render_audit.swap(report)
    if report.differences:
        raise typer.Exit(DIFFERS)


def _wire(report: FairnessReport, table: GroupFile | None) -> AuditOut:
    return AuditOut(
        k=report.k,
        candidates=report.candidates,
        postings=report.postings,
        groups=[_group(group) for group in report.groups],
        unknown_candidates=table.unknown if table else 0,
        settings={
            "interval": "percentile bootstrap over postings and candidates",
            "ratio": "against the group with the highest rate, 29 CFR 1607.4(D)",
            "seed": report.seed,
        },
    )


def _group(group: Group) -> dict[str, JsonValue]:
    return {
        "attribute": group.attribute,
        "group": group.name,
        "n": group.members,
        "judgeable": group.judgeable,
        "questioned": group.questioned,
        "selection_rate": _interval(group.rate),
        "ratio": _interval(group.ratio),
        "exposure": _interval(group.exposure),
        "pool": group.pool,
        "fitting_selection_rate": _interval(group.fitting_rate),
        "fitting_ratio": _interval(group.fitting_ratio),
    }


def _deletion_wire(report: DeletionReport) -> DeletionOut:
    return DeletionOut(
        share=cast("dict[str, JsonValue]", _interval(report.share)),
        target=TARGET,
        without_covered=report.without_covered,
        without_others=report.without_others,
        seed=report.seed,
        failures=[
            {
                "posting": pair.posting,
                "candidate": pair.candidate,
                "covered": pair.covered,
                "sentences": pair.sentences,
                "quoted_drop": pair.quoted_drop,
                "other_drop": pair.other_drop,
            }
            for pair in report.failures
        ],
    )


def _interval(found: Interval | None) -> JsonValue:
    """What is not known is null."""
    if found is None:
        return None
    numbers = {"value": found.value, "low": found.low, "high": found.high}
    return {**{name: None if number != number else number for name, number in numbers.items()}, "n": found.n}
