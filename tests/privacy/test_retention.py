"""What is over its time goes, field by field; what is not, stays."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher import assemble
from matcher.errors import InvalidRetention
from matcher.ledger.verdicts import Draft
from matcher.ports import Store
from matcher.privacy.retention import FIELDS, read_rules, run
from matcher.records import Contact, Placement
from matcher.settings import Settings
from tests.builders import a_candidate, a_posting

NOW = datetime.now(UTC)
CONTACT = Contact(names=("Prøve Personsen",), emails=("prove@person.example",))


@pytest.fixture
def store(settings: Settings) -> Store:
    opened = assemble.store(settings)
    opened.save([(a_candidate("k1"), CONTACT), (a_posting(), CONTACT)])
    return opened


def ran(store: Store, home: Path, *, after: int = 0, dry_run: bool = False) -> dict[str, list[tuple[str, ...]]]:
    """What is due of each field so many days from now."""
    reports = run(store, assemble.desk(store), home, now=NOW + timedelta(days=after), dry_run=dry_run)
    return {report.field: [one.key for one in report.due] for report in reports if report.due}


def rules(home: Path, **days: int) -> None:
    lines = [f'"{field.replace("__", ".")}" = {count}' for field, count in days.items()]
    home.mkdir(exist_ok=True)
    (home / "retention.toml").write_text("[days]\n" + "\n".join(lines), encoding="utf-8")


def test_every_field_has_a_clock_in_the_rules_of_the_product(tmp_path: Path) -> None:
    assert set(read_rules(tmp_path)) == set(FIELDS)


def test_nothing_is_due_on_the_first_day(store: Store, home: Path) -> None:
    assert ran(store, home) == {}


def test_contact_details_go_before_the_record_does(store: Store, home: Path) -> None:
    rules(home, candidate=100, candidate__contact=10)

    assert ran(store, home, after=10) == {}
    assert ran(store, home, after=11) == {"candidate.contact": [("k1",)]}

    assert store.contact("candidate", "k1") == Contact()
    assert store.ids("candidate") == ["k1"]
    assert ran(store, home, after=101) == {"candidate": [("k1",)]}
    assert store.ids("candidate") == []


def test_a_dry_run_tells_and_changes_nothing(store: Store, home: Path) -> None:
    rules(home, candidate=10, candidate__contact=10)
    log = assemble.decision_log(store, home)

    assert set(ran(store, home, after=11, dry_run=True)) == {"candidate", "candidate.contact"}

    assert store.contact("candidate", "k1") == CONTACT
    assert list(log.lines()) == []


def test_a_step_of_a_placement_a_verdict_and_a_new_registration_set_the_clock_back(store: Store, home: Path) -> None:
    rules(home, candidate=10)
    later = NOW.date() + timedelta(days=8)
    store.save_placements([Placement(candidate="k1", posting="p1", date=later, outcome="interview")])

    assert ran(store, home, after=12) == {}
    assert ran(store, home, after=19) == {"candidate": [("k1",)]}


def test_notes_go_and_verdicts_stay(store: Store, home: Path) -> None:
    rules(home, verdict__note=5)
    log = assemble.decision_log(store, home)
    draft = Draft(posting="p1", candidate="k1", verdict="hold", reason="ask_candidate", note="Vil vente.", account="a")
    log.decide(draft, version=0)

    assert ran(store, home, after=6) == {"verdict.note": [("p1", "k1")]}

    verdict = log.verdict("p1", "k1")
    assert verdict is not None
    assert (verdict.verdict, verdict.note) == ("hold", "")
    assert ran(store, home, after=7) == {}
    assert log.verify().ok


def test_old_placements_lose_the_person_and_keep_the_outcome(store: Store, home: Path) -> None:
    rules(home, placement__candidate=365)
    store.save_placements([Placement(candidate="k1", posting="p1", date=date(2020, 3, 2), outcome="hired")])

    assert ran(store, home) == {"placement.candidate": [("k1",)]}

    [line] = store.placements()
    assert (line.date, line.outcome) == (date(2020, 3, 2), "hired")
    assert line.candidate != "k1"
    assert ran(store, home) == {}


def test_files_go_by_their_age(store: Store, home: Path) -> None:
    rules(home, export=30, candidate__original=10)
    for name in ("exports/old.csv", "exports/new.csv", "originals/candidate/k1/original.pdf"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("x", encoding="utf-8")
    month_ago = (NOW - timedelta(days=32)).timestamp()
    os.utime(home / "exports/old.csv", (month_ago, month_ago))

    assert ran(store, home) == {"export": [("exports/old.csv",)]}
    assert ran(store, home, after=11) == {"candidate.original": [("k1",)]}
    assert [file.name for file in home.rglob("*.csv")] == ["new.csv"]
    assert list(home.rglob("*.pdf")) == []


def test_the_contact_of_a_posting_counts_from_its_deadline(settings: Settings, home: Path) -> None:
    store = assemble.store(settings)
    store.save([(replace(a_posting(), deadline=NOW.date() + timedelta(days=20)), CONTACT)])
    rules(home, posting__contact=10)

    assert ran(store, home, after=30) == {}
    assert ran(store, home, after=31) == {"posting.contact": [("p1",)]}
    assert store.contact("posting", "p1") == Contact()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[days]\nshoe_size = 3", "shoe_size"),
        ('[days]\n"candidate" = 0', "whole number of days"),
        ('[days]\n"candidate" = true', "whole number of days"),
        ("[days", "TOML"),
        ("", r"\[days\]"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused_with_words(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "retention.toml").write_text(written, encoding="utf-8")

    with pytest.raises(InvalidRetention, match=said):
        read_rules(tmp_path)
