"""Health, measures, versions and headers: what watches over the service sees it, and nobody in it."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from matcher.engine import Engine
from matcher.errors import DamagedDatabase
from tests.api.conftest import EMAIL, NAME, As, Person


@pytest.mark.parametrize(
    ("path", "status"), [("/health/live", "live"), ("/health/ready", "ready"), ("/health", "ready")]
)
def test_a_service_that_is_well_says_so_to_anybody(anybody: TestClient, path: str, status: str) -> None:
    assert anybody.get(path).json() == {"status": status}


def test_a_service_without_its_database_is_live_and_not_ready(
    anybody: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged() -> int:
        raise DamagedDatabase(home="/srv/home", why="gone")

    monkeypatch.setattr(engine.store, "generation", damaged)

    assert anybody.get("/health/live").status_code == 200
    assert (anybody.get("/health/ready").status_code, anybody.get("/health/ready").json()) == (
        503,
        {"status": "not_ready"},
    )


def test_measures_name_routes_and_never_what_was_asked_for(as_role: As, consultant: Person) -> None:
    consultant.get("candidates/engineer")
    consultant.get("postings", params={"q": NAME})
    consultant.get("nothing/engineer")

    text = as_role("administrator").get("/metrics").text

    assert 'matcher_requests_total{endpoint="get_candidate",method="GET",status="200"} 1.0' in text
    assert 'endpoint="unmatched",method="GET",status="404"' in text
    assert 'matcher_records{kind="candidate"} 2.0' in text
    assert not any(word in text for word in ("engineer", NAME, EMAIL, consultant.account.id))


def test_measures_are_not_for_strangers(anybody: TestClient) -> None:
    assert anybody.get("/metrics").status_code == 401


def test_every_answer_carries_the_headers(app: FastAPI, anybody: TestClient, consultant: Person) -> None:
    for answer in (anybody.get("/health"), anybody.get("/api/v1/x"), consultant.get("postings")):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_versions_are_those_of_the_engine(as_role: As, engine: Engine) -> None:
    body = as_role("analyst").get("versions").json()

    assert body["model"] == engine.model
    assert body["indexed"] == {"candidate": 2, "posting": 2, "employer": 1}


def test_whoever_asks_is_told_who_they_are(as_role: As) -> None:
    body = as_role("graduate").get("me").json()

    assert (body["role"], body["candidate"], body["permissions"]) == ("graduate", "engineer", ["own_data"])


def test_the_decision_log_can_be_checked(as_role: As, consultant: Person) -> None:
    consultant.get("postings/p1/shortlist")

    body = as_role("administrator").get("decision-log/verification").json()

    assert body["ok"] is True
    assert body["lines"] >= 1


def test_an_address_that_is_none_leads_to_a_page_for_people_and_a_problem_for_programs(anybody: TestClient) -> None:
    assert anybody.get("/nothing", follow_redirects=False).headers["Content-Type"].startswith("text/html")
    assert anybody.get("/api/v1/nothing").headers["Content-Type"] == "application/problem+json"
