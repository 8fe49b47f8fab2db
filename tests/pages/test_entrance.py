"""Signing in, one-time links, the language switch, refusals, and what was typed when a session ended."""

import re
from collections.abc import Callable

from tests.accounts.examples import PASSWORD, House
from tests.pages.conftest import Browser


def test_a_stranger_is_led_to_signing_in_and_back(stranger: Browser, house: House) -> None:
    house.somebody(email="k@example.org")

    asked = stranger.get("/candidates?q=GIS")
    answer = stranger.send(
        "/sign-in", {"email": "k@example.org", "password": PASSWORD, "next": "/candidates?q=GIS"}, follow=False
    )

    assert "Adgangskode" in asked.text
    assert answer.headers["location"] == "/candidates?q=GIS"


def test_a_wrong_password_is_told_and_the_address_stays(stranger: Browser) -> None:
    answer = stranger.sign_in("nobody@example.org", "wrong")

    assert answer.status_code == 401
    assert 'value="nobody@example.org"' in answer.text


def test_nobody_is_led_to_another_site(stranger: Browser, house: House) -> None:
    house.somebody(email="k@example.org")
    stranger.get("/sign-in?next=https://elsewhere.example/")
    answer = stranger.send(
        "/sign-in", {"email": "k@example.org", "password": PASSWORD, "next": "//elsewhere.example"}, follow=False
    )

    assert answer.headers["location"] == "/postings"


def test_the_language_is_danish_until_it_is_switched(consultant: Browser) -> None:
    danish = consultant.get("/postings")
    english = consultant.get("/language/en?next=/postings")

    assert '<html lang="da"' in danish.text
    assert "Stillingsopslag" in danish.text
    assert '<html lang="en"' in english.text
    assert "Postings" in english.text


def test_a_link_sets_a_password_once(stranger: Browser, house: House) -> None:
    link = house.accounts.links.invite(name="Ny Kollega", email="ny@example.org", role="consultant")
    path = f"/link/{link.token}"
    stranger.get(path)

    differ = stranger.send(path, {"password": PASSWORD, "password_again": "noget andet her"})
    done = stranger.send(path, {"password": PASSWORD, "password_again": PASSWORD})
    again = Browser(stranger.client.app).get(path)  # type: ignore[arg-type]

    assert differ.status_code == 422
    assert "Din adgangskode er gemt" in done.text
    assert again.status_code == 410


def test_what_was_typed_outlives_the_session(consultant: Browser, house: House) -> None:
    consultant.get("/postings/p1/candidates/engineer")
    house.clock.move(hours=100)
    verdict = {"decision": "hold:ask_candidate", "note": "Ring <b>torsdag</b>", "version": "0"}
    ended = consultant.send("/postings/p1/candidates/engineer/verdict", verdict)
    names, values = (re.findall(rf'name="typed_{part}" value="([^"]*)"', ended.text) for part in ("name", "value"))
    kept = dict(zip(names, values, strict=True))
    typed: dict[str, object] = {"typed_name": list(verdict), "typed_value": list(verdict.values())}
    back = consultant.send(
        "/sign-in",
        {"email": "consultant@example.org", "password": PASSWORD, "next": "/postings/p1/candidates/engineer/verdict"}
        | typed,
    )
    done = consultant.send("/postings/p1/candidates/engineer/verdict", verdict)

    assert ended.status_code == 401
    assert kept["note"] == "Ring &lt;b&gt;torsdag&lt;/b&gt;"
    assert "Ring &lt;b&gt;torsdag&lt;/b&gt;" in back.text
    assert done.status_code == 200
    assert "Gemt: engineer afventer." in done.text


def test_another_site_cannot_fill_in_a_form(stranger: Browser) -> None:
    answer = stranger.client.post(
        "/postings/p1/candidates/engineer/verdict", data={"note": "forged"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 401
    assert "forged" not in answer.text


def test_a_page_that_is_not_there_says_so_in_the_readers_language(english: Browser) -> None:
    answer = english.get("/postings/none-such")

    assert answer.status_code == 404
    assert "none-such" in answer.text
    assert "To the start page" in answer.text


def test_a_role_sees_only_its_own_pages(as_role: Callable[..., Browser]) -> None:
    analyst = as_role("analyst")

    answer = analyst.get("/postings/p1")

    assert answer.status_code == 403
    assert "analytiker" in answer.text
    assert 'href="/candidates"' not in answer.text


def test_signing_out_ends_the_session(consultant: Browser) -> None:
    out = consultant.send("/sign-out")

    assert "Du er logget ud" in out.text
    assert "Adgangskode" in consultant.get("/postings").text


def test_static_files_are_a_fixed_set(stranger: Browser) -> None:
    assert stranger.get("/static/pages.css").headers["content-type"].startswith("text/css")
    assert stranger.get("/static/..%2fpage.py").status_code == 404
    assert stranger.get("/static/pico.LICENSE.md").status_code == 404
