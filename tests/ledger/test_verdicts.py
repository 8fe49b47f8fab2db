"""Verdicts: one for a pair, with a reason; whoever decides second is told who was first."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from matcher.errors import InvalidVerdict, UnknownId, VerdictConflict
from matcher.ledger.log import DecisionLog
from matcher.ledger.verdicts import REASONS, Draft, choice_name, reason_name
from matcher.ports import Store
from matcher.records import Outcome, Placement
from matcher.storage import verdicts
from matcher.storage.service_tables import ACCOUNT
from tests.ledger.examples import AT, a_draft

DAY = AT.date()


def history(*steps: tuple[int, Outcome, str]) -> list[Placement]:
    """Steps of c1 as (days after `DAY`, outcome, posting)."""
    return [
        Placement(candidate="c1", posting=posting, date=DAY + timedelta(days=days), outcome=outcome)
        for days, outcome, posting in steps
    ]


def test_a_verdict_stands_with_reason_note_maker_and_time(log: DecisionLog) -> None:
    given = log.decide(a_draft(verdict="hold", reason="other", note="Venter på svar — måske mandag"), version=0, at=AT)

    assert log.verdict("p1", "c1") == given
    assert (given.verdict, given.reason, given.note) == ("hold", "other", "Venter på svar — måske mandag")
    assert (given.account, given.at, given.version) == ("a1", "2026-06-15T08:30:00.000000+00:00", 1)
    assert log.verdict("p2", "c1") is None


def test_a_second_thought_replaces_the_first_and_both_are_in_the_log(log: DecisionLog) -> None:
    log.decide(a_draft(), version=0)
    log.decide(a_draft(verdict="reject", reason="declined"), version=1)

    standing = log.verdict("p1", "c1")
    assert standing is not None
    assert (standing.verdict, standing.version) == ("reject", 2)
    assert [line.facts["verdict"] for line in log.lines()] == ["propose", "reject"]


def test_whoever_decides_second_is_told_who_and_when(log: DecisionLog, store: Store) -> None:
    account = {"id": "a1", "name": "Birthe Prøvesen", "email": "b@example.org", "role": "consultant"}
    rest = {"active": True, "created": "2026-01-01", "sessions": 0, "failures": 0}
    with store._database.write() as connection:  # type: ignore[attr-defined]
        connection.execute(insert(ACCOUNT).values(**account, **rest))
    log.decide(a_draft(), version=0, at=AT)

    with pytest.raises(
        VerdictConflict, match=r"Birthe Prøvesen decided on c1 for p1 at 2026-06-15 08:30.*: propose"
    ) as told:
        log.decide(a_draft(verdict="reject", reason="distance", account="a2"), version=0)

    assert told.value.found["version"] == 1
    assert "foreslå" in told.value.text("da")
    standing = log.verdict("p1", "c1")
    assert standing is not None
    assert standing.account == "a1"
    assert len(list(log.lines())) == 1


def test_an_account_that_is_gone_is_told_by_its_id(log: DecisionLog) -> None:
    log.decide(a_draft(account="a7"), version=0)

    with pytest.raises(VerdictConflict, match=r"^a7 decided"):
        log.decide(a_draft(), version=0)


def test_two_who_think_alike_are_still_two(log: DecisionLog) -> None:
    log.decide(a_draft(), version=0)

    with pytest.raises(VerdictConflict):
        log.decide(a_draft(account="a2"), version=0)


def test_a_form_sent_twice_decides_once(log: DecisionLog) -> None:
    first = log.decide(a_draft(), version=0, at=AT)

    assert log.decide(a_draft(), version=0) == first
    assert len(list(log.lines())) == 1


def test_a_version_that_never_was_is_a_conflict(log: DecisionLog) -> None:
    with pytest.raises(VerdictConflict):
        log.decide(a_draft(), version=3)


@pytest.mark.parametrize(("field", "kind"), [("posting", "posting"), ("candidate", "candidate")])
def test_nobody_decides_on_what_is_not_there(log: DecisionLog, field: str, kind: str) -> None:
    with pytest.raises(UnknownId, match=f"no {kind} with id 'nobody'"):
        log.decide(a_draft(**{field: "nobody"}), version=0)

    assert list(log.lines()) == []


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"verdict": "hire"}, "'hire' is no verdict; wanted is one of: propose, hold, reject"),
        ({"reason": "age"}, "'age' is no reason for this verdict"),
        ({"verdict": "hold", "reason": "declined"}, "'declined' is no reason"),
        ({"reason": "other", "note": "  "}, "told in a note"),
        ({"note": "æ" * 2001}, "2001 characters and may have 2000"),
        ({"note": "half \ud800 a letter"}, "no database keeps"),
        ({"candidate": "c\0"}, "no database keeps"),
    ],
)
def test_what_is_no_verdict_is_refused(fields: dict[str, Any], why: str) -> None:
    whole = {"posting": "p1", "candidate": "c1", "verdict": "propose", "reason": "growth", "note": "", "account": "a1"}

    with pytest.raises(InvalidVerdict, match=why):
        Draft.of(**(whole | fields))


def test_every_verdict_and_reason_has_words() -> None:
    for verdict, reasons in REASONS.items():
        assert choice_name(verdict).text("da") != choice_name(verdict).text("en")
        for reason in reasons:
            assert reason_name(verdict, reason).text("da") != reason_name(verdict, reason).text("en")


def test_script_and_quotes_in_a_note_are_just_text(log: DecisionLog) -> None:
    note = "<script>alert('x')</script>'; DROP TABLE verdict; --"

    assert log.decide(a_draft(note=note), version=0).note == note
    [standing] = log.verdicts(posting="p1")
    assert standing.note == note


def test_verdicts_are_found_by_posting_and_by_candidate_newest_first(log: DecisionLog) -> None:
    for day, (posting, candidate) in enumerate([("p1", "c1"), ("p2", "c1"), ("p1", "c2")]):
        log.decide(a_draft(posting=posting, candidate=candidate), version=0, at=AT + timedelta(days=day))

    assert [(v.posting, v.candidate) for v in log.verdicts(posting="p1")] == [("p1", "c2"), ("p1", "c1")]
    assert [v.posting for v in log.verdicts(candidate="c1")] == ["p2", "p1"]
    assert [v.candidate for v in log.verdicts(posting="p1", candidate="c2")] == ["c2"]
    assert len(log.verdicts()) == 3


def test_ids_that_no_database_keeps_are_simply_unknown(log: DecisionLog) -> None:
    assert log.verdict("p1", "c\0") is None
    assert log.verdicts(candidate="\ud800") == []


def test_who_is_proposed_elsewhere_is_known(log: DecisionLog) -> None:
    log.decide(a_draft(posting="p2"), version=0, at=AT)
    log.decide(a_draft(posting="p1", verdict="hold", reason="in_process"), version=0, at=AT)
    log.decide(a_draft(posting="p1", candidate="c2"), version=0, at=AT)

    elsewhere = log.proposed_elsewhere(["c1", "c2", "c3"], posting="p1")

    assert {id: [(one.posting, one.state) for one in found] for id, found in elsewhere.items()} == {
        "c1": [("p2", "proposed")]
    }


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([(0, "proposed", "p2")], "proposed"),
        ([(0, "proposed", "p2"), (3, "interview", "p2")], "interview"),
        ([(0, "interview", "p2"), (0, "contacted", "p2")], "interview"),
        ([(0, "interview", "p2"), (5, "rejected", "p2")], None),
        ([(0, "proposed", "p2"), (9, "hired", "p2")], None),
    ],
)
def test_the_history_of_placements_counts_too(
    log: DecisionLog, store: Store, steps: list[tuple[int, Outcome, str]], state: str | None
) -> None:
    store.save_placements(history(*steps))

    found = log.proposed_elsewhere(["c1"], posting=None)

    assert [one.state for one in found.get("c1", [])] == ([state] if state else [])


@pytest.mark.parametrize(("days", "state"), [(-1, "proposed"), (0, "interview"), (2, "interview")])
def test_the_newer_of_history_and_verdict_counts(log: DecisionLog, store: Store, days: int, state: str) -> None:
    log.decide(a_draft(posting="p2"), version=0, at=AT)
    store.save_placements(history((days, "interview", "p2")))

    [found] = log.proposed_elsewhere(["c1"], posting="p1")["c1"]

    assert found.state == state


def test_newest_proposals_come_first(log: DecisionLog, store: Store) -> None:
    store.save_placements(history((0, "proposed", "p1"), (2, "proposed", "p2")))

    found = log.proposed_elsewhere(["c1"], posting=None)["c1"]

    assert [(one.posting, date.fromisoformat(one.at)) for one in found] == [
        ("p2", DAY + timedelta(days=2)),
        ("p1", DAY),
    ]


def test_forgetting_a_person_removes_verdicts_and_notes(log: DecisionLog, store: Store) -> None:
    log.decide(a_draft(note="en sjælden sætning"), version=0)

    with store._database.write() as connection:  # type: ignore[attr-defined]
        assert verdicts.forget(connection, "c1") == 1

    assert log.verdicts(candidate="c1") == []
    assert log.verify().ok
