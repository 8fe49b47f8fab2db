"""Postings, candidates and employers: listed page by page, and one by one."""

import pytest
from fastapi.testclient import TestClient

from matcher.engine import Engine
from tests.api.conftest import API, EMAIL, NAME, As, Person


def ids(body: dict[str, list[dict[str, str]]]) -> list[str]:
    return [item["id"] for item in body["items"]]


def test_postings_come_in_order_of_their_ids_without_their_texts(consultant: Person) -> None:
    body = consultant.get("postings").json()

    assert ids(body) == ["p1", "p2"]
    assert body["total"] == 2
    assert body["next"] is None
    assert "text" not in body["items"][0]
    assert body["items"][0]["closed"] is None


def test_pages_follow_one_another_without_gap_or_overlap(consultant: Person) -> None:
    first = consultant.get("candidates", params={"limit": 1}).json()
    second = consultant.get("candidates", params={"limit": 1, "after": first["next"]}).json()

    assert ids(first) + ids(second) == ["engineer", "nurse"]
    assert second["next"] is None
    assert first["total"] == second["total"] == 2


@pytest.mark.parametrize(("q", "found"), [("maskin", ["p1"]), ("HEALTH consultant", ["p2"]), ("maskin health", [])])
def test_a_search_finds_what_holds_every_word(consultant: Person, q: str, found: list[str]) -> None:
    assert ids(consultant.get("postings", params={"q": q}).json()) == found


def test_a_search_is_never_sql(consultant: Person) -> None:
    assert ids(consultant.get("postings", params={"q": "' OR 1=1; DROP TABLE posting --"}).json()) == []
    assert consultant.get("postings").json()["total"] == 2


def test_open_and_closed_postings_can_be_told_apart(consultant: Person, engine: Engine) -> None:
    assert ids(consultant.get("postings", params={"open": "true"}).json()) == ["p1", "p2"]
    assert ids(consultant.get("postings", params={"open": "false"}).json()) == []


def test_a_list_that_has_not_changed_is_not_sent_again(consultant: Person, engine: Engine) -> None:
    first = consultant.get("postings")
    again = consultant.get("postings", headers={"If-None-Match": first.headers["ETag"]})
    engine.store.delete("posting", "p2")
    changed = consultant.get("postings", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert changed.status_code == 200
    assert ids(changed.json()) == ["p1"]


def test_a_posting_shows_its_text_and_the_demands_read_in_it(consultant: Person) -> None:
    body = consultant.get("postings/p1").json()

    assert "SolidWorks" in body["text"]
    for demand in body["demands"]:
        assert body["text"][demand["start"] : demand["end"]] == demand["evidence"]
    assert {demand["strength"] for demand in body["demands"]} == {"must", "nice"}


def test_a_candidate_is_shown_without_anything_to_reach_them_by(consultant: Person) -> None:
    answer = consultant.get("candidates/engineer")

    assert answer.json()["competences"]
    assert NAME not in answer.text
    assert EMAIL not in answer.text


def test_contact_is_given_only_where_it_is_asked_for(consultant: Person) -> None:
    body = consultant.get("candidates/engineer/contact").json()

    assert body["names"] == [NAME]
    assert body["emails"] == [EMAIL]


def test_employers_are_listed_and_shown(consultant: Person) -> None:
    assert ids(consultant.get("employers", params={"q": "maskin"}).json()) == ["e1"]
    assert consultant.get("employers/e1").json()["hires"] == ["En maskiningeniør."]


@pytest.mark.parametrize(
    "path", ["postings/p9", "candidates/x", "candidates/x/contact", "employers/x", "postings/%00", "candidates/a%2Fb"]
)
def test_what_is_not_there_is_not_found(consultant: Person, path: str) -> None:
    answer = consultant.get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_id_with_a_slash_can_be_asked_for(consultant: Person, engine: Engine, as_role: As) -> None:
    line = '{"id": "2026/7", "title": "Svejser", "text": "Du svejser rammer i rustfrit stål."}'
    assert consultant.post("ingest/postings", content=line.encode()).json()["counts"]["read"] == 1

    assert consultant.get("postings/2026~2F7").json()["title"] == "Svejser"


@pytest.mark.parametrize(
    ("query", "field"),
    [({"limit": "0"}, "query.limit"), ({"limit": "many"}, "query.limit"), ({"as_of": "soon"}, "query.as_of")],
)
def test_a_value_that_cannot_be_used_is_named(consultant: Person, query: dict[str, str], field: str) -> None:
    body = consultant.get("postings", params=query).json()

    assert body["status"] == 422
    assert [error["field"] for error in body["errors"]] == [field]


def test_an_unknown_municipality_is_told_with_its_like(consultant: Person) -> None:
    answer = consultant.get("postings", params={"municipality": "Ålborgg"})

    assert answer.status_code == 422
    assert "Aalborg" in answer.json()["detail"]


def test_nobody_is_shown_anything_without_a_key(anybody: TestClient) -> None:
    answer = anybody.get(f"{API}/postings")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
