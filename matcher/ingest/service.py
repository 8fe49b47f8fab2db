"""Reads files and folders into a store, row by row: one bad document never stops the others."""

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import cast

from matcher.errors import InvalidLine, MatcherError, NoTemporarySpace, Phrase, UnreadableFile
from matcher.ingest.batch import Batch, Made, shown
from matcher.ingest.build import Built, build
from matcher.ingest.documents import Found, IdFrom, collisions, find, id_of
from matcher.ingest.fieldnames import FIELDS, RowKind
from matcher.ingest.originals import objections
from matcher.ingest.parsed import Notice
from matcher.ingest.placements import placement
from matcher.ingest.report import IngestReport, Plural
from matcher.ingest.rows import read_rows
from matcher.ingest.sandbox import Sandbox
from matcher.ingest.source import Source, checked_id
from matcher.passages import kind_of
from matcher.ports import Store
from matcher.records import Kind

__all__ = ["IdFrom", "ingest"]

Progress = Callable[[int, int], None]
"""Told (files done, files in all) after every file."""

NAME_LETTERS = 3
"""A shorter part of a name, in an id, may be anything."""

_KINDS: dict[Plural, RowKind] = {
    "candidates": "candidate",
    "postings": "posting",
    "employers": "employer",
    "placements": "placement",
}


def ingest(
    kind: Plural,
    paths: Sequence[Path],
    *,
    store: Store,
    id_from: IdFrom = "stem",
    keep_originals: Path | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Read `paths` into `store` and report on every row; the same content again is no work.

    What was saved before a crash stays, and the next run finds it unchanged. `keep_originals`: folder that takes
    a copy of every document without a CPR number; None keeps none.
    """
    found = list(find(paths))
    batch = Batch(store, keep_originals)
    twice = collisions([file for file in found if isinstance(file, Found)], id_from)
    with ExitStack() as stack:
        reader = _Reader(_KINDS[kind], batch, stack, id_from, twice)
        for done, file in enumerate(found, start=1):
            if isinstance(file, Found):
                reader.read(file)
            else:
                batch.refuse(Source(file=file[0]), file[1])
            if progress:
                progress(done, len(found))
        batch.flush()
    return IngestReport(kind=kind, rows=tuple(batch.rows), notices=tuple(reader.notices))


class _Reader:
    """Turns files into records of one kind and hands them to a batch."""

    def __init__(
        self, kind: RowKind, batch: Batch, stack: ExitStack, id_from: IdFrom, twice: dict[str, list[Path]]
    ) -> None:
        self._kind, self._batch, self._stack = kind, batch, stack
        self._id_from, self._twice = id_from, twice
        self._seen: dict[str, Source] = {}
        self._sandbox: Sandbox | None = None
        self.notices: list[tuple[str, Notice]] = []

    def read(self, file: Found) -> None:
        """Read one file; whatever is wrong with it becomes refused rows."""
        if file.has_rows:
            self._rows(file.path)
        else:
            self._take(Source(file=file.path), lambda source: self._document(file, source))

    def _rows(self, path: Path) -> None:
        unknown: set[str] = set()
        known = FIELDS[self._kind]
        try:
            for line, fields in read_rows(path, self._kind, self._parser()):
                source = Source(file=path, line=line)
                if isinstance(fields, MatcherError):
                    self._batch.refuse(source, fields)
                else:
                    unknown |= fields.keys() - set(known)
                    self._take(source, partial(self._row, fields))
        except UnreadableFile as error:
            self._batch.refuse(Source(file=path), error)
        if unknown:
            values: dict[str, object] = {"fields": ", ".join(sorted(unknown)), "known": ", ".join(known)}
            self.notices.append((shown(path), ("notice.unknown_fields", values)))

    def _take(self, source: Source, read: Callable[[Source], Made]) -> None:
        """Hand what was read to the batch; refuse it where reading fails, for a known reason or by a fault of ours.

        Saving stands outside: a store that fails ends the run, for rows would be reported that are not stored.
        """
        try:
            made = read(source)
        except NoTemporarySpace:  # no fault of this row, and the next one would fare no better
            raise
        except MatcherError as error:
            self._batch.refuse(source, error)
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, AttributeError) as error:
            self._batch.refuse(source, source.refusal("failed", why=type(error).__name__))
        else:
            if made.id is not None:
                self._seen[made.id] = source
            self._batch.add(source, made)

    def _row(self, fields: dict[str, object], source: Source) -> Made:
        if self._kind == "placement":
            line, notices = placement(fields, source)
            return Made(content=line, notices=notices)
        id = checked_id(_written_id(fields.get("id")), source)
        self._once(id, source)
        kind = cast("Kind", self._kind)
        built = build(kind, id, fields, source)
        return Made(id=id, content=built, notices=built.notices, original=(kind, id, None))

    def _document(self, file: Found, source: Source) -> Made:
        if self._kind not in ("candidate", "posting"):
            raise source.refusal("rows_wanted", kind=Phrase(f"ingest.{self._kind}s"))
        parsed = self._parser().parse(file.path)
        id = checked_id(id_of(file, self._id_from), source)
        if id in self._twice:
            others = [path for path in self._twice[id] if path != file.path]
            raise source.refusal("same_name", id=id, other=shown(others[0]))
        self._once(id, source)
        kind = cast("Kind", self._kind)
        built = build(kind, id, {**singular(parsed.fields), "text": parsed.text}, source)
        notices = parsed.notices + built.notices + _named_after(id, built)
        against = objections(file.path, parsed) if self._batch.keeps_originals else ()
        original = (kind, id, None if against else file.path)
        return Made(id=id, content=built, notices=notices + against, original=original)

    def _once(self, id: str, source: Source) -> None:
        """Refuse an id that this run has already read: silently the last one would win, another in every run."""
        first = self._seen.get(id)
        if first is None:
            return
        if first.file == source.file and source.line is not None:
            raise InvalidLine("id_twice", file=source.file, line=source.line, id=id, first=first.line)
        raise source.refusal("id_elsewhere", id=id, first=shown(first.file), first_line=first.line or "-")

    def _parser(self) -> Sandbox:
        if self._sandbox is None:
            self._sandbox = self._stack.enter_context(Sandbox())
        return self._sandbox


def _written_id(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _named_after(id: str, built: Built) -> tuple[Notice, ...]:
    """A word of warning where the id, which every list shows, holds a name that was masked in the text."""
    parts = {part for name in built.contact.names for part in name.casefold().split() if len(part) >= NAME_LETTERS}
    if kind_of(built.record) == "candidate" and parts & set(re.findall(r"[^\W\d_]+", id.casefold())):
        return (("notice.named_after", {"id": id}),)
    return ()


def singular(fields: dict[str, object]) -> dict[str, object]:
    """The fields of a document under the names of a row's."""
    plurals = {"phones": "phone", "emails": "email", "addresses": "address"}
    return {plurals.get(name, name): value for name, value in fields.items()}
