"""The clock of retention: what is over its time goes, field by field, by rules that the office can replace."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Protocol

from matcher.errors import InvalidRetention, Phrase, UnknownId
from matcher.home import writing
from matcher.ingest.originals import forget_original, kept_originals
from matcher.ledger import anchors
from matcher.ledger.lines import Entry, Line
from matcher.ports import Store
from matcher.privacy.erasure import EXPORTS, ORIGINALS, ErasureDesk, erase

FILE = "retention.toml"
FIELDS = (
    "candidate",
    "candidate.contact",
    "candidate.original",
    "posting.contact",
    "employer.contact",
    "verdict.note",
    "placement.candidate",
    "request",
    "account.link",
    "export",
)
"""What has a clock, in the order in which it is run: who is erased has no contact left to empty."""
LONGEST = 36_500
"""A hundred years: more is a slip of the pen."""


class Overdue(Protocol):
    """Something whose time is over."""

    @property
    def since(self) -> date:
        """The day of its last use."""
        ...

    @property
    def key(self) -> tuple[str, ...]:
        """What names it: an id, or posting and candidate, or a file."""
        ...


class RetentionDesk(ErasureDesk, Protocol):
    """What retention needs of the database."""

    def due(self, field: str, before: date) -> Sequence[Overdue]:
        """What a field concerns that was last of use before a day, oldest first."""
        ...

    def expire(self, field: str, before: date, *, at: datetime | None = None) -> tuple[Sequence[Overdue], Line | None]:
        """Empty what is due of a field and return it; no line where nothing is."""
        ...

    def log(self, entry: Entry, *, at: datetime | None = None) -> Line:
        """Write one line of the decision log."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """A file whose time is over."""

    since: date
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldReport:
    """What is due of one field, or went. `days`: how long it is kept, None for without end."""

    field: str
    days: int | None
    due: tuple[Overdue, ...]


def read_rules(home: Path) -> Mapping[str, int]:
    """Return the days each field is kept: the home's own rules, or those that came with the product."""
    own = home / FILE
    name = str(own) if own.is_file() else FILE
    text = own.read_text(encoding="utf-8") if own.is_file() else files("matcher.privacy").joinpath(FILE).read_text()
    try:
        found = tomllib.loads(text).get("days", {})
    except tomllib.TOMLDecodeError as problem:
        raise InvalidRetention(file=name, field="-", found=problem, wanted=Phrase("retention.toml")) from problem
    if not isinstance(found, dict) or not found:
        raise InvalidRetention(file=name, field="days", found="-", wanted=Phrase("retention.table"))
    for field, days in found.items():
        if field not in FIELDS:
            raise InvalidRetention(file=name, field=field, found=field, wanted=", ".join(FIELDS))
        if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= LONGEST:
            wanted = Phrase("retention.days", {"most": LONGEST})
            raise InvalidRetention(file=name, field=field, found=days, wanted=wanted)
    return found


def run(
    store: Store, desk: RetentionDesk, home: Path, *, now: datetime | None = None, dry_run: bool = False
) -> list[FieldReport]:
    """Remove what is over its time, field by field, and tell what it was; `dry_run` only tells."""
    at = now or datetime.now(UTC)
    rules = read_rules(home)
    office = _Office(store, desk, home, at, dry_run)
    return [
        FieldReport(field=field, days=days, due=tuple(office.run(field, days) if days else ()))
        for field, days in ((field, rules.get(field)) for field in FIELDS)
    ]


@dataclass(frozen=True, slots=True)
class _Office:
    """Where a run works, on what day, and whether it only tells."""

    store: Store
    desk: RetentionDesk
    home: Path
    at: datetime
    dry_run: bool

    def run(self, field: str, days: int) -> Sequence[Overdue]:
        """Remove what is due of one field and return it."""
        before = self.at.date() - timedelta(days=days)
        if field == "candidate":
            due = self.desk.due(field, before)
            return due if self.dry_run else [one for one in due if self._erased(one.key[0])]
        if field == "candidate.original":
            return self._files(field, list(_originals(self.desk, self.home, before)), self._forget_original)
        if field == "export":
            return self._files(field, list(_exports(self.home, before)), self._forget_export)
        if self.dry_run:
            return self.desk.due(field, before)
        gone, line = self.desk.expire(field, before, at=self.at)
        if line is not None:
            anchors.keep(self.home, line)
        return gone

    def _erased(self, candidate: str) -> bool:
        """Erase a candidate; False if somebody else did so meanwhile."""
        try:
            erase(self.store, self.desk, self.home, candidate)
        except UnknownId:
            return False
        return True

    def _files(self, field: str, due: Sequence[Overdue], remove: Callable[[str], None]) -> Sequence[Overdue]:
        if due and not self.dry_run:
            with writing(self.home):
                for one in due:
                    remove(one.key[0])
            entry = Entry(kind="retention", content={"field": field, "removed": len(due)})
            anchors.keep(self.home, self.desk.log(entry, at=self.at))
        return due

    def _forget_original(self, candidate: str) -> None:
        forget_original(self.home / ORIGINALS, "candidate", candidate)

    def _forget_export(self, name: str) -> None:
        (self.home / name).unlink(missing_ok=True)


def _originals(desk: RetentionDesk, home: Path, before: date) -> Iterator[Overdue]:
    for one in desk.due("candidate.original", before):
        if kept_originals(home / ORIGINALS, "candidate", one.key[0]):
            yield one


def _exports(home: Path, before: date) -> Iterator[Overdue]:
    folder = home / EXPORTS
    for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if file.is_file():
            made = datetime.fromtimestamp(file.stat().st_mtime, UTC).date()
            if made < before:
                yield Kept(made, (str(file.relative_to(home)),))
