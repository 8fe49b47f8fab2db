"""Outlines hold the facts of a record without its text; hires are the placements that ended in a job."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from matcher.ports import Store
from matcher.records import Contact, Kind, Outcome, Record
from matcher.storage.rows import KINDS, LONG, UNREAD
from tests.contracts.stores import HOLDING_RECORDS, SQL, an_empty_store
from tests.storage.examples import a_candidate, a_contact, a_placement, a_posting, an_employer

WISHING = a_candidate(
    wanted_types=("vikariat", "praktik"), wanted_municipalities=("Læsø", "Brønderslev"), most_hours=30.5
)
JOB = a_posting(hours=37.0, deadline=date(2026, 9, 30), openings=3, employer="Fjordrør A/S")
FIRM = an_employer(hosts=("hydrolog",), municipality="Rebild", text="Vi graver.")


@pytest.fixture(params=HOLDING_RECORDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with an_empty_store(request.param, tmp_path) as empty:
        yield empty


@pytest.mark.parametrize("record", [WISHING, JOB, FIRM], ids=lambda record: type(record).__name__)
def test_an_outline_is_the_record_without_its_text_and_sections(store: Store, record: Record) -> None:
    store.save([(record, a_contact())])
    [outline] = store.outlines(KINDS[type(record)])

    assert type(outline) is type(record)
    assert outline.text == UNREAD
    assert getattr(outline, "sections", ()) == ()
    short = [field.name for field in fields(record) if field.name not in LONG]
    assert {name: getattr(outline, name) for name in short} == {name: getattr(record, name) for name in short}


@pytest.mark.parametrize("kind", ["candidate", "posting", "employer"])
def test_of_nothing_there_is_no_outline(store: Store, kind: Kind) -> None:
    assert list(store.outlines(kind)) == []


def test_outlines_come_in_the_order_of_their_ids_page_by_page(store: Store) -> None:
    ids = [f"p{number}" for number in range(1203)]
    store.save((a_posting(id), Contact()) for id in ids)
    store.save([(a_candidate("c1"), Contact())])

    assert [outline.id for outline in store.outlines("posting")] == sorted(ids)


def test_outlines_are_of_what_is_stored_now(store: Store) -> None:
    store.save([(a_candidate("c1"), Contact()), (a_candidate("c2"), Contact())])
    store.save([(a_candidate("c1", municipality="Rebild"), Contact())])
    store.delete("candidate", "c2")

    [outline] = store.outlines("candidate")
    assert outline.municipality == "Rebild"


def test_hires_are_the_placements_that_ended_in_a_job(store: Store) -> None:
    history = [a_placement(candidate=f"c-{outcome}", outcome=outcome) for outcome in get_args(Outcome)]
    store.save_placements(history)

    assert {hire.outcome for hire in store.hires()} == {"hired", "still_there"}
    assert set(store.hires()) <= set(history)


def test_hires_come_by_date_posting_and_candidate(store: Store) -> None:
    first = a_placement(date=date(2023, 5, 1), candidate="c9", posting="p9", outcome="still_there")
    rest = [a_placement(posting="p2"), a_placement(candidate="c2"), a_placement(candidate="c1")]
    store.save_placements([rest[0], a_placement(outcome="rejected"), first, *rest[1:]])

    assert list(store.hires()) == [first, rest[2], rest[1], rest[0]]


def test_without_a_history_nobody_was_hired(store: Store) -> None:
    store.save_placements([a_placement(outcome="proposed")])

    assert list(store.hires()) == []


def test_a_wish_that_changes_is_an_update(store: Store) -> None:
    store.save([(WISHING, Contact())])
    kept, changed = WISHING, replace(WISHING, most_hours=20.0)

    assert store.save([(kept, Contact())]) == ["unchanged"]
    assert store.save([(changed, Contact())]) == ["updated"]
    assert store.get("candidate", "c1") == changed


@pytest.mark.parametrize("kind", SQL)
def test_an_outline_never_reads_the_text(kind: str, tmp_path: Path) -> None:
    """The whole point of one: a market of thousands is looked through without their CVs."""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    asked: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    with an_empty_store(kind, tmp_path) as store:
        store.save([(WISHING, Contact())])
        event.listen(Engine, "before_cursor_execute", listen)
        try:
            list(store.outlines("candidate"))
        finally:
            event.remove(Engine, "before_cursor_execute", listen)

    selects = [statement for statement in asked if "FROM candidate" in statement]
    assert selects
    assert not any(f"candidate.{column}" in statement for statement in selects for column in LONG)
