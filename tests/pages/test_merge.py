"""A consultant makes one record of two: is told who may be doubles and why, looks, chooses, confirms."""

from collections.abc import Callable
from datetime import date

import pytest

from api.pages.desk import desk_of
from api.service import Service
from matcher.corrections import Correction
from matcher.engine import Engine
from matcher.ledger.verdicts import Draft
from matcher.records import Contact, Placement
from tests.accounts.examples import House
from tests.builders import WELDER_CV, a_candidate
from tests.pages.conftest import EMAIL, NAME, PHONE, Browser

SIDES = "/merge/pair?first=engineer&second=twice"


@pytest.fixture(autouse=True)
def twice(engine: Engine) -> None:
    """A second record of the engineer, written a little differently."""
    contact = Contact(names=("Maja K. Prøvesen",), emails=(EMAIL.upper(),), phones=("+45 28610743",))
    engine.store.save([(a_candidate("twice", WELDER_CV + "\nKurser\nMatlab\n"), contact)])


def merged(browser: Browser, **more: str) -> str:
    browser.get(SIDES)
    typed = {"first": "engineer", "second": "twice", "kept": "engineer", "text": "engineer", "sure": "yes"} | more
    return browser.send("/merge", typed).text


def test_likely_doubles_are_listed_with_the_reason_and_without_contact_details(consultant: Browser) -> None:
    page = consultant.get("/merge").text

    assert "/merge/pair?first=engineer&amp;second=twice" in page
    assert "samme e-mailadresse, samme telefonnummer, samme for- og efternavn" in page
    assert not [told for told in (NAME, EMAIL, PHONE) if told in page]


def test_a_candidates_page_leads_to_its_doubles(consultant: Browser) -> None:
    assert 'href="/merge?candidate=engineer"' in consultant.get("/candidates/engineer").text
    assert "twice" in consultant.get("/merge?candidate=engineer").text
    assert "Ingen anden post" in consultant.get("/merge?candidate=nurse").text


def test_both_records_stand_side_by_side_with_what_would_move(consultant: Browser, service: Service) -> None:
    service.log.decide(a_draft("twice"), version=0)
    page = consultant.get(SIDES).text

    assert NAME in page
    assert EMAIL.upper() in page
    assert "afgørelser: 1" in page
    assert 'name="kept" value="twice" required checked' in page


def test_nothing_happens_until_somebody_confirms(consultant: Browser, engine: Engine) -> None:
    page = merged(consultant, sure="", kept="twice", text="engineer")

    assert "Intet er slået sammen" in page
    assert 'name="kept" value="twice" required checked' in page
    assert 'name="text" value="engineer" required checked' in page
    assert "twice" in engine.store.ids("candidate")


@pytest.mark.parametrize("wrong", [{"kept": "nurse"}, {"text": "nurse"}, {"kept": ""}])
def test_a_choice_that_is_neither_of_the_two_changes_nothing(
    consultant: Browser, engine: Engine, wrong: dict[str, str]
) -> None:
    assert "Intet er slået sammen" in merged(consultant, **wrong)
    assert {"engineer", "twice", "nurse"} <= set(engine.store.ids("candidate"))


def test_verdicts_placements_corrections_and_accounts_follow(
    consultant: Browser, service: Service, house: House
) -> None:
    store = service.engine.store
    owner = house.somebody("graduate", "twice@example.org", "T Testesen", "twice")
    service.log.decide(a_draft("twice"), version=0)
    store.save_placements([Placement(candidate="twice", posting="p1", date=date(2026, 2, 3), outcome="interview")])
    desk_of(service).correct(Correction(kind="candidate", id="twice", action="add", label="Matlab", account="a"))

    page = merged(consultant)

    assert "engineer og twice er nu én post: engineer" in page
    assert "twice" not in store.ids("candidate")
    verdict = service.log.verdict("p1", "engineer")
    assert verdict is not None
    assert verdict.verdict == "propose"
    assert [step.candidate for step in store.placements()] == ["engineer"]
    assert [one.label for one in store.corrections("candidate", ["engineer"])["engineer"]] == ["Matlab"]
    assert house.accounts.roster.get(owner.id).candidate == "engineer"


def test_the_merge_is_a_line_of_the_log_by_whoever_did_it(consultant: Browser, service: Service, house: House) -> None:
    merged(consultant)

    [line] = [line for line in service.log.lines() if line.kind == "merge"]
    [me] = [account for account in house.accounts.roster.all() if account.role == "consultant"]
    assert line.facts["account"] == me.id
    assert "engineer" not in line.content
    assert service.log.verify().ok


def test_the_record_that_stays_and_the_cv_that_stays_are_chosen_apart(consultant: Browser, engine: Engine) -> None:
    merged(consultant, kept="engineer", text="twice")

    assert "Matlab" in engine.candidate("engineer").text
    assert "engineer" in consultant.get("/postings/p1").text


def test_a_merge_that_is_sent_twice_happens_once(consultant: Browser, service: Service) -> None:
    merged(consultant)
    again = consultant.send("/merge", {"first": "engineer", "second": "twice", "kept": "engineer", "text": "engineer",
                                       "sure": "yes"})  # fmt: skip

    assert again.status_code == 404
    assert 'role="alert"' in again.text
    assert [line.kind for line in service.log.lines()].count("merge") == 1


@pytest.mark.parametrize(("second", "status"), [("engineer", 409), ("nobody", 404), ("", 404)])
def test_a_pair_that_is_none_is_refused_with_what_was_typed(consultant: Browser, second: str, status: int) -> None:
    answer = consultant.get(f"/merge/pair?first=engineer&second={second}")

    assert answer.status_code == status
    assert 'name="first" required maxlength="200" value="engineer"' in answer.text
    assert f'name="second" required maxlength="200" value="{second}"' in answer.text


def test_two_with_nothing_in_common_are_warned_about(english: Browser) -> None:
    assert "They share no e-mail address" in english.get("/merge/pair?first=engineer&second=nurse").text


def test_the_page_speaks_english_too(english: Browser) -> None:
    assert "the same e-mail address" in english.get("/merge").text
    assert "are one record now" in merged(english)


@pytest.mark.parametrize("role", ["graduate", "analyst", "employer_contact", "administrator"])
def test_nobody_but_a_consultant_merges(as_role: Callable[..., Browser], role: str, engine: Engine) -> None:
    browser = as_role(role)

    assert browser.get("/merge").status_code == 403
    assert browser.get(SIDES).status_code == 403
    assert browser.send("/merge", {"first": "engineer", "second": "twice", "sure": "yes"}).status_code == 403
    assert "twice" in engine.store.ids("candidate")


def a_draft(candidate: str) -> Draft:
    return Draft(posting="p1", candidate=candidate, verdict="propose", reason="growth", account="a")
