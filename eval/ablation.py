"""What each group of features is worth: the same queries ranked without it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.judged import Judged
from eval.measures import Measure
from eval.runs import Evaluation, Run, evaluate
from eval.significance import Comparison, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Ablated:
    """How good the ranking is without one group, and by measure what the group gains, paired by query."""

    group: str
    without: Evaluation
    gains: Mapping[str, Comparison]


def ablation(
    full: Run,
    rank_without: Callable[[str], Run],
    groups: Sequence[str],
    judgements: Judged,
    measures: Sequence[Measure],
    *,
    seed: int = 0,
) -> list[Ablated]:
    """Rank without each of the `groups` in turn; a gain above 0 says that the whole is better than without."""
    whole = evaluate(full, judgements, measures, seed=seed)

    def ablated(group: str) -> Ablated:
        without = evaluate(rank_without(group), judgements, measures, seed=seed)
        gains = {name: compare(whole.values[name], without.values[name], seed=seed) for name in whole.values}
        return Ablated(group=group, without=without, gains=gains)

    return [ablated(group) for group in groups]
