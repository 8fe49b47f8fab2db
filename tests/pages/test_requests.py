"""Asking for a person: the graduate asks, consultants see it and follow up, and an objection takes effect at once."""

from collections.abc import Callable

import pytest

from api.service import Service
from matcher.engine import Engine
from matcher.records import Contact
from tests.accounts.examples import House
from tests.builders import a_candidate
from tests.pages.conftest import Browser

NOTE = "Ring helst om formiddagen, <b>tak</b>"


@pytest.fixture
def graduate(as_role: Callable[..., Browser]) -> Browser:
    return as_role("graduate", name="Gry Prøvesen")


def ask(browser: Browser, wanted: str, note: str = NOTE) -> str:
    browser.get("/me/ask")
    return browser.send("/me/ask", {"wanted": wanted, "note": note}).text


def test_who_asks_for_a_person_stands_on_the_consultants_list_with_how_to_reach_them(
    graduate: Browser, consultant: Browser
) -> None:
    told = ask(graduate, "talk")
    page = consultant.get("/requests").text

    assert "Konsulenterne kan se" in told
    assert "/candidates/engineer/contact" in page
    assert "graduate@example.org" in page
    assert "&lt;b&gt;tak&lt;/b&gt;" in page
    assert "<b>tak</b>" not in page
    assert "venter på svar: 1" in consultant.get("/postings").text
    assert "venter på svar" in consultant.get("/candidates/engineer").text


def test_a_graduate_without_a_cv_can_ask_too(house: House, stranger: Browser, consultant: Browser) -> None:
    house.somebody("graduate", "new@example.org", "Ny Testesen", None)
    stranger.sign_in("new@example.org")
    ask(stranger, "talk")

    page = consultant.get("/requests").text
    assert "intet cv endnu" in page
    assert "new@example.org" in page


def test_following_up_is_noted_once_and_the_second_consultant_is_told(
    graduate: Browser, consultant: Browser, as_role: Callable[..., Browser], service: Service
) -> None:
    ask(graduate, "again")
    second = as_role("consultant", "second@example.org", "Anden Testesen")
    path = path_of(consultant)
    second.get("/requests")

    assert "du har fulgt op" in consultant.send(path).text
    assert "En kollega har allerede fulgt op" in second.send(path).text
    assert "Ingen venter" in consultant.get("/requests").text
    assert "En konsulent har fulgt op" in graduate.get("/me/ask").text
    assert [line.facts["step"] for line in service.log.lines() if line.kind == "request"] == ["asked", "answered"]
    assert NOTE not in "".join(line.content for line in service.log.lines())


def test_an_objection_takes_somebody_off_every_list_until_it_is_taken_back(
    graduate: Browser, consultant: Browser, engine: Engine
) -> None:
    before = listed(engine)
    ask(graduate, "objection")
    searched = consultant.get("/candidates?q=svejsning").text

    assert "engineer" in before
    assert "engineer" not in listed(engine)
    assert "har gjort indsigelse" in consultant.get("/postings/p1").text
    assert 'href="/candidates/engineer"' not in searched
    assert "gjort indsigelse" in consultant.get("/candidates/engineer").text

    mine = graduate.get("/me/ask").text.split('name="request" value="')[1].split('"')[0]
    graduate.send("/me/ask/withdraw", {"request": mine})
    assert listed(engine) == before


def test_following_up_does_not_end_an_objection(graduate: Browser, consultant: Browser, engine: Engine) -> None:
    ask(graduate, "objection")
    consultant.send(path_of(consultant))

    assert "engineer" not in listed(engine)


def test_nobody_takes_back_what_another_asked(
    graduate: Browser, house: House, stranger: Browser, service: Service
) -> None:
    ask(graduate, "objection")
    [request] = desk(service)
    house.somebody("graduate", "new@example.org", "Ny Testesen", None)
    stranger.sign_in("new@example.org")
    stranger.get("/me/ask")

    assert stranger.send("/me/ask/withdraw", {"request": request}).status_code == 404
    assert desk(service) == [request]


def test_the_same_sent_twice_is_one_request(graduate: Browser, service: Service) -> None:
    ask(graduate, "talk")
    ask(graduate, "talk")

    assert len(desk(service)) == 1


def test_asking_for_nothing_is_refused_and_the_note_stays(graduate: Browser, service: Service) -> None:
    graduate.get("/me/ask")
    answer = graduate.send("/me/ask", {"note": "Det her vil jeg ikke miste"})
    strange = graduate.send("/me/ask", {"wanted": "everything", "note": ""})

    assert answer.status_code == strange.status_code == 422
    assert "Det her vil jeg ikke miste" in answer.text
    assert desk(service) == []


def test_what_was_asked_before_there_was_a_record_is_about_the_record_later(
    house: House, stranger: Browser, engine: Engine
) -> None:
    account = house.somebody("graduate", "new@example.org", "Ny Testesen", None)
    stranger.sign_in("new@example.org")
    ask(stranger, "objection")
    engine.store.save([(a_candidate("late"), Contact())])
    house.accounts.roster.belongs(account.id, "late", by=house.administrator())

    assert engine.store.objectors() == {"late"}


def test_what_was_asked_is_own_data_and_is_deleted_with_the_rest(graduate: Browser, service: Service) -> None:
    ask(graduate, "objection")
    taken = graduate.get("/me/data.json").json()
    graduate.get("/me/data")
    graduate.send("/me/data/delete", {"sure": "yes"})

    assert taken["held"]["request"][0]["note"] == NOTE
    assert desk(service) == []


def test_an_account_without_a_cv_can_be_seen_taken_along_and_deleted(
    house: House, stranger: Browser, service: Service
) -> None:
    house.somebody("graduate", "new@example.org", "Ny Testesen", None)
    stranger.sign_in("new@example.org")
    ask(stranger, "talk")
    page, taken = stranger.get("/me/data").text, stranger.get("/me/data.json").json()
    done = stranger.send("/me/data/delete", {"sure": "yes"}).text

    assert "new@example.org" in page
    assert taken["held"]["account"][0]["email"] == "new@example.org"
    assert "Der var ikke gemt andet om dig" in done
    assert desk(service) == []
    assert "new@example.org" not in [account.email for account in house.accounts.roster.all()]


@pytest.mark.parametrize("role", ["analyst", "employer_contact", "administrator", "graduate"])
def test_only_who_follows_up_sees_who_asked(role: str, as_role: Callable[..., Browser]) -> None:
    assert as_role(role).get("/requests").status_code == 403


def listed(engine: Engine) -> list[str]:
    return [match.candidate for match in engine.match_posting("p1", limit=10)]


def desk(service: Service) -> list[str]:
    from matcher.assemble import desk as of_store

    return [request.id for request in of_store(service.engine.store).requests()]


def path_of(consultant: Browser) -> str:
    return "/requests/" + consultant.get("/requests").text.split('action="/requests/')[1].split('"')[0]
