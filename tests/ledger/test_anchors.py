"""Anchors lie outside the database, outlive a cut-off write, and never go backwards."""

import stat
from pathlib import Path

from matcher.ledger import anchors
from matcher.ledger.lines import Line, line_after


def some_lines(count: int) -> list[Line]:
    lines: list[Line] = []
    for number in range(count):
        lines.append(line_after(lines[-1] if lines else None, at="t", kind="login", content=f'{{"n":{number}}}'))
    return lines


def numbers(home: Path) -> list[int]:
    return [anchor.number for anchor in anchors.read(home).kept]


def test_a_home_without_anchors_has_none(tmp_path: Path) -> None:
    assert anchors.read(tmp_path) == anchors.Anchors((), 0)


def test_each_line_adds_its_number_and_digest(tmp_path: Path) -> None:
    lines = some_lines(3)

    assert all(anchors.keep(tmp_path, line) for line in lines)

    assert anchors.read(tmp_path).kept == tuple(anchors.Anchor(line.number, line.digest) for line in lines)


def test_only_the_owner_reads_them(tmp_path: Path) -> None:
    anchors.keep(tmp_path, some_lines(1)[0])

    file = tmp_path / "anchors" / "decision-log.jsonl"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_line_that_a_newer_one_covers_adds_nothing(tmp_path: Path) -> None:
    first, second, third = some_lines(3)

    for line in (first, third, second):
        anchors.keep(tmp_path, line)

    assert numbers(tmp_path) == [1, 3]


def test_a_write_that_was_cut_off_does_not_count_and_is_replaced(tmp_path: Path) -> None:
    first, second = some_lines(2)
    anchors.keep(tmp_path, first)
    file = tmp_path / "anchors" / "decision-log.jsonl"
    whole = file.read_bytes()
    file.write_bytes(whole + whole[:40])

    assert anchors.read(tmp_path) == anchors.Anchors((anchors.Anchor(1, first.digest),), 0)
    anchors.keep(tmp_path, second)
    assert numbers(tmp_path) == [1, 2]
    assert anchors.read(tmp_path).damaged == 0


def test_a_long_file_is_continued_at_its_end(tmp_path: Path) -> None:
    for line in some_lines(60):
        anchors.keep(tmp_path, line)

    assert (tmp_path / "anchors" / "decision-log.jsonl").stat().st_size > anchors.TAIL
    assert numbers(tmp_path) == list(range(1, 61))
