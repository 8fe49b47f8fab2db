"""Verdicts in the database: one for each pair, with its version; every change is a line of the decision log, too."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from matcher.errors import UnknownId, VerdictConflict, kind_name
from matcher.ledger.lines import Entry, Line, Person, moment
from matcher.ledger.verdicts import Draft, Proposal, Verdict, choice_name
from matcher.storage import decisions
from matcher.storage.database import slices
from matcher.storage.service_tables import ACCOUNT, VERDICT
from matcher.storage.tables import PLACEMENT, RECORD_TABLES

PENDING = ("proposed", "contacted", "interview", "offered")
"""Outcomes after which somebody is still proposed."""
STEPS = (*PENDING, "rejected", "withdrawn", "hired", "still_there")
"""Outcomes in the order in which they come on one day."""


def decide(
    connection: Connection, draft: Draft, *, version: int, at: datetime | None = None
) -> tuple[Verdict, Line | None]:
    """Store a verdict and its line; see `matcher.ledger.ports.LedgerStore.decide`."""
    _refuse_unknown(connection, draft)
    standing = of_pair(connection, draft.posting, draft.candidate)
    if standing is not None and standing.version == version + 1 and standing.same_as(draft):
        return standing, None
    if (standing.version if standing else 0) != version:
        raise _conflict(connection, draft, standing)
    verdict = Verdict(**_fields(draft), at=moment(at), version=version + 1)
    row = _fields(verdict)
    if standing is None:
        connection.execute(insert(VERDICT).values(row))
    else:
        connection.execute(update(VERDICT).where(_pair(draft.posting, draft.candidate)).values(row))
    return verdict, decisions.append(connection, _entry(verdict), at=at)


def of_pair(connection: Connection, posting: str, candidate: str) -> Verdict | None:
    """Return the verdict on a pair, if there is one."""
    row = connection.execute(select(VERDICT).where(_pair(posting, candidate))).mappings().one_or_none()
    return None if row is None else _verdict(row)


def listed(connection: Connection, *, posting: str | None, candidate: str | None) -> list[Verdict]:
    """Return the verdicts on a posting, a candidate, both or all, newest first."""
    query = select(VERDICT)
    if posting is not None:
        query = query.where(VERDICT.c.posting == posting)
    if candidate is not None:
        query = query.where(VERDICT.c.candidate == candidate)
    query = query.order_by(VERDICT.c.at.desc(), VERDICT.c.posting, VERDICT.c.candidate)
    return [_verdict(row) for row in connection.execute(query).mappings()]


def proposals(connection: Connection, candidates: Sequence[str]) -> dict[str, list[Proposal]]:
    """Return where candidates are proposed at present, newest first.

    What the placement history says last about a pair counts before an older verdict.
    """
    found: dict[tuple[str, str], Proposal] = {}
    for ids in slices(sorted(set(candidates))):
        for verdict in connection.execute(select(VERDICT).where(VERDICT.c.candidate.in_(ids))).mappings():
            state = "proposed" if verdict["verdict"] == "propose" else verdict["verdict"]
            _newest(
                found,
                Proposal(candidate=verdict["candidate"], posting=verdict["posting"], state=state, at=verdict["at"]),
            )
        history = connection.execute(select(PLACEMENT).where(PLACEMENT.c.candidate.in_(ids))).mappings().all()
        for step in sorted(history, key=lambda row: (row["date"], STEPS.index(row["outcome"]))):
            at = step["date"].isoformat()
            _newest(found, Proposal(candidate=step["candidate"], posting=step["posting"], state=step["outcome"], at=at))
    by_candidate: dict[str, list[Proposal]] = {}
    for proposal in sorted(found.values(), key=lambda one: one.posting):
        if proposal.state in PENDING:
            by_candidate.setdefault(proposal.candidate, []).append(proposal)
    return {id: sorted(ones, key=lambda one: one.at, reverse=True) for id, ones in sorted(by_candidate.items())}


def forget(connection: Connection, candidate: str) -> int:
    """Delete all verdicts on a candidate, with their notes; return how many there were."""
    return connection.execute(delete(VERDICT).where(VERDICT.c.candidate == candidate)).rowcount


def _newest(found: dict[tuple[str, str], Proposal], proposal: Proposal) -> None:
    """Take a proposal unless a newer one is known; a day is as new as its evening."""
    pair = (proposal.posting, proposal.candidate)
    if pair not in found or found[pair].at[:10] <= proposal.at[:10]:
        found[pair] = proposal


def _refuse_unknown(connection: Connection, draft: Draft) -> None:
    for kind, id in (("posting", draft.posting), ("candidate", draft.candidate)):
        table = RECORD_TABLES["posting" if kind == "posting" else "candidate"]
        if connection.execute(select(table.c.id).where(table.c.id == id)).scalar_one_or_none() is None:
            raise UnknownId(kind=kind_name(kind), id=id)


def _conflict(connection: Connection, draft: Draft, standing: Verdict | None) -> VerdictConflict:
    who, at, verdict = "-", "-", choice_name(draft.verdict)
    if standing is not None:
        name = connection.execute(select(ACCOUNT.c.name).where(ACCOUNT.c.id == standing.account))
        who = name.scalar_one_or_none() or standing.account
        at, verdict = standing.at[:16].replace("T", " "), choice_name(standing.verdict)
    pair = {"posting": draft.posting, "candidate": draft.candidate}
    return VerdictConflict(**pair, who=who, at=at, verdict=verdict, version=standing.version if standing else 0)


def _entry(verdict: Verdict) -> Entry:
    """The line of the log: all but the note, which is free text and can be erased."""
    content = {name: value for name, value in _fields(verdict).items() if name not in ("note", "at")}
    content |= {"candidate": Person(verdict.candidate), "noted": bool(verdict.note)}
    return Entry(kind="verdict", content=content, about=(("posting", verdict.posting),))


def _fields(value: Draft) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _pair(posting: str, candidate: str) -> ColumnElement[bool]:
    return (VERDICT.c.posting == posting) & (VERDICT.c.candidate == candidate)


def _verdict(row: RowMapping) -> Verdict:
    return Verdict(**{field.name: row[field.name] for field in fields(Verdict)})
