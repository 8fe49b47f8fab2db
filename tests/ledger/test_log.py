"""The log is append-only: what was changed, removed or rewritten behind its back is found."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher.errors import UnknownDecision
from matcher.ledger.lines import START, line_after
from matcher.ledger.log import DecisionLog
from matcher.ledger.verification import Verification
from matcher.ports import Store
from matcher.storage import decisions
from tests.ledger.examples import AT, a_draft, an_entry

FILE = Path("anchors") / "decision-log.jsonl"


@pytest.fixture
def change(store: Store) -> Callable[..., None]:
    """Alter the database behind the log's back."""

    def run(statement: str, **values: object) -> None:
        with store._database.alter() as connection:  # type: ignore[attr-defined]
            connection.execute(text(statement), values)

    return run


def filled(log: DecisionLog, lines: int = 5) -> Verification:
    for number in range(lines):
        log.append(an_entry(note=number), at=AT)
    return log.verify()


def test_an_empty_log_is_whole(log: DecisionLog) -> None:
    assert log.verify().ok
    assert list(log.lines()) == []


def test_lines_are_numbered_chained_and_anchored(log: DecisionLog) -> None:
    found = filled(log)

    assert found == Verification(lines=5, broken_at=None, anchor_at=None, anchored=5, damaged=0)
    lines = list(log.lines())
    assert [line.number for line in lines] == [1, 2, 3, 4, 5]
    assert [line.previous for line in lines] == [START, *(line.digest for line in lines[:-1])]
    assert lines[2].facts["note"] == 2
    assert lines[2].at == "2026-06-15T08:30:00.000000+00:00"
    assert log.line(3) == lines[2]
    assert list(log.lines(after=3)) == lines[3:]


def test_more_lines_than_fit_a_page_are_read_in_order(log: DecisionLog, store: Store) -> None:
    with store._database.write() as connection:  # type: ignore[attr-defined]
        for number in range(520):
            line = decisions.append(connection, an_entry(note=number), at=AT)
    log.anchor(line)

    assert log.verify() == Verification(lines=520, broken_at=None, anchor_at=None, anchored=520, damaged=0)


def test_a_line_that_is_not_there_is_refused(log: DecisionLog) -> None:
    filled(log, 2)

    with pytest.raises(UnknownDecision, match="no line 7; its last one is 2") as refusal:
        log.line(7)
    assert "ingen linje 7" in refusal.value.text("da")


def test_a_person_stands_in_the_log_under_a_pseudonym(log: DecisionLog, store: Store) -> None:
    first, again = log.append(an_entry("maja-testesen")), log.append(an_entry("maja-testesen"))

    assert "maja" not in first.content
    assert first.facts["candidate"] == again.facts["candidate"]
    assert log.store.persons([first.facts["candidate"], "person-unknown"]) == {
        first.facts["candidate"]: "maja-testesen"
    }
    assert [line.number for line in log.about("candidate", "maja-testesen")] == [2, 1]
    with store._database.read() as connection:  # type: ignore[attr-defined]
        rows = connection.execute(text("SELECT id FROM decision_about")).scalars().all()
    assert set(rows) == {first.facts["candidate"]}


def test_forgetting_a_person_leaves_the_chain_whole_and_nobody_to_find(log: DecisionLog, store: Store) -> None:
    pseudonym = log.append(an_entry("c1")).facts["candidate"]
    filled(log, 2)

    with store._database.write() as connection:  # type: ignore[attr-defined]
        assert decisions.forget(connection, "c1") == pseudonym
        assert decisions.forget(connection, "never-seen") is None

    assert log.verify().ok
    assert log.store.persons([pseudonym]) == {}
    assert log.about("candidate", "c1") == []
    assert log.append(an_entry("c1")).facts["candidate"] != pseudonym


@pytest.mark.parametrize("column", ["at", "kind", "content"])
def test_a_changed_line_is_found(log: DecisionLog, change: Callable[..., None], column: str) -> None:
    filled(log)
    change(f"UPDATE decision SET {column} = 'x' WHERE number = 3")

    found = log.verify()

    assert (found.ok, found.broken_at, found.lines) == (False, 3, 2)


