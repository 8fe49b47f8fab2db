"""Who may be one person: shared details however they are written, and nothing that many share."""

import pytest

from matcher.doubles import MOST_ALIKE, Double, doubles, doubles_of, in_common
from matcher.records import Contact


def test_a_shared_address_makes_two_records_likely_doubles() -> None:
    contacts = {"b": Contact(emails=("Maja@Example.org",)), "a": Contact(emails=("maja@example.org",)), "c": Contact()}

    assert doubles(contacts) == [Double(first="a", second="b", shared=("email",))]


@pytest.mark.parametrize("written", ["+45 28 61 07 43", "0045 28610743", "28610743", "2861 0743"])
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert in_common(Contact(phones=("28 61 07 43",)), Contact(phones=(written,))) == ("phone",)


@pytest.mark.parametrize(
    ("one", "two"), [("Maja Prøvesen", "MAJA PRØVESEN"), ("Maja Karin Prøvesen", "Maja  Prøvesen")]
)
def test_a_name_is_the_same_without_what_stands_between(one: str, two: str) -> None:
    assert in_common(Contact(names=(one,)), Contact(names=(two,))) == ("name",)


@pytest.mark.parametrize(("one", "two"), [("Maja", "Maja"), ("Maja Prøvesen", "Mona Prøvesen"), ("", "")])
def test_a_first_name_or_a_family_name_alone_is_no_sign(one: str, two: str) -> None:
    assert in_common(Contact(names=(one,)), Contact(names=(two,))) == ()


def test_a_short_number_is_no_sign() -> None:
    assert in_common(Contact(phones=("112",)), Contact(phones=("112",))) == ()


def test_the_surest_pairs_come_first_and_each_once() -> None:
    contacts = {
        "a": Contact(names=("Bo Testesen",)),
        "b": Contact(names=("Bo Testesen",), phones=("28610743",)),
        "c": Contact(phones=("28610743",), emails=("c@example.org",)),
        "d": Contact(emails=("c@example.org",), phones=("28610743",)),
    }

    found = doubles(contacts)

    assert [(pair.first, pair.second, pair.shared) for pair in found] == [
        ("c", "d", ("email", "phone")),
        ("b", "c", ("phone",)),
        ("b", "d", ("phone",)),
        ("a", "b", ("name",)),
    ]
    assert [pair.other("b") for pair in doubles_of("b", contacts)] == ["c", "d", "a"]


def test_what_many_share_is_no_sign_of_one_person() -> None:
    several = {f"c{number}": Contact(phones=("99 30 30 30",)) for number in range(MOST_ALIKE)}

    assert len(doubles(several)) == MOST_ALIKE * (MOST_ALIKE - 1) // 2
    assert doubles({**several, "one-more": Contact(phones=("99 30 30 30",))}) == []
