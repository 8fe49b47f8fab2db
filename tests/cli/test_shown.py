"""What the command line shows of people is a line of the decision log, like what a page shows."""

import pytest

from api.cli import operator as at_the_machine
from matcher import assemble
from matcher.ledger.log import DecisionLog
from matcher.settings import Settings
from tests.cli.conftest import Matcher


@pytest.fixture
def log(settings: Settings) -> DecisionLog:
    return assemble.decision_log(assemble.store(settings), settings.home)


@pytest.fixture(autouse=True)
def user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "anna")


@pytest.mark.parametrize("how", [(), ("--json",)])
def test_a_shortlist_is_logged_with_the_user_the_versions_and_the_rows(
    filled: Matcher, log: DecisionLog, how: tuple[str, ...]
) -> None:
    filled("shortlist", "welding", "--limit", 1, "--max-km", 40, *how)

    [line] = log.lines()
    facts = line.facts
    assert (line.kind, facts["account"], facts["limit"], len(facts["rows"])) == ("list_shown", "cli:anna", 1, 1)
    assert facts["query"] == {"kind": "posting", "id": "welding"}
    assert facts["filters"]["max_km"] == 40.0
    assert facts["model"]
    assert "engineer" not in line.content
    assert [one.number for one in log.about("candidate", "engineer")] == [line.number]
    assert log.verify().ok


@pytest.mark.parametrize("how", [(), ("--json",)])
def test_suggestions_are_logged_as_two_lists(filled: Matcher, log: DecisionLog, how: tuple[str, ...]) -> None:
    filled("suggest", "nurse", *how)

    assert [(line.kind, line.facts["list"], line.facts["account"]) for line in log.lines()] == [
        ("list_shown", "posting", "cli:anna"),
        ("list_shown", "employer", "cli:anna"),
    ]


@pytest.mark.parametrize("how", [(), ("--json",), ("--for", "graduate")])
def test_a_pair_that_is_explained_is_logged(filled: Matcher, log: DecisionLog, how: tuple[str, ...]) -> None:
    shown = filled("shortlist", "welding", "--json").json["matches"][0]
    filled("explain", "welding", "engineer", *how)

    line = list(log.lines())[-1]
    facts = line.facts
    assert (line.kind, facts["posting"], facts["account"]) == ("pair_shown", "welding", "cli:anna")
    assert facts["score"] == pytest.approx(shown["score"], abs=1e-12)
    assert len(facts["values"]) == len(facts["features"])
    assert [one.number for one in log.about("candidate", "engineer")] == [2, 1]


def test_lists_of_the_command_line_can_be_replayed(filled: Matcher, log: DecisionLog) -> None:
    filled("shortlist", "welding", "--ignore-wishes")
    filled("suggest", "nurse", "--json")

    for number, values_hold in ((1, True), (2, True), (3, None)):  # a list of employers is logged without values
        replayed = filled("audit-log", "replay", number, "--json")
        assert (replayed.code, replayed.json["same"], replayed.json["values_hold"]) == (0, True, values_hold)
    assert len(list(log.lines())) == 3


def test_what_is_refused_was_shown_to_nobody(filled: Matcher, log: DecisionLog) -> None:
    for words in (("shortlist", "none"), ("suggest", "none"), ("explain", "welding", "none")):
        assert filled(*words).code == 1

    assert list(log.lines()) == []


def test_what_is_no_list_is_not_logged(filled: Matcher, log: DecisionLog) -> None:
    filled("index")
    filled("audit", "--json", "--k", 1)

    assert list(log.lines()) == []


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", nameless)
    monkeypatch.setattr("os.getuid", lambda: 4711)

    assert at_the_machine.operator() == "cli:4711"


def test_a_name_with_odd_letters_stays_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "a\nb\t" + "c" * 200)

    assert at_the_machine.operator().startswith("cli:a_b")
    assert len(at_the_machine.operator()) == len("cli:") + at_the_machine.LONGEST
