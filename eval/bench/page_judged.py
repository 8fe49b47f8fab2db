"""The tables of docs/results.md that prove the ranking: made from what `eval.bench.judged` measured."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from eval.report_parts.wording import name

MEASURES = ("ndcg@10", "mrr", "map", "recall@5", "recall@10")
HEADS = ("nDCG@10", "MRR", "MAP", "recall@5", "recall@10")
SIDES = {"postings": "Candidates for a posting", "candidates": "Postings for a candidate"}

Interval = Mapping[str, float | None]


def judged_page(values: Mapping[str, Any], names: Mapping[str, str], table: Callable[..., str]) -> str:
    """Return the tables; `table(head, rows)` writes one."""
    parts = [_side(side, values[side], names, table) for side in SIDES]
    dev = values["dev"]
    rows = [("dev, out of fold", *(interval(dev[m]) for m in MEASURES))]
    parts.append("### The dev part\n\n" + table(("part", *HEADS), rows))
    judges = values["judges"]
    heads = tuple(next(iter(judges.values())))
    rows = [(part, *(f"{found[head]:.4g}" for head in heads)) for part, found in judges.items()]
    parts.append("### How far the two judges agree\n\n" + table(("part", *heads), rows))
    cost = [(what, f"{value:.4g}") for what, value in values["cost"].items()]
    parts.append(
        "### What scoring costs\n\nOf 1,000 pairs; the ratio is to stay below 1.\n\n"
        + table(("what", "measured"), cost)
    )
    return "\n\n".join(parts)


def _side(side: str, found: Mapping[str, Any], names: Mapping[str, str], table: Callable[..., str]) -> str:
    rankers = {**found["baselines"], **{f"{ranker}_plain": one for ranker, one in found["dense_plain"].items()}}
    rows = [
        (names.get(n, n), *(interval(m[x]) for x in MEASURES), _lead(found["leads"].get(n))) for n, m in rankers.items()
    ]
    rows.append((names["matcher"], *(interval(found["metrics"][x]) for x in MEASURES), ""))
    beside = [(what, interval(found["metrics"][what])) for what in ("precision@5", "hit@5", "auc", "ece", "brier")]
    beside += [
        (f"{name} at {found['exposure']['k']}", interval(found["exposure"][name])) for name in ("coverage", "gini")
    ]
    beside += [
        (f"recall@10 of full scoring, {kept['keep']} of the pool kept (never below 10)", interval(kept["recall@10"]))
        for kept in {kept["keep"]: kept for kept in found["retrieval"].values()}.values()
    ]
    parts = [
        f"### {SIDES[side]} (test part)",
        table(("ranker", *HEADS, "lead in nDCG@10"), rows),
        table(("beside", "measured"), beside),
        "By language of posting and CV, by field of study, and the differences between language pairs:",
        table(("group", "nDCG@10", "queries"), [*_groups(found["groups"]), *_groups(found["families"], "family")]),
        table(("pair", "difference", "wholly beyond .05"), [_gap(gap) for gap in found["gaps"]["language_pair"]]),
        "What a group of features is worth (the others stay as they are):",
        table(("without", "nDCG@10", "loss"), _ablated(found["ablation"])),
    ]
    return "\n\n".join(parts)


def interval(found: Interval) -> str:
    """Return a value with its interval, to three places."""
    value, low, high = (found[name] for name in ("value", "low", "high"))
    if value is None:
        return "-"
    return f"{value:.3f}" if low is None else f"{value:.3f} [{low:.3f}, {high:.3f}]"


def _lead(lead: Mapping[str, Any] | None) -> str:
    return f"{lead['difference']:+.3f} [{lead['low']:+.3f}, {lead['high']:+.3f}]" if lead else ""


def _groups(groups: Mapping[str, Any], kind: str = "language_pair") -> list[tuple[str, str, str]]:
    figures = ((code, found["ndcg@10"]) for code, found in groups.items())
    return [(name(kind, code, "en"), interval(found), str(found["n"])) for code, found in figures]


def _gap(gap: Mapping[str, Any]) -> tuple[str, str, str]:
    return f"{gap['first']} - {gap['second']}", interval(gap["difference"]), "yes" if gap["beyond"] else "no"


def _ablated(parts: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    return [(name, interval(one["without"]["ndcg@10"]), _gain(one["gains"])) for name, one in parts.items()]


def _gain(gains: Mapping[str, Any] | Sequence[Any]) -> str:
    gain = gains["ndcg@10"] if isinstance(gains, Mapping) else gains[0]
    return _lead(gain)
