"""Sign-in at an issuer on loopback: who was invited gets in, and nothing forged does."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

pytest.importorskip("authlib", reason="needs the extra [oidc]")

from api.auth.errors import OidcRefused
from api.auth.oidc import Oidc
from api.auth.oidc_routes import NAME, START, oidc_router
from matcher.errors import InvalidSetting
from tests.accounts.examples import EMAIL, House
from tests.auth.examples import Browser, an_app, doors, settings
from tests.auth.issuer import CLIENT, PASSPHRASE, Issuer, an_issuer


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with an_issuer() as running:
        running.person = {"sub": "7", "email": EMAIL, "email_verified": True}
        yield running


def of(address: str, **fields: Any) -> Oidc | None:
    usual = {"oidc_issuer": address, "oidc_client_id": CLIENT, "oidc_client_secret": SecretStr(PASSPHRASE)}
    return Oidc.of(settings(**(usual | fields)))


@pytest.fixture
def app(house: House, issuer: Issuer) -> FastAPI:
    guarded = an_app(doors(house))
    known = of(issuer.address)
    assert known is not None
    guarded.include_router(oidc_router(known))
    return guarded


def sent_back(browser: Browser, issuer: Issuer, then: str = "/") -> str:
    """Where the issuer sends the browser after sign-in there."""
    there = browser.client.get(START, params={"next": then})
    assert there.status_code == 303
    return issuer.authorize(there.headers["location"])


def test_who_was_invited_gets_in_and_to_where_they_were(house: House, browser: Browser, issuer: Issuer) -> None:
    link = house.accounts.links.invite(name="Maja", email=EMAIL, role="consultant")

    back = browser.get(sent_back(browser, issuer, "/postings/p1?page=2"))

    assert (back.status_code, back.headers["location"]) == (303, "/postings/p1?page=2")
    assert browser.get("/me").json() == {"id": link.account.id}
    assert house.book.get(link.account.id).subject == f"{issuer.address}#7"
    assert NAME not in browser.client.cookies


def test_an_address_that_leads_elsewhere_leads_home(house: House, browser: Browser, issuer: Issuer) -> None:
    house.somebody()

    back = browser.get(sent_back(browser, issuer, "//example.org"))

    assert back.headers["location"] == "/"


def test_the_second_time_the_issuers_own_name_counts_not_the_address(
    house: House, app: FastAPI, browser: Browser, issuer: Issuer
) -> None:
    house.somebody()
    browser.get(sent_back(browser, issuer))
    issuer.person |= {"email": "nygift@example.org", "email_verified": False}
    again = Browser(app)

    assert again.get(sent_back(again, issuer)).status_code == 303
    assert again.signed_in()


@pytest.mark.parametrize(
    "person",
    [{"email": "stranger@example.org"}, {"email_verified": False}, {"email_verified": "true"}, {"email": None}],
)
def test_who_was_not_invited_or_is_not_vouched_for_stays_out(
    house: House, browser: Browser, issuer: Issuer, person: dict[str, Any]
) -> None:
    house.somebody()
    issuer.claims = person

    answer = browser.get(sent_back(browser, issuer))

    assert (answer.status_code, answer.json()) == (403, {"error": "accounts.unknown_person"})
    assert not browser.signed_in()


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://another.example"},
        {"aud": "another service"},
        {"aud": ["another service"]},
        {"aud": [CLIENT, "another service"], "azp": "another service"},
        {"nonce": "of another sign-in"},
        {"nonce": None},
        {"exp": 1},
        {"exp": None},
        {"sub": None},
        {"iat": 99999999999},
    ],
    ids=str,
)
def test_a_word_that_is_not_for_us_now_is_not_taken(
    house: House, browser: Browser, issuer: Issuer, claims: dict[str, Any]
) -> None:
    house.somebody()
    issuer.claims = claims

    assert browser.get(sent_back(browser, issuer)).status_code == 401
    assert not browser.signed_in()


@pytest.mark.parametrize("signed", ["another", "client secret", "nothing", "letters"])
def test_a_word_that_the_issuer_did_not_sign_is_not_taken(
    house: House, browser: Browser, issuer: Issuer, signed: str
) -> None:
    house.somebody()
    issuer.signs_with = signed

    answer = browser.get(sent_back(browser, issuer))

    assert (answer.status_code, answer.json()) == (401, {"error": "accounts.oidc.refused"})
    assert not browser.signed_in()


def test_an_answer_is_used_once_by_the_browser_that_asked(
    house: House, app: FastAPI, browser: Browser, issuer: Issuer
) -> None:
    house.somebody()
    back = sent_back(browser, issuer)
    victim = Browser(app)

    assert victim.get(back).status_code == 401
    sent_back(victim, issuer)
    assert victim.get(back).status_code == 401
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 401


@pytest.mark.parametrize(
    "changed", [("state=", "state=x"), ("code=code-0", "code=guessed"), ("iss=http", "iss=https"), ("code=", "error=")]
)
def test_an_answer_that_was_tampered_with_is_refused(
    house: House, browser: Browser, issuer: Issuer, changed: tuple[str, str]
) -> None:
    house.somebody()

    answer = browser.get(sent_back(browser, issuer).replace(*changed))

    assert answer.status_code == 401
    assert not browser.signed_in()


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://another.example"},
        {"token_endpoint": None},
        {"authorization_endpoint": 7},
    ],
    ids=str,
)
def test_an_issuer_that_describes_itself_wrongly_is_not_asked(
    browser: Browser, issuer: Issuer, description: dict[str, Any]
) -> None:
    issuer.description = description

    assert browser.get(START).status_code == 401


def test_secrets_are_not_sent_in_clear(issuer: Issuer) -> None:
    issuer.description = {"token_endpoint": "http://issuer.example/token"}
    known = of(issuer.address)
    assert known is not None

    with pytest.raises(InvalidSetting, match="https://"):
        known.begin()


@pytest.mark.parametrize("page", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_an_issuer_that_is_broken_says_so_in_words(house: House, browser: Browser, issuer: Issuer, page: str) -> None:
    house.somebody()
    issuer.broken = page
    there = browser.get(START)
    answer = there if there.status_code != 303 else browser.get(issuer.authorize(there.headers["location"]))

    assert (answer.status_code, answer.json()) == (401, {"error": "accounts.oidc.refused"})


def test_an_issuer_that_does_not_answer_says_so_in_both_languages() -> None:
    known = of("http://127.0.0.1:1")
    assert known is not None

    with pytest.raises(OidcRefused, match="does not answer as") as refusal:
        known.begin()

    assert "bliver ikke svaret" in refusal.value.text("da")


def test_what_an_answer_says_is_shown_only_as_a_plain_word() -> None:
    known = of("http://127.0.0.1:1")
    assert known is not None
    answer = {"state": "s", "error": "<script>alert(1)</script>"}

    with pytest.raises(OidcRefused) as refusal:
        known.finish(answer, state="s", nonce="n", verifier="v")

    assert "script" not in str(refusal.value)
    with pytest.raises(OidcRefused, match="access_denied"):
        known.finish(answer | {"error": "access_denied"}, state="s", nonce="n", verifier="v")


@pytest.mark.parametrize(
    "fields",
    [
        {"oidc_client_id": None},
        {"oidc_client_secret": None},
        {"oidc_issuer": "http://issuer.example"},
        {"oidc_issuer": "issuer.example"},
    ],
    ids=str,
)
def test_half_an_issuer_is_refused_at_the_start(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidSetting, match="MATCHER_OIDC_ISSUER") as refusal:
        of("https://issuer.example", **fields)

    assert PASSPHRASE not in str(refusal.value)


def test_without_an_issuer_there_is_none() -> None:
    assert Oidc.of(settings()) is None
