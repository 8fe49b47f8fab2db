"""What a reader of an evaluation must know first: what was left out, what says nothing, what is too good."""

from collections.abc import Iterable
from datetime import date

from eval.judged import Judged
from eval.metrics import RELEVANT
from eval.period import some
from eval.runs import Evaluation
from matcher.engine import Engine
from matcher.errors import Phrase
from matcher.trained import in_use, learnt_postings


def caveats(engine: Engine, truth: Judged, result: Evaluation) -> tuple[Phrase, ...]:
    """Say what judgements were left out, which measures say nothing and why, and what the ranker has seen of them."""
    postings = {truth.pair(query, item)[0] for query, items in truth.grades.items() for item in items}
    return (*_of_judgements(truth, result), *learnt_from(engine, postings))


def learnt_from(engine: Engine, postings: Iterable[str], *, before: date | None = None) -> tuple[Phrase, ...]:
    """Warn where the ranker in use, shipped or trained here, was fitted on some of what it is evaluated on."""
    own = in_use(engine)
    if own and before and own.lessons.last and own.lessons.last >= before.isoformat():
        return (Phrase("evaluate.warning.learnt", {"last": own.lessons.last, "before": before}),)
    count = len(frozenset(postings) & learnt_postings(engine, own))
    return (Phrase("evaluate.warning.same_postings", {"count": count}),) if count else ()


def _of_judgements(truth: Judged, result: Evaluation) -> tuple[Phrase, ...]:
    grades = [grade for items in truth.grades.values() for grade in items.values()]
    silent = ", ".join(name for name, interval in result.metrics.items() if not interval.n)
    few = min(interval.n for interval in result.metrics.values())
    told: list[tuple[object, str, dict[str, object]]] = [
        (
            truth.left_out,
            "unknown",
            {
                "count": truth.left_out,
                "postings": some(truth.unknown_postings),
                "candidates": some(truth.unknown_candidates),
            },
        ),
        (truth.repeated, "repeated", {"count": truth.repeated}),
        (max(grades) < RELEVANT, "nothing_good", {"count": len(grades), "least": RELEVANT, "measures": silent}),
        (min(grades) >= RELEVANT, "nothing_bad", {"count": len(grades), "least": RELEVANT, "measures": silent}),
        (silent and min(grades) < RELEVANT <= max(grades), "silent", {"measures": silent}),
        (not silent and few < len(truth.grades), "some_without", {"count": len(truth.grades) - few}),
        (len(truth.grades) == 1, "one_query", {}),
    ]
    return tuple(Phrase(f"evaluate.warning.{name}", values) for holds, name, values in told if holds)
