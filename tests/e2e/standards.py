"""What every page must stand up to, whoever reads it: axe, its language, one heading, no sideways scroll."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESKTOP, ZOOMED, PHONE = (1280, 900), (640, 450), (390, 844)
"""Widths and heights of windows; 640 is what 1280 shows at 200 %."""
RULES = {"resultTypes": ["violations"]}
WIDEST = """() => {
  const wide = document.documentElement.clientWidth;
  const out = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > wide + 1);
  const over = document.documentElement.scrollWidth > wide;
  return over ? out.slice(-3).map(one => one.outerHTML.slice(0, 120)).concat('scroll ' + wide) : [];
}"""


def faults_of(page: Page, language: str) -> list[str]:
    """Return what is wrong with the page that is open, in words; nothing for a good page."""
    found = [f"lang is {lang}" for lang in [page.get_attribute("html", "lang")] if lang != language]
    found += [f"{count} headings h1" for count in [page.locator("h1").count()] if count != 1]
    return found + violations(page) + overflows(page)


def violations(page: Page) -> list[str]:
    """Return what axe finds: rule, where, and the words it has for it."""
    answer = Axe().run(page, options=RULES).response
    return [
        f"axe {one['id']}: {node['html'][:160]} ({node.get('failureSummary', '')[:200]})"
        for one in answer["violations"]
        for node in one["nodes"][:3]
    ]


def overflows(page: Page) -> list[str]:
    """Return what reaches out of the window on a phone and at 200 %; the window is as before afterwards."""
    before = page.viewport_size
    found = []
    for width, height in (ZOOMED, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"at {width}: {one}" for one in page.evaluate(WIDEST)]
    if before is not None:
        page.set_viewport_size(before)
    return found
