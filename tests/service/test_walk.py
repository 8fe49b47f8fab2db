"""One walk through the whole service: every route as every role and as nobody, and nothing told to who may not know."""

import logging
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.testclient import TestClient

from api.auth.csrf import FIELD
from api.service import Service
from matcher.accounts.roles import ROLES, Role
from matcher.engine import Engine
from tests.accounts.examples import House
from tests.pages.conftest import SAME_SITE, Browser
from tests.service.conftest import As, Person
from tests.service.people import report_of, told
from tests.service.rows import SECRETS, USUAL, Row, endpoints, pages

LAST = "POST /sign-out"


@pytest.fixture
def marks(engine: Engine, house: House) -> dict[str, str]:
    """What stands for the names in braces of the table."""
    other = house.somebody("analyst", "anden@kommune.example", "Anden Kollega")
    return {"{report}": report_of(engine), "{other}": other.id}


def filled(row: Row, marks: dict[str, str]) -> str:
    path = row.path
    for mark, value in marks.items():
        path = path.replace(mark, value)
    return path


def in_order(rows: dict[str, Row]) -> Iterator[tuple[str, str, Row]]:
    """(route, method, row), signing out at the end."""
    for route in sorted(rows, key=lambda route: route == LAST):
        yield route, route.partition(" ")[0], rows[route]


def use(client: TestClient, method: str, path: str, row: Row, token: str | None = None, **headers: str) -> Any:
    """Ask as a page's form or a program would."""
    more: dict[str, Any] = {"headers": headers, "follow_redirects": False}
    if row.body is not None:
        more["json"] = row.body
    elif row.lines is not None:
        more["content"] = row.lines
    elif method == "POST" and path.endswith("/files"):
        more["files"] = {"files": ("x.jsonl", row.lines or "{}")}
    elif method == "POST":
        more["data"] = {**row.form, **({FIELD: token} if token else {})}
    return client.request(method, path, **more)


def leaks(answer: httpx2.Response, row: Row, allowed: tuple[str, ...]) -> set[str]:
    """What an answer tells beyond what is allowed, and beyond what the asker sent along."""
    sent = f"{row.path} {dict(row.form)}"
    found = told(answer.content + repr(answer.headers.multi_items()).encode(), SECRETS)
    return {word for word in found if word not in allowed and word not in sent}


def state(service: Service) -> tuple[int, int]:
    """What no refused request may change: records, and lines of the log."""
    return service.engine.store.generation(), sum(1 for _ in service.log.lines())


def routes(app: FastAPI) -> set[str]:
    """Every route of the app, however deeply included."""
    return {
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if method != "HEAD"
    }


def test_every_route_of_the_app_stands_in_the_table(app: FastAPI) -> None:
    assert routes(app) == {*pages(), *endpoints()}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_in_where_the_table_says_so_and_is_told_nothing_beyond(
    service: Service, as_role: As, marks: dict[str, str], role: Role
) -> None:
    person = as_role(role)
    marks["{job}"] = service.jobs.start(
        "analysis.groups", person.account.id, lambda _: {"report": marks["{report}"]}
    ).id
    walked(service, person, {**marks})
    asked(service, person, {**marks})


def walked(service: Service, person: Person, marks: dict[str, str]) -> None:
    """All pages with a session."""
    role = person.account.role
    for route, method, row in in_order(pages()):
        person.get("/about")
        before = state(service)
        answer = use(person.client, method, filled(row, marks), row, person.token, **SAME_SITE)
        may = role in row.roles
        assert answer.status_code == (row.status if may else 403), f"{role} at {route}: {answer.text[-1500:]}"
        assert not leaks(answer, row, (*USUAL[role], *(row.tells if may else ()))), f"{role} at {route}"
        assert may or state(service) == before, f"{role} changed something at {route}"


def asked(service: Service, person: Person, marks: dict[str, str]) -> None:
    """The whole API with a key."""
    role = person.account.role
    for route, method, row in in_order(endpoints()):
        before = state(service)
        key = {"Authorization": f"Bearer {person.key}"}
        answer = use(person.client, method, filled(row, marks), row, **key)
        may = role in row.roles
        assert answer.status_code == (row.status if may else 403), f"{role} at {route}: {answer.text}"
        assert not leaks(answer, row, (*USUAL[role], *(row.tells if may else ()))), f"{role} at {route}"
        assert may or state(service) == before, f"{role} changed something at {route}"


def test_who_has_not_signed_in_gets_only_to_what_is_open_to_anybody(
    app: FastAPI, service: Service, marks: dict[str, str]
) -> None:
    before = state(service)
    for route, method, row in in_order({**pages(), **endpoints()}):
        browser = Browser(app)
        browser.get("/sign-in")
        answer = use(browser.client, method, filled(row, marks), row, browser.token, **SAME_SITE)
        usual = 303 if method == "GET" and route in pages() else 401
        wanted = (row.stranger or row.status) if row.public else usual
        assert answer.status_code == wanted, f"{route}: {answer.text[-1500:]}"
        assert not leaks(answer, row, ()), route
        if usual == 303 and not row.public:
            assert answer.headers["location"].startswith("/sign-in?next=%2F")
    assert state(service) == before


@pytest.mark.parametrize("role", ROLES)
def test_a_form_without_our_token_changes_nothing(
    service: Service, as_role: As, marks: dict[str, str], role: Role
) -> None:
    person, before = as_role(role), state(service)
    for route, method, row in in_order({**pages(), **endpoints()}):
        if method != "GET":
            answer = use(person.client, method, filled(row, marks), row)
            assert answer.status_code == 403, f"{role} at {route}"
    assert (state(service)[0], service.log.verify().ok) == (before[0], True)
    assert person.get("/about").status_code == 200


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role == "consultant" else pytest.mark.slow) for role in ROLES]
)
def test_neither_log_nor_output_nor_metrics_name_anybody(
    service: Service,
    as_role: As,
    marks: dict[str, str],
    role: Role,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    person, watcher = as_role(role), as_role("analyst", "watch@kommune.example")
    for _, method, row in in_order({**pages(), **endpoints()}):
        use(person.client, method, filled(row, {**marks, "{job}": "none"}), row, person.token, **SAME_SITE)

    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    written = "\n".join([*(record.getMessage() for record in ours), *capfd.readouterr()])
    metrics = watcher.client.get("/metrics", headers={"Authorization": f"Bearer {watcher.key}"})
    assert not told(written.encode(), SECRETS)
    assert not told(metrics.content, SECRETS)
    assert "list_shortlist" in metrics.text
