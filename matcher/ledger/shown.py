"""A list that a person was shown, as the decision log keeps it: enough to make it again and to see what made it."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from matcher.competences.version import reading_version
from matcher.engine import Engine, Subject
from matcher.features import FEATURES
from matcher.ledger.lines import Entry, Person
from matcher.listing import Filters
from matcher.records import EmployerMatch, Kind, Match, Posting

DAYS = ("as_of", "available_by")
"""Filters that are written as dates."""


def list_shown(
    engine: Engine,
    subject: Subject,
    matches: Sequence[Match],
    *,
    filters: Filters,
    limit: int,
    account: str,
    kept: bool = True,
) -> Entry:
    """Return the entry for a list of candidates for a posting, or of postings for a candidate.

    `kept`: False where the subject was pasted and is in no database; it is then logged without its text or title.
    """
    kind: Kind = "candidate" if isinstance(subject.record, Posting) else "posting"
    pool = engine.indexes.pool(kind)
    present = [match for match in matches if _other(match, kind) in pool.position]
    values = engine.features(subject.rows, kind, [_other(match, kind) for match in present]).tolist() if present else []
    rows = [
        {"rank": match.rank, "id": _name(kind, _other(match, kind)), "score": match.score, "values": row}
        for match, row in zip(present, values, strict=True)
    ]
    return _entry(engine, subject, kind, rows, filters=filters, limit=limit, account=account, kept=kept)


def employers_shown(
    engine: Engine,
    subject: Subject,
    suggested: Sequence[EmployerMatch],
    *,
    filters: Filters,
    limit: int,
    account: str,
    kept: bool = True,
) -> Entry:
    """Return the entry for a list of employers for a candidate; what made the scores is not logged in values."""
    rows: list[Mapping[str, object]] = [
        {"rank": rank, "id": employer_name(match), "score": match.score}
        for rank, match in enumerate(suggested, start=1)
    ]
    return _entry(engine, subject, "employer", rows, filters=filters, limit=limit, account=account, kept=kept)


def pair_shown(engine: Engine, match: Match, *, day: date, account: str) -> Entry:
    """Return the entry for one candidate and one posting, both stored, that were shown with their reasons."""
    rows = engine.subject("posting", match.posting).rows
    known = match.candidate in engine.indexes.pool("candidate").position
    content = {
        **versions(engine),
        "posting": match.posting,
        "candidate": Person(match.candidate),
        "as_of": day.isoformat(),
        "account": account,
        "features": list(FEATURES),
        "score": match.score,
        "values": engine.features(rows, "candidate", [match.candidate]).tolist()[0] if known else [],
    }
    return Entry(kind="pair_shown", content=content, about=(("posting", match.posting),))


def employer_name(match: EmployerMatch) -> str:
    """Return what an employer is logged as: its id, or its name where only postings name it."""
    return match.id or match.employer


def versions(engine: Engine) -> dict[str, object]:
    """Return what made a list: model, vocabulary and the change of the records that the index was built at."""
    return {"model": engine.model, "vocabulary": reading_version(), "records": engine.indexes.generation}


def written_filters(filters: Filters) -> dict[str, object]:
    """Return filters as JSON values; the day is the one that counted, also where none was asked for."""
    written = {field.name: _written(getattr(filters, field.name)) for field in fields(Filters)}
    return written | {"as_of": filters.day.isoformat()}


def read_filters(written: Mapping[str, Any]) -> tuple[Filters, list[str]]:
    """Return the filters that were written, and the names of those that this program does not know."""
    known = {field.name for field in fields(Filters)}
    values = {name: _read(name, value) for name, value in written.items() if name in known}
    return Filters(**values), sorted(set(written) - known)


def _entry(
    engine: Engine,
    subject: Subject,
    of: Kind,
    rows: Sequence[Mapping[str, object]],
    *,
    filters: Filters,
    limit: int,
    account: str,
    kept: bool,
) -> Entry:
    kind: Kind = "posting" if isinstance(subject.record, Posting) else "candidate"
    content = {
        **versions(engine),
        "query": {"kind": kind, "id": _name(kind, subject.record.id) if kept else None},
        "list": of,
        "filters": written_filters(filters),
        "limit": limit,
        "account": account,
        "features": list(FEATURES) if of != "employer" else [],
        "rows": list(rows),
    }
    about = (("posting", subject.record.id),) if kept and kind == "posting" else ()
    return Entry(kind="list_shown", content=content, about=about)


def _other(match: Match, kind: Kind) -> str:
    """The id of the side that is listed."""
    return match.candidate if kind == "candidate" else match.posting


def _name(kind: Kind, id: str) -> str | Person:
    return Person(id) if kind == "candidate" else id


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 - any value of a filter
    if name in DAYS and value:
        return date.fromisoformat(value)
    return frozenset(value) if isinstance(value, list) else value


def _written(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return value.isoformat() if isinstance(value, date) else value
