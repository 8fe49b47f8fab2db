"""A consultant's day in a browser: find a posting, read its shortlist, decide, correct, compare, paste, follow up."""

import pytest

from api.pages.language import PageLanguage
from tests.builders import WELDING_POSTING
from tests.e2e.conftest import Visit
from tests.e2e.town import NAME
from tests.e2e.visitor import Visitor

BOTH = pytest.mark.parametrize("language", ["da", pytest.param("en", marks=pytest.mark.slow)])
"""English in `make test-all`, so that `make test` stays short."""
KEPT = "window.kept"
"""A mark that goes with a page when another one is loaded."""


@pytest.fixture
def consultant(visit: Visit, language: PageLanguage) -> Visitor:
    return visit("consultant", language)


@BOTH
def test_a_posting_is_found_and_somebody_is_proposed_for_it(consultant: Visitor) -> None:
    consultant.page.get_by_label(consultant.t("postings.words")).fill("maskin")
    consultant.page.keyboard.press("Enter")
    consultant.page.wait_for_url("**q=maskin*")
    consultant.settled()
    consultant.page.get_by_role("link", name="Maskiningeniør").click()
    consultant.page.get_by_role("heading", level=3).get_by_role("link", name="engineer").first.click()
    consultant.page.get_by_label(consultant.t("verdict.decision")).select_option("propose:competences")
    consultant.page.get_by_label(consultant.t("verdict.note"), exact=True).fill("Ring mandag")
    consultant.press("verdict.send")

    assert consultant.reads(consultant.t("flash.verdict_propose", candidate="engineer"))
    assert consultant.page.get_by_label(consultant.t("verdict.note"), exact=True).input_value() == "Ring mandag"
    assert not consultant.faults()


@BOTH
def test_filters_change_the_list_without_loading_the_page(consultant: Visitor) -> None:
    consultant.go("/postings/p1")
    everybody = consultant.page.locator("ol.matches > li").count()
    consultant.page.evaluate(f"() => {{ {KEPT} = 1 }}")
    consultant.page.locator("summary", has_text=consultant.t("filter.title")).click()
    with consultant.page.expect_response(lambda answer: "language=en" in answer.url):
        consultant.page.get_by_label(consultant.t("filter.language"), exact=True).select_option("en")
    consultant.page.wait_for_url("**language=en*")
    consultant.settled()
    consultant.page.locator("#results").wait_for()

    english = consultant.page.locator("ol.matches:not(.near) > li").count()
    assert consultant.page.evaluate(KEPT) == 1
    assert 0 < english < everybody
    assert consultant.page.locator("#told").inner_text() == consultant.t("shortlist.told", count=english, total=english)
    assert not consultant.faults()
    consultant.page.go_back()
    consultant.page.wait_for_url("**/postings/p1")
    consultant.settled()
    consultant.page.locator("ol.matches > li").first.wait_for()
    assert consultant.page.locator("ol.matches > li").count() == everybody


@BOTH
def test_a_correction_is_on_the_list_at_once(consultant: Visitor) -> None:
    consultant.go("/postings/p1")
    consultant.follow("posting.reading")
    consultant.page.get_by_label(consultant.t("reading.label")).fill("Projektledelse")
    consultant.page.get_by_label(consultant.t("strength.nice"), exact=True).check()
    consultant.press("reading.add")

    assert consultant.reads(consultant.t("flash.reading_add", label="Projektledelse"))
    assert not consultant.faults()
    consultant.follow("reading.back")
    consultant.page.locator("li.match summary").first.click()
    assert consultant.reads("Projektledelse")
    assert not consultant.faults()


@BOTH
def test_candidates_are_put_side_by_side(consultant: Visitor) -> None:
    consultant.go("/postings/p1")
    for candidate in ("engineer", "nurse"):
        consultant.page.get_by_label(consultant.t("shortlist.pick", candidate=candidate), exact=True).check()
    consultant.press("shortlist.compare")
    consultant.page.wait_for_url("**/compare*")

    assert consultant.page.locator("table.compare thead th").count() == 3
    assert not consultant.faults()


@BOTH
def test_a_pasted_posting_is_ranked_and_forgotten(consultant: Visitor) -> None:
    consultant.go("/postings")
    consultant.follow("nav.paste")
    consultant.page.get_by_label(consultant.t("paste.posting_text")).fill(WELDING_POSTING)
    consultant.press("paste.send")

    assert consultant.reads(consultant.t("paste.not_saved"))
    assert consultant.page.locator("ol.matches > li").count() > 1
    assert not consultant.faults()


@BOTH
def test_a_verdict_without_a_reason_is_refused_in_words(consultant: Visitor) -> None:
    consultant.go("/postings/p1/candidates/nurse")
    consultant.page.get_by_label(consultant.t("verdict.note"), exact=True).fill("Bor langt væk")
    consultant.page.get_by_label(consultant.t("verdict.decision")).evaluate("one => one.required = false")
    consultant.press("verdict.send")

    assert consultant.reads(consultant.t("verdict.choose"))
    assert consultant.page.get_by_label(consultant.t("verdict.note"), exact=True).input_value() == "Bor langt væk"
    assert not consultant.faults()


def test_a_list_is_taken_along_and_a_name_shown_only_to_follow_up(visit: Visit) -> None:
    consultant = visit("consultant")
    consultant.go("/postings/p1")
    with consultant.page.expect_download() as taken:
        consultant.follow("posting.csv")
    consultant.page.get_by_role("heading", level=3).get_by_role("link", name="engineer").first.click()
    before = consultant.page.content()
    consultant.follow("pair.contact")

    assert taken.value.suggested_filename.endswith(".csv")
    assert NAME not in before
    assert consultant.reads(NAME)


def test_a_posting_is_marked_filled_and_opened_again(visit: Visit) -> None:
    consultant = visit("consultant")
    consultant.go("/postings/p1")
    consultant.press("posting.fill")
    told = consultant.reads(consultant.t("flash.posting_filled"))
    faults = consultant.faults()
    consultant.press("posting.reopen")

    assert told
    assert not faults
    assert consultant.reads(consultant.t("flash.posting_open"))


def test_candidates_are_found_by_words_and_the_page_is_not_loaded_anew(visit: Visit) -> None:
    consultant = visit("consultant")
    consultant.go("/candidates")
    consultant.page.evaluate(f"() => {{ {KEPT} = 1 }}")
    consultant.page.get_by_label(consultant.t("candidates.words")).fill("rygestopkursus")
    consultant.page.keyboard.press("Enter")
    consultant.page.wait_for_url("**q=rygestopkursus*")
    consultant.settled()

    assert consultant.page.locator("#results tbody a").first.inner_text() == "nurse/da"
    assert consultant.page.evaluate(KEPT) == 1
