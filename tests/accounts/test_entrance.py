"""Who is let in, and who is kept out in the same words."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from matcher.accounts.desk import Desk, Event
from matcher.accounts.entrance import LOCKED, TRIES, Entrance
from matcher.accounts.errors import NotSignedIn, SignInRefused, UnknownAccount, UnknownPerson
from matcher.accounts.passwords import Passwords
from tests.accounts.examples import CHEAP, EMAIL, PASSWORD, House

WRONG = "gule heste drikker te"
SUBJECT = "https://issuer.example#7"


def refusal(house: House, email: str = EMAIL, password: str = WRONG) -> str:
    with pytest.raises(SignInRefused) as refused:
        house.accounts.entrance.sign_in(email, password)
    return str(refused.value)


def test_the_right_password_lets_in_however_the_address_is_written(house: House) -> None:
    maja = house.somebody()

    assert house.accounts.entrance.sign_in("  Maja@Example.ORG ", PASSWORD).id == maja.id
    assert house.events[-1] == Event(kind="login", account=maja.id, by=maja.id)


def test_every_refusal_reads_the_same(house: House) -> None:
    administrator = house.administrator()
    house.somebody()
    former = house.somebody(email="former@example.org")
    house.accounts.roster.deactivate(former.id, by=administrator)
    house.accounts.links.invite(name="Ny", email="invited@example.org", role="analyst")
    wrong = refusal(house)

    assert refusal(house, "nobody@example.org", PASSWORD) == wrong
    assert refusal(house, "no address at all", PASSWORD) == wrong
    assert refusal(house, "\udcff@example.org", "\udcff") == wrong
    assert refusal(house, "former@example.org", PASSWORD) == wrong
    assert refusal(house, "invited@example.org", PASSWORD) == wrong
    assert refusal(house, EMAIL, "x" * 100_000) == wrong
    assert "15 minutes" in wrong


def test_after_five_wrong_tries_even_the_right_password_waits(house: House) -> None:
    house.somebody()
    for _ in range(TRIES):
        refusal(house)

    refusal(house, password=PASSWORD)
    house.clock.now += LOCKED - timedelta(seconds=1)
    refusal(house, password=PASSWORD)
    house.clock.move(seconds=1)

    assert house.accounts.entrance.sign_in(EMAIL, PASSWORD).failures == 0


def test_the_right_password_in_time_forgets_the_wrong_ones(house: House) -> None:
    house.somebody()
    for _ in range(3):
        for _ in range(TRIES - 1):
            refusal(house)
        house.accounts.entrance.sign_in(EMAIL, PASSWORD)

    assert house.accounts.entrance.sign_in(EMAIL, PASSWORD).locked_until is None


def test_after_a_lock_has_run_out_the_count_begins_anew(house: House) -> None:
    maja = house.somebody()
    for _ in range(TRIES):
        refusal(house)
    house.clock.now += LOCKED

    refusal(house)

    assert house.book.get(maja.id).failures == 1


def test_tries_at_once_do_not_get_round_the_lock(house: House) -> None:
    maja = house.somebody()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: refusal(house), range(40)))

    assert house.book.get(maja.id).failures == TRIES
    assert house.book.get(maja.id).locked(house.clock())


def test_a_password_that_is_replaced_while_it_is_checked_lets_nobody_in(house: House) -> None:
    maja = house.somebody()
    entrance = Entrance(Desk(book=house.book, passwords=Overtaken(house, maja.id), clock=house.clock))

    with pytest.raises(SignInRefused):
        entrance.sign_in(EMAIL, PASSWORD)


class Overtaken(Passwords):
    """Passwords whose check is slow enough for an administrator's link to be used meanwhile."""

    def __init__(self, house: House, account: str) -> None:
        super().__init__(CHEAP)
        self._house = house
        self._account = account

    def matches(self, kept: str | None, password: str) -> bool:
        links = self._house.accounts.links
        links.redeem(links.reset(self._account, by=self._house.book.get(self._account)).token, "en ny adgangskode")
        return super().matches(kept, password)


def test_a_try_on_an_address_without_account_is_noted_of_nobody(house: House) -> None:
    refusal(house, "nobody@example.org")

    assert house.events == [Event(kind="login_refused", account="")]


def test_a_session_holds_until_it_is_ended(house: House) -> None:
    maja = house.somebody()
    entrance = house.accounts.entrance

    assert entrance.of_session(maja.id, maja.sessions) == maja
    entrance.sign_out(maja.id)

    for id, count in [(maja.id, maja.sessions), ("nobody", 0), (maja.id, maja.sessions + 2)]:
        with pytest.raises(NotSignedIn):
            entrance.of_session(id, count)


def test_an_issuer_lets_in_who_was_invited_and_knows_them_by_name_from_then_on(house: House) -> None:
    entrance = house.accounts.entrance
    invited = house.accounts.links.invite(name="Maja Testesen", email=EMAIL, role="consultant")

    first = entrance.of_subject(SUBJECT, "Maja@Example.org", verified=True)
    later = entrance.of_subject(SUBJECT, "another@example.org", verified=False)

    assert first.id == later.id == invited.account.id
    with pytest.raises(UnknownAccount):
        house.book.of_token(b"")


@pytest.mark.parametrize(
    ("subject", "email", "verified"),
    [
        (SUBJECT, EMAIL, False),
        (SUBJECT, "stranger@example.org", True),
        (SUBJECT, "", True),
        ("https://issuer.example#8", "known@example.org", True),
    ],
    ids=["address not verified", "never invited", "no address", "address that is another's"],
)
def test_an_issuer_lets_in_nobody_else(house: House, subject: str, email: str, *, verified: bool) -> None:
    house.somebody()
    house.somebody(email="known@example.org")
    house.accounts.entrance.of_subject("https://issuer.example#1", "known@example.org", verified=True)

    with pytest.raises(UnknownPerson):
        house.accounts.entrance.of_subject(subject, email, verified=verified)


def test_a_former_account_is_kept_out_at_the_issuer_too(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody()
    house.accounts.entrance.of_subject(SUBJECT, EMAIL, verified=True)
    house.accounts.roster.deactivate(maja.id, by=administrator)

    with pytest.raises(UnknownPerson):
        house.accounts.entrance.of_subject(SUBJECT, EMAIL, verified=True)
