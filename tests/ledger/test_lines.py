"""A line's digest is what anybody can work out from the documentation, and every part of the line is in it."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from matcher.ledger.lines import START, Entry, Person, canonical, line_after, moment


def test_the_digest_is_sha_256_over_a_json_list() -> None:
    line = line_after(None, at="2026-06-15T08:30:00.000000+00:00", kind="login", content='{"account":"a1"}')

    by_hand = (
        r'[1,"2026-06-15T08:30:00.000000+00:00","login","{\"account\":\"a1\"}",'
        '"0000000000000000000000000000000000000000000000000000000000000000"]'
    )
    assert line.digest == hashlib.sha256(by_hand.encode()).digest()


def test_a_line_follows_the_one_before_it_and_no_other() -> None:
    first = line_after(None, at="t", kind="login", content="{}")
    second = line_after(first, at="t", kind="login", content="{}")

    assert first.follows(0, START)
    assert second.follows(1, first.digest)
    assert not second.follows(0, START)
    assert not first.follows(1, first.digest)


@pytest.mark.parametrize(
    "change",
    [{"number": 2}, {"at": "later"}, {"kind": "verdict"}, {"content": "[]"}, {"previous": b"x"}, {"digest": b"x"}],
    ids=lambda change: next(iter(change)),
)
def test_every_part_of_a_line_is_sealed(change: dict[str, object]) -> None:
    line = line_after(None, at="t", kind="login", content="{}")

    assert not replace(line, **change).follows(0, START)  # type: ignore[arg-type]


def test_persons_are_replaced_wherever_they_stand() -> None:
    entry = Entry(
        kind="merge", content={"kept": Person("c1"), "rows": [{"gone": Person("c2")}, Person("c1")], "n": 2, "æ": None}
    )

    assert entry.persons() == ["c1", "c2"]
    written = entry.written({"c1": "person-1", "c2": "person-2"})
    assert written == '{"kept":"person-1","n":2,"rows":[{"gone":"person-2"},"person-1"],"\\u00e6":null}'


def test_what_json_cannot_say_is_no_content() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"score": float("nan")})


def test_times_are_written_in_utc_so_that_they_sort() -> None:
    noon_in_aalborg = datetime(2026, 6, 15, 12, tzinfo=timezone(timedelta(hours=2)))

    assert (
        moment(noon_in_aalborg) == moment(datetime(2026, 6, 15, 10, tzinfo=UTC)) == "2026-06-15T10:00:00.000000+00:00"
    )