@pytest.mark.parametrize("number", [1, 3])
def test_a_line_that_was_removed_is_found(log: DecisionLog, change: Callable[..., None], number: int) -> None:
    filled(log)
    change("DELETE FROM decision WHERE number = :number", number=number)

    assert log.verify().broken_at == number


def test_lines_cut_off_at_the_end_are_found_by_the_anchor(log: DecisionLog, change: Callable[..., None]) -> None:
    filled(log)
    change("DELETE FROM decision WHERE number > 3")

    found = log.verify()

    assert (found.ok, found.broken_at, found.anchor_ok, found.anchor_at) == (False, None, False, 4)


def test_a_log_that_was_rewritten_whole_is_found_by_the_anchor(log: DecisionLog, change: Callable[..., None]) -> None:
    filled(log)
    line = log.line(2)
    for number in range(3, 6):
        line = line_after(line, at=line.at, kind=line.kind, content='{"forged":true}')
        values = {"n": number, "content": line.content, "previous": line.previous, "digest": line.digest}
        change(
            "UPDATE decision SET content = :content, previous = :previous, digest = :digest WHERE number = :n", **values
        )

    found = log.verify()

    assert found.broken_at is None
    assert (found.ok, found.anchor_at) == (False, 3)


def test_a_log_without_its_anchors_is_not_vouched_for(log: DecisionLog) -> None:
    filled(log)
    (log.home / FILE).unlink()

    found = log.verify()

    assert (found.ok, found.broken_at, found.anchor_ok, found.anchored) == (False, None, False, 0)


def test_a_damaged_anchor_is_counted(log: DecisionLog) -> None:
    filled(log)
    content = (log.home / FILE).read_bytes().splitlines(keepends=True)
    (log.home / FILE).write_bytes(b"".join([content[0], b"[1, 2]\n", b"\xff\n", *content[3:]]))

    found = log.verify()

    assert (found.ok, found.damaged, found.anchor_at) == (False, 2, None)


def test_a_line_that_could_not_be_anchored_is_stored_and_the_next_one_covers_it(
    log: DecisionLog, caplog: pytest.LogCaptureFixture
) -> None:
    log.append(an_entry())
    (log.home / FILE).rename(log.home / "aside")
    (log.home / FILE).mkdir()

    log.append(an_entry())

    assert "Line 2 of the decision log is stored but not anchored" in caplog.text
    (log.home / FILE).rmdir()
    (log.home / "aside").rename(log.home / FILE)
    found = log.verify()
    assert (found.ok, found.lines, found.anchored) == (True, 2, 1)
    log.append(an_entry())
    assert log.verify().anchored == 3


def test_an_entry_that_cannot_be_written_leaves_nothing(log: DecisionLog) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        log.append(an_entry("c9", score=float("inf")))

    assert list(log.lines()) == []
    assert log.about("candidate", "c9") == []


def test_many_who_write_at_once_make_one_chain(log: DecisionLog) -> None:
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda n: log.append(an_entry(f"c{n % 3}", note=n)), range(80)))

    found = log.verify()
    assert (found.ok, found.lines, found.anchored) == (True, 80, 80)
    assert sorted(line.number for line in written) == list(range(1, 81))
    assert {line.facts["note"] for line in log.lines()} == set(range(80))
    assert len({line.facts["candidate"] for line in log.lines()}) == 3


def test_a_verdict_is_in_the_log_the_moment_it_stands(log: DecisionLog) -> None:
    log.decide(a_draft(note="Ring til Maja på 98 00 00 00"), version=0, at=AT)

    [line] = log.lines()
    assert (line.kind, line.facts["verdict"], line.facts["reason"]) == ("verdict", "propose", "competences")
    assert (line.facts["account"], line.facts["posting"], line.facts["version"]) == ("a1", "p1", 1)
    assert line.facts["noted"] is True
    assert "Maja" not in line.content
    assert [found.number for found in log.about("posting", "p1")] == [1]
    assert log.verify().ok
