"""The last check of the log is kept with its time, and the newest lines are read without the others."""

from dataclasses import replace
from pathlib import Path

import pytest

from matcher.ledger import checks
from matcher.ledger.lines import Event
from matcher.ledger.log import DecisionLog
from matcher.ledger.verification import EACH, Verification
from tests.ledger.examples import AT, an_entry

WHOLE = Verification(lines=7, broken_at=None, anchor_at=None, anchored=7, damaged=0)


def test_a_check_is_kept_and_read_again(tmp_path: Path) -> None:
    kept = checks.keep(tmp_path, WHOLE, at=AT)

    assert checks.last(tmp_path) == kept
    assert kept.found == WHOLE
    assert kept.at == AT.isoformat(timespec="seconds")


def test_only_the_last_one_counts(tmp_path: Path) -> None:
    checks.keep(tmp_path, WHOLE)
    checks.keep(tmp_path, Verification(lines=3, broken_at=4, anchor_at=None, anchored=3, damaged=0))

    last = checks.last(tmp_path)
    assert last is not None
    assert not last.found.ok


@pytest.mark.parametrize(
    "written", ["", "no json", "[]", '{"at": "yesterday", "found": {}}', '{"at": "2026-01-01T00:00:00+00:00"}', "null"]
)
def test_a_damaged_file_is_no_check(tmp_path: Path, written: str) -> None:
    checks.keep(tmp_path, WHOLE)
    (tmp_path / "anchors" / checks.FILE).write_text(written, encoding="utf-8")

    assert checks.last(tmp_path) is None


def test_a_home_that_cannot_be_written_keeps_no_check_and_says_what_was_found(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "file"
    home.write_text("no folder", encoding="utf-8")

    assert checks.keep(home, WHOLE).found == WHOLE
    assert checks.last(home) is None
    assert "not kept" in caplog.text


def test_checking_the_log_keeps_what_was_found_and_verifying_does_not(log: DecisionLog) -> None:
    log.append(an_entry())
    log.verify()
    before = log.last_check()
    made = log.check()

    assert before is None
    assert made.found.ok
    assert log.last_check() == made


def test_a_check_leaves_the_anchors_alone(log: DecisionLog) -> None:
    for _ in range(3):
        log.append(an_entry())
        assert log.check().found.ok


def test_a_long_check_tells_how_far_it_is(log: DecisionLog) -> None:
    for _ in range(EACH + 1):
        log.store.append(an_entry())
    told: list[tuple[int, int]] = []
    log.verify(lambda done, total: told.append((done, total)))

    assert told == [(EACH, EACH + 1)]


def test_the_newest_lines_come_first_by_kind_and_page(log: DecisionLog) -> None:
    kinds: list[Event] = ["login", "export", "login", "login", "export"]
    for kind in kinds:
        log.append(replace(an_entry(), kind=kind))

    def numbers(**wanted: object) -> list[int]:
        return [line.number for line in log.newest(**wanted)]  # type: ignore[arg-type]

    assert numbers(limit=2) == [5, 4]
    assert numbers(limit=9, before=3) == [2, 1]
    assert numbers(limit=9, kind="login") == [4, 3, 1]
    assert numbers(limit=1, kind="login", before=4) == [3]
    assert numbers(limit=9, kind="erasure") == []
