"""Inviting a graduate: by a consultant, for a record that is there or for a CV that comes later."""

import re
from collections.abc import Callable

import pytest

from matcher.accounts.records import Account
from tests.accounts.examples import PASSWORD, House
from tests.pages.conftest import EMAIL, NAME, Browser


def of_email(house: House, email: str) -> Account:
    return next(account for account in house.accounts.roster.all() if account.email == email)


def link_in(page: str) -> str:
    return re.search(r'id="address" readonly value="[^"]*?(/link/[^"]+)"', page).group(1)  # type: ignore[union-attr]


def test_a_consultant_invites_the_owner_of_a_record_and_the_link_opens_their_page(
    consultant: Browser, stranger: Browser, house: House
) -> None:
    form = consultant.get("/invite?candidate=engineer").text
    page = consultant.send("/invite", {"name": NAME, "email": EMAIL, "candidate": "engineer"}).text
    link = link_in(page)
    stranger.get(link)
    stranger.send(link, {"password": PASSWORD, "password_again": PASSWORD})

    assert NAME in form
    assert EMAIL in form
    assert of_email(house, EMAIL).candidate == "engineer"
    assert of_email(house, EMAIL).role == "graduate"
    assert "SolidWorks" in stranger.get("/me/reading").text
    assert "har en konto" in consultant.get("/candidates/engineer").text


def test_a_record_has_one_account_and_an_unused_invitation_can_be_renewed(consultant: Browser, house: House) -> None:
    consultant.get("/invite?candidate=engineer")
    first = link_in(consultant.send("/invite", {"name": NAME, "email": EMAIL, "candidate": "engineer"}).text)
    again = consultant.send("/invite", {"name": NAME, "email": "other@example.org", "candidate": "engineer"})
    renewed = link_in(consultant.send("/invite/again", {"account": of_email(house, EMAIL).id}).text)

    assert again.status_code == 409
    assert "Invitationen er ikke brugt endnu" in again.text
    assert renewed != first
    assert "er inviteret" in consultant.get("/candidates/engineer").text


def test_a_consultant_makes_no_link_for_an_account_that_is_in_use(consultant: Browser, house: House) -> None:
    used = house.somebody("graduate", "used@example.org", "Brugt Testesen", "engineer")
    administrator = house.administrator()
    consultant.get("/invite")

    for account in (used, administrator):
        answer = consultant.send("/invite/again", {"account": account.id})
        assert answer.status_code == 409
        assert "/link/" not in answer.text


def test_a_fresh_graduate_is_invited_without_a_record(consultant: Browser, house: House) -> None:
    consultant.get("/invite")
    page = consultant.send("/invite", {"name": "Ny Testesen", "email": "new@example.org"}).text

    assert of_email(house, "new@example.org").candidate is None
    assert "Invitationer, der ikke er brugt" in page


def test_a_taken_address_and_an_unknown_record_are_refused_with_words(consultant: Browser, house: House) -> None:
    house.somebody("analyst", "taken@example.org", "Optaget Testesen")
    consultant.get("/invite")
    taken = consultant.send("/invite", {"name": "X Testesen", "email": "taken@example.org"})
    wrong = consultant.send("/invite", {"name": "", "email": "ingen adresse"})
    unknown = consultant.send("/invite", {"name": "X", "email": "x@example.org", "candidate": "nobody"})

    assert taken.status_code == 409
    assert "har allerede en konto" in taken.text
    assert wrong.status_code == 422
    assert 'value="ingen adresse"' in wrong.text
    assert unknown.status_code == 404


def test_an_invitation_never_gives_another_role(consultant: Browser, house: House) -> None:
    consultant.get("/invite")
    consultant.send("/invite", {"name": "X Testesen", "email": "x@example.org", "role": "administrator"})

    assert of_email(house, "x@example.org").role == "graduate"


@pytest.mark.parametrize("role", ["analyst", "employer_contact", "graduate"])
def test_others_invite_nobody(role: str, as_role: Callable[..., Browser]) -> None:
    assert as_role(role).get("/invite").status_code == 403


def test_an_administrator_invites_but_reads_no_contact_details(as_role: Callable[..., Browser]) -> None:
    page = as_role("administrator").get("/invite?candidate=engineer").text

    assert NAME not in page
    assert EMAIL not in page
