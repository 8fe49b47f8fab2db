"""The main paths of analyst, employer's contact and administrator in a browser, and of who has not signed in."""

import re

import pytest

from api.pages.language import PageLanguage
from tests.accounts.examples import PASSWORD
from tests.e2e.conftest import Visit
from tests.e2e.served import Served
from tests.e2e.test_consultant import BOTH
from tests.e2e.town import NAME
from tests.e2e.visitor import Visitor

CARD = "/postings/p2/candidates/nurse/card"


@BOTH
def test_an_analyst_runs_an_audit_and_compares_it(visit: Visit, language: PageLanguage) -> None:
    analyst = visit("analyst", language)
    analyst.page.locator("form:has(#groups-title) button").click()
    analyst.comes_to("/analysis/reports/")
    analyst.page.get_by_role("heading", level=1).wait_for()
    faults = analyst.faults()
    analyst.press("analysis.compare.show")
    analyst.comes_to("/analysis/compare")

    assert not faults
    assert analyst.reads(analyst.t("analysis.compare.reading"))
    assert not analyst.faults()


def test_an_analyst_takes_a_report_along_and_sees_no_name(visit: Visit) -> None:
    analyst = visit("analyst")
    with analyst.page.expect_download() as taken:
        analyst.page.get_by_role("link", name="HTML").first.click()
    analyst.follow("nav.proposals")

    assert taken.value.suggested_filename.endswith(".html")
    assert NAME not in analyst.page.content()


def test_a_run_without_its_file_is_refused_in_words(visit: Visit) -> None:
    analyst = visit("analyst")
    analyst.page.locator("#judgements-file").evaluate("one => one.required = false")
    analyst.page.locator("form:has(#judgements-title) button").click()

    analyst.page.get_by_role("alert").wait_for()
    assert not analyst.faults()


@BOTH
def test_an_employers_contact_sees_the_card_and_nothing_else(visit: Visit, language: PageLanguage) -> None:
    contact = visit("employer_contact", language)
    contact.go("/")
    contact.main().get_by_role("row").nth(1).get_by_role("link").click()
    contact.page.get_by_role("article").first.wait_for()
    told = contact.main().inner_text()
    listed = contact.faults()
    contact.go(CARD)
    card, told = contact.faults(), told + contact.main().inner_text()
    refused = contact.go("/postings").status

    assert not listed
    assert not card
    assert "nurse" not in told
    assert refused == 403
    assert not contact.faults()


@BOTH
def test_an_administrator_invites_somebody_who_chooses_a_password(
    visit: Visit, town: Served, language: PageLanguage
) -> None:
    keeper = visit("administrator", language)
    keeper.go("/admin/accounts")
    keeper.page.get_by_label(keeper.t("admin.accounts.name"), exact=True).fill("Nina Nysen")
    keeper.page.get_by_label(keeper.t("admin.accounts.email"), exact=True).fill("nina@example.org")
    keeper.press("admin.accounts.send_invite")
    address = keeper.page.get_by_label(keeper.t("admin.account.link_address")).input_value()
    invited = keeper.faults()
    guest = visit()
    guest.go(address.removeprefix(town.address))
    for field in ("password", "password_again"):
        guest.page.locator(f"input[name={field}]").fill(PASSWORD)
    asked = guest.faults()
    guest.press("link.send")

    assert not invited
    assert not asked
    assert guest.reads(guest.t("flash.password_set"))
    assert guest.page.get_by_role("heading", name=guest.t("postings.title")).is_visible()


@BOTH
def test_an_administrator_makes_a_key_and_takes_it_back(visit: Visit, language: PageLanguage) -> None:
    keeper = visit("administrator", language)
    keeper.go("/admin/accounts")
    keeper.page.get_by_role("link", name="Karen").click()
    keeper.page.get_by_label(keeper.t("admin.account.key_name")).fill("Fagsystem")
    keeper.press("admin.account.make_key")
    secret = keeper.page.get_by_label(keeper.t("admin.account.key_secret"), exact=True).input_value()
    shown = keeper.faults()
    keeper.press("admin.account.revoke")

    assert len(secret) > 30
    assert not shown
    assert keeper.reads(keeper.t("flash.key_revoked"))
    assert secret not in keeper.page.content()


@BOTH
def test_an_administrator_erases_a_person_with_a_proof(visit: Visit, language: PageLanguage) -> None:
    keeper = visit("administrator", language)
    keeper.follow("nav.erasure")
    keeper.page.get_by_label(keeper.t("admin.erasure.candidate"), exact=True).fill("engineer")
    keeper.page.get_by_label(keeper.t("admin.erasure.sure")).check()
    keeper.page.get_by_role("button", name=keeper.t("admin.erasure.erase"), exact=True).click()

    assert keeper.reads(keeper.t("proof.title"))
    assert not keeper.faults()
    keeper.follow("nav.log")
    assert keeper.page.get_by_role("link", name=re.compile(r"^\d+$")).count() > 1


@BOTH
def test_pages_for_nobody_are_sound(visit: Visit, language: PageLanguage) -> None:
    nobody: Visitor = visit()
    nobody.go(f"/language/{language}?next=/sign-in")
    nobody.language = language
    door = nobody.faults()
    nobody.page.get_by_label(nobody.t("sign_in.email")).fill("who@example.org")
    nobody.page.get_by_label(nobody.t("sign_in.password")).fill("en forkert adgangskode")
    nobody.press("sign_in.send")
    nobody.page.get_by_role("alert").wait_for()
    refused = nobody.faults()
    missing = nobody.go("/link/no-such-token").status

    assert not door
    assert not refused
    assert missing in (404, 410)
    assert not nobody.faults()


@pytest.mark.parametrize("path", ["/postings/none", "/nowhere"])
def test_a_page_that_is_not_there_is_told_in_words(visit: Visit, path: str) -> None:
    consultant = visit("consultant")

    assert consultant.go(path).status == 404
    assert not consultant.faults()
