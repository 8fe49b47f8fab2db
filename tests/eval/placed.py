"""Small placement histories, for the tests of evaluation."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from eval.contenders import Scorer
from matcher.records import Outcome, Placement

START = date(2026, 1, 1)


def placed(
    posting: str,
    candidate: str,
    outcome: Outcome = "proposed",
    *,
    day: int = 0,
    score: float | None = None,
    propensity: float | None = None,
    exposed: bool | None = None,
    instrument: str | None = None,
) -> Placement:
    """A line of a history, so many days after its start."""
    return Placement(
        posting=posting,
        candidate=candidate,
        date=START + timedelta(days=day),
        outcome=outcome,
        score=score,
        propensity=propensity,
        exposed=exposed,
        instrument=instrument,
    )


def fixed(**scores: Mapping[str, float]) -> Scorer:
    """A scorer that knows these scores, by query and item, and no others."""

    def score(query: str, items: Sequence[str]) -> Mapping[str, float]:
        return {item: scores.get(query, {})[item] for item in items if item in scores.get(query, {})}

    return score
