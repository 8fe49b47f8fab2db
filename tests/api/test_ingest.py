"""Records sent over HTTP: in lines or in files, idempotent, and gone when they are deleted."""

import json
from pathlib import Path

import pytest

from api.service import Service
from api.uploads import FOLDER, safe_name
from matcher.engine import Engine
from tests.api.conftest import EMAIL, NAME, As, Person
from tests.builders import WELDER_CV


def lines(*rows: dict[str, str]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


ROW = {"id": "welder", "text": WELDER_CV}


def left_behind(service: Service) -> list[Path]:
    return list((service.home / FOLDER).iterdir())


def test_the_same_lines_sent_again_change_nothing(consultant: Person, engine: Engine, service: Service) -> None:
    first = consultant.post("ingest/candidates", content=lines(ROW)).json()
    generation = engine.store.generation()
    again = consultant.post("ingest/candidates", content=lines(ROW)).json()

    assert (first["counts"]["read"], again["counts"]["unchanged"]) == (1, 1)
    assert engine.store.generation() == generation
    assert left_behind(service) == []


def test_what_is_sent_stands_on_the_next_list(consultant: Person) -> None:
    consultant.post("ingest/candidates", content=lines(ROW))

    body = consultant.get("postings/p1/shortlist").json()

    assert "welder" in [match["candidate"] for match in body["matches"]]


def test_a_bad_line_is_told_and_stops_no_other(consultant: Person) -> None:
    body = consultant.post("ingest/candidates", content=lines(ROW) + b"{broken\n").json()

    assert body["counts"] == {"read": 1, "updated": 0, "unchanged": 0, "refused": 1}
    refused = next(row for row in body["files"] if row["status"] == "refused")
    assert (refused["source"], refused["line"]) == ("lines.jsonl", 2)
    assert refused["message"].startswith("lines.jsonl, line 2")


def test_the_words_of_a_report_are_in_the_language_that_was_asked_for(consultant: Person) -> None:
    body = consultant.post("ingest/candidates", content=b"{broken\n", headers={"Accept-Language": "da"}).json()

    assert "linje 1" in body["files"][0]["message"]


def test_nothing_sent_is_told_without_a_path(consultant: Person, service: Service) -> None:
    answer = consultant.post("ingest/candidates", content=b"")

    assert answer.json()["counts"]["refused"] == 1
    assert str(service.home) not in answer.text


@pytest.mark.parametrize(
    "name", ["cv.txt", "../../../cv.txt", "C:\\Users\\x\\cv.txt", 'a"b<c>.txt', "x" * 400 + ".txt", "cv\x00.txt"]
)
def test_a_file_is_read_under_a_name_that_leads_nowhere(consultant: Person, service: Service, name: str) -> None:
    answer = consultant.post("ingest/candidates/files", files={"files": (name, WELDER_CV.encode())})

    assert answer.status_code == 200
    assert answer.json()["counts"]["read"] == 1
    assert str(service.home) not in answer.text
    assert left_behind(service) == []


def test_two_files_of_one_name_are_refused_by_it(consultant: Person, service: Service) -> None:
    files = [("files", ("cv.txt", WELDER_CV.encode())), ("files", ("cv.txt", b"Another one"))]
    answer = consultant.post("ingest/candidates/files", files=files)

    assert answer.json()["counts"]["refused"] == 2
    assert str(service.home) not in answer.text


def test_a_file_of_the_wrong_kind_is_told(consultant: Person) -> None:
    answer = consultant.post("ingest/candidates/files", files={"files": ("cv.pdf", b"MZ\x90\x00 a program")})

    assert answer.json()["counts"]["refused"] == 1
    assert "cv.pdf" in answer.json()["files"][0]["message"]


def test_an_unknown_kind_is_refused(consultant: Person) -> None:
    assert consultant.post("ingest/invoices", content=b"{}").status_code == 422


def test_a_deleted_posting_is_gone_from_lists(consultant: Person) -> None:
    assert consultant.ask("DELETE", "postings/p2").status_code == 204
    assert consultant.get("postings/p2").status_code == 404
    assert consultant.ask("DELETE", "postings/p2").status_code == 404
    assert consultant.ask("DELETE", "employers/e1").status_code == 204
    assert consultant.get("employers").json()["total"] == 0


def test_erasing_a_person_comes_with_its_proof(consultant: Person, as_role: As, service: Service) -> None:
    consultant.get("postings/p1/shortlist")

    body = as_role("administrator").ask("DELETE", "candidates/engineer").json()

    assert body["removed"]
    assert body["found"] == []
    assert consultant.get("candidates/engineer").status_code == 404
    assert "engineer" not in [m["candidate"] for m in consultant.get("postings/p1/shortlist").json()["matches"]]
    for file in service.home.rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert NAME.encode() not in held, file
            assert EMAIL.encode() not in held, file


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("cv.pdf", "cv.pdf"), ("../x", "x"), ("a\\b\\c.docx", "c.docx"), (None, "document"), ("...", "document")],
)
def test_names_of_files_are_made_safe(sent: str | None, kept: str) -> None:
    assert safe_name(sent) == kept
