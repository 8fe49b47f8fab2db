"""What candidates want and how long a job's week is: read from lines and tables, in Danish headings, too."""

import json
from pathlib import Path
from typing import Any

import pytest

from matcher.ingest.report import IngestReport, Plural
from matcher.ingest.service import ingest
from matcher.records import Candidate, Posting
from tests.fakes import MemoryStore

CV = "Profil: Jeg er god til tal og har erfaring med Excel."
JOB = "Du skal regne, og du er god til tal."


def read_jsonl(path: Path, kind: Plural, row: dict[str, Any]) -> tuple[MemoryStore, IngestReport]:
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    store = MemoryStore()
    return store, ingest(kind, [path], store=store)


def read_csv(path: Path, kind: Plural, row: dict[str, str]) -> tuple[MemoryStore, IngestReport]:
    cells = ('"' + cell.replace('"', '""') + '"' for cell in row.values())
    path.write_text(f"{';'.join(row)}\n{';'.join(cells)}\n", encoding="utf-8")
    store = MemoryStore()
    return store, ingest(kind, [path], store=store)


def candidate_of(read: tuple[MemoryStore, IngestReport]) -> Candidate:
    [record] = read[0].records("candidate")
    assert isinstance(record, Candidate)
    return record


def posting_of(read: tuple[MemoryStore, IngestReport]) -> Posting:
    [record] = read[0].records("posting")
    assert isinstance(record, Posting)
    return record


def said(report: IngestReport, language: str = "en") -> str:
    [row] = report.rows
    return row.text(language)


def test_wishes_are_read_from_a_line(tmp_path: Path) -> None:
    row = {
        "id": "c1",
        "text": CV,
        "wanted_types": ["ordinary", "løntilskud"],
        "wanted_municipalities": ["Aalborg", "Hjørring Kommune"],
        "most_hours": 30,
    }
    read = read_jsonl(tmp_path / "c.jsonl", "candidates", row)

    assert candidate_of(read).wanted_types == ("ordinary", "loentilskud")
    assert candidate_of(read).wanted_municipalities == ("Aalborg", "Hjørring Kommune")
    assert candidate_of(read).most_hours == 30
    assert said(read[1]) == ""


@pytest.mark.parametrize(
    ("types", "area", "hours"),
    [
        ("Ønsket ansættelse", "Ønsket område", "Højst timer"),
        ("Ønsket ansættelsesform", "Ønskede kommuner", "Højst timer om ugen"),
        ("wanted employment", "Wanted area", "max hours"),
        ("wanted_types", "wanted_municipalities", "most_hours"),
    ],
)
def test_wishes_are_read_from_a_table_under_danish_and_english_headings(
    tmp_path: Path, types: str, area: str, hours: str
) -> None:
    row = {"id": "c1", "tekst": CV, types: "Vikariat; fuldtid", area: "Læsø; Brønderslev", hours: "29,5"}
    read = read_csv(tmp_path / "c.csv", "candidates", row)

    assert candidate_of(read).wanted_types == ("vikariat", "ordinary")
    assert candidate_of(read).wanted_municipalities == ("Læsø", "Brønderslev")
    assert candidate_of(read).most_hours == 29.5
    assert said(read[1]) == ""


@pytest.mark.parametrize("heading", ["Timer", "timetal", "Ugentlige timer", "Timer om ugen", "Hours per week", "hours"])
def test_the_hours_of_a_job_are_read_from_a_table(tmp_path: Path, heading: str) -> None:
    read = read_csv(tmp_path / "p.csv", "postings", {"id": "p1", "titel": "Jurist", "tekst": JOB, heading: "37"})

    assert posting_of(read).hours == 37
    assert said(read[1]) == ""


def test_the_hours_of_a_job_are_read_from_a_line(tmp_path: Path) -> None:
    row = {"id": "p1", "title": "Jurist", "text": JOB, "hours": 18.5}

    assert posting_of(read_jsonl(tmp_path / "p.jsonl", "postings", row)).hours == 18.5


def test_a_kind_of_job_that_nobody_knows_is_noticed_and_the_others_are_kept(tmp_path: Path) -> None:
    row = {"id": "c1", "text": CV, "wanted_types": ["praktik", "on the moon", "virksomhedspraktik", "kaptajn"]}
    read = read_jsonl(tmp_path / "c.jsonl", "candidates", row)

    assert candidate_of(read).wanted_types == ("praktik",)
    assert "on the moon" in said(read[1])
    assert "kaptajn" in said(read[1], "da")
    assert "wanted_types" in said(read[1])


@pytest.mark.parametrize("written", ["mange", "-3", "169", "nan"])
@pytest.mark.parametrize(
    ("kind", "field", "rest"),
    [("candidates", "most_hours", {"text": CV}), ("postings", "hours", {"title": "Jurist", "text": JOB})],
)
def test_hours_that_no_week_has_are_left_out_with_a_notice(
    tmp_path: Path, kind: Plural, field: str, rest: dict[str, str], written: str
) -> None:
    read = read_jsonl(tmp_path / "x.jsonl", kind, {"id": "x1", **rest, field: written})
    record = candidate_of(read) if kind == "candidates" else posting_of(read)

    assert getattr(record, field) is None
    assert read[1].rows[0].status == "read"
    assert field in said(read[1])
    assert written in said(read[1], "da")


def test_who_says_nothing_wishes_nothing(tmp_path: Path) -> None:
    silent = {"id": "c1", "tekst": CV, "Ønsket ansættelse": "", "Ønsket område": " ", "Højst timer": ""}
    read = read_csv(tmp_path / "c.csv", "candidates", silent)

    assert candidate_of(read) == candidate_of(read_jsonl(tmp_path / "c.jsonl", "candidates", {"id": "c1", "text": CV}))
    assert (candidate_of(read).wanted_types, candidate_of(read).wanted_municipalities) == ((), ())
    assert (candidate_of(read).most_hours, said(read[1])) == (None, "")


def test_a_number_in_a_wish_that_is_a_persons_is_covered(tmp_path: Path) -> None:
    row = {"id": "c1", "text": CV, "wanted_municipalities": ["Aalborg", "120598-1234"], "wanted_types": ["120598-1234"]}
    read = read_jsonl(tmp_path / "c.jsonl", "candidates", row)

    assert "1234" not in repr(candidate_of(read))
    assert "1234" not in said(read[1])
