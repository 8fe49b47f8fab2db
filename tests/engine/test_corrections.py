"""What a person corrects in a reading holds at once, and until it is withdrawn, whatever is ingested again."""

from dataclasses import replace
from datetime import date

import pytest

from matcher import assemble
from matcher.corrections import Action, Correction, corrected, without_effect
from matcher.engine import Engine
from matcher.errors import InvalidCorrection, UnknownId
from matcher.records import Competence, Demand, Match, Reason
from matcher.storage.desk import SqlDesk
from matcher.telling.consultant import to_consultant
from matcher.telling.facts import facts_of
from tests.builders import a_posting, bare


@pytest.fixture
def desk(engine: Engine) -> SqlDesk:
    return assemble.desk(engine.store)


def demands(engine: Engine, posting: str = "p1") -> dict[str, Reason]:
    [match, *_] = engine.match_posting(posting)
    return {reason.competence: reason for reason in match.demands}


def scores(engine: Engine, posting: str = "p1") -> dict[str, float]:
    """Logits: a score of nearly one hardly moves."""
    return {match.candidate: sum(match.contributions.values()) for match in engine.match_posting(posting)}


def about(engine: Engine, label: str, action: Action, posting: str = "p1") -> Correction:
    """A correction of what is read in a posting with a label."""
    engine.refresh()
    [found] = [p.span for p in engine.store.passages("posting", posting) if p.span and p.span.label == label]
    return Correction(kind="posting", id=posting, action=action, label=label, start=found.start, end=found.end)


def test_a_dropped_demand_is_on_no_list_any_more(engine: Engine, desk: SqlDesk) -> None:
    assert "SolidWorks" in demands(engine)

    desk.correct(about(engine, "SolidWorks", "drop"))

    assert "SolidWorks" not in demands(engine)


def test_an_added_demand_is_asked_for_in_the_words_of_the_person_and_marked_as_theirs(
    engine: Engine, desk: SqlDesk
) -> None:
    before = scores(engine)
    desk.correct(Correction(kind="posting", id="p1", action="add", label="folkesundhed"))

    added = demands(engine)["folkesundhed"]
    assert (added.posting_evidence, added.asked_by_person, added.strength) == ("folkesundhed", True, "must")
    assert scores(engine)["nurse-da"] > before["nurse-da"]


def test_a_must_becomes_nice_to_have_and_a_nice_one_a_must(engine: Engine, desk: SqlDesk) -> None:
    strengths = {label: reason.strength for label, reason in demands(engine).items()}
    assert (strengths["SolidWorks"], strengths["Ansys"]) == ("must", "nice")

    desk.correct(about(engine, "SolidWorks", "nice"))
    desk.correct(about(engine, "Ansys", "must"))

    strengths = {label: reason.strength for label, reason in demands(engine).items()}
    assert (strengths["SolidWorks"], strengths["Ansys"]) == ("nice", "must")


def test_a_competence_that_the_candidate_adds_covers_what_the_cv_does_not_say(engine: Engine, desk: SqlDesk) -> None:
    before = scores(engine)["nurse-da"]
    desk.correct(Correction(kind="candidate", id="nurse-da", action="add", label="SolidWorks"))

    [match] = [match for match in engine.match_posting("p1") if match.candidate == "nurse-da"]
    reason = reason_of(match, "SolidWorks")
    assert (reason.status, reason.candidate_evidence, reason.told_by_person) == ("covered", "SolidWorks", True)
    assert sum(match.contributions.values()) > before


def reason_of(match: Match, label: str) -> Reason:
    return next(reason for reason in match.demands if reason.competence == label)


def test_a_removed_competence_covers_nothing(engine: Engine, desk: SqlDesk) -> None:
    assert demands(engine)["SolidWorks"].status == "covered"
    for passage in engine.store.passages("candidate", "engineer"):
        if passage.span and "SolidWorks" in passage.span.label:
            span = passage.span
            drop = {"kind": "candidate", "id": "engineer", "action": "drop"}
            desk.correct(Correction(**drop, label=span.label, start=span.start, end=span.end))  # type: ignore[arg-type]

    assert demands(engine)["SolidWorks"].status != "covered"


def test_a_withdrawn_correction_leaves_everything_as_it_was(engine: Engine, desk: SqlDesk) -> None:
    before, digests = engine.match_posting("p1"), dict(engine.store.digests("posting"))
    correction = about(engine, "SolidWorks", "drop")
    desk.correct(correction)
    assert engine.match_posting("p1") != before

    assert desk.withdraw(correction) is not None
    assert desk.withdraw(correction) is None

    assert engine.match_posting("p1") == before
    assert engine.store.digests("posting") == digests


