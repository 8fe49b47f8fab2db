"""Whatever a record holds comes back as it was, and the digest changes with the content and with nothing else."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.errors import InvalidRecord
from matcher.ports import Store
from matcher.records import Candidate, Contact, Placement, Record, Section
from matcher.storage.rows import KINDS, digest_of, refuse_unstorable
from matcher.storage.tables import PLACEMENT, RECORD_TABLES
from tests.contracts.stores import SQL, an_empty_store
from tests.storage.examples import a_candidate, a_contact, a_placement, a_posting, an_employer
from tests.storage.strategies import contacts, records


@pytest.fixture(params=SQL, scope="module")
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with an_empty_store(request.param, tmp_path_factory.mktemp("home")) as empty:
        yield empty


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(st.tuples(records, contacts), max_size=5, unique_by=lambda row: (type(row[0]), row[0].id)))
def test_every_record_and_contact_survives_the_database(store: Store, rows: list[tuple[Record, Contact]]) -> None:
    store.save(rows)

    for record, contact in rows:
        kind = KINDS[type(record)]
        assert store.get(kind, record.id) == record
        assert store.contact(kind, record.id) == contact
        assert store.digests(kind)[record.id] == digest_of(record, contact)


@given(one=records, other=records, contact=contacts, another=contacts)
def test_digests_are_equal_only_for_equal_content(
    one: Record, other: Record, contact: Contact, another: Contact
) -> None:
    assert (digest_of(one, contact) == digest_of(other, another)) == ((one, contact) == (other, another))


@pytest.mark.parametrize(
    "record", [a_candidate(), a_posting(), an_employer()], ids=lambda record: type(record).__name__
)
def test_every_field_of_a_record_has_a_column(record: Record) -> None:
    columns = RECORD_TABLES[KINDS[type(record)]].columns.keys()

    assert set(columns) == {field.name for field in fields(record)} | {"digest"}


def test_every_field_of_a_placement_has_a_column() -> None:
    assert set(PLACEMENT.columns.keys()) == {field.name for field in fields(Placement)}


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "c2"},
        {"text": "Jeg løser opgaver med rør!"},
        {"language": "en"},
        {"sections": ()},
        {"sections": (Section(kind="profile", start=0, end=13, language="da"),)},
        {"programme": ""},
        {"finished": date(2024, 6, 29)},
        {"finished": None},
        {"max_km": 40},
        {"weeks_unemployed": 0},
    ],
    ids=str,
)
def test_the_digest_sees_every_change(changed: dict[str, object]) -> None:
    before = a_candidate()

    assert digest_of(replace(before, **changed), Contact()) != digest_of(before, Contact())  # type: ignore[arg-type]


def test_the_digest_does_not_depend_on_how_a_number_was_written() -> None:
    assert digest_of(a_candidate(max_km=40), Contact()) == digest_of(a_candidate(max_km=40.0), Contact())


def test_the_digest_tells_kinds_and_contacts_apart() -> None:
    assert digest_of(a_candidate("x"), a_contact()) != digest_of(a_candidate("x"), Contact())
    assert digest_of(a_candidate("x"), Contact(names=("1",))) != digest_of(a_candidate("x"), Contact(phones=("1",)))


def test_the_digest_stays_what_it_was_so_that_an_upgrade_makes_nothing_look_changed() -> None:
    plain = Candidate(id="c1", text="Jeg løser opgaver.", language="da")

    assert digest_of(plain, Contact()).hex() == "b84afed26756cf157caa005eff7b1b43a3f11ede0c7c3f0212beb7dac1398964"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (a_candidate(text="NUL \0 her"), "text"),
        (a_candidate(institution="halv \ud83d smiley"), "institution"),
        (a_candidate(max_km=float("nan")), "max_km"),
        (a_candidate(max_km=float("inf")), "max_km"),
        (a_candidate(weeks_unemployed=2**31), "weeks_unemployed"),
        (an_employer(hires=("fint", "\udcff")), "hires"),
        (a_contact(names=("\0",)), "names"),
        (a_placement(propensity=float("nan")), "propensity"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_a_database_would_not_give_back_is_refused(value: Record | Contact | Placement, field: str) -> None:
    with pytest.raises(InvalidRecord, match=field):
        refuse_unstorable(value)


def test_one_row_that_cannot_be_stored_keeps_the_others_out(store: Store) -> None:
    with pytest.raises(InvalidRecord, match="text"):
        store.save([(a_candidate("fine"), Contact()), (a_candidate("broken", text="\ud800"), Contact())])

    assert "fine" not in store.ids("candidate")
