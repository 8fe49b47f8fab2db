"""A session lasts as long as it is meant to, in one browser, for one person."""

import pytest
from fastapi import FastAPI

from api.auth.sessions import NAME
from tests.accounts.examples import PASSWORD, House
from tests.auth.examples import Browser, an_app, doors


def test_who_signs_in_is_known_until_they_sign_out(house: House, browser: Browser) -> None:
    maja = house.somebody()
    assert browser.get("/me").status_code == 401

    assert browser.sign_in().status_code == 200
    assert browser.get("/me").json() == {"id": maja.id}
    browser.post("/sign-out")

    assert not browser.signed_in()


def test_a_copied_cookie_is_worth_nothing_after_sign_out(house: House, app: FastAPI, browser: Browser) -> None:
    house.somebody()
    browser.sign_in()
    thief = Browser(app)
    thief.client.cookies.set(NAME, browser.client.cookies[NAME])
    assert thief.signed_in()

    browser.post("/sign-out")

    assert not thief.signed_in()


def test_a_wrong_password_opens_nothing(house: House, browser: Browser) -> None:
    house.somebody()

    answer = browser.sign_in(password="gule heste drikker te")

    assert (answer.status_code, answer.json()) == (401, {"error": "accounts.sign_in_refused"})
    assert NAME not in browser.client.cookies


def test_a_session_ends_after_its_hours(house: House, browser: Browser) -> None:
    house.somebody()
    browser.sign_in()
    house.clock.move(hours=11, minutes=59)
    assert browser.signed_in()

    house.clock.move(minutes=1)

    assert not browser.signed_in()


def test_who_is_deactivated_is_out_with_the_next_click(house: House, browser: Browser) -> None:
    administrator, maja = house.administrator(), house.somebody()
    browser.sign_in()

    house.accounts.roster.deactivate(maja.id, by=administrator)

    assert not browser.signed_in()


@pytest.mark.parametrize("forged", ["", "x", "W10.x", "..", "eyJhIjoxfQ.c2ln", "\x7f"])
def test_a_cookie_that_we_did_not_sign_is_no_session(house: House, browser: Browser, forged: str) -> None:
    house.somebody()
    browser.client.cookies.set(NAME, forged)

    assert browser.get("/me").status_code == 401


def test_a_cookie_of_another_home_is_no_session(house: House, browser: Browser) -> None:
    house.somebody()
    browser.sign_in()
    elsewhere = Browser(an_app(doors(house, secret=b"another secret of thirty-two byt")))
    elsewhere.client.cookies.set(NAME, browser.client.cookies[NAME])

    assert not elsewhere.signed_in()


def test_every_sign_in_begins_a_new_session(house: House, browser: Browser) -> None:
    house.somebody()
    browser.client.cookies.set(NAME, "planted")
    browser.client.cookies.clear()
    browser.sign_in()
    first = browser.client.cookies[NAME]
    browser.sign_in()

    assert browser.client.cookies[NAME] != first


def test_a_one_time_link_signs_its_owner_in(house: House, browser: Browser) -> None:
    link = house.accounts.links.invite(name="Maja", email="maja@example.org", role="consultant")

    assert browser.post(f"/link/{link.token}", password="kort").status_code == 422
    assert browser.post(f"/link/{link.token}", password=PASSWORD).status_code == 200

    assert browser.get("/me").json() == {"id": link.account.id}
    assert browser.post(f"/link/{link.token}", password=PASSWORD).status_code == 410


def test_over_plain_http_cookies_are_kept_from_scripts_and_other_sites(house: House, browser: Browser) -> None:
    house.somebody()

    cookie = browser.sign_in().headers["set-cookie"].lower()

    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie
    assert "secure" not in cookie


def test_behind_tls_cookies_travel_only_over_tls_and_belong_to_this_host(house: House) -> None:
    house.somebody()
    browser = Browser(an_app(doors(house, public_url="https://testserver")), base="https://testserver")

    answer = browser.sign_in()

    assert answer.headers["set-cookie"].startswith("__Host-matcher_session=")
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "domain" not in answer.headers["set-cookie"].lower()
    assert browser.signed_in()
