"""Languages on one scale: what a posting needs, what a candidate speaks, and how far the one is from the other."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.records import LANGUAGES, Competence, Demand, Language
from matcher.speech import (
    ASKED,
    FARTHEST,
    LEVELS,
    NEED,
    NICE,
    SPOKEN,
    UNTOLD,
    WEIGHT,
    WORKING,
    WRITTEN,
    WRITTEN_LEAST,
    needed,
    shortfall,
    spoken,
    tongues,
)
from tests.engine.phrases import a_competence, a_demand

DANISH, ENGLISH, GERMAN, FRENCH = (f"{name}-language" for name in ("danish", "english", "german", "french"))
TONGUES = [DANISH, ENGLISH, GERMAN, FRENCH]

levels = st.sampled_from([None, *LEVELS])
tongue_ids = st.sampled_from([*TONGUES, "python"])
demands = st.lists(
    st.builds(
        lambda concept, level, strength: a_demand(concept=concept, level=level, strength=strength),
        tongue_ids,
        levels,
        st.sampled_from(["must", "nice"]),
    ),
    max_size=5,
)
competences = st.lists(
    st.builds(lambda concept, level: a_competence(concept=concept, level=level), tongue_ids, levels), max_size=5
)
languages = st.sampled_from(LANGUAGES)


def at(table: NDArray[np.float32], tongue: str) -> tuple[float, float]:
    """Level and weight of a language."""
    return float(table[NEED, tongues()[tongue]]), float(table[WEIGHT, tongues()[tongue]])


def short(asked: Sequence[Demand], told: Sequence[Competence], posting: Language = "da", cv: Language = "da") -> float:
    return float(shortfall(needed(posting, asked), spoken(cv, told)))


def test_the_languages_of_the_vocabulary_have_a_place_and_their_families_none() -> None:
    assert set(TONGUES) <= set(tongues())
    assert sorted(tongues().values()) == list(range(len(tongues())))
    assert all(id.endswith("-language") for id in tongues())


def test_levels_rise_from_a1_to_c2_and_words_stand_between_them() -> None:
    scale = [LEVELS[name] for name in ("A1", "A2", "B1", "B2", "C1", "C2")]

    assert scale == [1, 2, 3, 4, 5, 6]
    assert LEVELS["basic"] < LEVELS["good"] < LEVELS["professional"] < LEVELS["fluent"] < LEVELS["native"]


def test_a_posting_needs_what_it_asks_for_at_the_level_it_says() -> None:
    table = needed("da", [a_demand(concept=GERMAN, level="C1"), a_demand(concept=ENGLISH)])

    assert at(table, GERMAN) == (5, 1)
    assert at(table, ENGLISH) == (ASKED, 1)
    assert at(table, FRENCH) == (0, 0)


@pytest.mark.parametrize(("language", "own", "other"), [("da", DANISH, ENGLISH), ("en", ENGLISH, DANISH)])
def test_work_goes_on_in_the_language_that_it_is_advertised_in(language: Language, own: str, other: str) -> None:
    table = needed(language, [])

    assert at(table, own) == (WORKING, 1)
    assert at(table, other) == (0, 0)


def test_what_the_posting_says_of_its_own_language_goes_before_that() -> None:
    assert at(needed("da", [a_demand(concept=DANISH, level="C1")]), DANISH) == (5, 1)
    assert at(needed("da", [a_demand(concept=DANISH, level="A1")]), DANISH) == (1, 1)
    assert at(needed("da", [a_demand(concept=DANISH, strength="nice")]), DANISH) == (ASKED, NICE)


def test_a_posting_in_a_third_language_needs_nothing_it_does_not_ask_for() -> None:
    assert not needed("other", []).any()


def test_a_must_goes_before_what_is_nice_to_have_and_more_before_less() -> None:
    must, nice = a_demand(concept=GERMAN, level="B1"), a_demand(concept=GERMAN, level="C2", strength="nice")
    more = a_demand(concept=GERMAN, level="B2")

    for asked in ([must, nice], [nice, must]):
        assert at(needed("da", asked), GERMAN) == (3, 1)
    for asked in ([must, more], [more, must]):
        assert at(needed("da", asked), GERMAN) == (4, 1)


def test_a_candidate_speaks_what_the_cv_says_and_the_best_of_what_it_says_twice() -> None:
    twice = [a_competence(concept=GERMAN, level=level) for level in ("B1", "C1", None)]
    table = spoken("da", [*twice, a_competence(concept=FRENCH)])

    assert at(table, GERMAN) == (5, 0)
    assert at(table, FRENCH) == (SPOKEN, 0)


@pytest.mark.parametrize(("language", "own"), [("da", DANISH), ("en", ENGLISH)])
def test_who_writes_in_a_language_knows_it(language: Language, own: str) -> None:
    assert at(spoken(language, []), own)[0] == WRITTEN
    assert at(spoken(language, [a_competence(concept=own)]), own)[0] == WRITTEN
    assert at(spoken(language, [a_competence(concept=own, level="native")]), own)[0] == 6
    assert at(spoken(language, [a_competence(concept=own, level="A2")]), own)[0] == WRITTEN_LEAST


def test_of_what_is_not_told_some_english_and_hardly_any_danish_is_expected() -> None:
    assert at(spoken("da", []), ENGLISH)[0] == UNTOLD[ENGLISH] == 3.5
    assert at(spoken("en", []), DANISH)[0] == UNTOLD[DANISH] == 1
    assert at(spoken("other", []), DANISH)[0] == UNTOLD[DANISH]
    assert at(spoken("da", [a_competence(concept=ENGLISH, level="A1")]), ENGLISH)[0] == 1
    assert at(spoken("da", []), GERMAN)[0] == 0


def test_the_shortfall_is_the_levels_that_are_missing() -> None:
    assert short([a_demand(concept=GERMAN, level="C1")], [a_competence(concept=GERMAN, level="B1")]) == 2
    assert short([a_demand(concept=GERMAN, level="B1")], [a_competence(concept=GERMAN, level="C1")]) == 0
    assert short([], [], posting="da", cv="en") == WORKING - UNTOLD[DANISH]
    assert short([], [], posting="en", cv="da") == 0


def test_a_language_that_is_nice_to_have_weighs_less() -> None:
    must = short([a_demand(concept=GERMAN, level="B2")], [])

    assert must == 4
    assert short([a_demand(concept=GERMAN, level="B2", strength="nice")], []) == NICE * must


def test_what_is_missing_is_summed_over_languages_and_capped() -> None:
    two = [a_demand(concept=GERMAN, level="A2"), a_demand(concept=FRENCH, level="A1")]

    assert short(two, []) == 3
    assert short([a_demand(concept=tongue, level="C2") for tongue in TONGUES], [], cv="other") == FARTHEST


def test_what_is_no_language_changes_nothing() -> None:
    assert (needed("da", [a_demand(concept="python"), a_demand()]) == needed("da", [])).all()
    assert (spoken("da", [a_competence(concept="python"), a_competence()]) == spoken("da", [])).all()


@given(
    asked=st.lists(demands, min_size=1, max_size=4), told=st.lists(competences, min_size=1, max_size=4), own=languages
)
def test_a_pair_falls_short_the_same_from_either_side_bit_for_bit(
    asked: list[list[Demand]], told: list[list[Competence]], own: Language
) -> None:
    needs = np.stack([needed(own, one) for one in asked])
    speaks = np.stack([spoken(own, one) for one in told])

    for place, one in enumerate(needs):
        from_posting = shortfall(one, speaks)
        from_candidates = [shortfall(needs, each)[place] for each in speaks]
        assert from_posting.tolist() == from_candidates
        assert ((from_posting >= 0) & (from_posting <= FARTHEST)).all()


@given(asked=demands, told=competences, more=competences, posting=languages, cv=languages)
def test_who_tells_of_more_languages_the_cv_was_silent_on_falls_no_shorter(
    asked: list[Demand], told: list[Competence], more: list[Competence], posting: Language, cv: Language
) -> None:
    silent = {competence.concept for competence in told} | {DANISH, ENGLISH}
    new = [competence for competence in more if competence.concept not in silent]

    assert short(asked, [*told, *new], posting, cv) <= short(asked, told, posting, cv)
