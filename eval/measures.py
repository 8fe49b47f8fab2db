"""Names of measures, as people and files write them: "ndcg@10" -> Measure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from eval import metrics
from eval.metrics import RELEVANT, Gain
from matcher.errors import UnknownMeasure

DEFAULT = ("ndcg@10", "map", "mrr", "recall@5", "recall@10", "precision@5", "hit@5", "auc")
"""What `matcher evaluate` prints, beside ECE and Brier, which are of pairs and not of rankings."""
KNOWN = ("ndcg@K", "map", "mrr", "recall@K", "precision@K", "hit@K", "auc")

_FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "ndcg": metrics.ndcg,
    "map": metrics.average_precision,
    "mrr": metrics.reciprocal_rank,
    "recall": metrics.recall,
    "precision": metrics.precision,
    "hit": metrics.hit,
    "auc": metrics.auc,
}
_OF_SCORES = {"auc"}
"""Measures that look at scores and not at places: ties and unjudged ids are theirs to treat."""
_CUT = {name.removesuffix("@K") for name in KNOWN if name.endswith("@K")}
_NAME = re.compile(r"([a-z]+)(?:@([1-9][0-9]{0,8}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A named function of one ranking and its grades; the mean over queries is what reports show.

    `settings` says what the name leaves open: the grade that counts as relevant, or the gain. `function` takes a
    ranking and its grades, or with `of_scores` the scores behind the ranking and the grades; `value` knows which.
    """

    name: str
    function: Callable[..., float] = field(repr=False, compare=False)
    settings: Mapping[str, object] = field(default_factory=dict)
    of_scores: bool = False

    def value(self, ranking: Sequence[str], scores: Mapping[str, float], grades: Mapping[str, int]) -> float:
        """Return the measure of one query, nan where the judgements leave nothing to measure."""
        return self.function(scores if self.of_scores else ranking, grades)


def measure(name: str, *, relevant: int = RELEVANT, gain: Gain = "exponential") -> Measure:
    """Return the measure called `name`; `relevant` is unused by nDCG and `gain` by all others.

    >>> measure("recall@5").function(["x", "a"], {"a": 3})
    1.0
    """
    match = _NAME.fullmatch(name)
    kind, k = match.groups() if match else ("", None)
    if kind not in _FUNCTIONS or (kind in _CUT) != (k is not None):
        raise UnknownMeasure(found=name, known=", ".join(KNOWN))
    settings: dict[str, object] = {"gain": gain} if kind == "ndcg" else {"relevant": relevant}
    arguments = settings if k is None else {**settings, "k": int(k)}
    function = partial(_FUNCTIONS[kind], **arguments)
    return Measure(name=name, function=function, settings=settings, of_scores=kind in _OF_SCORES)


def measures(names: Sequence[str] = DEFAULT, *, relevant: int = RELEVANT, gain: Gain = "exponential") -> list[Measure]:
    """Return several measures at once, in the order of `names`."""
    return [measure(name, relevant=relevant, gain=gain) for name in names]
