"""Quotes are quotes: every piece of evidence stands in the text it is said to come from."""

from matcher.demands import demanding, strength
from matcher.engine import Engine
from matcher.records import Posting
from tests.builders import a_posting


def test_every_quote_stands_in_its_document(engine: Engine) -> None:
    for match in engine.match_posting("p1"):
        candidate = engine.candidate(match.candidate)
        for reason in match.demands:
            assert reason.posting_evidence in engine.posting("p1").text
            assert reason.candidate_evidence is None or reason.candidate_evidence in candidate.text


def test_demands_come_from_tasks_and_requirements_in_the_order_of_the_posting(engine: Engine) -> None:
    [best, *_] = engine.match_posting("p1")

    assert [reason.posting_evidence for reason in best.demands] == [
        "Du beregner svejste rammer for udmattelse",
        "Du tegner maskiner i SolidWorks",
        "Du er maskiningeniør",
        "Det er en fordel, hvis du kender Ansys",
    ]
    assert [reason.strength for reason in best.demands] == ["must", "must", "must", "nice"]


def test_a_missing_demand_has_no_quote_from_the_cv(engine: Engine) -> None:
    reasons = [reason for match in engine.match_posting("p1") for reason in match.demands]
    missing = [reason for reason in reasons if reason.status == "missing"]

    assert missing
    assert all(reason.candidate_evidence is None for reason in missing)
    assert all(reason.candidate_evidence for reason in reasons if reason.status != "missing")


def test_the_engineer_covers_more_demands_than_the_nurse(engine: Engine) -> None:
    covered = {
        match.candidate: sum(reason.status == "covered" for reason in match.demands)
        for match in engine.match_posting("p1")
    }

    assert covered["engineer"] > covered["nurse-en"]


def test_what_is_not_demanded_is_no_demand() -> None:
    posting = Posting(id="p", title="t", text="Du kan SQL. Kendskab til SAP er ikke et krav.", language="da")

    assert demanding(posting, [(0, 11), (12, 45)]) == [0]


def test_a_posting_without_headings_still_has_demands(engine: Engine) -> None:
    engine.store.save(
        [
            (
                a_posting("plain", text="Vi søger en, der kan beregne svejste rammer i Ansys."),
                engine.store.contact("posting", "p1"),
            )
        ]
    )

    assert engine.match_posting("plain")[0].demands


def test_strength_is_read_from_the_wording() -> None:
    assert strength("Det er en fordel, hvis du kender Power BI") == "nice"
    assert strength("Experience with Figma is a plus") == "nice"
    assert strength("Du har erfaring med økonomistyring") == "must"
