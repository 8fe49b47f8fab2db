"""Refusals over HTTP: one status each, words in the reader's language, and nothing of what lies behind."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.testclient import TestClient

import matcher.storage.open  # noqa: F401 - their refusals count
from api.errors import STATUS, status_of
from api.problems import asked_language
from matcher.engine import Engine
from matcher.errors import DamagedDatabase, MatcherError, UnreadableFile
from tests.api.conftest import API, Person


def refusals(kind: type[MatcherError] = MatcherError) -> Iterator[type[MatcherError]]:
    for below in kind.__subclasses__():
        yield below
        yield from refusals(below)


LOCAL = {"AddressTaken"}
"""Refusals of the command line alone."""


def test_every_refusal_of_the_product_has_a_status() -> None:
    ours = {kind for kind in refusals() if kind.__module__.split(".")[0] in ("api", "matcher", "eval")}

    without = {kind.__name__ for kind in ours if not any(base in STATUS for base in kind.__mro__)}

    assert without - LOCAL == set()


def test_a_refusal_is_a_problem_in_json(consultant: Person) -> None:
    answer = consultant.get("postings/p9")

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:matcher:problem:error.unknown_id",
        "title": "Not found",
        "status": 404,
        "detail": "There is no posting 'p9' here.",
    }


def test_a_refusal_is_danish_to_whoever_reads_danish(consultant: Person) -> None:
    answer = consultant.get("postings/p9", headers={"Accept-Language": "da-DK, en;q=0.5"})

    assert answer.json()["detail"] == "Der findes ingen stilling 'p9' her." or "p9" in answer.json()["detail"]
    assert answer.json()["title"] == "Findes ikke"
    assert answer.headers["Content-Language"] == "da"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("da", "da"),
        ("en-GB,da;q=0.9", "en"),
        ("en;q=0.1,da;q=0.9", "da"),
        ("de,fr", "en"),
        ("da;q=x", "en"),
    ],
)
def test_the_language_is_the_one_that_is_liked_best(header: str, language: str) -> None:
    request = Request({"type": "http", "headers": [(b"accept-language", header.encode())]})

    assert asked_language(request) == language


def test_an_unknown_address_and_a_wrong_method_are_problems(consultant: Person) -> None:
    nothing, wrong = consultant.get("nothing"), consultant.ask("PATCH", "postings")

    assert (nothing.status_code, nothing.json()["title"]) == (404, "Not found")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET")


def test_a_body_that_is_no_json_is_told_where_it_breaks(consultant: Person) -> None:
    answer = consultant.post("extract", content=b"{", headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["detail"] == "it is no JSON"


def test_what_was_sent_is_not_sent_back(consultant: Person) -> None:
    script = "<script>alert(1)</script>"
    answer = consultant.post("extract", json={"kind": script, "text": script})

    assert answer.status_code == 422
    assert "script" not in answer.text


@pytest.mark.parametrize("announced", [True, False])
def test_a_request_that_is_too_large_is_refused_before_it_is_read(consultant: Person, announced: bool) -> None:
    pieces = [b"x" * (1 << 20)] * 6
    answer = consultant.post("extract", content=b"".join(pieces) if announced else iter(pieces))

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_tells_no_stranger_where_it_lies(
    consultant: Person, engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def damaged() -> int:
        raise DamagedDatabase(home="/srv/secret/home", why="it is no database")

    monkeypatch.setattr(engine.store, "generation", damaged)
    with caplog.at_level(logging.ERROR):
        answer = consultant.get("postings")

    assert answer.status_code == 503
    assert "/srv" not in answer.text
    assert "/srv/secret/home" in caplog.text


def test_a_crash_is_answered_and_logged_without_its_message(
    consultant: Person, engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def crash() -> None:
        raise RuntimeError("Maja Prøvesen lives in Aalborg")

    monkeypatch.setattr(engine, "market", crash)
    with caplog.at_level(logging.ERROR):
        answer = consultant.get("postings")

    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Maja" not in answer.text + caplog.text
    assert "RuntimeError at" in caplog.text


def test_a_file_is_named_without_its_path(app: FastAPI, client: TestClient) -> None:
    @app.get(f"{API}/broken")
    def broken() -> None:
        raise UnreadableFile("empty", file=Path("/srv/secret/cv.pdf"))

    answer = client.get(f"{API}/broken")

    assert answer.status_code == status_of(UnreadableFile("empty", file="x")) == 422
    assert "cv.pdf" in answer.text
    assert "/srv" not in answer.text
