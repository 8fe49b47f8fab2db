"""What changes something comes from a page of ours, in the same session."""

import pytest
from fastapi import FastAPI

from api.auth.csrf import FIELD, HEADER, NAME
from tests.accounts.examples import EMAIL, PASSWORD, House
from tests.auth.examples import Browser


def note(browser: Browser, token: str | None = None) -> int:
    return browser.post("/note", token=token, text="Ring til Maja").status_code


def test_a_form_of_ours_is_taken_and_any_number_of_times(house: House, browser: Browser) -> None:
    maja = house.somebody()
    browser.sign_in()
    token = browser.token()

    assert browser.post("/note", token=token, text="æøå").json() == {"by": maja.id, "text": "æøå"}
    assert note(browser, token) == 200
    assert browser.token() == token


def test_a_token_in_the_header_does_for_json_and_for_files(house: House, browser: Browser) -> None:
    house.somebody()
    browser.sign_in()

    assert browser.post_json("/json", text="æøå").status_code == 200
    assert browser.client.post("/json", json={"text": "x"}).status_code == 403
    upload = browser.client.post(
        "/note", data={"text": "x"}, files={"file": b"cv"}, headers={HEADER: browser.client.cookies[NAME]}
    )
    assert upload.status_code == 200


def test_a_form_with_a_file_brings_its_token_as_a_field(house: House, browser: Browser) -> None:
    house.somebody()
    browser.sign_in()

    with_token = browser.client.post("/note", data={"text": "x", FIELD: browser.token()}, files={"file": b"cv"})
    without = browser.client.post("/note", data={"text": "x"}, files={FIELD: b"cv"})

    assert (with_token.status_code, without.status_code) == (200, 403)


@pytest.mark.parametrize("token", ["", "x", ".", "a.b", "æ", "x" * 10_000])
def test_without_the_right_token_nothing_is_taken(house: House, browser: Browser, token: str) -> None:
    house.somebody()
    browser.sign_in()
    browser.token()

    answer = browser.post("/note", token=token, text="x")

    assert (answer.status_code, answer.json()) == (403, {"error": "accounts.forged_form"})


def test_a_token_of_another_session_is_not_taken_even_when_its_cookie_was_planted(house: House, app: FastAPI) -> None:
    house.somebody()
    house.somebody("analyst", "attacker@example.org")
    attacker, victim = Browser(app), Browser(app)
    attacker.sign_in("attacker@example.org")
    victim.sign_in()
    token = attacker.token()
    victim.client.cookies.set(NAME, token)

    assert note(attacker, token) == 200
    assert note(victim, token) == 403


def test_a_token_of_before_sign_in_is_not_taken_after_it(house: House, browser: Browser) -> None:
    house.somebody()
    before = browser.token()
    browser.post("/sign-in", token=before, email=EMAIL, password=PASSWORD)

    assert note(browser, before) == 403
    assert note(browser) == 200


def test_nobody_is_signed_in_by_another_site(house: House, browser: Browser) -> None:
    house.somebody()

    answer = browser.post("/sign-in", token="", email=EMAIL, password=PASSWORD)

    assert answer.status_code == 403
    assert not browser.signed_in()


@pytest.mark.parametrize(
    ("site", "status"), [("same-origin", 200), ("none", 200), ("cross-site", 403), ("same-site", 403)]
)
def test_a_request_that_says_it_comes_from_elsewhere_is_not_taken(
    house: House, browser: Browser, site: str, status: int
) -> None:
    house.somebody()
    browser.sign_in()
    fields = {"text": "x", FIELD: browser.token()}

    assert browser.client.post("/note", data=fields, headers={"Sec-Fetch-Site": site}).status_code == status


def test_reading_needs_no_token(house: House, browser: Browser) -> None:
    house.somebody()
    browser.sign_in()
    browser.client.cookies.delete(NAME)

    assert browser.signed_in()


def test_an_ended_session_is_told_before_a_token_that_ended_with_it(house: House, browser: Browser) -> None:
    """So that the page can ask to sign in again and keep what was typed."""
    house.somebody()
    browser.sign_in()
    token = browser.token()
    house.clock.move(hours=13)

    assert note(browser, token) == 401
