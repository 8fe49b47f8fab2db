"""All that one evaluation on judgements finds out about an engine, free of any interface.

Features are computed once for each query; the ranking, the probabilities and the rankings without a group of features
all come from them. Everything in the home is ranked, also what is closed by now.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from eval.ablation import Ablated, ablation
from eval.baselines import popularity_run
from eval.calibration import Calibration, calibration
from eval.caveats import caveats
from eval.exposure import DECILES, Exposure, exposure
from eval.families import discipline_family
from eval.gaps import Gap, gaps_of
from eval.judged import Judged
from eval.measures import measure, measures
from eval.metrics import RELEVANT
from eval.ranking import ENGINE, baseline_runs, languages
from eval.report import plain
from eval.runs import Evaluation, PairGroup, Run, by_group, evaluate
from eval.significance import Comparison, Interval, bootstrap, compare
from matcher.engine import Engine
from matcher.errors import Phrase
from matcher.features import FEATURES
from matcher.records import Candidate, Kind
from models.ranker import AdditiveRanker

Tell = Callable[[str, int, int], None]
MAIN = "ndcg@10"
TOP = 10
FEATURE_GROUPS: Mapping[str, tuple[str, ...]] = {
    "meaning": ("dense", "title"),
    "letters": ("lexical",),
    "fit": ("fit",),
    "language": ("language",),
}
"""Features that are taken away together: whole texts compared by meaning and by letters, demands, languages."""
KEPT_SHARES = (0.1, 0.25, 0.5)
"""How much of the pool stage one keeps when its recall is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageOne:
    """How much of the ten best of full scoring is still there when retrieval keeps `keep` of the pool."""

    share: float
    keep: int
    recall: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What an evaluation on judgements found; the first of `results` is the engine, the others are baselines."""

    results: Mapping[str, Evaluation]
    leads: Mapping[str, Comparison]
    """What the engine gains over each baseline in `MAIN`, paired by query."""
    groups: Mapping[str, Evaluation]
    """By language of posting and CV."""
    families: Mapping[str, Evaluation]
    gaps: Mapping[str, Sequence[Gap]]
    """Differences between the groups of each kind, "language_pair" and "family"."""
    calibration: Calibration
    exposure: Exposure
    ablation: Sequence[Ablated]
    retrieval: Sequence[StageOne]
    settings: Mapping[str, object]
    warnings: tuple[Phrase, ...]

    @property
    def ours(self) -> Evaluation:
        """The engine's own measures."""
        return next(iter(self.results.values()))

    @property
    def metrics(self) -> dict[str, Interval]:
        """The engine's measures with those of its probabilities."""
        found = self.calibration
        return {**self.ours.metrics, "ece": found.equal_mass_error, "brier": found.brier_error}

    def as_json(self, language: str = "en") -> dict[str, object]:
        """Return everything as JSON has it; what is not known is null, baselines that did not run are null."""
        others = list(self.results)[1:]
        said, seen = asdict(self.calibration), self.exposure
        found: dict[str, object] = {
            "metrics": self.metrics,
            "settings": self.settings,
            "groups": {name: result.metrics for name, result in self.groups.items()},
            "baselines": {name: self.results[name].metrics for name in others} or None,
            "families": {name: result.metrics for name, result in self.families.items()},
            "gaps": {kind: [_gap(gap) for gap in gaps] for kind, gaps in self.gaps.items()},
            "leads": self.leads,
            "calibration": said,
            "exposure": {
                "k": seen.k,
                "items": seen.items,
                "coverage": seen.coverage,
                "gini": seen.gini,
                "lorenz": dict(zip(map(str, DECILES), seen.lorenz, strict=True)),
            },
            "ablation": {part.group: {"without": part.without.metrics, "gains": part.gains} for part in self.ablation},
            "retrieval": {
                f"{kept.share:.0%}": {"keep": kept.keep, "recall@10": kept.recall} for kept in self.retrieval
            },
            "warnings": [warning.text(language) for warning in self.warnings],
        }
        return {name: plain(value) for name, value in found.items()}


