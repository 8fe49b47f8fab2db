"""A set of queries and elements, and how well a scorer orders the elements of each query."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.published import Published
from eval.measures import Measure
from eval.runs import Evaluation, summarise
from matcher.competences.terms import Purpose, Term

Tell = Callable[[str, int, int], None]
Values = dict[str, dict[str, float]]
"""The value of each query, by measure."""
STAGE = "link"
BLOCK = 64
"""Queries scored and ranked at once: with 34,000 elements a block takes 9 MB of scores."""

Names = TypeVar("Names")


class Scorer(Protocol[Names]):
    """What links texts to concepts, as the product does; `matcher.competences.linking` fulfils it."""

    def names(self, terms: Sequence[Term], purpose: Purpose) -> Names:
        """Prepare the names once for many queries; several terms may name one concept."""
        ...

    def scores(self, queries: Sequence[str], names: Names) -> NDArray[np.float32]:
        """Return shape (len(queries), number of terms) in the order of the terms, never nan; higher is better."""
        ...


class Vectors(Protocol):
    """What turns phrases into vectors, as the product does when it links."""

    def vectors(self, texts: Sequence[str], purpose: Purpose) -> NDArray[np.float32]:
        """Return shape (len(texts), dimension), rows of length 1; an empty text gives zeros."""
        ...


class Linking(Scorer[Names], Vectors, Protocol[Names]):
    """All that the benchmarks ask of the product's linker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Queries, the elements that are ranked for each of them, and the grades of those that are right."""

    name: str
    purpose: Purpose
    queries: Mapping[str, str]
    elements: Mapping[str, Term]
    grades: Mapping[str, Mapping[str, int]]
    measures: tuple[Measure, ...]

    @property
    def settings(self) -> dict[str, object]:
        """What a report says about the set."""
        return {
            "set": self.name,
            "queries": len(self.queries),
            "elements": len(self.elements),
            "judgements": sum(map(len, self.grades.values())),
            "ties": "by element id",
            "measures": {measure.name: dict(measure.settings) for measure in self.measures},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was measured on one set, the same within groups of it, and what others reached."""

    name: str
    evaluation: Evaluation
    groups: Mapping[str, Evaluation]
    published: tuple[Published, ...]


def measured(task: Task, scorer: Scorer[Names], tell: Tell | None = None) -> Values:
    """Rank all elements for each query, best first by (-score, element id), and measure; nan has nothing relevant."""
    ids = np.array(sorted(task.elements))
    names = scorer.names([task.elements[id_] for id_ in ids.tolist()], task.purpose)
    values: Values = {measure.name: {} for measure in task.measures}
    for done, block in _blocks(sorted(task.queries)):
        scores = scorer.scores([task.queries[query] for query in block], names)
        _check(scores, (len(block), len(ids)))
        for query, row in zip(block, scores, strict=True):
            ranking = ids[np.argsort(-row, kind="stable")].tolist()
            for measure in task.measures:
                values[measure.name][query] = measure.function(ranking, task.grades.get(query, {}))
        if tell:
            tell(STAGE, done, len(task.queries))
    return values


def evaluation(values: Values, settings: Mapping[str, object], *, unit: str = "queries") -> Evaluation:
    """Means with intervals; `unit` says in English what was resampled, where it is not queries."""
    summary = summarise(values, settings)
    interval = f"percentile bootstrap over {unit}"
    return Evaluation(
        metrics=summary.metrics, values=summary.values, settings={**summary.settings, "interval": interval}
    )


def _blocks(queries: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield how many queries are done after a block, and the block."""
    for start in range(0, len(queries), BLOCK):
        block = queries[start : start + BLOCK]
        yield start + len(block), block


def _check(scores: NDArray[np.float32], wanted: tuple[int, int]) -> None:
    if scores.shape != wanted:
        raise ValueError(f"the scorer gave shape {scores.shape}, wanted {wanted}")
    if np.isnan(scores).any():
        raise ValueError("a score of nan has no place in a ranking")
