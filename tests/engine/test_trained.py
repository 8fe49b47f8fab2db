"""The ranker of a home: used as it was stored, and refused where it no longer fits."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from matcher import assemble
from matcher.engine import Engine
from matcher.errors import StaleRanker
from matcher.features import FEATURES
from matcher.settings import Settings
from matcher.trained import CURVES, FOLDER, in_use, made_with, open_trained, remove_trained, save_trained
from models.artefacts import MANIFEST
from models.ranker import AdditiveRanker
from tests.known_answers import a_blind_ranker, trained_here


def wanted(engine: Engine) -> dict[str, str]:
    return made_with(engine.encoder, engine.cohort)


def test_a_home_that_never_trained_uses_the_shipped_ranker(engine: Engine) -> None:
    assert open_trained(engine.home, wanted(engine)) is None
    assert in_use(engine) is None


def test_a_stored_ranker_comes_back_as_it_was(engine: Engine) -> None:
    trained = trained_here(engine, engine.ranker, "p1", "p2", last="2026-03-01")
    save_trained(engine.home, trained)

    assert open_trained(engine.home, wanted(engine)) == trained


def test_the_engine_scores_with_it_and_says_so_in_its_model(engine: Engine, settings: Settings) -> None:
    save_trained(engine.home, trained_here(engine, a_blind_ranker(), "p1"))
    own = assemble.engine(settings)

    assert own.ranker == a_blind_ranker()
    assert own.model != engine.model
    assert "løn.jsonl" in own.prior.trained_on
    assert len({match.score for match in own.match_posting("p1")}) == 1
    assert in_use(own) is not None
    assert assemble.engine(settings, shipped=True).model == engine.model


def test_the_manifest_says_what_it_is_and_where_it_comes_from(engine: Engine) -> None:
    folder = save_trained(engine.home, trained_here(engine, engine.ranker, "p1", "p2", last="2026-03-01"))
    facts = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["body"]["facts"]

    assert set(facts) == {"features", "product", "made_with", "trained_on", "outcome", "measured"}
    assert facts["features"] == list(FEATURES)
    assert set(facts["made_with"]) == {"encoder", "cohort", "reading"}
    assert facts["trained_on"] == {
        "file": "løn.jsonl",
        "sha256": "0" * 64,
        "pairs": 7,
        "postings": 2,
        "period": ["2026-03-01", "2026-03-01"],
        "simulated": False,
    }
    assert facts["outcome"] == "grade>=2"
    assert facts["measured"]["low"] == 0.05


def test_a_new_one_takes_the_place_of_the_old(engine: Engine) -> None:
    save_trained(engine.home, trained_here(engine, engine.ranker, "p1"))
    save_trained(engine.home, trained_here(engine, a_blind_ranker(), "p2"))
    found = open_trained(engine.home, wanted(engine))

    assert found is not None
    assert (found.ranker, found.lessons.postings) == (a_blind_ranker(), ("p2",))


@pytest.mark.parametrize("part", ["encoder", "cohort", "reading"])
def test_features_made_with_something_else_refuse_it_by_name(engine: Engine, settings: Settings, part: str) -> None:
    trained = trained_here(engine, engine.ranker)
    save_trained(engine.home, replace(trained, made_with={**trained.made_with, part: "another"}))

    with pytest.raises(StaleRanker, match=f"Found: made with {part} another. Wanted: {part} ") as refused:
        assemble.engine(settings)
    assert "matcher train --reset" in refused.value.text("da")
    assert f"lavet med {part} another" in refused.value.text("da")


def test_other_features_refuse_it(engine: Engine, settings: Settings) -> None:
    other = AdditiveRanker(
        features=("age", *FEATURES[1:]), curves=a_blind_ranker().curves, intercept=a_blind_ranker().intercept
    )
    save_trained(engine.home, trained_here(engine, other))

    with pytest.raises(StaleRanker, match=r"Found: features age, .* Wanted: features dense, "):
        assemble.engine(settings)


def cut_short(folder: Path) -> None:
    (folder / CURVES).write_text("{", encoding="utf-8")


def without_manifest(folder: Path) -> None:
    (folder / MANIFEST).unlink()


@pytest.mark.parametrize("damage", [cut_short, without_manifest])
def test_a_damaged_one_refuses_and_says_how_to_go_on(engine: Engine, settings: Settings, damage: object) -> None:
    folder = save_trained(engine.home, trained_here(engine, engine.ranker))
    assert callable(damage)
    damage(folder)

    with pytest.raises(StaleRanker, match="files that are damaged") as refused:
        assemble.engine(settings)
    assert "beskadiget" in refused.value.text("da")
    assert in_use(assemble.engine(settings, shipped=True)) is None


def test_removing_goes_back_to_the_shipped_one(engine: Engine, settings: Settings) -> None:
    save_trained(engine.home, trained_here(engine, a_blind_ranker()))

    assert remove_trained(engine.home)
    assert not (engine.home / FOLDER).exists()
    assert not remove_trained(engine.home)
    assert assemble.engine(settings).model == engine.model
