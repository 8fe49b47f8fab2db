"""What changes within a page that stays: filters with their counts and exports, a pasted list, a check of the log."""

import re

from playwright.sync_api import expect

from api.pages.language import PageLanguage
from matcher.records import Contact
from tests.builders import WELDING_POSTING, a_candidate
from tests.e2e.conftest import Visit
from tests.e2e.served import Served
from tests.e2e.test_consultant import BOTH
from tests.e2e.town import EMAIL, NAME
from tests.e2e.visitor import Visitor

MARK = "() => { window.kept = 1 }"
KEPT = "() => window.kept"


def open_filters(visitor: Visitor) -> None:
    visitor.page.evaluate(MARK)
    visitor.page.locator("summary", has_text=visitor.t("filter.title")).click()


def counts(visitor: Visitor, id: str) -> dict[str, int]:
    """What a filter offers, with the count beside each choice."""
    told = visitor.page.locator(f"#{id} option").all_inner_texts()
    return {name: int(count) for name, count in re.findall(r"(.+) \((\d+)\)", "\n".join(told))}


@BOTH
def test_counts_exports_and_the_other_language_follow_a_filter(visit: Visit, language: PageLanguage) -> None:
    consultant = visit("consultant", language)
    consultant.go("/postings/p3")
    before = counts(consultant, "family")
    open_filters(consultant)
    language_of_cv = consultant.page.get_by_label(consultant.t("filter.language"), exact=True)
    language_of_cv.focus()
    language_of_cv.select_option("da")
    expect(consultant.page.locator("#active")).to_have_text(f"({consultant.t('filter.active', count=1)})")

    after = counts(consultant, "family")
    assert consultant.page.evaluate(KEPT) == 1
    assert after != before
    assert all(after.get(name, 0) <= count for name, count in before.items())
    assert consultant.page.locator("#language").input_value() == "da"
    assert consultant.page.evaluate("() => document.activeElement.id") == "language"
    for link in consultant.page.locator("#exports a").all():
        assert "language=da" in str(link.get_attribute("href"))
    consultant.page.locator("#other-language a").click()
    consultant.language = "en" if language == "da" else "da"
    expect(consultant.page.locator("html")).to_have_attribute("lang", consultant.language)
    assert "language=da" in consultant.page.url
    assert not consultant.faults()


@BOTH
def test_a_pasted_list_is_filtered_in_place_and_its_text_stays(visit: Visit, language: PageLanguage) -> None:
    consultant = visit("consultant", language)
    consultant.go("/paste")
    consultant.page.get_by_label(consultant.t("paste.posting_text")).fill(WELDING_POSTING)
    consultant.press("paste.send")
    everybody = consultant.page.locator("ol.matches:not(.near) > li").count()
    assert not consultant.faults()
    open_filters(consultant)
    consultant.page.get_by_label(consultant.t("filter.language"), exact=True).select_option("en")
    expect(consultant.page.locator("#active")).to_have_text(f"({consultant.t('filter.active', count=1)})")

    english = consultant.page.locator("ol.matches:not(.near) > li").count()
    assert consultant.page.evaluate(KEPT) == 1
    assert 0 < english < everybody
    assert consultant.path == "/paste"
    consultant.page.locator("ol.matches summary").first.click()
    drawing = consultant.page.locator("ol.matches img.bars").first
    drawing.scroll_into_view_if_needed()
    assert drawing.evaluate("one => one.complete && one.naturalWidth > 100")
    assert not consultant.faults()


@BOTH
def test_two_records_become_one(visit: Visit, town: Served, language: PageLanguage) -> None:
    town.service.engine.store.save([(a_candidate("twice"), Contact(names=(NAME,), emails=(EMAIL,)))])
    consultant = visit("consultant", language)
    consultant.go("/candidates/engineer")
    consultant.follow("merge.link_of")
    assert not consultant.faults()
    consultant.follow("merge.side_by_side")
    assert consultant.reads(EMAIL)
    assert not consultant.faults()
    consultant.page.get_by_label(consultant.t("merge.sure")).check()
    consultant.press("merge.send")

    assert consultant.reads(consultant.t("flash.merged", kept="engineer", gone="twice"))
    assert "twice" not in town.service.engine.store.ids("candidate")
    assert not consultant.faults()


@BOTH
def test_two_records_stand_side_by_side_on_a_phone(visit: Visit, town: Served, language: PageLanguage) -> None:
    consultant = visit("consultant", language, width=(390, 800))
    consultant.go("/merge/pair?first=engineer&second=nurse")

    assert not consultant.faults()
    assert consultant.page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert town.address == consultant.address


@BOTH
def test_the_log_is_checked_when_somebody_asks(visit: Visit, language: PageLanguage) -> None:
    administrator = visit("administrator", language)
    administrator.go("/admin/log")
    assert administrator.reads(administrator.t("admin.log.never_checked"))
    assert not administrator.faults()
    administrator.press("admin.log.check_now")

    whole = administrator.t("admin.log.whole", lines=0, anchored=0).split("0")[0].strip()
    assert administrator.reads(whole)
    assert not administrator.faults()
