"""What every Store promises of records, contacts and placements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher.errors import InvalidRecord, UnknownId
from matcher.ports import Store
from matcher.records import Contact, Kind, Record
from tests.contracts.stores import HOLDING_RECORDS, an_empty_store
from tests.storage.examples import a_candidate, a_contact, a_placement, a_posting, an_employer


@pytest.fixture(params=HOLDING_RECORDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with an_empty_store(request.param, tmp_path) as empty:
        yield empty


@pytest.mark.parametrize(
    ("kind", "record"), [("candidate", a_candidate()), ("posting", a_posting()), ("employer", an_employer())]
)
def test_a_saved_record_and_its_contact_come_back_as_they_were(store: Store, kind: Kind, record: Record) -> None:
    assert store.save([(record, a_contact())]) == ["read"]

    assert store.get(kind, record.id) == record
    assert store.contact(kind, record.id) == a_contact()


def test_a_record_without_contact_has_an_empty_one(store: Store) -> None:
    store.save([(a_candidate(), Contact())])

    assert store.contact("candidate", "c1") == Contact()
    assert store.contact("candidate", "nobody") == Contact()


def test_the_same_again_is_no_work(store: Store) -> None:
    store.save([(a_candidate(), a_contact())])
    before = store.generation(), store.digests("candidate")

    assert store.save([(a_candidate(), a_contact())]) == ["unchanged"]
    assert (store.generation(), store.digests("candidate")) == before


@pytest.mark.parametrize(
    ("record", "contact"),
    [
        (a_candidate(text="En anden tekst."), a_contact()),
        (a_candidate(municipality="Aalborg"), a_contact()),
        (a_candidate(), a_contact(phones=("12 34 56 78",))),
        (a_candidate(), Contact()),
    ],
)
def test_changed_content_is_an_update_with_another_digest(store: Store, record: Record, contact: Contact) -> None:
    store.save([(a_candidate(), a_contact())])
    before, digest = store.generation(), store.digests("candidate")["c1"]

    assert store.save([(record, contact)]) == ["updated"]
    assert store.get("candidate", "c1") == record
    assert store.contact("candidate", "c1") == contact
    assert store.digests("candidate")["c1"] != digest
    assert store.generation() == before + 1


def test_one_answer_a_row_in_order_and_the_generation_grows_once(store: Store) -> None:
    store.save([(a_candidate("c1"), Contact()), (a_posting("p1"), Contact())])
    before = store.generation()

    changes = store.save(
        [
            (a_posting("p1", title="Geolog"), Contact()),
            (a_candidate("c2"), Contact()),
            (a_candidate("c1"), Contact()),
            (an_employer("e1"), a_contact()),
        ]
    )

    assert changes == ["updated", "read", "unchanged", "read"]
    assert store.generation() == before + 1


def test_of_an_id_that_comes_twice_the_last_one_counts(store: Store) -> None:
    first, second = a_candidate(text="Det første."), a_candidate(text="Det andet.")

    assert store.save([(first, a_contact()), (second, Contact()), (second, Contact())]) == [
        "read",
        "updated",
        "unchanged",
    ]
    assert store.get("candidate", "c1") == second
    assert store.contact("candidate", "c1") == Contact()


def test_nothing_is_kept_of_rows_that_break_off(store: Store) -> None:
    def rows() -> Iterator[tuple[Record, Contact]]:
        yield a_candidate("c1"), a_contact()
        raise InvalidRecord(record="Candidate", field="text")

    with pytest.raises(InvalidRecord):
        store.save(rows())

    assert store.ids("candidate") == []
    assert store.contact("candidate", "c1") == Contact()
    assert store.generation() == 0


def test_saving_nothing_changes_nothing(store: Store) -> None:
    assert store.save([]) == []
    assert store.generation() == 0


def test_records_come_in_the_order_of_their_ids_by_code_point(store: Store) -> None:
    ids = ["Å", "a", "B", "é", "æ", "10", "9", "a-1", "a 1", "😀", "ﷺ"]
    store.save([(a_candidate(id), Contact()) for id in ids])

    assert list(store.ids("candidate")) == sorted(ids)
    assert [record.id for record in store.records("candidate")] == sorted(ids)
    assert list(store.digests("candidate")) == sorted(ids)


def test_many_records_are_streamed_once_each(store: Store) -> None:
    ids = [f"p{number}" for number in range(1203)]

    assert store.save((a_posting(id), Contact()) for id in ids) == ["read"] * 1203
    assert [record.id for record in store.records("posting")] == sorted(ids)
    assert store.count("posting") == 1203


def test_records_can_be_deleted_while_they_are_read(store: Store) -> None:
    store.save([(a_candidate(f"c{number}"), a_contact()) for number in range(5)])

    for record in store.records("candidate"):
        store.delete("candidate", record.id)

    assert store.count("candidate") == 0


def test_a_candidate_and_a_posting_may_share_an_id(store: Store) -> None:
    store.save([(a_candidate("x"), a_contact()), (a_posting("x"), Contact())])

    store.delete("posting", "x")

    assert store.get("candidate", "x") == a_candidate("x")
    assert store.contact("candidate", "x") == a_contact()
    assert store.count("posting") == 0


def test_a_deleted_record_is_gone_with_its_contact(store: Store) -> None:
    store.save([(a_candidate(), a_contact()), (a_candidate("c2"), Contact())])
    before = store.generation()

    store.delete("candidate", "c1")

    assert store.ids("candidate") == ["c2"]
    assert store.contact("candidate", "c1") == Contact()
    assert store.generation() == before + 1
    assert store.save([(a_candidate(), Contact())]) == ["read"]


@pytest.mark.parametrize("id", ["c9", "", "\udcff", "nul\0", "'; DROP TABLE candidate; --"])
def test_an_id_that_is_not_there_is_refused(store: Store, id: str) -> None:
    store.save([(a_candidate(), Contact())])

    with pytest.raises(UnknownId, match="candidate"):
        store.get("candidate", id)
    with pytest.raises(UnknownId, match="candidate"):
        store.delete("candidate", id)
    assert store.contact("candidate", id) == Contact()
    assert store.generation() == 1


def test_placements_come_by_date_posting_and_candidate(store: Store) -> None:
    early = a_placement(date=date(2023, 5, 1), candidate="c9", posting="p9")
    rest = [a_placement(posting="p2"), a_placement(candidate="c2"), a_placement(candidate="c1", outcome="rejected")]

    assert store.save_placements([rest[0], early, *rest[1:]]) == ["read"] * 4
    assert list(store.placements()) == [early, rest[2], rest[1], rest[0]]


def test_the_same_placement_again_is_unchanged(store: Store) -> None:
    line = a_placement(instrument="løntilskud", exposed=True, propensity=0.25, score=0.875)

    assert store.save_placements([line, line]) == ["read", "unchanged"]
    assert store.save_placements([line]) == ["unchanged"]
    assert list(store.placements()) == [line]
    assert store.generation() == 0


def test_other_details_of_the_same_placement_replace_the_old_ones(store: Store) -> None:
    line = a_placement(score=0.5)
    store.save_placements([line])

    assert store.save_placements([replace(line, score=0.75)]) == ["updated"]
    assert list(store.placements()) == [replace(line, score=0.75)]


def test_a_long_history_is_streamed_in_order(store: Store) -> None:
    lines = [a_placement(candidate=f"c{n % 700}", date=date(2020 + n % 3, 1, 1 + n % 28)) for n in range(1400)]

    store.save_placements(lines)

    history = list(store.placements())
    assert history == sorted(set(lines), key=lambda line: (line.date, line.posting, line.candidate))
