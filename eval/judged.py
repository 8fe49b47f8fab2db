"""Judgements made ready for evaluation: checked against the home, grouped by query, nothing guessed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from matcher.errors import InvalidJudgements
from matcher.records import Judgement

Direction = Literal["postings", "candidates"]
"""What is asked about: "postings" ranks candidates for each posting, "candidates" postings for each candidate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Grades by query and item, queries in the order of their ids, and what had to be left out to get there."""

    direction: Direction
    grades: Mapping[str, Mapping[str, int]]
    unknown_postings: tuple[str, ...] = ()
    unknown_candidates: tuple[str, ...] = ()
    left_out: int = 0
    """Judgements that name an unknown id."""
    repeated: int = 0
    """Judgements that say again what another one said."""

    def __len__(self) -> int:
        return sum(len(items) for items in self.grades.values())

    def pair(self, query: str, item: str) -> tuple[str, str]:
        """Return (posting, candidate), whichever of the two is asked about."""
        return (query, item) if self.direction == "postings" else (item, query)

    def keeping(self, keep: Callable[[str, str], bool]) -> "Judged":
        """Keep the judgements for whose query and item `keep(query, item)` holds."""
        kept = {
            query: {item: grade for item, grade in items.items() if keep(query, item)}
            for query, items in self.grades.items()
        }
        return replace(self, grades={query: items for query, items in kept.items() if items})


def judged(
    judgements: Iterable[Judgement],
    *,
    postings: Collection[str],
    candidates: Collection[str],
    direction: Direction = "postings",
) -> Judged:
    """Check judgements against the ids of the `postings` and `candidates` that can be ranked.

    Judgements on unknown ids are left out and listed. Refused are an empty list, two grades for one pair, and
    judgements of which none is usable.
    """
    every = list(judgements)
    if not every:
        raise InvalidJudgements("empty")
    grades = _one_grade_a_pair(every)
    known_postings, known_candidates = frozenset(postings), frozenset(candidates)
    known = [pair for pair in grades if pair[0] in known_postings and pair[1] in known_candidates]
    unknown_postings = sorted({posting for posting, _ in grades if posting not in known_postings})
    unknown_candidates = sorted({candidate for _, candidate in grades if candidate not in known_candidates})
    if not known:
        raise InvalidJudgements(
            "none_known", count=len(every), postings=_some(unknown_postings), candidates=_some(unknown_candidates)
        )
    return Judged(
        direction=direction,
        grades=_by_query(known, grades, direction),
        unknown_postings=tuple(unknown_postings),
        unknown_candidates=tuple(unknown_candidates),
        left_out=len(grades) - len(known),
        repeated=len(every) - len(grades),
    )


def _one_grade_a_pair(judgements: Sequence[Judgement]) -> dict[tuple[str, str], int]:
    given: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for judgement in judgements:
        given[judgement.posting, judgement.candidate].add(judgement.grade)
    torn = sorted(pair for pair, grades in given.items() if len(grades) > 1)
    if torn:
        posting, candidate = torn[0]
        grades = ", ".join(map(str, sorted(given[torn[0]])))
        raise InvalidJudgements("disagree", posting=posting, candidate=candidate, grades=grades, count=len(torn))
    return {pair: min(grades) for pair, grades in given.items()}


def _by_query(
    pairs: Iterable[tuple[str, str]], grades: Mapping[tuple[str, str], int], direction: Direction
) -> dict[str, dict[str, int]]:
    queries: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for posting, candidate in pairs:
        query, item = (posting, candidate) if direction == "postings" else (candidate, posting)
        queries[query][item] = grades[posting, candidate]
    return {query: queries[query] for query in sorted(queries)}


def _some(ids: Sequence[str], limit: int = 5) -> str:
    return ", ".join(map(repr, islice(ids, limit))) + (", ..." if len(ids) > limit else "") or "-"
