"""A match as a page shows it: counts of demands, what stands beside it, and where else the candidate is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.engine import Engine
from matcher.ledger.log import DecisionLog
from matcher.ledger.verdicts import Proposal, Verdict
from matcher.near_misses import NearMiss, Relaxation
from matcher.records import Candidate, Match, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One candidate on a list, with the facts beside the match; `relaxation`: what would have to be given up."""

    match: Match
    candidate: Candidate
    verdict: Verdict | None = None
    elsewhere: Sequence[Proposal] = ()
    relaxation: Relaxation | None = None

    def count(self, status: str) -> int:
        """How many demands stand so."""
        return sum(reason.status == status for reason in self.match.demands)

    @property
    def demands(self) -> list[Reason]:
        """Demands, needed ones first, in the order of the posting."""
        return sorted(self.match.demands, key=lambda reason: reason.strength != "must")

    @property
    def missing_musts(self) -> list[str]:
        """What is needed and not found, in the posting's words."""
        return [one.competence for one in self.demands if one.status == "missing" and one.strength == "must"]


def rows_of(
    engine: Engine,
    log: DecisionLog,
    posting: str | None,
    matches: Sequence[Match],
    relaxations: Mapping[str, Relaxation] | None = None,
) -> list[Row]:
    """Return matches with what is known of their candidates; `posting` is None where it is stored nowhere."""
    ids = [match.candidate for match in matches]
    verdicts = {one.candidate: one for one in log.verdicts(posting=posting)} if posting is not None else {}
    elsewhere = log.proposed_elsewhere(ids, posting=posting)
    known = engine.market().candidates
    return [
        Row(
            match=match,
            candidate=known[match.candidate],
            verdict=verdicts.get(match.candidate),
            elsewhere=elsewhere.get(match.candidate, ()),
            relaxation=(relaxations or {}).get(match.candidate),
        )
        for match in matches
        if match.candidate in known
    ]


def near_rows(engine: Engine, log: DecisionLog, posting: str | None, found: Sequence[NearMiss]) -> list[Row]:
    """Return near misses as rows."""
    relaxations = {one.match.candidate: one.relaxation for one in found}
    return rows_of(engine, log, posting, [one.match for one in found], relaxations)
