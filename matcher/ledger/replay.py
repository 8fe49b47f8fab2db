"""Makes a logged list again and compares: from the records as they are now, and from the values that were logged."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np

from matcher.employers import suggest_employers
from matcher.engine import Engine
from matcher.errors import NoListShown, Phrase, UnknownId
from matcher.features import FEATURES
from matcher.ledger.lines import Line
from matcher.ledger.log import DecisionLog
from matcher.ledger.shown import employer_name, read_filters, versions
from matcher.listing import Filters
from matcher.records import Kind

Query = Literal["found", "erased", "gone", "unkept"]
"""What became of the record whose list it was; "unkept": it was pasted and never stored."""
Outcome = Literal["same", "erased", "gone", "score", "place", "absent", "unchecked"]
"""What became of a row. "place": the order is another; "absent": not on the list of now; "unchecked": there is none."""

EXACT = 1e-12
"""Scores this near are equal: a score is computed for the same values in another block of rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedRow:
    """A row of the list. `id`: of the record now, None for somebody erased; `now`: its score in the list of now."""

    rank: int
    name: str
    id: str | None
    score: float
    now: float | None
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A logged list beside the list of now.

    `newcomers`: ids that stand among the rows now and did not then. `changes`: what is another than then, in words; it
    need not make a difference. `values_hold`: whether the logged scores follow from the logged values, also for
    somebody erased; None where the model or the features are others.
    """

    number: int
    at: str
    query: Query
    rows: tuple[ReplayedRow, ...]
    changes: tuple[Phrase, ...]
    newcomers: tuple[str, ...]
    values_hold: bool | None

    @property
    def tombstones(self) -> int:
        """Rows of persons who were erased."""
        return sum(row.outcome == "erased" for row in self.rows)

    @property
    def same(self) -> bool:
        """Whether the list comes out as it was shown, tombstones left out."""
        kept = all(row.outcome in ("same", "erased") for row in self.rows)
        return self.query == "found" and kept and not self.newcomers


def replay(engine: Engine, log: DecisionLog, number: int) -> Replay:
    """Make the list of a line again; `UnknownDecision`, and `NoListShown` for a line of another kind."""
    line = log.line(number)
    if line.kind != "list_shown":
        raise NoListShown(number=number, kind=line.kind)
    facts = line.facts
    filters, unknown = read_filters(facts["filters"])
    ids = _ids(log, facts)
    query = _query(engine, facts, ids)
    listed: dict[str, float] = {}
    if query == "found":
        try:
            listed = _list_of_now(engine, facts, ids, filters)
        except UnknownId:
            query = "gone"
    rows = _rows(engine, facts, ids, listed if query == "found" else None)
    return Replay(
        number=number,
        at=line.at,
        query=query,
        rows=rows,
        newcomers=_newcomers(rows, listed),
        changes=_changes(engine, facts, unknown),
        values_hold=_values_hold(engine, facts),
    )


def lists_shown(log: DecisionLog, kind: str, id: str) -> list[Line]:
    """Return the lists that a record was shown on or that were made for it, newest first."""
    return [line for line in log.about(kind, id) if line.kind == "list_shown"]


def _ids(log: DecisionLog, facts: Mapping[str, Any]) -> dict[str, str]:
    """The candidates behind the pseudonyms of a line."""
    named = [row["id"] for row in facts["rows"]] if facts["list"] == "candidate" else []
    query = facts["query"]
    if query["kind"] == "candidate" and query["id"] is not None:
        named = [query["id"], *named]
    return dict(log.store.persons(named))


def _query(engine: Engine, facts: Mapping[str, Any], ids: Mapping[str, str]) -> Query:
    query = facts["query"]
    if query["id"] is None:
        return "unkept"
    if query["kind"] == "candidate" and query["id"] not in ids:
        return "erased"
    try:
        engine.store.get(query["kind"], ids.get(query["id"], query["id"]))
    except UnknownId:
        return "gone"
    return "found"


def _list_of_now(
    engine: Engine, facts: Mapping[str, Any], ids: Mapping[str, str], filters: Filters
) -> dict[str, float]:
    """Ids with scores in the order of the list that the same question gives now."""
    query, limit = facts["query"], facts["limit"]
    if facts["list"] == "candidate":
        return {
            match.candidate: match.score for match in engine.match_posting(query["id"], limit=limit, filters=filters)
        }
    candidate = ids[query["id"]]
    if facts["list"] == "posting":
        return {match.posting: match.score for match in engine.match_candidate(candidate, limit=limit, filters=filters)}
    suggested = suggest_employers(engine, candidate, limit=limit, filters=filters)
    return {employer_name(match): match.score for match in suggested}


def _rows(
    engine: Engine, facts: Mapping[str, Any], ids: Mapping[str, str], listed: Mapping[str, float] | None
) -> tuple[ReplayedRow, ...]:
    """Compare row by row; the order is that of the rows on both lists, for who is erased leaves no empty place."""
    named = [(row, ids.get(row["id"]) if facts["list"] == "candidate" else row["id"]) for row in facts["rows"]]
    then = [id for _, id in named if id is not None and id in (listed or {})]
    now = [id for id in listed or {} if id in set(then)]
    moved = {id for id, standing in zip(then, now, strict=True) if id != standing}
    return tuple(
        ReplayedRow(
            rank=row["rank"],
            name=row["id"],
            id=id,
            score=row["score"],
            now=(listed or {}).get(id or ""),
            outcome=_outcome(engine, facts["list"], id, row["score"], listed, moved),
        )
        for row, id in named
    )


def _outcome(
    engine: Engine, of: Kind, id: str | None, then: float, listed: Mapping[str, float] | None, moved: Collection[str]
) -> Outcome:
    if id is None:
        return "erased"
    if not _is_there(engine, of, id):
        return "gone"
    if listed is None:
        return "unchecked"
    if id not in listed:
        return "absent"
    if abs(listed[id] - then) > EXACT:
        return "score"
    return "place" if id in moved else "same"


def _newcomers(rows: Sequence[ReplayedRow], listed: Mapping[str, float]) -> tuple[str, ...]:
    """Who was not on the list then and stands before somebody who was; whoever follows has only moved up."""
    known = {row.id for row in rows}
    order = list(listed)
    last = max((place for place, id in enumerate(order) if id in known), default=-1)
    return tuple(id for id in order[: last + 1] if id not in known)


def _is_there(engine: Engine, of: Kind, id: str) -> bool:
    """Whether a record is still in the home; an employer may be known by its postings only, and the list tells."""
    if of == "employer":
        return True
    try:
        engine.store.get(of, id)
    except UnknownId:
        return False
    return True


def _changes(engine: Engine, facts: Mapping[str, Any], unknown_filters: Sequence[str]) -> tuple[Phrase, ...]:
    now = versions(engine)
    found = [
        Phrase(f"replay.change.{name}", {"then": facts[name], "now": now[name]})
        for name in ("model", "vocabulary", "records")
        if facts[name] != now[name]
    ]
    if facts["features"] and facts["features"] != list(FEATURES):
        words = {"then": ", ".join(facts["features"]), "now": ", ".join(FEATURES)}
        found.append(Phrase("replay.change.features", cast("dict[str, object]", words)))
    if unknown_filters:
        found.append(Phrase("replay.change.filters", {"names": ", ".join(unknown_filters)}))
    return tuple(found)


def _values_hold(engine: Engine, facts: Mapping[str, Any]) -> bool | None:
    if facts["model"] != engine.model or facts["features"] != list(FEATURES):
        return None
    if not facts["rows"]:
        return True
    values = np.array([row["values"] for row in facts["rows"]], dtype=np.float64)
    shown = np.array([row["score"] for row in facts["rows"]], dtype=np.float64)
    return bool(np.all(np.abs(engine.ranker.scores(values) - shown) <= EXACT))
