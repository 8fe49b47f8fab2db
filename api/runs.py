"""The evaluations and audits that an analyst starts: each run to its end and kept as a report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from api.evaluations import on_judgements, on_placements
from eval.assessed_report import backtest_report, judged_report
from eval.audit_groups import home_groups
from eval.audited_report import deletion_report, groups_report, swap_report
from eval.deletion import deletion_test
from eval.fairness import fairness
from eval.judged import Direction
from eval.kept_reports import KeptReport, KeptReports
from eval.ranking import every_list
from eval.swap import swap_test
from matcher.engine import Engine
from matcher.ingest.placement_file import PlacementLog
from matcher.records import Candidate, Judgement

Tell = Callable[[str, int, int], None]
LIST_LENGTH = 10


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs on the engine of a home; every method returns the report it has kept. `tell` hears how far it is."""

    engine: Engine
    reports: KeptReports

    def on_judgements(self, judgements: Sequence[Judgement], direction: Direction, tell: Tell) -> KeptReport:
        """Hold the lists against grades that people gave."""
        engine = self._ready(tell)
        found = on_judgements(engine, judgements, direction, baselines=True, tell=tell)
        return self.reports.keep(
            "judgements", lambda language: judged_report(found, language=language, made=_today(), model=engine.model)
        )

    def on_placements(self, log: PlacementLog, direction: Direction, tell: Tell) -> KeptReport:
        """Hold the lists against what came of past proposals."""
        engine = self._ready(tell)
        found = on_placements(engine, log, direction)
        return self.reports.keep(
            "placements", lambda language: backtest_report(found, language=language, made=_today(), model=engine.model)
        )

    def groups(self, tell: Tell, *, k: int = LIST_LENGTH) -> KeptReport:
        """Measure who makes the lists, by the groups that records tell of."""
        engine = self._ready(tell)
        run = every_list(engine, tell)
        candidates = engine.indexes.pool("candidate").ids
        records = (engine.store.get("candidate", id) for id in candidates)
        attributes = home_groups(record for record in records if isinstance(record, Candidate))
        found = fairness(run, attributes, candidates=candidates, k=k)
        return self.reports.keep(
            "groups", lambda language: groups_report(found, language=language, made=_today(), model=engine.model)
        )

    def swap(self, variants: int, tell: Tell) -> KeptReport:
        """Exchange names, pronouns, origin, address and age; scores must stay."""
        found = swap_test(self._ready(tell), variants=variants, tell=tell)
        return self.reports.keep(
            "swap", lambda language: swap_report(found, language=language, made=_today(), model=self.engine.model)
        )

    def deletion(self, postings: int, tell: Tell) -> KeptReport:
        """Take the quoted sentences away; scores must fall more than without as many others."""
        found = deletion_test(self._ready(tell), postings=postings, tell=tell)
        return self.reports.keep(
            "deletion",
            lambda language: deletion_report(found, language=language, made=_today(), model=self.engine.model),
        )

    def _ready(self, tell: Tell) -> Engine:
        self.engine.refresh(tell)
        return self.engine


def _today() -> str:
    return datetime.now(UTC).astimezone().date().isoformat()
