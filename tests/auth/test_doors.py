"""Addresses that lead here, and only here."""

import doctest
from types import SimpleNamespace
from typing import cast

import pytest
from starlette.requests import HTTPConnection

from api.auth import paths
from api.auth.paths import own_path
from api.auth.rates import asker
from matcher.errors import InvalidSetting
from tests.accounts.examples import House
from tests.auth.examples import doors, settings


def test_a_one_time_link_begins_with_the_address_people_type(house: House) -> None:
    link = house.accounts.links.invite(name="Maja", email="maja@example.org", role="analyst")

    assert doors(house, public_url="https://match.example.org/").link(link) == (
        f"https://match.example.org/link/{link.token}"
    )


@pytest.mark.parametrize(
    "address", ["", "match.example.org", "ftp://match.example.org", "https://m.dk/path", "https://"]
)
def test_a_public_address_that_is_none_is_refused(house: House, address: str) -> None:
    with pytest.raises(InvalidSetting, match="MATCHER_PUBLIC_URL") as refusal:
        doors(house, public_url=address)

    assert refusal.value.text("da") != str(refusal.value)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHER_PUBLIC_URL", "https://match.example.org")

    assert settings().secure is False  # what the test sets itself comes first
    assert type(settings())().secure is True


@pytest.mark.parametrize(
    "wanted",
    ["", "postings", "//example.org", "/\\example.org", "https://example.org", "javascript:alert(1)", "/\n/example.org",
     "/\t/example.org", "///example.org"],
)  # fmt: skip
def test_after_sign_in_nobody_is_sent_elsewhere(wanted: str) -> None:
    assert own_path(wanted) == "/"


def test_after_sign_in_people_come_back_to_where_they_were() -> None:
    assert own_path("/postings/p1?q=a//b") == "/postings/p1?q=a//b"
    assert doctest.testmod(paths).failed == 0


@pytest.mark.parametrize(
    ("host", "who"),
    [("192.0.2.7", "192.0.2.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("testclient", "testclient"), (None, "")],
)
def test_who_asks_is_an_address_or_a_network_of_ipv6(host: str | None, who: str) -> None:
    client = SimpleNamespace(host=host) if host else None

    assert asker(cast("HTTPConnection", SimpleNamespace(client=client))) == who
