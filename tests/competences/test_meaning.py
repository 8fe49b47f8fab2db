"""Phrases that name no concept get the one they mean, if that is sure enough and the encoder was taught it."""

import numpy as np
import pytest

from matcher.competences.meaning import linked
from matcher.ports import Passage
from matcher.records import Competence, Demand
from models.adapter import Adapter
from models.hashing import HashingEncoder
from models.prototypes import Prototypes
from tests.competences.linkers import calibrated

NAMES = ("python", "ethnography")
ROWS = np.eye(3, 8, dtype=np.float32)
VECTORS = {b"python": ROWS[0], b"ethnography": ROWS[1], b"nothing": ROWS[2]}


class TaughtEncoder(HashingEncoder):
    """Has an adapter; what it says is of no matter here."""

    adapter = Adapter(  # type: ignore[assignment]
        checksum="0" * 64,
        deltas={},
        mean=np.zeros(8),
        heads={},
        prototypes=Prototypes(checksum="made up", names=NAMES, rows=ROWS[:2]),
    )


@pytest.fixture(autouse=True)
def _trained(monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch)


def a_demand(key: bytes, concept: str | None = None) -> Passage:
    span = Demand(label="x", evidence="x", start=3, end=9, concept=concept)
    return Passage(unit="phrase", start=3, end=9, key=key, span=span)


def test_a_phrase_without_a_concept_gets_the_one_it_means() -> None:
    [passage] = linked([a_demand(b"ethnography")], VECTORS, TaughtEncoder())

    assert passage.span is not None
    assert passage.span.concept == "ethnography"
    assert passage.span.sureness is not None
    assert 0.5 <= passage.span.sureness <= 1
    assert (passage.start, passage.end, passage.key, passage.span.label) == (3, 9, b"ethnography", "x")


def test_a_phrase_that_means_nothing_known_is_left_as_it_was() -> None:
    before = a_demand(b"nothing")

    assert linked([before], VECTORS, TaughtEncoder()) == [before]


def test_a_concept_that_the_words_name_is_never_changed() -> None:
    before = a_demand(b"ethnography", concept="python")

    assert linked([before], VECTORS, TaughtEncoder()) == [before]


def test_chunks_and_titles_are_passed_on_in_their_place() -> None:
    chunk = Passage(unit="chunk", start=0, end=9, key=b"nothing")
    span = Competence(label="x", evidence="x", start=0, end=1, source="job", last_year=2020)
    competence = Passage(unit="phrase", start=0, end=1, key=b"python", span=span)
    found = linked([chunk, competence, chunk], VECTORS, TaughtEncoder())

    assert found[0] == found[2] == chunk
    assert isinstance(found[1].span, Competence)
    assert (found[1].span.concept, found[1].span.source, found[1].span.last_year) == ("python", "job", 2020)


def test_an_encoder_without_an_adapter_links_nothing() -> None:
    before = [a_demand(b"ethnography"), a_demand(b"python")]

    assert linked(before, VECTORS, HashingEncoder()) == before


def test_no_passages_are_no_work() -> None:
    assert linked([], {}, TaughtEncoder()) == []
