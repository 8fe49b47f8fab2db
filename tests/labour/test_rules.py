"""Tables of instruments: what can be read, and every way to contradict oneself."""

from datetime import date

import pytest

from matcher.errors import InvalidRules
from matcher.labour.rules import NO_END, parse_rules

RULE = {
    "instrument": '"ordinary"',
    "employer": '"any"',
    "weeks_from": "0",
    "valid_from": "2026-01-01",
    "da": '"Et job."',
    "en": '"A job."',
    "source": '"the municipality"',
}
FILE = "instruments.toml"


def a_rule(**changed: str | None) -> str:
    """One rule as TOML; None leaves a field out."""
    fields = {name: value for name, value in (RULE | changed).items() if value is not None}
    return "\n".join(["[[rule]]", *(f"{name} = {value}" for name, value in fields.items())]) + "\n"


def refused(text: str) -> InvalidRules:
    with pytest.raises(InvalidRules) as found:
        parse_rules(FILE, text)
    assert FILE in str(found.value)
    assert FILE in found.value.text("da")
    return found.value


def test_a_rule_without_ends_holds_for_ever_and_for_all_weeks() -> None:
    (rule,), public = parse_rules(FILE, a_rule())

    assert (rule.valid_from, rule.valid_to) == (date(2026, 1, 1), NO_END)
    assert rule.any_week
    assert (rule.number, rule.postings, public) == (1, frozenset(), ())


def test_bounds_are_included() -> None:
    (rule,), _ = parse_rules(FILE, a_rule(valid_to="2026-12-31"))

    assert rule.valid(date(2026, 1, 1))
    assert rule.valid(date(2026, 12, 31))
    assert not rule.valid(date(2027, 1, 1))


@pytest.mark.parametrize(
    "second",
    [
        {"valid_from": "2027-01-01"},
        {"weeks_from": "13", "weeks_to": "25"},
        {"employer": '"public"'},
        {"postings": '["vikariat"]'},
    ],
    ids=str,
)
def test_rules_that_never_meet_stand_side_by_side(second: dict[str, str]) -> None:
    first = a_rule(valid_to="2026-12-31", weeks_to="12", employer='"private"')
    other = {"instrument": '"course"', "employer": '"private"', "weeks_to": "12", "valid_to": "2027-12-31"}

    assert len(parse_rules(FILE, first + a_rule(**(other | second)))[0]) == 2


@pytest.mark.parametrize(
    "second",
    [
        {"valid_from": "2026-12-31"},
        {"weeks_from": "12", "weeks_to": "25"},
        {"employer": '"any"'},
        {"weeks_to": None},
    ],
    ids=str,
)
def test_two_instruments_for_the_same_person_and_day_contradict_each_other(second: dict[str, str | None]) -> None:
    first = a_rule(valid_to="2026-12-31", weeks_to="12", employer='"private"')
    other = {"instrument": '"course"', "employer": '"private"', "weeks_to": "12"}
    found = refused(first + a_rule(**(other | second)))

    assert found.reason == "contradiction"
    assert "rule 1 proposes 'ordinary' and rule 2 'course'" in str(found)


def test_two_rules_for_one_kind_of_posting_contradict_each_other() -> None:
    first, second = a_rule(postings='["vikariat", "praktik"]'), a_rule(postings='["praktik"]', instrument='"course"')

    assert refused(first + second).reason == "contradiction"


def test_the_same_instrument_twice_for_the_same_day_is_an_overlap_and_the_day_is_told() -> None:
    found = refused(a_rule() + a_rule(valid_from="2026-06-01"))

    assert found.reason == "overlap"
    assert "2026-06-01" in str(found)
    assert "rules 1 and 2 both propose 'ordinary'" in str(found)
    assert "regel 1 og 2 foreslår begge 'ordinary'" in found.text("da")


@pytest.mark.parametrize(
    ("text", "reason", "said"),
    [
        ("", "empty", "holds no rule"),
        ("rule = 3", "empty", "holds no rule"),
        ("rule = [3]", "empty", "holds no rule"),
        ("[[rule", "syntax", "no TOML file"),
        ("rules = 1", "unknown", "no field 'rules'"),
        ("public = 1\n" + a_rule(), "value", "'public' is 1"),
        (a_rule(week_to="3"), "unknown", "#1: there is no field 'week_to'"),
        (a_rule(source=None), "missing", "rule 1 does not say 'source'"),
        (a_rule(da='" "'), "value", "'da' is ' '"),
        (a_rule(instrument='"job"'), "value", "virksomhedspraktik"),
        (a_rule(instrument='["ordinary"]'), "value", "virksomhedspraktik"),
        (a_rule(employer='"kommune"'), "value", "any, private, public"),
        (a_rule(weeks_from="-1"), "value", "'weeks_from' is -1"),
        (a_rule(weeks_from="1.5"), "value", "'weeks_from' is 1.5"),
        (a_rule(weeks_to="true"), "value", "'weeks_to' is True"),
        (a_rule(weeks_from="13", weeks_to="12"), "weeks", "from week 13 to week 12"),
        (a_rule(valid_from='"2026"'), "value", "'valid_from' is '2026'"),
        (a_rule(valid_from="2026-01-01T00:00:00"), "value", "'valid_from'"),
        (a_rule(valid_to="2025-12-31"), "days", "from 2026-01-01 to 2025-12-31"),
        (a_rule(postings='"vikariat"'), "value", "'postings' is 'vikariat'"),
        (a_rule(postings='["job"]'), "value", "vikariat"),
        (a_rule(postings="[[]]"), "value", "vikariat"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(text: str, reason: str, said: str) -> None:
    found = refused(text)

    assert found.reason == reason
    assert said in str(found)
