"""What a passage was read as comes back as it was, field by field."""

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.ports import Passage, Store
from matcher.records import Competence, Contact, Demand
from matcher.storage.spans import span_of, span_text
from tests.contracts.stores import SQL, an_empty_store
from tests.storage.examples import ENCODER, a_candidate, a_passage, a_vector
from tests.storage.strategies import competences, demands

COMPETENCE = Competence(
    label="etnografi",
    evidence="Cand.scient. i teknoantropologi",
    start=11,
    end=42,
    confidence=0.8,
    concept="ethnography",
    uri="http://data.europa.eu/esco/skill/bc54eee1",
    kind="method",
    level="master",
    years=2.5,
    sureness=0.61,
    by_person="confirmed",
    source="education",
    last_year=2024,
    programme="msc-techno-anthropology",
)
DEMAND = Demand(
    label="engelsk i tale og skrift",
    evidence="engelsk i\ntale  og skrift 😀",
    start=0,
    end=27,
    confidence=0.95,
    concept="english-language",
    uri="http://data.europa.eu/esco/skill/6d3edede",
    kind="language",
    level="C1",
    years=1.0,
    sureness=0.5,
    by_person="strength",
    strength="nice",
)


@pytest.fixture(params=SQL, scope="module")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with an_empty_store(request.param, tmp_path_factory.mktemp("home")) as empty:
        empty.save([(a_candidate(), Contact())])
        yield empty


def stored(store: Store, passages: list[Passage]) -> list[Passage]:
    store.save_passages(
        "candidate",
        "c1",
        digest=store.digests("candidate")["c1"],
        encoder=ENCODER,
        passages=passages,
        vectors={b"a": a_vector(1)},
    )
    return store.passages("candidate", "c1")


@pytest.mark.parametrize("full", [COMPETENCE, DEMAND], ids=["competence", "demand"])
def test_the_examples_fill_every_field_with_what_is_no_default(full: Competence | Demand) -> None:
    """So that a field that is added later is missed here before it is missed in a database."""
    assert [field.name for field in fields(full) if getattr(full, field.name) == field.default] == []


@pytest.mark.parametrize("full", [COMPETENCE, DEMAND], ids=["competence", "demand"])
def test_every_field_survives_the_database(full: Competence | Demand, store: Store) -> None:
    optional = [field.name for field in fields(full) if field.default is None]
    spans = [full, *(replace(full, **{name: None}) for name in optional)]  # type: ignore[arg-type]
    passages = [a_passage(b"a", unit="phrase", span=span) for span in spans]

    assert stored(store, passages) == passages


def test_a_passage_without_a_span_has_none_and_units_are_kept(store: Store) -> None:
    passages = [
        a_passage(b"a"),
        a_passage(b"a", unit="phrase", span=DEMAND),
        a_passage(b"a", unit="implied", start=0, end=0, span=COMPETENCE),
    ]

    assert stored(store, passages) == passages
    assert list(store.all_passages("candidate", ["implied"])) == [("c1", passages[2:])]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(spans=st.lists(competences | demands | st.none(), min_size=1, max_size=5))
def test_whatever_was_read_survives_the_database(store: Store, spans: list[Competence | Demand | None]) -> None:
    passages = [a_passage(b"a", unit="phrase", span=span) for span in spans]

    assert stored(store, passages) == passages


@given(span=competences | demands)
def test_a_span_is_kept_as_the_kind_it_was(span: Competence | Demand) -> None:
    found = span_of(span_text(span))

    assert found == span
    assert type(found) is type(span)


def test_nothing_is_written_for_what_is_empty() -> None:
    text = span_text(Demand(label="SQL", evidence="SQL", start=0, end=3))

    assert text == '{"as": "demand", "label": "SQL", "evidence": "SQL", "start": 0, "end": 3, "strength": "must"}'
    assert span_text(None) is None
    assert span_of(None) is None
