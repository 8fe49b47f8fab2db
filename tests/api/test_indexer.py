"""Bulk ingest beside readers: lists go on from what was read so far, and hold the rest once it is read."""

import threading
from collections.abc import Iterator

import pytest

from api.indexer import Indexer
from matcher import assemble
from matcher.engine import PATIENCE, Engine
from matcher.settings import Settings
from tests.builders import a_candidate, a_posting, bare

MANY = PATIENCE + 5


@pytest.fixture
def engine(settings: Settings) -> Engine:
    made = assemble.engine(settings)
    made.store.save(bare(a_candidate("first"), a_posting("job")))
    made.refresh()
    return made


@pytest.fixture
def indexer(engine: Engine) -> Iterator[Indexer]:
    made = Indexer(engine)
    made.start()
    yield made
    made.close()


def listed(engine: Engine) -> set[str]:
    return {match.candidate for match in engine.match_posting("job", limit=100)}


def pour_in(engine: Engine) -> None:
    engine.store.save(bare(*(a_candidate(f"new{number:03}") for number in range(MANY))))


def test_a_reader_does_not_wait_for_a_bulk(engine: Engine) -> None:
    asked = threading.Event()
    engine.behind = asked.set
    pour_in(engine)

    assert listed(engine) == {"first"}
    assert asked.is_set()
    assert engine.waiting() == MANY


def test_a_few_are_read_at_once(engine: Engine) -> None:
    engine.behind = lambda: pytest.fail("a few records are no bulk")
    engine.store.save(bare(a_candidate("second")))

    assert listed(engine) == {"first", "second"}


def test_a_candidate_whose_cv_changed_is_on_no_list_until_it_is_read(engine: Engine) -> None:
    engine.behind = lambda: None
    pour_in(engine)
    engine.store.save(bare(a_candidate("first", "Sygeplejerske med erfaring fra hjemmeplejen og akutafdelingen.")))

    assert listed(engine) == set()


def test_a_new_posting_has_a_list_before_the_bulk_is_read(engine: Engine) -> None:
    engine.behind = lambda: None
    pour_in(engine)
    engine.store.save(bare(a_posting("brand-new")))

    [match] = engine.match_posting("brand-new")

    assert match.candidate == "first"
    assert match.score == engine.match_posting("job")[0].score
    assert any(reason.candidate_evidence for reason in match.demands)


def test_what_was_poured_in_is_read_behind_the_readers_back(engine: Engine, indexer: Indexer) -> None:
    pour_in(engine)
    indexer.wake()
    for _ in range(600):
        if not engine.waiting():
            break
        threading.Event().wait(0.1)

    assert len(listed(engine)) == MANY + 1


def test_it_ends_when_it_is_told_to_and_readers_read_for_themselves_again(engine: Engine) -> None:
    indexer = Indexer(engine)
    indexer.start()
    indexer.close()
    pour_in(engine)

    assert len(listed(engine)) == MANY + 1
