"""Employers for a candidate: those with an open posting, and those that may need somebody like that without saying so.

An employer without an open posting is judged by what it is known for: postings that are closed by now, and what it does
and whom it hired and hosted before (`matcher.profiles`). The same ranker scores all three, and each suggestion says on
which it rests. Only the first is what the ranker was measured on.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from matcher.bands import BANDS, band_of
from matcher.engine import ANYBODY, Engine, Subject
from matcher.errors import UnknownId
from matcher.listing import Filters, suits
from matcher.records import Basis, Candidate, Employer, EmployerMatch, Match, Reason

LIVE_FIRST: tuple[Basis, ...] = ("open_posting", "earlier_posting", "profile")
"""Within a band, an employer that is looking now comes before one that was or may be."""


def suggest_employers(
    engine: Engine, candidate: str | Candidate, *, limit: int = 10, filters: Filters = ANYBODY
) -> list[EmployerMatch]:
    """Rank employers for a candidate: by band, then live need first, then score."""
    subject = engine.subject("candidate", candidate)
    records = [cast("Employer", record) for record in engine.store.outlines("employer")]
    ids = {same_key(record.name): record.id for record in records}
    found: dict[str, list[_Option]] = {}
    for option in _options(engine, subject, records, filters):
        found.setdefault(same_key(option.name), []).append(option)
    best = sorted((min(options, key=_order), name) for name, options in found.items())[:limit]
    return [
        EmployerMatch(
            employer=option.name,
            id=ids.get(name),
            score=option.match.score,
            band=option.match.band,
            basis=option.basis,
            postings=tuple(other.match.posting for other in found[name] if other.basis == "open_posting"),
            why=_why(engine, subject, option),
            rests_on=option.match.posting,
        )
        for option, name in best
    ]


@dataclass(frozen=True, slots=True)
class _Option:
    """One thing that an employer can be suggested for."""

    name: str
    basis: Basis
    match: Match

    def __lt__(self, other: "_Option") -> bool:
        return _order(self) < _order(other)


def _options(engine: Engine, subject: Subject, records: Sequence[Employer], filters: Filters) -> Iterator[_Option]:
    """Yield open postings, earlier postings and profiles, each best first."""
    market = engine.market()
    candidate = cast("Candidate", subject.record)
    pool = [id for id in engine.indexes.pool("posting").ids if id in market.postings]
    closed = {id: market.closed(market.postings[id], filters.day) for id in pool}
    earlier = [id for id in pool if closed[id] in ("expired", "filled", "closed")]
    sides: dict[Basis, list[str]] = {
        "open_posting": market.postings_for(candidate, pool, filters).kept,
        "earlier_posting": [id for id in earlier if suits(candidate, market.postings[id], filters)],
    }
    for basis, ids in sides.items():
        for match in engine.scored(subject.rows, "posting", ids, len(ids)):
            if name := market.postings[match.posting].employer:
                yield _Option(name, basis, match)
    indexed = frozenset(engine.indexes.pool("employer").ids)
    known = {r.id: r.name for r in records if r.id in indexed and suits(candidate, r, filters)}
    for match in engine.scored(subject.rows, "employer", list(known), len(known)):
        yield _Option(known[match.posting], "profile", match)


def _why(engine: Engine, subject: Subject, option: _Option) -> tuple[Reason, ...]:
    """The demands that the candidate meets, of what the suggestion rests on."""
    explained = option.match
    with suppress(UnknownId):
        if option.basis == "profile":
            employer = cast("Employer", engine.store.get("employer", option.match.posting))
            explained = engine.explain_employer(subject, employer, option.match)
        else:
            explained = engine.explain(subject, option.match)
    return tuple(reason for reason in explained.demands if reason.status != "missing")


def _order(option: _Option) -> tuple[int, int, float, str]:
    place = BANDS.index(band_of(option.match.score))
    return place, LIVE_FIRST.index(option.basis), -option.match.score, option.match.posting


def same_name(one: str, other: str) -> bool:
    """Whether two names are those of one company, however they are written.

    >>> same_name("Nordvind A.P.S.", "nordvind aps")
    True
    """
    return same_key(one) == same_key(other)


def same_key(name: str) -> str:
    """A company's name however it is written."""
    return " ".join(name.casefold().replace(".", "").split())
