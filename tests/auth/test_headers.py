"""Every answer carries the headers, whatever the answer is."""

import pytest

from api.auth.headers import HEADERS, POLICY
from tests.accounts.examples import House
from tests.auth.examples import Browser, an_app, doors


@pytest.mark.parametrize("path", ["/form", "/me", "/no/such/page", "/openapi.json", "/crash"])
def test_pages_refusals_crashes_and_what_is_not_there_carry_them(browser: Browser, path: str) -> None:
    answer = browser.get(path)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "strict-transport-security" not in answer.headers


def test_a_route_says_itself_how_long_its_answer_is_good_and_nothing_else(browser: Browser) -> None:
    answer = browser.get("/plot")

    assert answer.headers["cache-control"] == "private, max-age=60"
    assert answer.headers.get_list("x-frame-options") == ["DENY"]


def test_behind_tls_browsers_are_told_to_stay_there(house: House) -> None:
    browser = Browser(an_app(doors(house, public_url="https://testserver")), base="https://testserver")

    assert browser.get("/form").headers["strict-transport-security"] == "max-age=31536000"


def test_the_policy_lets_no_script_run_that_is_not_a_file_of_ours() -> None:
    assert "script-src 'self';" in POLICY
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
