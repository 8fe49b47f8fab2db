"""`matcher account`: somebody at the machine makes accounts and links, and the log says who."""

import pytest

from matcher import assemble
from matcher.accounts.accounts import Accounts
from matcher.ledger.log import DecisionLog
from matcher.settings import Settings
from tests.accounts.examples import PASSWORD
from tests.cli.conftest import Matcher

CREATE = ("account", "create", "anna@example.org", "--name", "Anna Testesen", "--role")


@pytest.fixture
def accounts(settings: Settings) -> Accounts:
    return assemble.accounts(assemble.store(settings), settings.home)


@pytest.fixture
def log(settings: Settings) -> DecisionLog:
    return assemble.decision_log(assemble.store(settings), settings.home)


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "driften")


def test_an_account_is_made_with_a_link_that_opens_it(matcher: Matcher, accounts: Accounts) -> None:
    made = matcher(*CREATE, "administrator", "--json")
    token = made.json["link"].rpartition("/link/")[2]
    redeemed = accounts.links.redeem(token, PASSWORD)

    assert made.code == 0
    assert made.json["account"]["state"] == "invited"
    assert (redeemed.email, redeemed.role) == ("anna@example.org", "administrator")
    assert accounts.entrance.sign_in("anna@example.org", PASSWORD).administers


def test_a_lone_administrator_gets_back_in_by_address_or_id(matcher: Matcher, accounts: Accounts) -> None:
    first = matcher(*CREATE, "administrator", "--json").json
    accounts.links.redeem(first["link"].rpartition("/link/")[2], PASSWORD)

    by_address = matcher("account", "link", "Anna@Example.org", "--json").json
    by_id = matcher("account", "link", first["account"]["id"], "--json").json
    accounts.links.redeem(by_id["link"].rpartition("/link/")[2], "en helt anden lang adgangskode")

    assert by_address["link"] != by_id["link"]
    assert accounts.entrance.sign_in("anna@example.org", "en helt anden lang adgangskode")


def test_each_step_is_a_line_of_the_log_with_the_user_and_without_names(matcher: Matcher, log: DecisionLog) -> None:
    account = matcher(*CREATE, "consultant", "--json").json["account"]["id"]
    matcher("account", "link", account)
    lines = list(log.lines())

    assert [(line.kind, line.facts["event"], line.facts["by"]) for line in lines] == [
        ("account", "invited", "cli:driften"),
        ("account", "link_made", "cli:driften"),
        ("account", "link_made", "cli:driften"),
    ]
    assert not [line for line in lines if "anna" in line.content.casefold()]
    assert log.verify().ok


def test_a_link_is_printed_whole_on_a_line_of_its_own(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_PUBLIC_URL", "https://a-rather-long-name-of-a-host.and-of-its-domain.aalborg.example")
    made = matcher(*CREATE, "consultant")

    [link] = [line for line in made.out.splitlines() if "/link/" in line]
    assert link.startswith("https://a-rather-long-name-of-a-host.and-of-its-domain.aalborg.example/link/")
    assert made.err == ""


def test_without_a_public_address_the_reader_is_told_where_the_link_leads(matcher: Matcher) -> None:
    assert "MATCHER_PUBLIC_URL" in matcher(*CREATE, "consultant").err


def test_accounts_are_listed_with_role_and_state_and_no_secret(matcher: Matcher, accounts: Accounts) -> None:
    made = matcher(*CREATE, "administrator", "--json").json
    matcher("account", "create", "bo@example.org", "--name", "Bo", "--role", "graduate", "--candidate", "c7")
    accounts.links.redeem(made["link"].rpartition("/link/")[2], PASSWORD)
    listed = matcher("account", "list", "--json").json["accounts"]
    shown = matcher("account", "list").out

    assert [(one["email"], one["role"], one["state"], one["candidate"]) for one in listed] == [
        ("anna@example.org", "administrator", "open", None),
        ("bo@example.org", "graduate", "invited", "c7"),
    ]
    assert set(listed[0]) == {"id", "email", "name", "role", "state", "candidate"}
    assert "has not chosen a password" in " ".join(shown.split())
    assert "argon2" not in shown


def test_a_closed_account_is_said_to_be_closed_and_gets_no_link(matcher: Matcher, accounts: Accounts) -> None:
    account = matcher(*CREATE, "consultant", "--json").json["account"]["id"]
    accounts.roster.deactivate(account, by=accounts.roster.get(account))
    refused = matcher("account", "link", account)

    assert matcher("account", "list", "--json").json["accounts"][0]["state"] == "closed"
    assert refused.code == 1
    assert "/link/" not in refused.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("account", "link", "nobody@example.org"), 1),
        (("account", "link", "nobody"), 1),
        (("account", "create", "no-address", "--name", "A", "--role", "analyst"), 1),
        (("account", "create", "a@example.org", "--name", "A", "--role", "analyst", "--candidate", "c1"), 1),
        (("account", "create", "a@example.org", "--name", "A", "--role", "king"), 2),
    ],
)
def test_what_cannot_be_is_refused(matcher: Matcher, words: tuple[str, ...], code: int) -> None:
    assert matcher(*words).code == code


def test_an_address_is_taken_once(matcher: Matcher) -> None:
    matcher(*CREATE, "consultant")
    again = matcher(*CREATE, "analyst")

    assert again.code == 1
    assert "anna@example.org" in again.err


def test_danish_where_danish_is_asked_for(matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", "da")

    assert "virker én gang" in matcher(*CREATE, "consultant").out
