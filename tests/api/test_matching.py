"""Lists, explanations and verdicts over HTTP: the same as the engine's, and every list a line of the log."""

import pytest

from api.service import Service
from matcher.engine import Engine
from tests.api.conftest import As, Person
from tests.builders import WELDING_POSTING

PAIR = "postings/p1/candidates/engineer"


def candidates(body: dict[str, list[dict[str, str]]]) -> list[str]:
    return [match["candidate"] for match in body["matches"]]


def test_a_shortlist_is_the_engines_own(consultant: Person, engine: Engine) -> None:
    body = consultant.get("postings/p1/shortlist").json()

    assert candidates(body) == [match.candidate for match in engine.match_posting("p1")]
    assert body["matches"][0]["score"] == engine.match_posting("p1")[0].score
    assert body["model"] == engine.model


def test_every_list_that_is_shown_is_logged_and_comes_out_the_same(consultant: Person, service: Service) -> None:
    shown = consultant.get("postings/p1/shortlist", params={"limit": 1}).json()
    lines = [line for line in service.log.lines() if line.kind == "list_shown"]

    assert len(lines) == 1
    facts = lines[0].facts
    assert facts["query"] == {"kind": "posting", "id": "p1"}
    assert facts["account"] == consultant.account.id
    assert [row["score"] for row in facts["rows"]] == [match["score"] for match in shown["matches"]]
    assert "engineer" not in lines[0].content
    assert service.log.verify().ok


def test_suggestions_are_two_lists_and_both_are_logged(consultant: Person, service: Service) -> None:
    body = consultant.get("candidates/engineer/suggestions").json()

    assert body["postings"][0]["posting"] == "p1"
    assert body["employers"]
    assert [line.facts["list"] for line in service.log.lines() if line.kind == "list_shown"] == ["posting", "employer"]


def test_a_pasted_posting_is_matched_and_stored_nowhere(consultant: Person, engine: Engine, service: Service) -> None:
    secret = "Vi holder til ved den blå silo på Mågevej."
    sent = {"title": "Maskiningeniør", "text": WELDING_POSTING + secret}

    body = consultant.post("shortlist", json=sent).json()

    assert candidates(body)[0] == "engineer"
    assert list(engine.store.ids("posting")) == ["p1", "p2"]
    assert not any(secret in line.content or "Maskiningeniør" in line.content for line in service.log.lines())
    for file in engine.home.rglob("*"):
        assert not file.is_file() or "blå silo".encode() not in file.read_bytes(), file


@pytest.mark.parametrize("sent", [{"title": "x"}, {"title": "", "text": "y"}, {"title": "x", "text": "…"}, []])
def test_a_posting_with_nothing_to_read_is_refused(consultant: Person, sent: object) -> None:
    answer = consultant.post("shortlist", json=sent)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_pair_is_explained_in_the_language_that_was_asked_for(consultant: Person) -> None:
    english = consultant.get(f"{PAIR}/explanation").json()
    danish = consultant.get(f"{PAIR}/explanation", headers={"Accept-Language": "da"}).json()

    assert set(english["texts"]) == {"graduate", "consultant", "company"}
    assert (english["texts"]["consultant"]["language"], danish["texts"]["consultant"]["language"]) == ("en", "da")
    assert english["score"] == danish["score"]


def test_a_verdict_stands_with_its_maker_and_version(consultant: Person) -> None:
    given = consultant.put(f"{PAIR}/verdict", json={"verdict": "propose", "reason": "competences", "note": "God."})

    assert given.status_code == 200
    assert given.json()["version"] == 1
    assert given.json()["account"] == consultant.account.id
    assert consultant.get(f"{PAIR}/verdict").json() == given.json()
    assert consultant.get("verdicts", params={"candidate": "engineer"}).json()["verdicts"] == [given.json()]


def test_the_same_verdict_sent_twice_is_one(consultant: Person) -> None:
    sent = {"verdict": "hold", "reason": "ask_candidate"}

    assert [consultant.put(f"{PAIR}/verdict", json=sent).json()["version"] for _ in range(2)] == [1, 1]


def test_whoever_decides_second_is_told_who_was_first(consultant: Person) -> None:
    consultant.put(f"{PAIR}/verdict", json={"verdict": "propose", "reason": "competences"})

    answer = consultant.put(f"{PAIR}/verdict", json={"verdict": "reject", "reason": "level"})

    assert answer.status_code == 409
    assert "Nogen Testesen" in answer.json()["detail"]
    assert consultant.get(f"{PAIR}/verdict").json()["verdict"] == "propose"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"verdict": "maybe", "reason": "level"}, 422),
        ({"verdict": "reject", "reason": "too_old"}, 422),
        ({"verdict": "reject", "reason": "other"}, 422),
        ({"verdict": "reject", "reason": "level", "version": -1}, 422),
    ],
)
def test_a_verdict_that_cannot_be_given_is_refused(consultant: Person, sent: object, status: int) -> None:
    assert consultant.put(f"{PAIR}/verdict", json=sent).status_code == status
    assert consultant.get(f"{PAIR}/verdict").status_code == 404


def test_a_verdict_on_nobody_is_refused(consultant: Person) -> None:
    sent = {"verdict": "hold", "reason": "ask_candidate"}

    assert consultant.put("postings/p1/candidates/x/verdict", json=sent).status_code == 404


def test_what_is_read_in_a_text_stands_where_it_says(as_role: As) -> None:
    text = "Erfaring med SolidWorks og Ansys."
    body = as_role("graduate").post("extract", json={"kind": "candidate", "text": text}).json()

    assert {text[found["start"] : found["end"]] for found in body["competences"]} >= {"SolidWorks", "Ansys"}
    assert body["demands"] is None
