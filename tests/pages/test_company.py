"""A company's page: its postings, whom it had before, who was proposed and what came of it."""

from datetime import date

from matcher.engine import Engine
from matcher.records import Outcome, Placement
from tests.pages.conftest import Browser


def step(outcome: Outcome, day: int, candidate: str = "engineer", instrument: str | None = None) -> Placement:
    return Placement(candidate=candidate, posting="p1", date=date(2026, 3, day), outcome=outcome, instrument=instrument)


def test_what_came_of_a_proposal_is_one_row_with_its_steps(consultant: Browser, engine: Engine) -> None:
    engine.store.save_placements([step("proposed", 1), step("interview", 5), step("rejected", 9)])
    page = consultant.get("/companies/e1").text

    assert "Kandidater foreslået: 1. Til samtale: 1. Ansat: 0. I praktik: 0." in page
    assert page.count("/postings/p1/candidates/engineer") == 1
    assert page.index("(1. marts 2026)") < page.index("(5. marts 2026)") < page.index("(9. marts 2026)")


def test_a_verdict_stands_beside_the_steps(consultant: Browser, engine: Engine) -> None:
    engine.store.save_placements([step("proposed", 1)])
    consultant.get("/postings/p1/candidates/engineer")
    consultant.send(
        "/postings/p1/candidates/engineer/verdict", {"decision": "propose:competences", "note": "", "version": "0"}
    )

    page = consultant.get("/companies/e1").text
    assert "har de kompetencer" in page
    assert page.count("/postings/p1/candidates/engineer") == 1


def test_who_was_in_a_placement_stands_among_the_hosted_and_is_marked_when_looking(
    consultant: Browser, engine: Engine
) -> None:
    engine.store.save_placements([step("hired", 2, "nurse", "virksomhedspraktik"), step("hired", 3, "gone-1234")])
    page = consultant.get("/companies/e1").text
    hosts = page.split('id="hosts"')[1].split("</section>")[0]

    assert "/candidates/nurse" in hosts
    assert "slettet person" in page
    assert "gone-1234" not in page


def test_a_company_without_anything_says_so(consultant: Browser) -> None:
    page = consultant.get("/companies/e1").text

    assert "2019: maskiningeniør" in page
    assert "Ingen er foreslået her endnu" in page
    assert "Maskiningeniør" in page
