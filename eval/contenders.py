"""Who is compared on past proposals: an engine, a logged score, and what any of them must beat."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from typing import Protocol

from eval.baselines import Documents, random_scores
from eval.judged import Direction
from eval.placements import Application
from matcher.records import Kind

Scorer = Callable[[str, Sequence[str]], Mapping[str, float]]
"""Query id and item ids in, a score by item out, better when larger; an item without a score is left out."""
Scores = Mapping[str, Mapping[str, float]]
"""Score by query and item."""
LOGGED = "logged_score"
"""Name of the score that the history itself carries."""


class Ranks(Protocol):
    """What is asked of an engine: every document of `kind` in the home with its score, for a stored query."""

    def rank(self, query: str, *, kind: Kind) -> list[tuple[str, float]]:
        """Return (id, score), better when larger; a pair's score does not depend on who else is there."""
        ...


def engine_scorer(engine: Ranks, direction: Direction = "postings") -> Scorer:
    """Score pairs with an engine; a pair has one score, so those of all others are cut away without loss."""
    kind: Kind = "candidate" if direction == "postings" else "posting"

    def score(query: str, items: Sequence[str]) -> Mapping[str, float]:
        wanted = frozenset(items)
        return {id_: logit for id_, logit in engine.rank(query, kind=kind) if id_ in wanted}

    return score


def logged_scorer(logged: Iterable[Application], direction: Direction) -> Scorer:
    """Score pairs as the history does."""
    scores: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for application in logged:
        if application.score is not None:
            query, item = application.query_and_item(direction)
            scores[query][item] = application.score
    return lambda query, items: {item: scores[query][item] for item in items if item in scores[query]}


def popularity_scorer(past: Iterable[Application], direction: Direction, positive: int) -> Scorer:
    """Score an item by its share of successes among earlier proposals, whatever the query.

    The overall share counts as one more proposal of each, so that an item without a past stands between the others.
    """
    grades: defaultdict[str, list[bool]] = defaultdict(list)
    for application in past:
        grades[application.query_and_item(direction)[1]].append(application.grade >= positive)
    every = [success for of_item in grades.values() for success in of_item]
    overall = sum(every) / len(every) if every else 0.0

    def score(_query: str, items: Sequence[str]) -> Mapping[str, float]:
        known = {item: grades.get(item, []) for item in items}
        return {item: (sum(successes) + overall) / (len(successes) + 1) for item, successes in known.items()}

    return score


def random_scorer(seed: int = 0) -> Scorer:
    """Score pairs by a number drawn from their ids alone."""

    def score(query: str, items: Sequence[str]) -> Mapping[str, float]:
        asked, found = (_nameless(ids) for ids in ((query,), tuple(items)))
        return dict(zip(items, random_scores(asked, found, seed=seed)[0].tolist(), strict=True))

    return score


def scores_of(scorer: Scorer, asked: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Ask a scorer for the items of every query; those it does not know are missing from its answer."""
    answers = {query: scorer(query, items) for query, items in asked.items()}
    given = {
        query: {i: float(answers[query][i]) for i in items if i in answers[query]} for query, items in asked.items()
    }
    if odd := [query for query, items in given.items() if not all(map(isfinite, items.values()))]:
        raise ValueError(f"scores that are no finite numbers have no place in a ranking: query {odd[0]!r}")
    return given


def _nameless(ids: tuple[str, ...]) -> Documents:
    return Documents(ids=ids, texts=("",) * len(ids), languages=("",) * len(ids))
