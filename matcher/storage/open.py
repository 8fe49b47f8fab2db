"""Opens a home's database: made if there is none, migrated if it is old, refused if it is too new or damaged."""

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, make_url, text
from sqlalchemy.exc import ArgumentError

from matcher.errors import DamagedDatabase, HomeNotWritable, HomeTooNew, InvalidSetting, Phrase
from matcher.storage.database import Database
from matcher.storage.scrub import scrub
from matcher.storage.store import SqlStore

HEAD = "0005"
"""The newest revision under `migrations/versions`, so that a current database opens without alembic."""

FILE = "matcher.db"
LOCK = "database.lock"
LOCK_SECONDS = 120
DRIVERS = {"sqlite": "sqlite3", "postgresql": "psycopg"}


def open_store(database: str | None, home: Path) -> SqlStore:
    """Open the database at a SQLAlchemy URL, or SQLite in `home` where that is None; the folder is made if needed."""
    _make_folder(home)
    opened = Database(_url(database, home))
    try:
        if not _is_current(opened):
            _bring_up_to_date(opened, home)
        scrub(opened)
    except BaseException:
        opened.close()
        raise
    return SqlStore(opened)


def _make_folder(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise HomeNotWritable(home=home, why=problem.strerror or problem) from problem


def _url(database: str | None, home: Path) -> URL:
    if database is None:
        return URL.create("sqlite", database=str(home / FILE))
    try:
        url = make_url(database)
    except ArgumentError as problem:
        raise InvalidSetting(name="MATCHER_DATABASE", found="***", wanted=Phrase("storage.wanted.url")) from problem
    backend = url.get_backend_name()
    shown = url.render_as_string(hide_password=True)
    if backend not in DRIVERS or not url.database:
        raise InvalidSetting(name="MATCHER_DATABASE", found=shown, wanted=Phrase("storage.wanted.url"))
    if find_spec(DRIVERS[backend]) is None:
        raise InvalidSetting(name="MATCHER_DATABASE", found=shown, wanted=Phrase("storage.wanted.driver"))
    return url.set(drivername="sqlite" if backend == "sqlite" else "postgresql+psycopg")


def _is_current(database: Database) -> bool:
    if database.is_sqlite:
        if not database.file.exists():
            return False
        with database.bare() as connection:
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                return False
    with database.read() as connection:
        return _revision(connection) == HEAD


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _bring_up_to_date(database: Database, home: Path) -> None:
    """Migrate to HEAD, one process at a time: by a file lock, and in PostgreSQL by a lock of its own as well."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(home / LOCK, timeout=LOCK_SECONDS):
            if database.is_sqlite:
                _make_file(database)
            _migrate(database)
    except Timeout as problem:
        raise HomeNotWritable(home=home, why=Phrase("storage.locked", {"seconds": LOCK_SECONDS})) from problem
    except OSError as problem:
        raise HomeNotWritable(home=home, why=problem.strerror or problem) from problem


def _make_file(database: Database) -> None:
    """Make the file if needed, readable only by its owner (it holds CVs), and set what SQLite keeps in it."""
    database.file.touch(mode=0o600)
    with database.read() as connection:
        tables = inspect(connection).get_table_names()
    if tables and "alembic_version" not in tables:
        raise DamagedDatabase(home=database.place, why=Phrase("storage.foreign", {"tables": ", ".join(tables)}))
    with database.bare() as driver:
        driver.execute("PRAGMA journal_mode=WAL")


def _migrate(database: Database) -> None:
    from matcher.storage.migrations.run import known_revisions, upgrade

    with database.alter() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('matcher.migrations'))"))
        found = _revision(connection)
        if found is not None and found not in known_revisions():
            raise HomeTooNew(home=database.place, found=found, known=HEAD)
        upgrade(connection)
