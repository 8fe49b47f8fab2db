"""Who asks, and may they."""

import pytest
from fastapi import FastAPI

from api.auth.dependencies import require
from matcher.accounts.roles import ROLES, Permission, Role, allows
from tests.accounts.examples import House
from tests.auth.examples import Browser, an_app, doors

ROOMS: tuple[Permission, ...] = ("shortlists", "own_data", "accounts")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("permission", ROOMS)
def test_a_room_is_open_to_the_roles_of_the_table_and_to_no_other(
    house: House, browser: Browser, role: Role, permission: Permission
) -> None:
    house.somebody(role)
    browser.sign_in()

    answer = browser.get(f"/room/{permission}")

    assert answer.status_code == (200 if allows(role, permission) else 403)
    if answer.status_code == 403:
        assert answer.json() == {"error": "accounts.not_allowed"}


@pytest.mark.parametrize("permission", ROOMS)
def test_a_room_is_closed_to_strangers(browser: Browser, permission: Permission) -> None:
    answer = browser.get(f"/room/{permission}")

    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_route_that_requires_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one"):
        require()


def test_a_key_opens_what_its_account_may_and_needs_no_form_token(house: House, browser: Browser) -> None:
    administrator, maja = house.administrator(), house.somebody()
    made = house.accounts.keys.make(maja.id, "Script", by=administrator)
    key = {"Authorization": f"Bearer {made.secret}"}

    assert browser.get("/room/shortlists", **key).status_code == 200
    assert browser.get("/room/accounts", **key).status_code == 403
    assert browser.client.post("/json", json={"a": "b"}, headers=key).status_code == 200
    house.accounts.keys.revoke(made.key.id, by=administrator)
    assert browser.get("/room/shortlists", **key).status_code == 401


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer x", "bearer matcher_x", "Basic bWFqYTp4", "\xff"])
def test_what_is_no_key_is_not_let_in(house: House, browser: Browser, header: str) -> None:
    house.somebody()

    answer = browser.client.get("/me", headers={b"Authorization": header.encode("latin-1")})

    assert answer.status_code == 401


def test_a_wrong_key_is_not_helped_by_a_session(house: House, browser: Browser) -> None:
    house.somebody()
    browser.sign_in()

    assert browser.get("/me", Authorization="Bearer matcher_x").status_code == 401


def test_guessing_keys_ends_soon_and_who_has_one_is_told_to_wait(house: House, browser: Browser) -> None:
    for _ in range(30):
        assert browser.get("/me", Authorization="Bearer matcher_x").status_code == 401

    answer = browser.get("/me", Authorization="Bearer matcher_x")

    assert answer.status_code == 429
    assert 1 <= int(answer.headers["retry-after"]) <= 60


def test_one_account_asks_only_so_often_and_others_are_not_held_up(house: House) -> None:
    house.somebody()
    house.somebody("analyst", "bo@example.org")
    app: FastAPI = an_app(doors(house, requests_per_minute=3))
    maja, bo = Browser(app), Browser(app)
    maja.sign_in()
    bo.sign_in("bo@example.org")

    assert [maja.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert bo.signed_in()


def test_signing_in_over_and_over_is_slowed_down(house: House, browser: Browser) -> None:
    answers = [browser.sign_in(f"nobody{n}@example.org").status_code for n in range(31)]

    assert answers == [401] * 30 + [429]
