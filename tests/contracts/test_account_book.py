"""What a database promises of accounts and keys."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier
from typing import Any, cast

import pytest

from matcher.accounts.errors import EmailTaken, InvalidAccount, LastAdministrator, UnknownAccount
from matcher.accounts.records import Account, ApiKey
from matcher.storage.accounts import SqlAccounts
from matcher.storage.store import SqlStore
from tests.contracts.stores import SQL, an_empty_store

NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture(params=SQL)
def book(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlAccounts]:
    with an_empty_store(request.param, tmp_path) as store:
        yield cast("SqlStore", store).accounts


def an_account(id: str = "a1", **fields: Any) -> Account:
    account = Account(id=id, name="Maja Testesen", email=f"{id}@example.org", role="consultant", created=NOON)
    return replace(account, **fields)


def an_administrator(id: str, **fields: Any) -> Account:
    return an_account(id, role="administrator", password="$argon2id$kept", **fields)


def a_key(id: str = "k1", account: str = "a1", **fields: Any) -> ApiKey:
    return replace(ApiKey(id=id, account=account, name="Nightly", digest=id.encode() * 16, created=NOON), **fields)


def test_an_account_comes_back_as_it_was_by_whatever_it_is_known(book: SqlAccounts) -> None:
    full = an_account(
        password="$argon2id$kept",
        candidate="c1",
        role="graduate",
        sessions=3,
        token=b"t" * 32,
        token_until=NOON + timedelta(days=1),
        failures=2,
        locked_until=NOON,
        subject="https://issuer.example#7",
    )
    book.add(full)
    book.add(an_account("a0"))

    assert book.get("a1") == full
    assert book.of_email("a1@example.org") == full
    assert book.of_token(b"t" * 32) == full
    assert book.of_subject("https://issuer.example#7") == full
    assert book.accounts() == [an_account("a0"), full]


def test_a_time_of_another_zone_comes_back_as_the_same_moment(book: SqlAccounts) -> None:
    copenhagen = timezone(timedelta(hours=1))
    book.add(an_account(created=NOON.astimezone(copenhagen)))

    assert book.get("a1").created == NOON
    assert book.get("a1").created.tzinfo == UTC


@pytest.mark.parametrize("name", ["nobody", "", "\0", "\udcff", "' OR 1=1 --"])
def test_nobody_is_found_by_what_is_nobodys(book: SqlAccounts, name: str) -> None:
    book.add(an_account())

    for ask in (book.get, book.of_email, book.of_subject, book.remove):
        with pytest.raises(UnknownAccount):
            ask(name)
    with pytest.raises(UnknownAccount):
        book.of_token(name.encode("utf-8", "surrogatepass"))
    with pytest.raises(UnknownAccount):
        book.revoke_key(name, NOON)
    assert book.keys(name) == []


def test_an_address_belongs_to_one_account(book: SqlAccounts) -> None:
    book.add(an_account("a1"))
    book.add(an_account("a2"))

    with pytest.raises(EmailTaken, match=r"a1@example\.org"):
        book.add(an_account("a3", email="a1@example.org"))
    with pytest.raises(EmailTaken):
        book.change("a2", lambda account: replace(account, email="a1@example.org"))

    assert [account.email for account in book.accounts()] == ["a1@example.org", "a2@example.org"]


def test_what_no_database_keeps_is_refused(book: SqlAccounts) -> None:
    with pytest.raises(InvalidAccount):
        book.add(an_account(name="Maja\0"))

    assert book.accounts() == []


def test_a_change_that_raises_leaves_the_account_as_it_was(book: SqlAccounts) -> None:
    book.add(an_account())

    def break_off(account: Account) -> Account:
        raise LookupError(account.id)

    with pytest.raises(LookupError):
        book.change("a1", break_off)

    assert book.get("a1") == an_account()


def test_changes_at_once_all_count(book: SqlAccounts) -> None:
    book.add(an_account())
    start = Barrier(8)

    def count(_: int) -> None:
        start.wait()
        book.change("a1", lambda account: replace(account, failures=account.failures + 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count, range(8)))

    assert book.get("a1").failures == 8


def test_two_administrators_who_remove_each_other_at_once_leave_one(book: SqlAccounts) -> None:
    book.add(an_administrator("a1"))
    book.add(an_administrator("a2"))
    start = Barrier(2)

    def retire(id: str) -> bool:
        start.wait()
        try:
            book.change(id, lambda account: replace(account, active=False))
        except LastAdministrator:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(retire, ["a1", "a2"])) == [False, True]

    assert [account.active for account in book.accounts()].count(True) == 1


@pytest.mark.parametrize(
    "other",
    [
        an_account("a2"),
        an_administrator("a2", active=False),
        an_account("a2", role="administrator"),  # invited only: nobody can sign in with it yet
    ],
)
def test_the_last_administrator_who_can_sign_in_stays(book: SqlAccounts, other: Account) -> None:
    book.add(an_administrator("a1"))
    book.add(other)

    with pytest.raises(LastAdministrator):
        book.remove("a1")
    with pytest.raises(LastAdministrator):
        book.change("a1", lambda account: replace(account, role="analyst"))

    assert book.get("a1") == an_administrator("a1")


def test_a_removed_account_takes_its_keys_along(book: SqlAccounts) -> None:
    book.add(an_account("a1"))
    book.add(an_account("a2"))
    book.add_key(a_key("k1", "a1"))
    book.add_key(a_key("k2", "a2"))

    book.remove("a1")

    assert [account.id for account in book.accounts()] == ["a2"]
    assert book.keys("a1") == []
    assert book.keys("a2") == [a_key("k2", "a2")]


def test_an_erased_person_loses_the_account_and_nobody_else_does(book: SqlAccounts) -> None:
    book.add(an_account("a1", role="graduate", candidate="c1"))
    book.add(an_account("a2", role="graduate", candidate="c2"))

    assert book.remove_of_candidate("c1") == 1
    assert book.remove_of_candidate("c1") == 0
    assert [account.id for account in book.accounts()] == ["a2"]


def test_an_address_that_was_changed_is_gone_from_the_file(tmp_path: Path) -> None:
    with an_empty_store("sqlite", tmp_path) as store:
        book = cast("SqlStore", store).accounts
        book.add(an_account(email="maja.rarename@example.org"))
        book.change("a1", lambda account: replace(account, email="m@example.org"))

    assert b"rarename" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_key_is_found_by_its_digest_used_and_ended_once(book: SqlAccounts) -> None:
    book.add(an_account())
    book.add_key(a_key("k2", created=NOON + timedelta(hours=1)))
    book.add_key(a_key("k1"))

    book.key_used("k1", NOON + timedelta(hours=2))
    book.revoke_key("k1", NOON + timedelta(hours=3))
    again = book.revoke_key("k1", NOON + timedelta(hours=9))

    assert again == a_key("k1", used=NOON + timedelta(hours=2), revoked=NOON + timedelta(hours=3))
    assert book.key_of(a_key("k1").digest) == again
    assert [key.id for key in book.keys("a1")] == ["k1", "k2"]
    with pytest.raises(UnknownAccount) as refusal:
        book.key_of(b"unknown")
    assert "unknown" not in repr(refusal.value.found["found"])
