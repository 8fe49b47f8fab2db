"""The swap test: identity moves no score, and a leak would be found."""

from random import Random

import pytest

from eval.sample import read_sample
from eval.swap import compose, swap_test
from eval.swap_people import Layout, draw_layout, draw_person
from matcher import assemble
from matcher.engine import Engine
from matcher.errors import NothingToMatch
from matcher.settings import Settings
from tests.builders import DANISH_NURSE_CV, NURSE_CV, WELDER_CV, a_candidate, a_posting, bare, health_posting


@pytest.fixture
def engine(settings: Settings) -> Engine:
    made = assemble.engine(settings)
    people = (a_candidate("c1", WELDER_CV), a_candidate("c2", NURSE_CV), a_candidate("c3", DANISH_NURSE_CV))
    made.store.save(bare(*people, a_posting(), health_posting()))
    made.refresh()
    return made


def test_twenty_exchanged_identities_leave_every_score_identical_bit_for_bit(engine: Engine) -> None:
    report = swap_test(engine, variants=20)

    assert [found.traces for found in report.differences] == []
    assert (report.variants, report.identical, report.postings) == (20, 20, 2)


def test_a_leak_is_found_and_told_with_feature_posting_and_what_was_left(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Layout(header=("{name}",), prose=("Min yndlingsby er {city}.",), place=0.0, field=False)
    monkeypatch.setattr("eval.swap.draw_layout", lambda *_: told)
    report = swap_test(engine, variants=4)

    assert report.identical < 4
    for found in report.differences:
        assert found.feature in engine.ranker.features
        assert found.values[0] != found.values[1]
        assert all("yndlingsby" in line for trace in found.traces for line in trace)


def test_the_same_seed_draws_the_same_people() -> None:
    one, other = Random(3), Random(3)

    assert draw_person(one, "da") == draw_person(other, "da")
    assert draw_layout(one, "en") == draw_layout(other, "en")


def test_a_composed_cv_tells_who_somebody_is_above_the_text_and_inside_it() -> None:
    person = draw_person(Random(1), "da")
    layout = Layout(header=("{name}",), prose=("Jeg er {age} år.",), place=0.0, field=False)

    text = compose("Ring ████ nu. Jeg svejser.", layout, person)

    assert text == f"{person.name}\n\nRing  nu. Jeg er {person.words['age']} år. Jeg svejser."


def test_an_empty_home_is_refused(settings: Settings) -> None:
    made = assemble.engine(settings)
    made.refresh()

    with pytest.raises(NothingToMatch):
        swap_test(made, variants=1)


@pytest.mark.slow
def test_five_hundred_exchanged_identities_in_the_sample_leave_every_score_identical(settings: Settings) -> None:
    made = assemble.engine(settings)
    read_sample(made.store)
    made.refresh()

    report = swap_test(made, variants=500, seed=1)

    assert [(found.people, found.traces) for found in report.differences] == []


@pytest.mark.slow
@pytest.mark.model
def test_with_the_packaged_encoder_too(settings: Settings, shared_models: object) -> None:
    chosen = settings.model_copy(update={"encoder": Settings.model_fields["encoder"].default, "models": shared_models})
    made = assemble.engine(chosen)
    made.store.save(bare(a_candidate("c1", WELDER_CV), a_candidate("c2", NURSE_CV), a_posting(), health_posting()))
    made.refresh()

    assert swap_test(made, variants=8).identical == 8
