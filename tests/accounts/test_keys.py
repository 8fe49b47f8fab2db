"""API keys open what their account may, until they are revoked."""

from pathlib import Path

import pytest

from matcher.accounts.errors import InvalidAccount, KeyRefused
from matcher.accounts.keys import NOTED_EVERY
from tests.accounts.examples import House


def test_a_key_stands_for_its_account_until_it_is_revoked(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody()
    made = house.accounts.keys.make(maja.id, "Nightly export", by=administrator)

    assert house.accounts.keys.account(made.secret) == maja
    house.accounts.keys.revoke(made.key.id, by=administrator)

    with pytest.raises(KeyRefused):
        house.accounts.keys.account(made.secret)
    assert house.kinds()[-2:] == ["key_made", "key_revoked"]


@pytest.mark.parametrize("secret", ["", "matcher_", "matcher_" + "x" * 43, "\udcff", "matcher_\udcff", "x" * 100_000])
def test_what_is_no_key_is_refused(house: House, secret: str) -> None:
    with pytest.raises(KeyRefused):
        house.accounts.keys.account(secret)


def test_a_key_is_kept_nowhere_and_not_shown_by_accident(house: House, tmp_path: Path) -> None:
    maja = house.somebody()
    made = house.accounts.keys.make(maja.id, "Script", by=maja)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert made.secret.encode() not in kept
    assert made.secret not in repr(made)
    assert made.secret not in repr(house.events)
    assert len(made.secret) > 43


def test_the_last_use_is_kept_to_ten_minutes(house: House) -> None:
    maja = house.somebody()
    made = house.accounts.keys.make(maja.id, "Script", by=maja)
    first = house.clock()
    house.accounts.keys.account(made.secret)
    house.clock.move(minutes=9)
    house.accounts.keys.account(made.secret)
    assert house.accounts.keys.of(maja.id)[0].used == first

    house.clock.now = first + NOTED_EVERY
    house.accounts.keys.account(made.secret)

    assert house.accounts.keys.of(maja.id)[0].used == first + NOTED_EVERY


def test_a_key_needs_a_name_and_somebody_who_is_there(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody()
    house.accounts.roster.deactivate(maja.id, by=administrator)

    with pytest.raises(InvalidAccount, match="a name"):
        house.accounts.keys.make(administrator.id, " ", by=administrator)
    with pytest.raises(InvalidAccount, match="active"):
        house.accounts.keys.make(maja.id, "Script", by=administrator)
