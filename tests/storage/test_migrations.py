"""A database of an older program is brought up to date with all that it holds."""

from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import URL, Connection, inspect, text

from matcher.ledger.lines import Entry, Person
from matcher.records import Contact, Record
from matcher.storage.counters import count
from matcher.storage.database import Database
from matcher.storage.migrations.run import _config, known_revisions
from matcher.storage.open import FILE, HEAD, open_store
from matcher.storage.rows import KINDS, contact_details, digest_of, record_row
from matcher.storage.store import SqlStore
from matcher.storage.tables import CONTACT, INDEXED, RECORD_TABLES, VECTOR
from tests.storage.examples import (
    ENCODER,
    a_candidate,
    a_contact,
    a_passage,
    a_placement,
    a_posting,
    a_vector,
    an_employer,
)
from tests.storage.test_spans import COMPETENCE

RECORDS: list[tuple[Record, Contact]] = [
    (a_candidate(), a_contact()),
    (a_posting(), a_contact()),
    (an_employer(), a_contact()),
]
KEY = b"k" * 32
SINCE = {"wanted_types", "wanted_municipalities", "most_hours", "hours"}
"""Columns that came later."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home as the first program left it: records, a placement, one candidate indexed."""
    database = Database(URL.create("sqlite", database=str(tmp_path / FILE)))
    with database.alter() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    store = SqlStore(database)
    with database.alter() as connection:
        for record, contact in RECORDS:
            _insert_as_then(connection, record, contact)
        count(connection, "generation")
    store.save_placements([a_placement()])
    with database.alter() as connection:
        digest = store.digests("candidate")["c1"]
        connection.execute(INDEXED.insert().values(number=1, kind="candidate", id="c1", digest=digest, encoder=ENCODER))
        connection.execute(VECTOR.insert().values(key=KEY, encoder=ENCODER, components=a_vector(1)))
        passage = "INSERT INTO passage VALUES (1, 0, 'chunk', 0, 3, :key)"
        connection.execute(text(passage), {"key": KEY})
    store.close()
    return tmp_path


def _insert_as_then(connection: Connection, record: Record, contact: Contact) -> None:
    """Insert a record into tables that lack the columns of today."""
    kind = KINDS[type(record)]
    row = record_row(record, digest_of(record, contact))
    connection.execute(RECORD_TABLES[kind].insert().values({n: row[n] for n in row if n not in SINCE}))
    details = contact_details(contact)
    connection.execute(CONTACT.insert().values(kind=kind, id=record.id, details=details))


def test_the_old_home_is_an_old_one(home: Path) -> None:
    database = Database(URL.create("sqlite", database=str(home / FILE)))
    with database.read() as connection:
        columns = [column["name"] for column in inspect(connection).get_columns("passage")]
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    database.close()

    assert "span" not in columns
    assert revision == "0001" != HEAD


def test_records_contacts_and_placements_are_kept(home: Path) -> None:
    with open_store(None, home) as store:
        for record, contact in RECORDS:
            assert store.get(KINDS[type(record)], record.id) == record
            assert store.contact(KINDS[type(record)], record.id) == contact
        assert list(store.placements()) == [a_placement()]
        assert store.generation() == 1
        assert store.save(RECORDS) == ["unchanged"] * 3


def test_passages_and_vectors_are_kept_and_were_read_as_nothing_yet(home: Path) -> None:
    with open_store(None, home) as store:
        assert store.passages("candidate", "c1") == [a_passage(KEY)]
        assert store.vectors([KEY])[KEY].tobytes() == a_vector(1).tobytes()
        assert list(store.indexed("candidate", ENCODER)) == ["c1"]


def test_a_candidate_of_the_old_home_has_no_wishes_and_can_be_given_some(home: Path) -> None:
    wishing = replace(a_candidate(), wanted_types=("vikariat",), wanted_municipalities=("Læsø",), most_hours=30.0)
    with open_store(None, home) as store:
        old = store.get("candidate", "c1")
        store.save([(wishing, a_contact())])

        assert (old.wanted_types, old.most_hours) == ((), None)  # type: ignore[union-attr]
        assert store.get("candidate", "c1") == wishing


def test_after_it_passages_keep_what_they_were_read_as(home: Path) -> None:
    passages = [a_passage(KEY, unit="phrase", span=COMPETENCE), a_passage(KEY, span=replace(COMPETENCE, years=None))]
    with open_store(None, home) as store:
        digest = store.digests("candidate")["c1"]
        store.save_passages("candidate", "c1", digest=digest, encoder=ENCODER, passages=passages, vectors={})

    with open_store(None, home) as store:
        assert store.passages("candidate", "c1") == passages


def test_the_newest_revision_is_the_one_a_start_looks_for() -> None:
    assert known_revisions()[0] == HEAD


def test_nothing_was_decided_in_the_old_home_and_something_can_be(home: Path) -> None:
    with open_store(None, home) as store:
        assert list(store.ledger.lines()) == []

        entry = Entry(kind="export", content={"candidate": Person("c1")})
        assert store.ledger.append(entry).number == 1
        assert store.ledger.about("candidate", "c1") == [1]
