"""Which passwords are taken, and that one is checked however it was typed."""

import unicodedata
from dataclasses import replace

import pytest
from argon2 import PasswordHasher

from matcher.accounts.errors import WeakPassword
from matcher.accounts.passwords import LONGEST, Passwords, refuse_weak
from tests.accounts.examples import CHEAP, EMAIL, PASSWORD, House


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "fewer than 12 characters"),
        ("elleve tegn", "fewer than 12 characters"),
        ("x" * (LONGEST + 1), "more than 200"),
        ("abababababab", "different characters"),
        ("maja@example.org", "your name or e-mail"),
        ("Maja Testesen 1", "your name or e-mail"),
        ("MAJATESTESEN", "your name or e-mail"),
    ],
)
def test_a_password_that_others_would_guess_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(WeakPassword, match=why) as refusal:
        refuse_weak(password, "Maja Testesen", EMAIL)

    assert refusal.value.text("da") != str(refusal.value)
    assert not password or password not in str(refusal.value)


@pytest.mark.parametrize("password", [PASSWORD, "tolv tegn her", "密码密码很长而且独特的密码", "x" * 195 + "abcde"])
def test_long_and_odd_ones_are_taken(password: str) -> None:
    refuse_weak(password, "Maja Testesen", EMAIL)


def test_one_letter_has_one_spelling_whatever_keyboard_made_it() -> None:
    passwords = Passwords(CHEAP)
    kept = passwords.hash(unicodedata.normalize("NFC", PASSWORD))

    assert passwords.matches(kept, unicodedata.normalize("NFD", PASSWORD))
    assert not passwords.matches(kept, PASSWORD.upper())


def test_nothing_matches_where_no_password_or_no_hash_was_kept() -> None:
    passwords = Passwords(CHEAP)

    assert not passwords.matches(None, "nobody has this password")
    assert not passwords.matches("not a hash", PASSWORD)


def test_equal_passwords_are_kept_differently_and_by_argon2id() -> None:
    passwords = Passwords(CHEAP)
    one, two = passwords.hash(PASSWORD), passwords.hash(PASSWORD)

    assert one != two
    assert one.startswith("$argon2id$")


def test_a_password_kept_with_weaker_parameters_is_hashed_anew_at_the_next_sign_in(house: House) -> None:
    maja = house.somebody()
    weaker = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=16)
    old = weaker.hash(PASSWORD)
    house.book.change(maja.id, lambda account: replace(account, password=old))

    fresh = house.accounts.entrance.sign_in(EMAIL, PASSWORD)

    assert fresh.password != old
    assert not CHEAP.check_needs_rehash(fresh.password or "")
    assert house.accounts.entrance.sign_in(EMAIL, PASSWORD).password == fresh.password
