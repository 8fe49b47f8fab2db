"""What one ranker answered to many queries, and how good that was."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from eval.judged import Judged
from eval.measures import Measure
from eval.significance import CONFIDENCE, RESAMPLES, Interval, bootstrap

PairGroup = Callable[[str, str], str]
"""Posting id and candidate id in, name of the group the pair belongs to out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One ranker's answers: item ids of each query, best first by (-score, id), and the scores behind them."""

    name: str
    rankings: Mapping[str, tuple[str, ...]]
    scores: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, name: str, scores: Mapping[str, Mapping[str, float]]) -> "Run":
        """Rank the items of each query by their scores; equal scores go by id."""
        return cls(name=name, rankings={query: ranked(items) for query, items in scores.items()}, scores=scores)

    def keeping(self, keep: Callable[[str, str], bool]) -> "Run":
        """Keep the items for which `keep(query, item)` holds; no query is dropped."""
        return Run.of(
            self.name,
            {q: {i: score for i, score in items.items() if keep(q, i)} for q, items in self.scores.items()},
        )


def ranked(scores: Mapping[str, float]) -> tuple[str, ...]:
    """Order ids by (-score, id).

    >>> ranked({"b": 0.5, "a": 0.5, "c": 0.9})
    ('c', 'a', 'b')
    """
    if any(map(isnan, scores.values())):
        raise ValueError("a score of nan has no place in a ranking")
    return tuple(sorted(scores, key=lambda id_: (-scores[id_], id_)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Means with intervals by measure, the value of each query behind them, and how they came about.

    `values[measure][query]` lacks the queries that have nothing relevant by that measure (for "auc" also those that
    have nothing else); `settings["without_relevant"]` counts them.
    """

    metrics: Mapping[str, Interval]
    values: Mapping[str, Mapping[str, float]]
    settings: Mapping[str, object]

    def as_json(self) -> dict[str, object]:
        """Return {"metrics": {name: {"value", "low", "high", "n"}}, "settings": {...}}; what is not known is null."""
        return {
            "metrics": {name: _numbers(interval) for name, interval in self.metrics.items()},
            "settings": dict(self.settings),
        }


def summarise(
    values: Mapping[str, Mapping[str, float]], settings: Mapping[str, object], *, seed: int = 0
) -> Evaluation:
    """Turn the values of the queries, by measure, into means with intervals; nan is left out and counted."""
    defined = {
        name: {q: queries[q] for q in sorted(queries) if not isnan(queries[q])} for name, queries in values.items()
    }
    return Evaluation(
        metrics={name: bootstrap(list(queries.values()), seed=seed) for name, queries in defined.items()},
        values=defined,
        settings={
            **settings,
            "without_relevant": {name: len(values[name]) - len(queries) for name, queries in defined.items()},
            "interval": "percentile bootstrap over queries",
            "confidence": CONFIDENCE,
            "resamples": RESAMPLES,
            "seed": seed,
        },
    )


def evaluate(run: Run, judgements: Judged, measures: Sequence[Measure], *, seed: int = 0) -> Evaluation:
    """Hold a run against judgements of the same direction; a judged query that it does not answer gets 0."""
    if judgements.grades and run.rankings.keys().isdisjoint(judgements.grades):
        raise ValueError(f"run {run.name!r} answers no judged query; is it of direction {judgements.direction!r}?")
    return _evaluate(run, judgements, measures, seed=seed)


def _evaluate(run: Run, judgements: Judged, measures: Sequence[Measure], *, seed: int) -> Evaluation:
    values = {
        measure.name: {
            query: measure.value(run.rankings.get(query, ()), run.scores.get(query, {}), grades)
            for query, grades in judgements.grades.items()
        }
        for measure in measures
    }
    settings = {
        "run": run.name,
        "direction": judgements.direction,
        "queries": len(judgements.grades),
        "judgements": len(judgements),
        "repeated_judgements": judgements.repeated,
        "judgements_on_unknown_ids": judgements.left_out,
        "unknown_postings": list(judgements.unknown_postings),
        "unknown_candidates": list(judgements.unknown_candidates),
        "unanswered_queries": [query for query in judgements.grades if query not in run.rankings],
        "measures": {measure.name: dict(measure.settings) for measure in measures},
    }
    return summarise(values, settings, seed=seed)


def by_group(
    run: Run, judgements: Judged, measures: Sequence[Measure], group_of: PairGroup, *, seed: int = 0
) -> dict[str, Evaluation]:
    """Evaluate within each group of pairs: a query's ranking is cut down to the items of the group, then measured.

    Groups are those of the judged pairs, by name. A group of queries is one that looks at the query alone.
    """

    def group(query: str, item: str) -> str:
        return group_of(*judgements.pair(query, item))

    def evaluate_within(name: str) -> Evaluation:
        kept = judgements.keeping(lambda query, item: group(query, item) == name)
        part = run.keeping(lambda query, item: query in kept.grades and group(query, item) == name)
        return _evaluate(part, kept, measures, seed=seed)

    names = sorted({group(query, item) for query, items in judgements.grades.items() for item in items})
    return {name: evaluate_within(name) for name in names}


def language_pair(postings: Mapping[str, str], candidates: Mapping[str, str]) -> PairGroup:
    """Group pairs by language of the posting, then of the CV, from language by id: "da-en" is a Danish posting.

    >>> language_pair({"p1": "da"}, {"c1": "en"})("p1", "c1")
    'da-en'
    """
    return lambda posting, candidate: f"{postings[posting]}-{candidates[candidate]}"


def _numbers(interval: Interval) -> dict[str, float | int | None]:
    shown = {"value": interval.value, "low": interval.low, "high": interval.high}
    return {**{name: None if isnan(number) else number for name, number in shown.items()}, "n": interval.n}
