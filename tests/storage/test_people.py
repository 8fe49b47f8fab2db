"""Two records of one person become one, and nothing that hung on either is lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matcher import assemble
from matcher.corrections import Correction
from matcher.errors import InvalidMerge, UnknownId
from matcher.ledger.verdicts import Draft
from matcher.people import Merged, merge, together
from matcher.ports import Store
from matcher.records import Contact, Placement
from matcher.settings import Settings
from tests.builders import NURSE_CV, a_candidate, a_posting, bare

FIRST = replace(a_candidate("one"), postcode="9000")
SECOND = replace(a_candidate("two", NURSE_CV), postcode="9800", programme="Folkesundhed", wanted_types=("vikariat",))


@pytest.fixture
def store(settings: Settings) -> Store:
    opened = assemble.store(settings)
    contacts = Contact(names=("Prøve Personsen",)), Contact(names=("P. Personsen",), phones=("98765432",))
    opened.save([(FIRST, contacts[0]), (SECOND, contacts[1]), *bare(a_posting())])
    return opened


def merged(store: Store, home: Path, **how: str) -> Merged:
    return merge(store, assemble.desk(store), home, **{"kept": "one", "gone": "two", "account": "a", **how})  # type: ignore[arg-type]


def test_facts_of_the_kept_record_stand_and_gaps_are_filled() -> None:
    record = together(FIRST, SECOND).record

    assert (record.id, record.text, record.postcode) == ("one", FIRST.text, "9000")
    assert (record.programme, record.wanted_types) == ("Folkesundhed", ("vikariat",))


def test_the_newer_cv_can_be_chosen() -> None:
    record = together(FIRST, SECOND, text_of="gone").record

    assert (record.id, record.text, record.sections) == ("one", SECOND.text, SECOND.sections)


def test_one_record_is_left_with_both_contacts(store: Store, home: Path) -> None:
    merged(store, home)

    assert store.ids("candidate") == ["one"]
    assert store.contact("candidate", "one") == Contact(names=("Prøve Personsen", "P. Personsen"), phones=("98765432",))


def test_placements_move_and_none_is_there_twice(store: Store, home: Path) -> None:
    step = Placement(candidate="one", posting="p1", date=date(2026, 2, 3), outcome="proposed")
    other = replace(step, candidate="two", outcome="interview")
    store.save_placements([step, replace(step, candidate="two"), other])

    merged(store, home)

    assert list(store.placements()) == [replace(other, candidate="one"), step]


def test_the_newer_verdict_stands_and_the_log_is_found_under_the_kept_record(store: Store, home: Path) -> None:
    log = assemble.decision_log(store, home)
    draft = Draft(posting="p1", candidate="one", verdict="hold", reason="ask_candidate", account="a")
    log.decide(draft, version=0)
    log.decide(replace(draft, candidate="two", verdict="propose", reason="growth"), version=0)

    merged(store, home)

    verdict = log.verdict("p1", "one")
    assert verdict is not None
    assert (verdict.verdict, verdict.version) == ("propose", 2)
    assert log.verdict("p1", "two") is None
    assert [line.kind for line in log.about("candidate", "one")] == ["merge", "verdict", "verdict"]
    assert log.verify().ok


def test_corrections_move(store: Store, home: Path) -> None:
    added = Correction(kind="candidate", id="two", action="add", label="Ansys", account="a")
    assemble.desk(store).correct(added)

    merged(store, home)

    assert store.corrections("candidate", ["one", "two"]) == {"one": (replace(added, id="one"),)}


def test_a_record_cannot_be_merged_with_itself_or_with_nobody(store: Store, home: Path) -> None:
    with pytest.raises(InvalidMerge, match="itself"):
        merged(store, home, gone="one")
    with pytest.raises(UnknownId, match="nobody"):
        merged(store, home, gone="nobody")
    assert store.ids("candidate") == ["one", "two"]


def test_the_words_of_the_other_record_are_in_no_file(store: Store, home: Path) -> None:
    merged(store, home)

    contents = [file.read_bytes() for file in home.rglob("*") if file.is_file()]
    assert not any(b"smoking cessation" in content and b"Public health graduate" in content for content in contents)


def test_what_is_returned_is_what_is_stored(store: Store, home: Path) -> None:
    assert merged(store, home).record == store.get("candidate", "one")
