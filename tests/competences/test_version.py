"""Whatever decides how a document is read changes the version, and nothing else does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.competences import version
from matcher.competences.version import reading_version

TABLES = (
    "matcher.competences/cues.tsv",
    "matcher.competences/linking.json",
    "matcher.competences/vocabulary/it.tsv",
    "matcher.ingest/headings.tsv",
    "matcher.labour/programmes.tsv",
    "models/weights/prototypes.json",
)


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Small tables in the place of the product's own."""
    for table in TABLES:
        (tmp_path / table).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / table).write_text(table, encoding="utf-8")
    monkeypatch.setattr(version, "files", lambda package: tmp_path / package)
    yield tmp_path
    reading_version.cache_clear()


def now() -> str:
    reading_version.cache_clear()
    return reading_version()


def test_the_same_tables_are_the_same_version() -> None:
    assert now() == now()


@pytest.mark.parametrize("table", TABLES)
def test_every_table_counts(table: str, tables: Path) -> None:
    before = now()
    (tables / table).write_text("changed", encoding="utf-8")

    assert now() != before


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_comes_or_goes_counts(table: str, tables: Path) -> None:
    before = now()
    (tables / table).unlink()

    assert now() != before


def test_what_is_no_table_counts_for_nothing(tables: Path) -> None:
    before = now()
    (tables / "matcher.competences" / "README.md").write_text("changed", encoding="utf-8")

    assert now() == before


def test_another_recipe_is_another_version(monkeypatch: pytest.MonkeyPatch, tables: Path) -> None:
    before = now()
    monkeypatch.setattr(version, "RECIPE", version.RECIPE + 1)

    assert now() != before
