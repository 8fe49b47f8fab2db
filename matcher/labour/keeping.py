"""The municipality's own table of instruments: put in the place of the one before, which is kept."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from matcher.errors import UnknownRules
from matcher.home import writing
from matcher.labour.instruments import FILE, Instruments, open_instruments
from matcher.labour.rules import parse_rules
from matcher.labour.tables import table_text

FOLDER = "instruments"
"""Folder of the home that holds the tables that were in use before."""
STAMP = "%Y%m%dT%H%M%S.%fZ"
PRODUCT = "product"
"""The name of the table that comes with the product, among those that can be taken into use again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A table that was in use until `until` (in UTC)."""

    name: str
    until: datetime


def text_in_use(home: Path) -> str:
    """Return the text of the table in use: the home's own, or the one that comes with the product."""
    try:
        return (home / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return table_text(FILE)


def own_in_use(home: Path) -> bool:
    """Whether the home has a table of its own."""
    return (home / FILE).is_file()


def put_in_use(home: Path, text: str, *, at: datetime | None = None) -> Instruments | None:
    """Use a table from now on and keep the one before; None if it is the one in use.

    `InvalidRules` for one that cannot be used; then nothing changes.
    """
    parse_rules(FILE, text)
    with writing(home), FileLock(home / f"{FILE}.lock"):
        before = text_in_use(home)
        if _same(text, before):
            return None
        if own_in_use(home):
            (home / FOLDER).mkdir(exist_ok=True)
            _written(home / FOLDER / f"{(at or datetime.now(UTC)).strftime(STAMP)}.toml", before)
        _written(home / FILE, text)
    return open_instruments(home)


def former_tables(home: Path) -> list[Former]:
    """Return the tables that were in use before, newest first."""
    found = [(file.stem, _until(file.stem)) for file in (home / FOLDER).glob("*.toml")]
    known = [Former(name=name, until=until) for name, until in found if until is not None]
    return sorted(known, key=lambda one: one.until, reverse=True)


def former_text(home: Path, name: str) -> str:
    """Return the text of a former table, or of the product's own ("product"); `UnknownRules` if there is none."""
    if name == PRODUCT:
        return table_text(FILE)
    if name not in {one.name for one in former_tables(home)}:
        raise UnknownRules(name=name)
    return (home / FOLDER / f"{name}.toml").read_text(encoding="utf-8-sig")


def digest_of(text: str) -> str:
    """Return SHA-256 of a table, for the decision log."""
    return hashlib.sha256(_plain(text).encode()).hexdigest()


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    """A text without what a form does to its line ends."""
    return text.replace("\r\n", "\n").strip()


def _written(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(_plain(text) + "\n", encoding="utf-8")
    part.replace(file)


def _until(stem: str) -> datetime | None:
    try:
        return datetime.strptime(stem, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
