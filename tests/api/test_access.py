"""Every route as every role: whoever may not is refused before anything is looked up, and is told nothing."""

import re
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.routes.access import ACCESS, PUBLIC, SIGNED_IN
from matcher.accounts.roles import PERMISSIONS, Role
from tests.api.conftest import EMAIL, NAME, PHONE, As

ROLES: tuple[Role, ...] = get_args(Role)
FILLED = {
    "{id}": "engineer",
    "{posting}": "p1",
    "{candidate}": "engineer",
    "{kind}": "postings",
    "{basis}": "judgements",
}
OPEN = PUBLIC | SIGNED_IN
IDS = ("engineer", "nurse", "Maskinværket")


def routes(app: FastAPI) -> list[tuple[str, str, str]]:
    """(name, method, path) of every route of the API, with ids filled in."""
    found = []
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            filled = path.replace("{id}", "p1") if path.startswith("/api/v1/postings") else path
            for blank, value in FILLED.items():
                filled = filled.replace(blank, value)
            found.append((operation["operationId"], method.upper(), filled))
    return found


def ask(client: TestClient, method: str, path: str, key: str | None = None, **more: Any) -> Any:
    headers = {} if key is None else {"Authorization": f"Bearer {key}"}
    return client.request(method, path, headers=headers, **more)


def test_the_table_and_the_app_name_the_same_routes(app: FastAPI) -> None:
    assert {name for name, _, _ in routes(app)} == set(ACCESS) | OPEN


def test_nobody_gets_in_without_a_key(app: FastAPI, client: TestClient) -> None:
    for name, method, path in routes(app):
        answer = ask(client, method, path)
        assert answer.status_code == 401 or name in PUBLIC, name
        assert not any(id in answer.text for id in IDS), name


def test_a_wrong_key_opens_nothing(app: FastAPI, client: TestClient) -> None:
    for name, method, path in routes(app):
        assert ask(client, method, path, "matcher_wrong").status_code in (401, 429) or name in PUBLIC, name


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_in_where_the_table_says_so_and_nowhere_else(
    app: FastAPI, client: TestClient, as_role: As, role: Role
) -> None:
    person = as_role(role)
    for name, method, path in sorted(routes(app), key=lambda route: route[1] == "DELETE"):
        answer = ask(client, method, path, person.key)
        may = name in OPEN or bool(set(ACCESS[name]) & PERMISSIONS[role])
        assert (answer.status_code != 403) == may, f"{role} at {name}: {answer.status_code} {answer.text}"
        assert answer.status_code < 500, f"{role} at {name}: {answer.text}"
        if not may:
            assert not any(id in answer.text for id in IDS), name


@pytest.mark.parametrize("role", ROLES)
def test_no_role_is_shown_a_name_but_where_contact_is_asked_for(
    app: FastAPI, client: TestClient, as_role: As, role: Role
) -> None:
    person = as_role(role)
    for name, method, path in routes(app):
        if name == "get_contact" or method == "DELETE":
            continue
        text = ask(client, method, path, person.key).text
        assert not any(word in text for word in (NAME, EMAIL, PHONE)), f"{role} at {name}"


@pytest.mark.parametrize(
    "path",
    [
        "candidates/nurse",
        "candidates/nobody",
        "candidates/nurse/suggestions",
        "candidates/nobody/suggestions",
        "postings/p1/candidates/nurse/explanation",
        "postings/p1/candidates/nobody/explanation",
    ],
)
def test_a_graduate_cannot_tell_whether_another_exists(as_role: As, path: str) -> None:
    answer = as_role("graduate").get(path)

    assert answer.status_code == 403
    assert "nurse" not in answer.text
    assert "nobody" not in answer.text


def test_a_graduate_sees_their_own_record_and_what_is_suggested_to_them(as_role: As) -> None:
    graduate = as_role("graduate")

    assert graduate.get("candidates/engineer").json()["id"] == "engineer"
    assert graduate.get("candidates/engineer/suggestions").json()["postings"]
    texts = graduate.get("postings/p1/candidates/engineer/explanation").json()["texts"]
    assert set(texts) == {"graduate"}


def test_an_employer_contact_is_shown_cards_that_name_nobody(as_role: As) -> None:
    given = {"verdict": "propose", "reason": "competences"}
    assert as_role("consultant").put("postings/p1/candidates/engineer/verdict", json=given).status_code == 200

    answer = as_role("employer_contact").get("postings/p1/cards")

    assert len(answer.json()["cards"]) == 1
    assert not re.search(rf"\bengineer\b|{NAME}|{EMAIL}", answer.text)


def test_an_analyst_is_shown_no_record(as_role: As) -> None:
    analyst = as_role("analyst")

    for path in ("postings", "candidates", "candidates/engineer", "employers", "verdicts", "postings/p1/shortlist"):
        assert analyst.get(path).status_code == 403, path


def test_whoever_is_kept_out_is_kept_out_at_once(as_role: As, house: Any) -> None:
    consultant, administrator = as_role("consultant"), as_role("administrator")
    assert consultant.get("me").json()["role"] == "consultant"

    house.accounts.roster.deactivate(consultant.account.id, by=administrator.account)

    assert consultant.get("me").status_code == 401
