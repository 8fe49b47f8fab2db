"""docs/results.md from what was measured: every number on the page comes from docs/results.json."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.bench.page_judged import judged_page

WORDS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
MEASURES = ("ndcg@10", "mrr", "map", "recall@5", "recall@10")
NAMES = {
    "random": "random",
    "bm25": "BM25 on words",
    "char_tfidf": "char TF-IDF",
    "dense": "dense, whole document",
    "dense_adapted": "dense, whole document, adapted encoder",
    "dense_plus_char": "dense + char TF-IDF",
    "hybrid_standardised": "the two standardised within the pool, by CV language",
    "matcher": "**this engine** (standardised against the reference cohort)",
}

ENCODERS = {
    "dense": "dense, whole document, adapted encoder",
    "dense_plain": "dense, whole document, encoder as published",
    "hybrid_standardised_plain": "standardised hybrid, encoder as published",
    "popularity": "popularity",
}
"""Names of the judged set's rankers where they differ from `NAMES`: its baselines use the engine's own encoder."""

Part = Mapping[str, Any]


def page(stored: Mapping[str, Part]) -> str:
    """Return the whole page; a part that was never measured is left out."""
    parts = [_part(name, stored[name]) for name in WORDS if name in stored]
    return "\n\n".join([WORDS["head"], *parts]) + "\n"


def _part(name: str, part: Part) -> str:
    words = WORDS[name]
    head = (
        f"## {words['title']}\n`python -m eval.bench {name}`, {part['on']}, {part['machine']}\n\n{words['words']}\n\n"
    )
    return head + TABLES.get(name, _figures)(part["values"])


def _figures(values: Mapping[str, object]) -> str:
    return _table(("what", "measured"), [(key, _number(value)) for key, value in values.items()])


def _rankers(values: Mapping[str, Any]) -> str:
    rows = [
        (NAMES.get(name, name), *(_interval(measures[m]) for m in MEASURES), _lead(values["lead"].get(name)))
        for name, measures in values["rankers"].items()
    ]
    languages = [
        (name, _interval(measures["ndcg@10"]), str(measures["ndcg@10"]["n"]))
        for name, measures in values["languages"].items()
    ]
    first = _table(("ranker", "nDCG@10", "MRR", "MAP", "recall@5", "recall@10", "lead"), rows)
    second = _table(("posting-CV", "nDCG@10", "postings"), languages)
    return f"{first}\n\n{WORDS['quality']['languages']}\n\n{second}"


def _public(values: Mapping[str, Any]) -> str:
    """A row for each measure of each set: the whole, each ablation, and the best published figure."""
    variants = [name for name in next(iter(values.values())) if name != "published"]
    rows = [
        (
            found,
            measure,
            *(_interval(variants_of[variant][measure]) for variant in variants),
            _best_published(variants_of["published"], measure),
        )
        for found, variants_of in values.items()
        for measure in variants_of[variants[0]]
    ]
    return _table(("set", "measure", *variants, "best published"), rows)


def _best_published(figures: Sequence[Mapping[str, Any]], measure: str) -> str:
    chosen = [figure for figure in figures if figure["measure"] == measure]
    best = max(chosen, key=lambda figure: float(figure["value"]), default=None)
    return f"{best['value']:.3f} ({best['system']})" if best else ""


def _judged(values: Mapping[str, Any]) -> str:
    return judged_page(values, {**NAMES, **ENCODERS}, _table)


TABLES = {"judged": _judged, "quality": _rankers, "public": _public}


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rows))


def _lead(comparison: Mapping[str, float] | None) -> str:
    if comparison is None:
        return ""
    return f"{comparison['difference']:+.3f} [{comparison['low']:+.3f}, {comparison['high']:+.3f}]"


def _interval(measure: Mapping[str, float | None]) -> str:
    value, low, high = (measure[name] for name in ("value", "low", "high"))
    return _number(value) if low is None else f"{value:.3f} [{low:.3f}, {high:.3f}]"


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return "-" if value is None else str(value)
