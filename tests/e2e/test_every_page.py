"""Every page that somebody can walk to stands up to the standards, in both languages; and every page is walked to."""

import html
import re
import shutil
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.app import create_app
from api.auth.doors import Doors
from api.pages.language import PageLanguage
from api.pages.router import PARTS
from matcher import assemble
from matcher.accounts.roles import ROLES, Role
from matcher.settings import Settings
from tests.auth.examples import SECRET
from tests.auth.examples import settings as door_settings
from tests.e2e.conftest import Visit
from tests.e2e.town import DAY, address_of, house_of
from tests.e2e.visitor import Visitor
from tests.pages.conftest import Browser

NO_PAGES = (
    r".*\.(csv|xlsx|json|html|svg|png|toml)$",
    r".*\.{suffix}$",
    r"^/(static|api|language)/",
    r"^/(health|metrics)",
)
"""Addresses that are files, pictures or switches, and no pages."""
ALONE = (
    "/postings/p2/candidates/nurse/card",
    "/postings/p1/compare?candidate=engineer&candidate=nurse",
    "/merge/pair?first=engineer&second=welder",
)
"""Pages that no link leads to: a card is sent by its address, and two records are put side by side by a form."""
ELSEWHERE = {"/", "/me", "/sign-in", "/link/{token}", "/analysis/jobs/{job_id}", "/admin/log/check"}
"""Pages that send on, or that the tests of the main paths come by."""


ROUTES = [
    one for part in PARTS for one in part.router.routes if isinstance(one, APIRoute) and "GET" in (one.methods or ())
]


QUICK = {("consultant", "en"), ("graduate", "da")}
"""Walks that `make test` takes; `make test-all` takes all."""
EVERYBODY = [
    pytest.param(role, language, marks=() if (role, language) in QUICK else pytest.mark.slow)
    for role in ROLES
    for language in ("da", "en")
]


def route_of(path: str) -> str:
    """The route that an address belongs to: of many postings, one page is looked at."""
    plain = path.partition("?")[0]
    return next((one.path for one in ROUTES if one.path_regex.match(plain)), plain)


def a_page(path: str) -> bool:
    return not any(re.match(pattern, path.partition("?")[0]) for pattern in NO_PAGES)


def links_of(visitor: Visitor) -> Iterator[str]:
    for found in visitor.page.locator("a[href]").evaluate_all("all => all.map(one => one.href)"):
        parts = urlsplit(found)
        if f"{parts.scheme}://{parts.netloc}" == visitor.address:
            yield parts.path


def walk(visitor: Visitor) -> tuple[dict[str, str], list[str]]:
    """Follow all links; return the route and address of each page that was seen, and what was wrong with them."""
    seen: dict[str, str] = {}
    wrong: list[str] = []
    waiting = deque([visitor.path, *ALONE])
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if route in seen or not a_page(path):
            continue
        answer = visitor.go(path)
        if path in ALONE and answer.status == 403:  # not for this role, which the tests of doors look after
            continue
        seen[route] = path
        wrong += [f"{path}: status {answer.status}"] if answer.status >= 400 else []
        wrong += visitor.faults()
        waiting.extend(links_of(visitor))
    return seen, wrong


@pytest.mark.parametrize(("role", "language"), EVERYBODY)
def test_every_page_of_a_role_is_sound(visit: Visit, role: Role, language: PageLanguage) -> None:
    seen, wrong = walk(visit(role, language))

    assert not wrong, "\n".join(wrong)
    assert seen


HREF = re.compile(r'href="(/[^"?#]*)')


def test_every_page_can_be_walked_to(built_town: Path, hashing_models: Path, tmp_path: Path) -> None:
    shutil.copytree(built_town, tmp_path / "town")
    settings = Settings(home=tmp_path / "town", models=hashing_models, encoder="hashing")
    engine = assemble.engine(settings)
    engine.refresh()
    house = house_of(engine)
    app = create_app(
        engine,
        settings=settings,
        auth=door_settings(),
        doors=Doors.of(house.accounts, door_settings(), SECRET, clock=house.clock),
    )
    app.state.as_of = DAY
    reached = set().union(*(walked(app, role) for role in ROLES))
    pages = {one.path for one in ROUTES if a_page(one.path)}

    assert len(pages) > 30
    assert pages - reached - ELSEWHERE == set()


def walked(app: FastAPI, role: Role) -> set[str]:
    """The routes that somebody of a role comes to by following links."""
    reader = Browser(app)
    reader.sign_in(address_of(role))
    seen: set[str] = set()
    waiting = deque(["/", *ALONE])
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if route in seen or not a_page(path):
            continue
        answer = reader.get(path)
        if answer.status_code == 200:
            seen |= {route, route_of(answer.url.path)}
            waiting.extend(html.unescape(found) for found in HREF.findall(answer.text))
    return seen
