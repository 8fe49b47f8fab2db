"""Judgement files are right in every line, or nothing is evaluated with them."""

import json
from pathlib import Path

import pytest

from matcher.errors import UnreadableFile
from matcher.ingest.judgements import InvalidJudgementLines
from matcher.ingest.rows import read_judgements
from matcher.records import Judgement


def lines(path: Path, *objects: object) -> Path:
    path.write_text("\n".join(json.dumps(item) for item in objects), encoding="utf-8")
    return path


def test_judgements_come_in_the_order_of_the_file_and_unknown_fields_do_not_count(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "j.jsonl",
        {"posting": "p2", "candidate": "c1", "grade": 3, "why": "god"},
        {"posting": "p1", "candidate": "c1", "grade": "0"},
    )

    assert read_judgements(path) == [
        Judgement(posting="p2", candidate="c1", grade=3),
        Judgement(posting="p1", candidate="c1", grade=0),
    ]


def test_the_same_judgement_twice_counts_once(tmp_path: Path) -> None:
    same = {"posting": "p1", "candidate": "c1", "grade": 2}

    assert len(read_judgements(lines(tmp_path / "j.jsonl", same, same))) == 1


def test_a_table_of_judgements_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "j.csv"
    path.write_text("posting;candidate;grade\np1;c1;2\n", encoding="utf-8")

    assert read_judgements(path) == [Judgement(posting="p1", candidate="c1", grade=2)]


@pytest.mark.parametrize("grade", [4, -1, 2.5, "god", True, None, [1]])
def test_a_grade_outside_the_scale_is_refused_with_its_line(tmp_path: Path, grade: object) -> None:
    good = {"posting": "p1", "candidate": "c1", "grade": 1}
    path = lines(tmp_path / "j.jsonl", good, {"posting": "p1", "candidate": "c2", "grade": grade})

    with pytest.raises(InvalidJudgementLines, match=r"line 2: .* is no grade"):
        read_judgements(path)


def test_judgements_that_disagree_are_refused_with_both_lines(tmp_path: Path) -> None:
    first, second = ({"posting": "p1", "candidate": "c1", "grade": grade} for grade in (1, 2))

    with pytest.raises(InvalidJudgementLines, match=r"line 2: .*another grade in line 1"):
        read_judgements(lines(tmp_path / "j.jsonl", first, second))


def test_every_wrong_line_is_counted_and_the_first_are_named_in_danish_too(tmp_path: Path) -> None:
    wrong = [{"posting": "p1", "candidate": f"c{n}", "grade": 9} for n in range(8)]

    with pytest.raises(InvalidJudgementLines) as refusal:
        read_judgements(lines(tmp_path / "j.jsonl", *wrong, {"candidate": "c1", "grade": 1}, [1]))
    assert len(refusal.value.errors) == 10
    assert "10 linje(r)" in refusal.value.text("da")
    assert refusal.value.text("da").count("ikke en karakter") == 5


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="does not exist"):
        read_judgements(tmp_path / "gone.jsonl")
