"""One-time links open once, in time, and only the newest of them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.accounts.errors import EmailTaken, InvalidAccount, LinkRefused, NotSignedIn, SignInRefused, WeakPassword
from matcher.accounts.links import FIRST_EMAIL, INVITED, RESET
from matcher.accounts.records import Account, OneTimeLink
from tests.accounts.examples import EMAIL, PASSWORD, House

NEW = "en helt anden adgangskode"


def invited(house: House) -> OneTimeLink:
    return house.accounts.links.invite(name=" Maja   Testesen ", email=EMAIL.upper(), role="consultant")


def test_an_invitation_lets_its_owner_choose_a_password_once(house: House) -> None:
    link = invited(house)

    assert house.accounts.links.account(link.token).name == "Maja Testesen"
    maja = house.accounts.links.redeem(link.token, PASSWORD)

    assert house.accounts.entrance.sign_in(EMAIL, PASSWORD).id == maja.id
    with pytest.raises(LinkRefused):
        house.accounts.links.redeem(link.token, NEW)
    with pytest.raises(LinkRefused):
        house.accounts.links.account(link.token)


def test_of_two_uses_at_once_one_counts(house: House) -> None:
    link = invited(house)

    def use(number: int) -> bool:
        try:
            house.accounts.links.redeem(link.token, f"{PASSWORD} {number}")
        except LinkRefused:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(use, range(6))) == [False] * 5 + [True]


def test_a_link_is_too_old_after_its_time(house: House) -> None:
    link = invited(house)
    house.clock.now = link.until

    with pytest.raises(LinkRefused):
        house.accounts.links.redeem(link.token, PASSWORD)
    assert link.until == link.account.created + INVITED


def test_a_newer_link_ends_the_one_before(house: House) -> None:
    first = invited(house)
    second = house.accounts.links.reset(first.account.id, by=house.administrator())

    with pytest.raises(LinkRefused):
        house.accounts.links.redeem(first.token, PASSWORD)
    assert house.accounts.links.redeem(second.token, PASSWORD).password


@pytest.mark.parametrize("token", ["", "x" * 43, "\udcff", "' OR 1=1 --"])
def test_a_link_that_never_was_opens_nothing(house: House, token: str) -> None:
    house.somebody()

    with pytest.raises(LinkRefused):
        house.accounts.links.redeem(token, PASSWORD)


def test_a_weak_password_does_not_use_the_link_up(house: House) -> None:
    link = invited(house)

    with pytest.raises(WeakPassword, match="fewer than 12"):
        house.accounts.links.redeem(link.token, "kort")

    assert house.accounts.links.redeem(link.token, PASSWORD)


def test_a_reset_lifts_a_lock_and_ends_sessions_but_only_when_it_is_used(house: House) -> None:
    maja = house.somebody()
    for _ in range(5):
        with pytest.raises(SignInRefused):
            house.accounts.entrance.sign_in(EMAIL, NEW)
    link = house.accounts.links.reset(maja.id, by=house.administrator())

    assert house.accounts.entrance.of_session(maja.id, maja.sessions)
    assert link.until == house.clock() + RESET
    house.accounts.links.redeem(link.token, NEW)

    assert house.accounts.entrance.sign_in(EMAIL, NEW)
    with pytest.raises(NotSignedIn):
        house.accounts.entrance.of_session(maja.id, maja.sessions)


def test_a_former_account_has_no_links(house: House) -> None:
    administrator, link = house.administrator(), invited(house)
    house.accounts.roster.deactivate(link.account.id, by=administrator)

    with pytest.raises(LinkRefused):
        house.accounts.links.redeem(link.token, PASSWORD)
    with pytest.raises(InvalidAccount, match="active"):
        house.accounts.links.reset(link.account.id, by=administrator)


def test_who_knows_the_old_password_sets_a_new_one_and_all_sessions_end(house: House) -> None:
    maja = house.somebody()

    with pytest.raises(SignInRefused):
        house.accounts.links.change_password(maja.id, old=NEW, new=NEW)
    changed = house.accounts.links.change_password(maja.id, old=PASSWORD, new=NEW)

    assert changed.sessions == maja.sessions + 1
    assert house.accounts.entrance.sign_in(EMAIL, NEW).id == maja.id


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"email": "no address"}, "an e-mail address"),
        ({"email": "maja@"}, "an e-mail address"),
        ({"email": "ma ja@example.org"}, "an e-mail address"),
        ({"email": "m" * 300 + "@example.org"}, "an e-mail address"),
        ({"email": "maja\0@example.org"}, "an e-mail address"),
        ({"name": "  "}, "a name"),
        ({"name": "Maja\u202e"}, "a name"),
        ({"name": "M" * 255}, "a name"),
        ({"role": "owner"}, "one of consultant, graduate"),
        ({"candidate": "c1"}, "only for an account of a graduate"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_what_is_wanted(
    house: House, fields: dict[str, str], wanted: str
) -> None:
    person = {"name": "Maja", "email": EMAIL, "role": "consultant"} | fields

    with pytest.raises(InvalidAccount, match=wanted) as refusal:
        house.accounts.links.invite(**person)  # type: ignore[arg-type]

    assert refusal.value.text("da") != str(refusal.value)
    assert house.accounts.roster.all() == []


def test_nobody_is_invited_twice(house: House) -> None:
    invited(house)

    with pytest.raises(EmailTaken):
        invited(house)


def test_the_first_start_makes_an_administrator_and_later_ones_do_not(house: House) -> None:
    links = house.accounts.links
    first = links.first_start()
    assert first is not None

    administrator = links.redeem(first.token, PASSWORD)

    assert (administrator.role, administrator.email) == ("administrator", FIRST_EMAIL)
    assert links.first_start() is None


def test_a_start_before_the_first_link_was_used_prints_a_new_one_for_the_same_account(house: House) -> None:
    links = house.accounts.links
    first, second = links.first_start(), links.first_start()
    assert first is not None
    assert second is not None

    assert first.account.id == second.account.id
    with pytest.raises(LinkRefused):
        links.redeem(first.token, PASSWORD)
    assert links.redeem(second.token, PASSWORD).administers


def test_the_first_start_finds_another_address_where_its_own_is_taken(house: House) -> None:
    house.somebody(email=FIRST_EMAIL)

    link = house.accounts.links.first_start()

    assert link is not None
    assert link.account.email.endswith(FIRST_EMAIL)


def test_neither_link_nor_password_stands_in_the_home_or_in_what_was_noted(house: House, tmp_path: Path) -> None:
    link = invited(house)
    house.accounts.links.redeem(link.token, PASSWORD)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    assert link.token.encode() not in kept
    assert PASSWORD.encode() not in kept
    assert house.kinds() == ["invited", "link_made", "password_set"]
    for secret in (link.token, PASSWORD, EMAIL, "Testesen"):
        assert secret not in repr(house.events)


def test_what_is_printed_of_an_account_or_a_link_holds_no_secret(house: House) -> None:
    link = invited(house)
    account: Account = house.accounts.links.redeem(link.token, PASSWORD)

    assert link.token not in repr(link)
    assert "argon2" not in repr(account)
