"""When does a competence cover a demand: fits `Cover` to the judged pairs' dev part, and measures it on the test part.

How near unrelated phrases lie in each language pair comes from the reference cohort: phrases of CVs and postings of
different fields.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from eval.phrase_pairs import KINSHIP, Compared, chances, compared, read_pairs
from matcher.embedding import embed, phrases_of, uncached
from matcher.fit import Cover, Phrases, chance
from matcher.ports import Encoder, Role
from matcher.records import Candidate, Posting
from matcher.reference.cohort import reference_candidates, reference_postings

Strangers = tuple[Phrases, Phrases]
"""Demands of a posting and competences of a CV that has nothing to do with it."""
KIN_ORDER = ("unrelated", "broader", "narrower", "same")
"""How close a competence's concept is to the demand's; each step closer adds to the logit and never takes away."""
DOUBT = 2.0
"""Logit that a competence loses which counts for nothing; set by hand: no judged pair says how sure a reading was."""
PARTLY_BY_CHANCE = 0.15
"""Share of demands that may look partly covered by a CV of another field. The pairs alone set the threshold too low: a
CV brings some fifty phrases, and the luckiest of them counts."""
GRID = np.arange(0.05, 0.96, 0.025)
STATUSES = ("missing", "partly", "covered")


def fitted_cover(encoder: Encoder) -> Cover:
    """Fit on the dev pairs; thresholds are those with the best mean F1 of the three statuses there, and `by_chance`."""
    pairs = compared(read_pairs(), encoder).of("dev")
    strangers = strangers_of(encoder)
    means, deviations = unrelated(strangers)
    start = Cover(
        nearness=1.0,
        same=0.0,
        narrower=0.0,
        broader=0.0,
        doubt=DOUBT,
        intercept=0.0,
        means=means,
        deviations=deviations,
        covered=0.5,
        partly=0.25,
    )
    rows, wanted = _rows(pairs, start), pairs.statuses()
    # a partly covered demand counts once as covered and once as not, the others twice as what they are
    doubled = np.concatenate([rows, rows])
    target = np.concatenate([wanted != "missing", wanted == "covered"])
    weights, intercept = _logistic(doubled, target)
    nearness, *steps = weights.tolist()
    broader, narrower, same = np.cumsum(steps).tolist()
    cover = replace(start, nearness=nearness, same=same, narrower=narrower, broader=broader, intercept=intercept)
    covered, partly = _thresholds(chances(pairs, cover), wanted)
    return replace(cover, covered=covered, partly=round(max(partly, by_chance(strangers, cover)), 3))


def measured_cover(encoder: Encoder, cover: Cover, part: str = "test") -> dict[str, float]:
    """Return how well statuses and order agree with the judges on a part of the pairs."""
    pairs = compared(read_pairs(), encoder).of(part)
    found, wanted = chances(pairs, cover), pairs.statuses()
    said = _said(found, cover.covered, cover.partly)
    clear = wanted != "partly"
    return {
        "pairs": len(wanted),
        "auc_covered_missing": _auc(found[clear], wanted[clear] == "covered"),
        "accuracy": float((said == wanted).mean()),
        "mean_f1": _mean_f1(said, wanted),
        "covered_precision": _precision(said, wanted, "covered"),
        "called_covered_though_missing": float((said[wanted == "missing"] == "covered").mean()),
    }


def pull_auc(encoder: Encoder) -> dict[str, float]:
    """Return what `models.prototypes.PULL` was chosen by: on the dev pairs, covered against missing by cosine alone.

    Once with phrases as the head for competences sees them, once drawn towards the prototypes.
    """
    pairs = [pair for pair in read_pairs() if pair.part == "dev" and pair.status != "partly"]
    covered = np.array([pair.status == "covered" for pair in pairs])
    roles: dict[str, Role] = {"as_worded": "competence", "drawn": "phrase"}
    figures = {}
    for name, role in roles.items():
        asked = encoder.encode([pair.demand for pair in pairs], role=role)
        offered = encoder.encode([pair.competence for pair in pairs], role=role)
        figures[f"dev_pairs_auc_{name}"] = _auc((asked * offered).sum(axis=1).astype(np.float64), covered)
    return figures


def unrelated(strangers: Sequence[Strangers]) -> tuple[dict[str, float], dict[str, float]]:
    """Mean and deviation of the cosine of phrases from reference documents of different fields, by language pair."""
    found: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
    for asked, offered in strangers:
        cosines = (asked.vectors @ offered.vectors.T).ravel()
        for name in (f"{asked.language}-{offered.language}", "any"):
            found[name].append(cosines)
    joined = {name: np.concatenate(parts).astype(np.float64) for name, parts in sorted(found.items())}
    return (
        {name: round(float(values.mean()), 4) for name, values in joined.items()},
        {name: round(float(values.std()), 4) for name, values in joined.items()},
    )


def by_chance(strangers: Sequence[Strangers], cover: Cover) -> float:
    """Return the chance that the best phrase of a CV of another field exceeds for `PARTLY_BY_CHANCE` of the demands."""
    best = [
        chance(cover.logits(asked.vectors @ offered.vectors.T, asked, offered).max(axis=1))
        for asked, offered in strangers
    ]
    return float(np.quantile(np.concatenate(best), 1 - PARTLY_BY_CHANCE))


def strangers_of(encoder: Encoder) -> list[Strangers]:
    """Every reference posting with every reference CV of another field."""
    postings = [(field_of(record.id), _phrases(record, encoder)) for record in reference_postings()]
    candidates = [(field_of(record.id), _phrases(record, encoder)) for record in reference_candidates()]
    return [
        (asked, offered)
        for (mine, asked), (theirs, offered) in product(postings, candidates)
        if mine != theirs and len(asked) and len(offered)
    ]


def _phrases(record: Candidate | Posting, encoder: Encoder) -> Phrases:
    [(passages, vectors)] = embed([record], encoder, known=uncached)
    return phrases_of(record, passages, vectors)


def field_of(id: str) -> str:
    """Return the field of a reference document: "ref-c07-da" and "ref-p07-en" are both "07"."""
    return id.split("-")[1][1:]


def _logistic(rows: NDArray[np.float64], target: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    """Weights and intercept of an L2-regularised logistic regression; what would weigh less than nothing is dropped."""
    from sklearn.linear_model import LogisticRegression

    free = np.ones(rows.shape[1], dtype=bool)
    while True:
        model = LogisticRegression(C=1.0, max_iter=1000).fit(rows[:, free], target)
        if (model.coef_[0] >= 0).all() or free.sum() == 1:
            break
        free[np.flatnonzero(free)[model.coef_[0].argmin()]] = False
    weights = np.zeros(rows.shape[1])
    weights[free] = np.maximum(model.coef_[0], 0.0)
    return weights, float(model.intercept_[0])


def _rows(pairs: Compared, cover: Cover) -> NDArray[np.float64]:
    means = np.array([cover.means[name] for name in pairs.languages()])
    deviations = np.array([cover.deviations[name] for name in pairs.languages()])
    near = (pairs.cosines - means) / deviations
    closeness = np.array([KIN_ORDER.index(name) for name in KINSHIP])[pairs.kin]
    at_least = [np.where(closeness >= place, pairs.sureness, 0.0) for place in range(1, len(KIN_ORDER))]
    return np.stack([near, *at_least], axis=1)


def _thresholds(found: NDArray[np.float64], wanted: NDArray[np.str_]) -> tuple[float, float]:
    options = [(float(c), float(p)) for c, p in product(GRID, GRID) if p < c]
    best = max(options, key=lambda option: _mean_f1(_said(found, *option), wanted))
    return round(best[0], 3), round(best[1], 3)


def _said(found: NDArray[np.float64], covered: float, partly: float) -> NDArray[np.str_]:
    return np.where(found >= covered, "covered", np.where(found >= partly, "partly", "missing"))


def _mean_f1(said: NDArray[np.str_], wanted: NDArray[np.str_]) -> float:
    scores = []
    for status in STATUSES:
        right = float(((said == status) & (wanted == status)).sum())
        scores.append(2 * right / max(float((said == status).sum() + (wanted == status).sum()), 1.0))
    return float(np.mean(scores))


def _precision(said: NDArray[np.str_], wanted: NDArray[np.str_], status: str) -> float:
    return float((wanted[said == status] == status).mean()) if (said == status).any() else float("nan")


def _auc(found: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(positive, found))