class Pairs:
    """The engine's features of every query with everything that can be ranked for it, computed once."""

    def __init__(self, engine: Engine, truth: Judged, tell: Tell | None = None) -> None:
        own: Kind = "posting" if truth.direction == "postings" else "candidate"
        self.kind: Kind = "candidate" if own == "posting" else "posting"
        self.engine = engine
        self.ids = engine.indexes.pool(self.kind).ids
        self._rows = {query: engine.indexes.pool(own).rows(query) for query in truth.grades}
        self._features: dict[str, NDArray[np.float64]] = {}
        for done, (query, rows) in enumerate(self._rows.items(), start=1):
            self._features[query] = engine.features(rows, self.kind, self.ids)
            if tell:
                tell("rank", done, len(self._rows))

    def run(self, ranker: AdditiveRanker, name: str = ENGINE) -> Run:
        """Return the ranking of everything for every query by a ranker over the same features."""
        return Run.of(name, {query: self._by_id(ranker.logits(rows)) for query, rows in self._features.items()})

    def probabilities(self) -> dict[str, dict[str, float]]:
        """Return the engine's probability of every pair, by query."""
        return {query: self._by_id(self.engine.ranker.scores(rows)) for query, rows in self._features.items()}

    def stage_one(self, full: Run, share: float) -> StageOne:
        """Measure how much of the top of the full ranking retrieval keeps, if it keeps a share of the pool."""
        keep = min(max(ceil(share * len(self.ids)), TOP), len(self.ids))
        found = []
        for query, rows in self._rows.items():
            best = full.rankings[query][:TOP]
            kept = frozenset(self.engine.retrieve(rows, self.kind, keep))
            found.append(sum(id_ in kept for id_ in best) / len(best))
        return StageOne(share=share, keep=keep, recall=bootstrap(found))

    def _by_id(self, values: NDArray[np.float64]) -> dict[str, float]:
        return dict(zip(self.ids, values.tolist(), strict=True))


def assess(engine: Engine, truth: Judged, *, baselines: bool = True, tell: Tell | None = None) -> Assessment:
    """Rank everything in the home for each judged query and hold that against the judgements from all sides."""
    pairs = Pairs(engine, truth, tell)
    ours = pairs.run(engine.ranker)
    runs = [ours, *(_baselines(engine, truth, pairs.ids) if baselines else [])]
    results = {run.name: evaluate(run, truth, measures()) for run in runs}
    groups, families = (
        by_group(ours, truth, [measure(MAIN)], group_of) for group_of in (languages(engine), families_of(engine))
    )

    def rank_without(group: str) -> Run:
        return pairs.run(engine.ranker.without(FEATURE_GROUPS[group]), f"without {group}")

    used = [group for group, names in FEATURE_GROUPS.items() if set(names) & set(FEATURES)]
    return Assessment(
        results=results,
        leads={name: _lead(results, name) for name in list(results)[1:]},
        groups=groups,
        families=families,
        gaps={"language_pair": gaps_of(groups, MAIN), "family": gaps_of(families, MAIN)},
        calibration=calibration(pairs.probabilities(), truth),
        exposure=exposure(ours, pairs.ids, k=TOP),
        ablation=ablation(ours, rank_without, used, truth, measures()),
        retrieval=[pairs.stage_one(ours, share) for share in KEPT_SHARES],
        settings=_settings(engine, ours, truth, results[ours.name]),
        warnings=caveats(engine, truth, results[ours.name]),
    )


def families_of(engine: Engine) -> PairGroup:
    """Group pairs by the broad field that the candidate studied, as it stands in the home."""
    return discipline_family(record for record in engine.store.outlines("candidate") if isinstance(record, Candidate))


def _baselines(engine: Engine, truth: Judged, items: Sequence[str]) -> list[Run]:
    random, *others = baseline_runs(engine, truth)
    return [random, popularity_run(truth.grades, items, truth.grades), *others]


def _lead(results: Mapping[str, Evaluation], name: str) -> Comparison:
    return compare(results[ENGINE].values[MAIN], results[name].values[MAIN])


def _settings(engine: Engine, run: Run, truth: Judged, result: Evaluation) -> dict[str, object]:
    judged = [
        sum(id_ in grades for id_ in run.rankings[query][:TOP]) / len(run.rankings[query][:TOP])
        for query, grades in truth.grades.items()
    ]
    return {
        **result.settings,
        "model": engine.model,
        "ranker": engine.prior.trained_on,
        "ranked": len(run.rankings[next(iter(truth.grades))]),
        "unjudged": "counted as grade 0; left out of auc, ece and brier",
        "judged@10": bootstrap(judged),
        "relevant": f"grade>={RELEVANT}",
        "ece": "bins of as many pairs each",
        "popularity": "mean grade over the other queries of the same judgements",
        "feature_groups": {group: list(names) for group, names in FEATURE_GROUPS.items()},
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "first": gap.first,
        "second": gap.second,
        "difference": gap.difference,
        "n_first": gap.n_first,
        "n_second": gap.n_second,
        "beyond": gap.beyond(),
    }
