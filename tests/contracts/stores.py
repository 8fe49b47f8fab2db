"""Every empty Store: SQLite, PostgreSQL where MATCHER_TEST_POSTGRES holds a URL, and the fake of the tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from matcher.ports import Store
from matcher.storage.open import open_store

SQL = ("sqlite", "postgresql")
HOLDING_RECORDS = (*SQL, "memory") if find_spec("tests.fakes") else SQL
"""Stores that hold records, contacts and placements; the fake holds no passages."""


@contextmanager
def an_empty_store(kind: str, home: Path) -> Iterator[Store]:
    if kind == "sqlite":
        with open_store(None, home) as store:
            yield store
    elif kind == "memory":
        yield import_module("tests.fakes").MemoryStore()
    else:
        with a_schema() as url, open_store(url, home) as store:
            yield store


@contextmanager
def a_schema() -> Iterator[str]:
    """A PostgreSQL schema of its own, dropped afterwards."""
    server = os.environ.get("MATCHER_TEST_POSTGRES")
    if not server:
        pytest.skip("MATCHER_TEST_POSTGRES names no server")
    url = make_url(server).set(drivername="postgresql+psycopg")
    schema = f"test_{uuid4().hex}"
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()
