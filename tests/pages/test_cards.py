"""Another department's day: postings that somebody is proposed for, and cards that do not say who."""

import re
from collections.abc import Callable

import pytest

from api.service import Service
from matcher.ledger.verdicts import Draft
from tests.pages.conftest import EMAIL, NAME, PHONE, Browser


@pytest.fixture
def contact(as_role: Callable[..., Browser], service: Service) -> Browser:
    for candidate, verdict, reason in (("engineer", "propose", "competences"), ("nurse", "hold", "in_process")):
        draft = Draft.of(posting="p1", candidate=candidate, verdict=verdict, reason=reason, note="", account="a1")
        service.log.decide(draft, version=0)
    return as_role("employer_contact")


def test_a_contact_begins_with_the_postings_somebody_is_proposed_for(contact: Browser) -> None:
    start = contact.get("/")

    assert start.url.path == "/cards"
    assert "/postings/p1/cards" in start.text
    assert "/postings/p2/cards" not in start.text


@pytest.mark.parametrize("language", ["da", "en"])
def test_each_proposed_candidate_has_a_card_that_does_not_say_who(contact: Browser, language: str) -> None:
    contact.get(f"/language/{language}")
    cards = contact.get("/postings/p1/cards").text

    assert cards.count('<article class="card') == 1
    assert "Maskiningeniør" in cards
    assert "<li>" in cards.partition("<article")[2].partition("</article>")[0]
    for secret in (NAME, EMAIL, PHONE, "engineer", "nurse"):
        assert not re.search(rf"\b{re.escape(secret)}\b", cards)


def test_a_posting_without_proposals_says_so_and_an_unknown_one_is_not_found(contact: Browser) -> None:
    contact.get("/language/en")

    assert "Nobody is proposed for this posting" in contact.get("/postings/p2/cards").text
    assert contact.get("/postings/none/cards").status_code == 404


def test_a_consultant_has_no_second_way_there_in_the_menu(consultant: Browser) -> None:
    assert 'href="/cards"' not in consultant.get("/postings").text
    assert consultant.get("/cards").status_code == 200
