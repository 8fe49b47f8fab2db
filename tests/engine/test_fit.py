"""What makes a candidate fit a posting: a pair's own phrases, and nothing else."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import bundles
from index.bundles import Bundles
from matcher.competences.concepts import concepts_by_id
from matcher.fit import (
    HOBBY,
    LEAST_TELLING,
    NICE,
    WEIGHT,
    Cover,
    Phrases,
    chance,
    concept_places,
    figures,
    fit_of_candidates,
    fit_of_postings,
    kinship,
    telling,
)
from matcher.records import LANGUAGES, Competence, Demand, Language
from models.grid import snap
from tests.engine.phrases import COVER, DIMENSION, a_competence, a_demand, directions, phrases, pooled

NARROW, BROAD = next((concept.id, concept.broader) for concept in concepts_by_id().values() if concept.broader)
CONCEPTS = [None, NARROW, BROAD, "python", "excel"]
LINES = directions(4)


def fit(posting: Phrases, candidate: Phrases, cover: Cover = COVER) -> float:
    pool, languages, ids = pooled({"c": candidate})
    return float(fit_of_candidates(posting, pool, languages, ids, cover)[0])


def one(demand: Demand, competence: Competence, *, near: bool = True) -> float:
    """The fit of a single demand and a single competence, near each other or at right angles."""
    return fit(phrases([demand], LINES[:1]), phrases([competence], LINES[:1] if near else LINES[1:2]))


def rounded(value: float) -> object:
    """Whatever equals `value` on the grid of the chances."""
    return pytest.approx(value, abs=2**-16)


def some_phrases(count: int, seed: int, *, demands: bool, language: Language = "da") -> Phrases:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(count, DIMENSION))
    spans: list[Demand | Competence] = []
    for _ in range(count):
        common = {
            "concept": CONCEPTS[int(random.integers(len(CONCEPTS)))],
            "confidence": round(float(random.uniform(0.3, 1)), 2),
            "sureness": None if random.random() < 0.5 else round(float(random.random()), 3),
        }
        if demands:
            spans.append(a_demand(strength=("must", "nice")[int(random.integers(2))], **common))
        else:
            spans.append(a_competence(source=("job", "hobby")[int(random.integers(2))], **common))
    vectors = snap(rows / np.linalg.norm(rows, axis=1, keepdims=True)) if count else np.zeros((0, DIMENSION))
    return phrases(spans, vectors.astype(np.float32), language)


def test_the_chance_is_a_logistic_function_of_standardised_nearness() -> None:
    assert one(a_demand(), a_competence()) == rounded(1 / (1 + exp(-((1 - 0.3) / 0.1 - 3))))
    assert one(a_demand(), a_competence(), near=False) == rounded(1 / (1 + exp(0.3 / 0.1 + 3)))


def test_nearness_is_standardised_for_the_pair_of_languages_where_that_is_known() -> None:
    cover = replace(COVER, means={"any": 0.3, "da-en": 0.8}, deviations={"any": 0.1, "da-en": 0.2})
    danish = phrases([a_demand()], LINES[:1])
    english = phrases([a_competence()], LINES[:1], "en")

    assert fit(danish, english, cover) == rounded(1 / (1 + exp(-((1 - 0.8) / 0.2 - 3))))
    assert fit(phrases([a_demand()], LINES[:1], "en"), english, cover) == fit(danish, english)


def test_the_same_concept_is_worth_more_than_a_narrower_one_and_that_more_than_a_broader_one() -> None:
    same = one(a_demand(concept=NARROW), a_competence(concept=NARROW), near=False)
    narrower = one(a_demand(concept=BROAD), a_competence(concept=NARROW), near=False)
    broader = one(a_demand(concept=NARROW), a_competence(concept=BROAD), near=False)
    none = one(a_demand(concept="python"), a_competence(concept="excel"), near=False)

    assert same > narrower > broader > none
    assert same == rounded(1 / (1 + exp(0.3 / 0.1 + 3 - COVER.same)))
    assert none == one(a_demand(), a_competence(), near=False)


def test_two_phrases_without_a_concept_are_not_taken_for_the_same() -> None:
    assert one(a_demand(), a_competence(), near=False) < one(
        a_demand(concept="python"), a_competence(concept="python"), near=False
    )


def test_a_concept_that_is_unsure_is_worth_less() -> None:
    sure = one(a_demand(concept="python"), a_competence(concept="python"), near=False)
    unsure = one(a_demand(concept="python", sureness=0.6), a_competence(concept="python", sureness=0.9), near=False)

    assert unsure < sure
    assert unsure == rounded(1 / (1 + exp(0.3 / 0.1 + 3 - 0.6 * COVER.same)))


def test_what_only_a_programme_implies_or_spare_time_shows_counts_less() -> None:
    said = one(a_demand(concept="python"), a_competence(concept="python"), near=False)
    implied = one(a_demand(concept="python"), a_competence(concept="python", confidence=0.5, programme="x"), near=False)
    hobby = one(a_demand(concept="python"), a_competence(concept="python", source="hobby"), near=False)

    assert implied < hobby < said
    assert implied == rounded(1 / (1 + exp(0.3 / 0.1 + 3 - COVER.same + 0.5 * COVER.doubt)))
    assert hobby == rounded(1 / (1 + exp(0.3 / 0.1 + 3 - COVER.same + (1 - HOBBY) * COVER.doubt)))


def test_an_implied_competence_does_not_lower_what_the_cv_says_itself() -> None:
    demand = phrases([a_demand()], LINES[:1])
    said = phrases([a_competence()], LINES[:1])
    both = phrases([a_competence(), a_competence(confidence=0.3, programme="x")], LINES[[0, 0]])

    assert fit(demand, both) == fit(demand, said)


def test_what_is_nice_to_have_weighs_less_than_what_is_a_must() -> None:
    demands = [a_demand(strength="must"), a_demand(strength="nice")]
    asked = phrases(demands, LINES[:2])
    only_must = fit(asked, phrases([a_competence()], LINES[:1]))
    only_nice = fit(asked, phrases([a_competence()], LINES[1:2]))
    met, unmet = one(a_demand(), a_competence()), one(a_demand(), a_competence(), near=False)

    assert only_must > only_nice
    assert only_must == rounded((met + NICE * unmet) / (1 + NICE))
    assert only_nice == rounded((unmet + NICE * met) / (1 + NICE))


def test_a_demand_that_was_read_without_certainty_weighs_less() -> None:
    demands = [a_demand(confidence=0.9), a_demand(confidence=0.3)]
    asked = phrases(demands, LINES[:2])

    assert fit(asked, phrases([a_competence()], LINES[:1])) > fit(asked, phrases([a_competence()], LINES[1:2]))


def test_without_demands_or_competences_there_is_no_fit() -> None:
    nothing = phrases([], np.zeros((0, DIMENSION), dtype=np.float32))
    something = phrases([a_demand()], LINES[:1])

    assert fit(nothing, phrases([a_competence()], LINES[:1])) == 0
    assert fit(something, nothing) == 0
    pool, languages, ids = pooled({"p": something, "empty": nothing})
    assert fit_of_postings(nothing, pool, languages, ids, COVER).tolist() == [0, 0]
    assert fit_of_postings(phrases([a_competence()], LINES[:1]), pool, languages, ids, COVER)[1] == 0


def test_a_document_whose_rows_have_no_width_has_no_fit_either() -> None:
    nothing = Phrases("da", np.zeros((0, 0), dtype=np.float32), figures([]))
    pool, languages, ids = pooled({"c": phrases([a_competence()], LINES[:1])})

    assert fit_of_candidates(nothing, pool, languages, ids, COVER).tolist() == [0]
    assert fit_of_postings(nothing, pool, languages, ids, COVER).tolist() == [0]


def test_nobody_asked_for_is_nobody_compared() -> None:
    pool, _, _ = pooled({"c": phrases([a_competence()], LINES[:1])})
    none: NDArray[np.int64] = np.zeros(0, dtype=np.int64)

    assert fit_of_candidates(phrases([a_demand()], LINES[:1]), pool, none, [], COVER).shape == (0,)


@given(
    seeds=st.tuples(st.integers(0, 999), st.integers(0, 999)),
    counts=st.tuples(st.integers(1, 20), st.integers(1, 9)),
    languages=st.tuples(st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES)),
)
def test_a_pair_has_the_same_fit_from_either_side_bit_for_bit(
    seeds: tuple[int, int], counts: tuple[int, int], languages: tuple[Language, Language]
) -> None:
    posting = some_phrases(counts[0], seeds[0], demands=True, language=languages[0])
    candidate = some_phrases(counts[1], seeds[1], demands=False, language=languages[1])
    cover = replace(COVER, means={"any": 0.3, "da-en": 0.21}, deviations={"any": 0.1, "da-en": 0.07})
    candidates, postings = pooled({"c": candidate}), pooled({"p": posting})

    from_posting = fit_of_candidates(posting, *candidates, cover)
    from_candidate = fit_of_postings(candidate, *postings, cover)

    assert from_posting.tobytes() == from_candidate.tobytes()
    assert 0 <= from_posting[0] <= 1


@pytest.mark.parametrize("block", [3, 4096])
def test_a_fit_depends_neither_on_the_pool_nor_on_how_it_is_read(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "BLOCK", block)
    candidates = {
        f"c{n}": some_phrases(n % 6, n, demands=False, language=LANGUAGES[n % len(LANGUAGES)]) for n in range(40)
    }
    postings = {
        f"p{n}": some_phrases(7 * n % 60, 100 + n, demands=True, language=LANGUAGES[n % len(LANGUAGES)])
        for n in range(12)
    }
    alone = {
        (p, c): fit_of_candidates(posting, *pooled({c: candidate}), COVER)[0]
        for p, posting in postings.items()
        for c, candidate in candidates.items()
    }

    for p, posting in postings.items():
        found = fit_of_candidates(posting, *pooled(candidates), COVER)
        assert found.tolist() == [alone[p, c] for c in candidates]
    for c, candidate in candidates.items():
        found = fit_of_postings(candidate, *pooled(postings), COVER)
        assert found.tolist() == [alone[p, c] for p in postings]


def test_ids_may_be_asked_for_in_any_order() -> None:
    posting = some_phrases(4, 1, demands=True)
    pool, languages, ids = pooled({f"c{n}": some_phrases(3, n, demands=False) for n in range(9)})
    forwards = fit_of_candidates(posting, pool, languages, ids, COVER)

    assert fit_of_candidates(posting, pool, languages[::-1], ids[::-1], COVER).tolist() == forwards[::-1].tolist()


@given(seed=st.integers(0, 9999), demands=st.integers(1, 6), competences=st.integers(1, 6), more=st.integers(1, 4))
def test_one_who_can_more_never_fits_less(seed: int, demands: int, competences: int, more: int) -> None:
    posting = some_phrases(demands, seed, demands=True)
    few = some_phrases(competences, seed + 1, demands=False)
    extra = some_phrases(more, seed + 2, demands=False)
    many = Phrases("da", np.concatenate([few.vectors, extra.vectors]), np.concatenate([few.figures, extra.figures]))

    assert fit(posting, many) >= fit(posting, few)


def test_kinship_reaches_over_several_steps_and_has_no_place_for_what_is_unknown() -> None:
    table, place = kinship(), concept_places()
    by_id = concepts_by_id()
    chain = next(
        (concept.id, by_id[concept.broader].broader)
        for concept in by_id.values()
        if concept.broader and by_id[concept.broader].broader
    )
    low, high = place[chain[0]], place[str(chain[1])]

    assert table[high, low] == 2
    assert table[low, high] == 3
    assert not table[-1].any()
    assert not table[:, -1].any()
    assert (np.diag(table)[:-1] == 1).all()


def test_figures_say_concept_sureness_and_weight() -> None:
    spans: list[Demand | Competence] = [
        a_demand(concept="python", confidence=0.5, strength="nice"),
        a_demand(concept="no-such-concept"),
        a_competence(concept="python", sureness=0.75, confidence=0.5, source="hobby"),
    ]

    found = figures(spans)

    assert found.dtype == np.float32
    assert found.tolist() == [
        [concept_places()["python"], 1.0, np.float32(0.5 * NICE)],
        [-1, 1.0, 1.0],
        [concept_places()["python"], 0.75, np.float32(0.5 * HOBBY)],
    ]
    assert figures([]).shape == (0, 3)


def test_chance_is_a_half_at_nothing_and_stays_within_its_bounds() -> None:
    found = chance(np.array([-700.0, -1.0, 0.0, 1.0, 700.0]))

    assert found[2] == 0.5
    assert found[1] + found[3] == pytest.approx(1)
    assert ((found >= 0) & (found <= 1)).all()


def references(*offers: tuple[Language, list[int]]) -> tuple[Bundles, NDArray[np.int64], list[str]]:
    """Unrelated CVs, each with a competence in each of these directions."""
    return pooled(
        {f"r{n}": phrases([a_competence()] * len(of), LINES[of], language) for n, (language, of) in enumerate(offers)}
    )


def weights(told: Phrases) -> list[float]:
    return [float(weight) for weight in told.figures[:, WEIGHT]]


def test_what_every_reference_covers_weighs_less_than_what_hardly_any_does() -> None:
    asked = phrases([a_demand(), a_demand(), a_demand()], LINES[:3])
    common, some, rare = weights(telling(asked, *references(("da", [0, 1]), ("en", [0]), ("da", [0])), COVER))
    met, unmet = one(a_demand(), a_competence()), one(a_demand(), a_competence(), near=False)

    assert common < some < rare
    assert common == rounded(max(1 - met, LEAST_TELLING))
    assert some == rounded(1 - (met + 2 * unmet) / 3)
    assert rare == rounded(1 - unmet)


def test_a_demand_never_weighs_less_than_the_least_share_of_what_it_weighed() -> None:
    sure = replace(COVER, intercept=50.0)
    asked = phrases([a_demand(), a_demand(strength="nice"), a_demand(confidence=0.5)], LINES[:3])
    found = telling(asked, *references(("da", [0, 1, 2]), ("en", [0, 1, 2])), sure)

    assert weights(found) == pytest.approx([LEAST_TELLING, LEAST_TELLING * NICE, LEAST_TELLING * 0.5])


@given(seed=st.integers(0, 999), count=st.integers(1, 8))
def test_telling_changes_weights_only_and_keeps_them_within_their_bounds(seed: int, count: int) -> None:
    asked = some_phrases(count, seed, demands=True)
    pool = pooled({f"r{n}": some_phrases(n % 4 + 1, seed + n, demands=False) for n in range(7)})
    found = telling(asked, *pool, COVER)

    assert (found.vectors == asked.vectors).all()
    assert (found.figures[:, :WEIGHT] == asked.figures[:, :WEIGHT]).all()
    share = found.figures[:, WEIGHT] / asked.figures[:, WEIGHT]
    assert ((share >= LEAST_TELLING - 1e-6) & (share <= 1)).all()


def test_how_telling_a_demand_is_depends_on_the_references_and_on_nobody_who_is_matched() -> None:
    asked, lone = some_phrases(6, 1, demands=True), some_phrases(6, 1, demands=True)
    pool, languages, ids = pooled({f"r{n}": some_phrases(n % 5 + 1, n, demands=False) for n in range(20)})
    told = telling(asked, pool, languages, ids, COVER)
    first = Phrases("da", lone.vectors[:1], lone.figures[:1])
    candidates = {f"c{n}": some_phrases(3, 50 + n, demands=False) for n in range(9)}

    assert weights(telling(first, pool, languages, ids, COVER)) == weights(told)[:1]
    assert weights(telling(asked, pool, languages[::-1], ids[::-1], COVER)) == pytest.approx(weights(told))
    together = fit_of_candidates(told, *pooled(candidates), COVER)
    assert together.tolist() == [fit(told, candidate) for candidate in candidates.values()]
    assert weights(asked) == weights(lone)


def test_without_demands_or_references_nothing_is_reweighed() -> None:
    nothing = phrases([], np.zeros((0, DIMENSION), dtype=np.float32))
    asked = phrases([a_demand()], LINES[:1])
    pool, languages, _ = references(("da", [0]))

    assert telling(nothing, pool, languages, ["r0"], COVER) is nothing
    assert telling(asked, pool, languages[:0], [], COVER) is asked


def test_who_meets_the_rare_demand_fits_better_than_who_meets_the_common_one() -> None:
    told = telling(phrases([a_demand(), a_demand()], LINES[:2]), *references(("da", [0]), ("da", [0])), COVER)

    assert fit(told, phrases([a_competence()], LINES[1:2])) > 5 * fit(told, phrases([a_competence()], LINES[:1]))