def test_the_same_text_ingested_again_is_unchanged_and_stays_corrected(engine: Engine, desk: SqlDesk) -> None:
    engine.refresh()
    desk.correct(about(engine, "SolidWorks", "drop"))

    assert engine.store.save(bare(a_posting())) == ["unchanged"]
    assert "SolidWorks" not in demands(engine)


def test_a_correction_finds_its_words_in_a_text_that_was_replaced(engine: Engine, desk: SqlDesk) -> None:
    engine.refresh()
    desk.correct(about(engine, "SolidWorks", "drop"))
    longer = a_posting(text=f"Om jobbet\nVi er et værksted.\n\n{a_posting().text}")

    assert engine.store.save(bare(longer)) == ["updated"]
    assert "Ansys" in demands(engine)
    assert "SolidWorks" not in demands(engine)


def test_only_the_corrected_record_is_read_anew(engine: Engine, desk: SqlDesk) -> None:
    engine.refresh()
    before = engine.store.indexed("posting", engine.indexes._made_with)
    desk.correct(about(engine, "SolidWorks", "drop"))
    after = engine.store.indexed("posting", engine.indexes._made_with)

    assert set(before) - set(after) == {"p1"}


def test_a_second_correction_of_a_place_takes_the_place_of_the_first(engine: Engine, desk: SqlDesk) -> None:
    engine.refresh()
    desk.correct(about(engine, "SolidWorks", "drop"))
    [first] = engine.store.corrections("posting", ["p1"])["p1"]
    desk.correct(replace(first, action="nice"))

    assert demands(engine)["SolidWorks"].strength == "nice"
    assert len(engine.store.corrections("posting", ["p1"])["p1"]) == 1


def test_a_correction_of_what_is_no_longer_read_says_so() -> None:
    spans = [Demand(label="Ansys", evidence="Ansys", start=4, end=9)]
    lost = Correction(kind="posting", id="p1", action="drop", label="Fortran", start=1, end=8)
    moved = Correction(kind="posting", id="p1", action="drop", label="ansys", start=40, end=45)

    assert without_effect(spans, [lost, moved]) == [lost]
    assert corrected(spans, [lost]) == spans
    assert corrected(spans, [moved]) == [None]


def test_a_confirmed_competence_is_sure() -> None:
    spans = [Competence(label="Ansys", evidence="Ansys", start=4, end=9, confidence=0.5)]
    confirmed = Correction(kind="candidate", id="c1", action="confirm", label="Ansys", start=4, end=9)

    [span] = corrected(spans, [confirmed])
    assert span is not None
    assert (span.confidence, span.by_person) == (1.0, "confirmed")


@pytest.mark.parametrize(
    "wrong",
    [
        {"action": "confirm"},
        {"label": " "},
        {"label": "x" * 201},
        {"concept": "no-such-concept"},
        {"start": 5, "end": 2},
        {"action": "add", "end": 4},
    ],
    ids=str,
)
def test_a_correction_that_cannot_be_is_refused_with_words(wrong: dict[str, object]) -> None:
    fields = {"kind": "posting", "id": "p1", "action": "drop", "label": "Ansys", **wrong}
    with pytest.raises(InvalidCorrection, match="wanted"):
        Correction(**fields)  # type: ignore[arg-type]


def test_nobody_corrects_a_record_that_is_not_there(engine: Engine, desk: SqlDesk) -> None:
    with pytest.raises(UnknownId):
        desk.correct(Correction(kind="posting", id="none", action="add", label="Ansys"))

    assert list(assemble.decision_log(engine.store, engine.home).lines()) == []


def test_the_log_has_a_line_for_each_correction_without_its_words(engine: Engine, desk: SqlDesk) -> None:
    desk.correct(Correction(kind="candidate", id="nurse-da", action="add", label="vandrehjemsfortæller"))

    [line] = assemble.decision_log(engine.store, engine.home).about("candidate", "nurse-da")
    assert line.kind == "correction"
    assert "vandrehjem" not in line.content
    assert "nurse-da" not in line.content


def test_texts_for_people_say_that_a_person_added_it(engine: Engine, desk: SqlDesk) -> None:
    desk.correct(Correction(kind="posting", id="p1", action="add", label="SolidWorks"))
    desk.correct(Correction(kind="candidate", id="nurse-da", action="add", label="SolidWorks"))

    told = to_consultant(facts_of(engine, "p1", "nurse-da", day=date(2026, 5, 1)), "da").text
    assert "»SolidWorks« (tilføjet af en person)" in told
