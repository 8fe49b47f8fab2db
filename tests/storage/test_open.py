"""A home's database is made, kept current, or refused with the way out."""

import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event

from matcher.errors import DamagedDatabase, HomeNotWritable, HomeTooNew, InvalidSetting
from matcher.records import Contact
from matcher.storage.open import FILE, HEAD, open_store
from matcher.storage.tables import METADATA
from tests.contracts.stores import SQL, an_empty_store
from tests.storage.examples import a_candidate, a_contact


def change(home: Path, *statements: str) -> None:
    """Alter a database behind the product's back."""
    connection = sqlite3.connect(home / FILE, isolation_level=None)
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()


def test_a_missing_home_is_made_and_readable_only_by_its_owner(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there"

    open_store(None, home).close()

    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600


def test_what_was_saved_is_there_when_the_home_is_opened_again(tmp_path: Path) -> None:
    with open_store(None, tmp_path) as store:
        store.save([(a_candidate(), a_contact())])

    with open_store(None, tmp_path) as store:
        assert store.get("candidate", "c1") == a_candidate()
        assert store.generation() == 1


def test_a_database_elsewhere_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()

    with open_store(f"sqlite:///{tmp_path}/elsewhere/cohort.db", tmp_path / "home") as store:
        store.save([(a_candidate(), Contact())])

    assert (tmp_path / "elsewhere" / "cohort.db").exists()
    assert not (tmp_path / "home" / FILE).exists()


def test_a_start_that_was_killed_before_the_first_table_is_taken_up_again(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()

    with open_store(None, tmp_path) as store:
        assert store.count("candidate") == 0


def test_a_copy_that_lost_its_write_ahead_log_mode_gets_it_back(tmp_path: Path) -> None:
    open_store(None, tmp_path).close()
    change(tmp_path, "PRAGMA journal_mode=DELETE")

    with open_store(None, tmp_path):
        change(tmp_path)

    assert sqlite3.connect(tmp_path / FILE).execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("kind", SQL)
def test_the_migrations_make_the_tables_that_the_program_expects(kind: str, tmp_path: Path) -> None:
    with an_empty_store(kind, tmp_path) as store, store._database.read() as connection:  # type: ignore[attr-defined]
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == HEAD


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    open_store(None, tmp_path).close()
    change(tmp_path, "UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(HomeTooNew, match=f"version 9999, and this program knows up to {HEAD}"):
        open_store(None, tmp_path)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"Dette er ikke en database. " * 100)

    with pytest.raises(DamagedDatabase, match="no SQLite database") as refusal:
        open_store(None, tmp_path)

    assert "ikke en SQLite-database" in refusal.value.text("da")
    assert (tmp_path / FILE).read_bytes().startswith(b"Dette er ikke")


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    change(tmp_path, "CREATE TABLE invoices (number INTEGER)")

    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(DamagedDatabase, match="another program \\(invoices\\)"):
        open_store(None, tmp_path)

    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_database_cut_short_is_refused(tmp_path: Path, kept: float) -> None:
    with open_store(None, tmp_path) as store:
        store.save([(a_candidate(f"c{n}", text="Lang tekst. " * 300), a_contact()) for n in range(200)])
    content = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(content[: int(len(content) * kept)])

    with pytest.raises(DamagedDatabase, match="cannot be read"), open_store(None, tmp_path) as store:
        list(store.records("candidate"))


def test_a_home_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(HomeNotWritable, match="cannot be written: Not a directory"):
        open_store(None, tmp_path / "file" / "home")


def test_a_folder_in_the_place_of_the_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()

    with pytest.raises(HomeNotWritable, match="cannot be opened or created"):
        open_store(None, tmp_path)


@pytest.mark.parametrize(
    ("pragma", "why"), [("max_page_count=1", "the disk is full"), ("query_only=ON", "the database is read-only")]
)
def test_a_database_that_cannot_grow_or_be_written_is_refused(tmp_path: Path, pragma: str, why: str) -> None:
    with open_store(None, tmp_path) as store:
        store.save([(a_candidate("before"), Contact())])
        store.close()
        event.listen(store._database._engine, "connect", lambda opened, _: opened.execute(f"PRAGMA {pragma}"))

        with pytest.raises(HomeNotWritable, match=why):
            store.save([(a_candidate(f"c{n}", text="Lang tekst. " * 300), Contact()) for n in range(50)])

        assert store.ids("candidate") == ["before"]


@pytest.mark.parametrize(
    ("database", "wanted"),
    [
        ("no url at all", "sqlite:///FILE or postgresql://"),
        ("mysql://root@localhost/matcher", "sqlite:///FILE or postgresql://"),
        ("sqlite://", "sqlite:///FILE or postgresql://"),
    ],
)
def test_a_database_that_the_product_does_not_know_is_refused(tmp_path: Path, database: str, wanted: str) -> None:
    with pytest.raises(InvalidSetting, match=wanted) as refusal:
        open_store(database, tmp_path)

    assert refusal.value.text("da") != str(refusal.value)


def test_a_server_that_does_not_answer_is_refused_without_telling_the_password(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="needs the extra [postgres]")

    with pytest.raises(InvalidSetting, match="a database that answers") as refusal:
        open_store("postgresql://matcher:hemmeligt@localhost:1/matcher", tmp_path)

    assert "hemmeligt" not in str(refusal.value)
