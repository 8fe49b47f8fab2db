"""A list that was shown comes out of the log as it was, or the replay says what is another now."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from matcher import assemble
from matcher.employers import suggest_employers
from matcher.engine import Engine
from matcher.errors import NoListShown, UnknownDecision
from matcher.ledger.lines import Line
from matcher.ledger.log import DecisionLog
from matcher.ledger.replay import Replay, replay
from matcher.ledger.shown import employers_shown, list_shown, read_filters, written_filters
from matcher.listing import Filters
from matcher.records import Employer
from matcher.settings import Settings
from matcher.storage import decisions
from tests.builders import DANISH_NURSE_CV, NURSE_CV, WELDER_CV, a_candidate, a_posting, bare, health_posting
from tests.ledger.examples import an_entry

DAY = Filters(as_of=date(2026, 6, 15))


@pytest.fixture
def engine(settings: Settings) -> Engine:
    made = assemble.engine(settings)
    people = (a_candidate("engineer"), a_candidate("nurse-da", DANISH_NURSE_CV), a_candidate("nurse-en", NURSE_CV))
    made.store.save(bare(*people, a_posting(), replace(health_posting(), employer="Sundhedshuset")))
    return made


@pytest.fixture
def log(engine: Engine) -> DecisionLog:
    return assemble.decision_log(engine.store, engine.home)


def shortlist(engine: Engine, log: DecisionLog, filters: Filters = DAY, limit: int = 10) -> Line:
    """Show the candidates for the engineering posting."""
    subject = engine.subject("posting", "p1")
    matches = engine.match_posting("p1", filters=filters, limit=limit)
    return log.append(list_shown(engine, subject, matches, filters=filters, limit=limit, account="a1"))


def outcomes(found: Replay) -> dict[str, str]:
    return {row.id or row.name: row.outcome for row in found.rows}


def erase(engine: Engine, candidate: str) -> None:
    engine.store.delete("candidate", candidate)
    with engine.store._database.write() as connection:  # type: ignore[attr-defined]
        decisions.forget(connection, candidate)


def test_the_line_says_what_made_the_list_and_names_nobody(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)

    facts = line.facts
    assert (facts["model"], facts["records"]) == (engine.model, engine.store.generation())
    assert facts["vocabulary"].startswith("reading")
    assert facts["query"] == {"kind": "posting", "id": "p1"}
    assert facts["filters"]["as_of"] == "2026-06-15"
    assert (facts["account"], facts["limit"]) == ("a1", 10)
    assert [row["rank"] for row in facts["rows"]] == [1, 2, 3]
    assert all(len(row["values"]) == len(facts["features"]) for row in facts["rows"])
    assert not any(name in line.content for name in ("engineer", "nurse"))
    assert [found.number for found in log.about("candidate", "engineer")] == [line.number]
    assert [found.number for found in log.about("posting", "p1")] == [line.number]


def test_a_shortlist_comes_out_as_it_was_shown(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)

    found = replay(engine, log, line.number)

    assert found.same
    assert found.values_hold
    assert (found.query, found.changes, found.newcomers, found.tombstones) == ("found", (), (), 0)
    assert [row.now for row in found.rows] == [row.score for row in found.rows]


def test_another_process_gets_the_same_list(engine: Engine, log: DecisionLog, settings: Settings) -> None:
    line = shortlist(engine, log)
    other = assemble.engine(settings)
    other.refresh()

    assert replay(other, assemble.decision_log(other.store, other.home), line.number).same


def test_a_list_of_postings_comes_out_as_it_was_shown(engine: Engine, log: DecisionLog) -> None:
    subject = engine.subject("candidate", "engineer")
    matches = engine.match_candidate("engineer", filters=DAY)
    line = log.append(list_shown(engine, subject, matches, filters=DAY, limit=10, account="a1"))

    assert "engineer" not in line.content
    assert replay(engine, log, line.number).same


def test_a_list_of_employers_comes_out_as_it_was_shown(engine: Engine, log: DecisionLog) -> None:
    engine.store.save(bare(Employer(id="e1", name="Fjordrør A/S", text="Vi svejser rammer og rør.")))
    subject = engine.subject("candidate", "engineer")
    suggested = suggest_employers(engine, "engineer", filters=DAY)
    line = log.append(employers_shown(engine, subject, suggested, filters=DAY, limit=10, account="a1"))

    found = replay(engine, log, line.number)

    assert {row.id for row in found.rows} == {"e1", "Sundhedshuset"}
    assert found.same
    assert found.values_hold is None


def test_an_erased_person_is_a_tombstone_and_the_rest_still_comes_out(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    first = engine.match_posting("p1", filters=DAY)[0].candidate
    erase(engine, first)

    found = replay(engine, log, line.number)

    assert found.same
    assert found.tombstones == 1
    assert (found.rows[0].outcome, found.rows[0].id, found.rows[0].now) == ("erased", None, None)
    assert found.rows[0].name.startswith("person-")
    assert found.values_hold, "the tombstone's score still follows from its logged values"
    [change] = found.changes
    assert "Records were changed since" in change.text("en")
    assert log.verify().ok


def test_who_moves_up_into_an_erased_persons_place_is_no_difference(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log, limit=2)
    erase(engine, engine.match_posting("p1", filters=DAY)[0].candidate)

    found = replay(engine, log, line.number)

    assert found.same
    assert [row.outcome for row in found.rows] == ["erased", "same"]


def test_a_list_for_an_erased_person_stands_as_it_was(engine: Engine, log: DecisionLog) -> None:
    subject = engine.subject("candidate", "engineer")
    matches = engine.match_candidate("engineer", filters=DAY)
    line = log.append(list_shown(engine, subject, matches, filters=DAY, limit=10, account="a1"))
    erase(engine, "engineer")

    found = replay(engine, log, line.number)

    assert (found.query, found.same, found.values_hold) == ("erased", False, True)
    assert {row.outcome for row in found.rows} == {"unchecked"}


def test_a_person_deleted_without_erasing_is_gone(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    engine.store.delete("candidate", "engineer")

    found = replay(engine, log, line.number)

    assert outcomes(found)["engineer"] == "gone"
    assert not found.same


def test_a_posting_that_is_gone_leaves_nothing_to_compare_with(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    engine.store.delete("posting", "p1")

    found = replay(engine, log, line.number)

    assert found.query == "gone"
    assert set(outcomes(found).values()) == {"unchecked"}


def test_a_changed_cv_has_another_score_and_the_replay_says_so(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    engine.store.save(bare(a_candidate("nurse-en", NURSE_CV.replace("surveys", "SolidWorks"))))

    found = replay(engine, log, line.number)

    assert outcomes(found)["nurse-en"] == "score"
    assert outcomes(found)["engineer"] == "same"
    assert not found.same


def test_somebody_new_between_the_rows_is_named(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    engine.store.save(bare(a_candidate("second-engineer", WELDER_CV)))

    found = replay(engine, log, line.number)

    assert found.newcomers == ("second-engineer",)
    assert set(outcomes(found).values()) == {"same"}
    assert not found.same


def test_who_would_be_left_out_now_is_absent(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    registered_later = replace(engine.candidate("engineer"), registered=date(2026, 7, 1))
    engine.store.save(bare(registered_later))

    found = replay(engine, log, line.number)

    assert outcomes(found)["engineer"] == "absent"


def test_a_pasted_posting_is_logged_without_its_words(engine: Engine, log: DecisionLog) -> None:
    pasted = replace(a_posting("pasted"), title="Hemmelig stilling")
    subject = engine.subject("posting", pasted)
    matches = engine.match_posting(pasted, filters=DAY)
    line = log.append(list_shown(engine, subject, matches, filters=DAY, limit=10, account="a1", kept=False))

    found = replay(engine, log, line.number)

    assert not any(word in line.content for word in ("Hemmelig", "pasted", "svejste"))
    assert log.about("posting", "pasted") == []
    assert (found.query, found.values_hold) == ("unkept", True)


def test_an_empty_list_is_a_list(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log, replace(DAY, municipalities=frozenset({"Læsø"})))

    found = replay(engine, log, line.number)

    assert (found.rows, found.same, found.values_hold) == ((), True, True)


def test_another_model_is_said(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    engine.prior = replace(engine.prior, trained_on="something else")

    found = replay(engine, log, line.number)

    [change] = found.changes
    assert change.text("da").startswith("Listen blev lavet med modellen")
    assert found.values_hold is None
    assert found.same


def test_a_forged_score_does_not_follow_from_its_values(engine: Engine, log: DecisionLog) -> None:
    line = shortlist(engine, log)
    forged = line.content.replace('"score":0.', '"score":0.9', 1)
    with engine.store._database.write() as connection:  # type: ignore[attr-defined]
        connection.execute(text("UPDATE decision SET content = :forged"), {"forged": forged})

    found = replay(engine, log, line.number)

    assert found.values_hold is False
    assert not found.same
    assert log.verify().broken_at == line.number


def test_only_lists_can_be_replayed(engine: Engine, log: DecisionLog) -> None:
    line = log.append(an_entry())

    with pytest.raises(NoListShown, match="something else \\(export\\)"):
        replay(engine, log, line.number)
    with pytest.raises(UnknownDecision):
        replay(engine, log, 99)


def test_filters_are_read_as_they_were_written() -> None:
    asked = Filters(
        as_of=date(2026, 6, 15),
        municipalities=frozenset({"Læsø", "Morsø"}),
        employment_types=frozenset({"praktik"}),
        wishes=False,
    )

    assert read_filters(written_filters(asked)) == (asked, [])
    assert read_filters({"moonlight": True, "as_of": "2026-06-15"}) == (DAY, ["moonlight"])


def test_a_list_without_a_day_keeps_the_day_it_was_shown() -> None:
    assert written_filters(Filters())["as_of"] == Filters().day.isoformat()


def test_the_anchor_is_in_the_home(engine: Engine, log: DecisionLog, home: Path) -> None:
    shortlist(engine, log)

    assert (home / "anchors" / "decision-log.jsonl").read_text(encoding="utf-8").count("\n") == 1
