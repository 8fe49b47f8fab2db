"""How well a ranking of proposed candidates agrees with what came of them: plain, in parts, and corrected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import nan

from eval import metrics
from eval.contenders import Scores
from eval.placements import Application
from eval.propensity import Part as Ratio
from eval.propensity import effective_size, ratio, weight, weighted_auc, weighted_ndcg, weighted_precision
from eval.runs import Evaluation, Run, summarise
from eval.significance import Interval

Truth = Mapping[str, Mapping[str, Application]]
"""What came of each proposed item, by query."""
Part = Callable[[Application], str]
"""Name of the group that an application belongs to."""
NDCG = "ndcg@10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What is measured: precision and hit at `k`, success from grade `positive` on, propensities not below `clip`."""

    k: int
    positive: int
    clip: float
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """How propensities were used: on how many queries and proposals, and how many equal ones these amount to."""

    queries: int
    applications: int
    missing: int
    """Proposals whose propensity is not logged; their queries are not corrected."""
    clipped: int
    clip: float
    effective: float

    def as_json(self) -> dict[str, object]:
        """Return the numbers by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def agreement(run: Run, truth: Truth, rules: Rules) -> Evaluation:
    """Measure a run on all queries; one without a success is left out of a measure and counted there."""
    k, least = rules.k, rules.positive
    values: dict[str, dict[str, float]] = {}
    for query, items in truth.items():
        ranking, grades = run.rankings[query], {id_: item.grade for id_, item in items.items()}
        for name, value in {
            NDCG: metrics.ndcg(ranking, grades, k=10),
            "mrr": metrics.reciprocal_rank(ranking, grades, relevant=least),
            "auc": metrics.auc(run.scores[query], grades, relevant=least),
            f"precision@{k}": metrics.precision(ranking, grades, k=k, relevant=least),
            f"hit@{k}": metrics.hit(ranking, grades, k=k, relevant=least),
        }.items():
            values.setdefault(name, {})[query] = value
    return summarise(values, {"run": run.name, "queries": len(truth)}, seed=rules.seed)


def by_part(run: Run, truth: Truth, rules: Rules, part: Part) -> dict[str, Evaluation]:
    """Measure within each group: rankings are cut down to its items, and a query with one item of it says nothing."""
    names = sorted({part(item) for items in truth.values() for item in items.values()})
    return {name: _within(name, run, truth, rules, part) for name in names}


def _within(name: str, run: Run, truth: Truth, rules: Rules, part: Part) -> Evaluation:
    inside = {query: {id_: item for id_, item in items.items() if part(item) == name} for query, items in truth.items()}
    inside = {query: items for query, items in inside.items() if len(items) > 1}
    cut = run.keeping(lambda query, item: item in inside.get(query, {}))
    if inside:
        return agreement(cut, inside, rules)
    nothing = {measure: {"": nan} for measure in (NDCG, "mrr", "auc", f"precision@{rules.k}", f"hit@{rules.k}")}
    return summarise(nothing, {"run": run.name, "queries": 0}, seed=rules.seed)


def pooled(run: Run, truth: Truth, rules: Rules, *, weighted: bool) -> dict[str, Interval]:
    """Measure a run over the queries of `with_propensity` together, by inverse propensity or every item the same.

    Queries without a success count in precision here, and in proportion to what there is to find in nDCG and AUC:
    compare these figures with each other, not with those of `agreement`.
    """
    parts: dict[str, list[Ratio]] = {NDCG: [], f"precision@{rules.k}": [], "auc": []}
    for query, items in truth.items():
        weights = {
            id_: weight(item.propensity or 1.0, clip=rules.clip) if weighted else 1.0 for id_, item in items.items()
        }
        order = [(items[id_].grade, weights[id_]) for id_ in run.rankings[query]]
        grades = {id_: item.grade for id_, item in items.items()}
        parts[NDCG].append(weighted_ndcg(order, k=10))
        parts[f"precision@{rules.k}"].append(weighted_precision(order, k=rules.k, positive=rules.positive))
        parts["auc"].append(weighted_auc(run.scores[query], grades, weights, positive=rules.positive))
    return {name: ratio(of_queries, seed=rules.seed) for name, of_queries in parts.items()}


def with_propensity(truth: Truth) -> dict[str, Mapping[str, Application]]:
    """Keep the queries all of whose applications have a logged propensity."""
    return {q: items for q, items in truth.items() if all(i.propensity is not None for i in items.values())}


def correction(truth: Truth, rules: Rules) -> Correction:
    """Say what the correction rests on."""
    usable = with_propensity(truth)
    logged = [item.propensity for items in usable.values() for item in items.values() if item.propensity is not None]
    return Correction(
        queries=len(usable),
        applications=len(logged),
        missing=sum(item.propensity is None for items in truth.values() for item in items.values()),
        clipped=sum(chance < rules.clip for chance in logged),
        clip=rules.clip,
        effective=effective_size([weight(chance, clip=rules.clip) for chance in logged]),
    )


def tied_pairs(scores: Scores, truth: Truth) -> int:
    """Count pairs of one query with the same score and different grades: only their ids decide who stands first."""
    count = 0
    for query, items in truth.items():
        ordered = sorted((scores[query][id_], item.grade) for id_, item in items.items())
        for _, same in groupby(ordered, key=lambda pair: pair[0]):
            grades = [grade for _, grade in same]
            alike = sum(grades.count(grade) * (grades.count(grade) - 1) // 2 for grade in set(grades))
            count += len(grades) * (len(grades) - 1) // 2 - alike
    return count
