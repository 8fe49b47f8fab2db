"""What came of proposals: one row a pair, counted once, and a placement is no job."""

from datetime import date

from matcher.ledger.came_of import Tally, came_of
from matcher.ledger.verdicts import Choice, Verdict
from matcher.records import Outcome, Placement


def step(outcome: Outcome, day: int, candidate: str = "c1", posting: str = "p1", **more: str) -> Placement:
    return Placement(candidate=candidate, posting=posting, date=date(2026, 3, day), outcome=outcome, **more)  # type: ignore[arg-type]


def decided(verdict: Choice, reason: str, candidate: str = "c2") -> Verdict:
    at = "2026-03-20T09:00:00.000000+00:00"
    return Verdict(
        posting="p1", candidate=candidate, verdict=verdict, reason=reason, note="", account="a1", at=at, version=1
    )


def test_steps_of_one_pair_are_one_row_in_the_order_of_time() -> None:
    [row] = came_of([step("hired", 9), step("proposed", 1), step("interview", 9)], [], {"p1": "ordinary"})

    assert [each.outcome for each in row.steps] == ["proposed", "interview", "hired"]
    assert row.met
    assert row.stayed


def test_the_newest_stands_first_and_a_verdict_alone_is_a_row() -> None:
    rows = came_of([step("proposed", 1)], [decided("reject", "level")], {"p1": "ordinary"})

    assert [row.candidate for row in rows] == ["c2", "c1"]
    assert not rows[0].proposed


def test_each_pair_counts_once_and_a_placement_is_no_job() -> None:
    history = [
        step("proposed", 1),
        step("interview", 2),
        step("hired", 3),
        step("still_there", 9),
        step("hired", 4, "c3", instrument="virksomhedspraktik"),
        step("hired", 5, "c4", posting="p2"),
        step("rejected", 6, "c5"),
    ]
    rows = came_of(history, [decided("propose", "competences")], {"p1": "ordinary", "p2": "praktik"})

    assert Tally.of(rows) == Tally(proposed=5, met=3, hired=1, praktik=2)
