"""The same pages without JavaScript, by keyboard alone, and in narrow windows."""

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Visit
from tests.e2e.standards import PHONE, ZOOMED
from tests.e2e.visitor import Visitor

FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    name: one.tagName + ' ' + (one.id || one.textContent.trim().slice(0, 40)),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0,
    place: [...document.querySelectorAll('*')].indexOf(one),
  };
}"""
MOST_STOPS = 120


def tab_to(page: Page, id: str) -> None:
    """Press Tab until a field has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == id:
            return
    raise AssertionError(f"{id} cannot be reached by keyboard")


def test_without_javascript_a_shortlist_is_filtered_read_and_decided(visit: Visit) -> None:
    reader = visit("consultant", javascript=False)
    reader.go("/postings?q=maskin")
    reader.page.get_by_role("link", name="Maskiningeniør").click()
    reader.page.locator("summary", has_text=reader.t("filter.title")).click()
    reader.page.locator("#language").select_option("da")
    reader.press("filter.show")
    filtered = reader.page.url
    reader.page.locator("li.match summary").first.click()
    quote = reader.page.locator("li.match q").first.is_visible()
    reader.page.get_by_role("heading", level=3).get_by_role("link", name="engineer").first.click()
    reader.page.locator("#decision").select_option("hold:ask_candidate")
    reader.press("verdict.send")

    assert "language=da" in filtered
    assert quote
    assert reader.reads(reader.t("flash.verdict_hold", candidate="engineer"))


def test_without_javascript_a_run_shows_how_far_it_is(visit: Visit) -> None:
    reader = visit("analyst", javascript=False)
    reader.page.locator("form:has(#groups-title) button").click()
    reader.comes_to("/analysis/[a-z]+/")
    while reader.path.startswith("/analysis/jobs/"):
        reader.page.wait_for_timeout(100)
        reader.page.reload()

    assert reader.path.startswith("/analysis/reports/")


def test_the_skip_link_is_first_and_leads_to_the_content(visit: Visit) -> None:
    reader = visit("consultant")
    reader.go("/postings/p1")
    reader.page.keyboard.press("Tab")
    first = reader.page.evaluate(FOCUS)
    name = reader.page.evaluate("document.activeElement.textContent")
    reader.page.keyboard.press("Enter")
    landed = reader.page.evaluate("document.activeElement.id")
    reader.page.keyboard.press("Tab")

    assert name == reader.t("skip")
    assert first["seen"]
    assert landed == "main"
    assert reader.page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("consultant", "/postings/p1"),
        ("consultant", "/postings/p1/candidates/engineer"),
        ("graduate", "/me/reading"),
        ("analyst", "/analysis"),
        ("administrator", "/admin/accounts"),
    ],
)
def test_the_focus_walks_down_the_page_and_is_always_seen(visit: Visit, role: str, path: str) -> None:
    reader: Visitor = visit(role)
    reader.go(path)
    places: list[int] = []
    for _ in range(MOST_STOPS):
        reader.page.keyboard.press("Tab")
        stop = reader.page.evaluate(FOCUS)
        if stop["name"].startswith("BODY") or stop["place"] in places:
            break
        assert stop["outline"] >= 2, f"{stop['name']} has no visible focus"
        assert stop["seen"], f"{stop['name']} has the focus and cannot be seen"
        places.append(stop["place"])

    assert len(places) > 10
    assert places == sorted(places)


def test_a_verdict_is_given_with_the_keyboard_alone(visit: Visit) -> None:
    reader = visit("consultant")
    reader.go("/postings/p1/candidates/engineer")
    tab_to(reader.page, "decision")
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.type("Ring mandag")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")

    assert reader.reads(reader.t("flash.verdict_propose", candidate="engineer"))


@pytest.mark.parametrize("width", [ZOOMED, PHONE])
def test_a_shortlist_that_is_open_fits_into_a_narrow_window(visit: Visit, width: tuple[int, int]) -> None:
    reader = visit("consultant", width=width)
    reader.go("/postings/p3")
    for closed in reader.page.locator("main details > summary").all():
        closed.click()

    assert not reader.faults()


def test_headers_of_a_page_let_nothing_in_from_elsewhere(visit: Visit) -> None:
    reader = visit("consultant")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.go("/postings/p1/candidates/engineer")
    reader.page.wait_for_load_state("networkidle")

    assert asked
    assert all(url.startswith((reader.address, "data:")) for url in asked)
