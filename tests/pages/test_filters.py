"""Filters of a shortlist: counts that the list keeps, refreshed in place with JavaScript, and the same without it."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest

from api.pages import static_files
from matcher.engine import Engine
from tests.builders import NURSE_CV, a_candidate, bare
from tests.pages.conftest import Browser

SHORTLIST = "/postings/p1"


@pytest.fixture(autouse=True)
def pool(engine: Engine) -> None:
    """More candidates, so that each filter has something to tell apart."""
    for number, place in enumerate(("Aarhus", "Hjørring", "Aalborg")):
        more = replace(a_candidate(f"c{number}"), municipality=place, programme="Maskiningeniør", weeks_unemployed=20)
        engine.store.save(bare(replace(more, available_from=date(2026 + number, 1, 1))))
    engine.store.save(bare(replace(a_candidate("jurist", NURSE_CV), programme="cand.jur.")))


def listed(page: str) -> list[str]:
    """Candidates on the list of a page, near misses left out."""
    return re.findall(r'<h3><a href="/postings/p1/candidates/([^"]+)"', page.partition('class="matches near"')[0])


def choices(page: str, id: str) -> dict[str, int]:
    """What a filter offers, with the count beside each choice."""
    part = page.partition(f'id="{id}"')[2].partition("</select>" if id != "places" else "</datalist>")[0]
    return {value: int(count) for value, count in re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)', part)}


@pytest.mark.parametrize(
    "others", [{}, {"ignore_wishes": "1"}, {"language": "da"}, {"municipality": "RAR Nordjylland"}]
)
@pytest.mark.parametrize(
    ("id", "name"), [("places", "municipality"), ("language",) * 2, ("family",) * 2, ("instrument",) * 2]
)
def test_the_count_beside_a_choice_is_the_length_of_the_list_it_brings(
    consultant: Browser, id: str, name: str, others: dict[str, str]
) -> None:
    offered = choices(consultant.get(f"{SHORTLIST}?{urlencode(others)}").text, id)

    assert offered
    for value, count in offered.items():
        page = consultant.get(f"{SHORTLIST}?{urlencode(others | {name: value})}").text
        assert len(listed(page)) == count
        assert f"({count} af {count} vist)" in page


def test_a_list_tells_how_many_it_is_cut_from(consultant: Browser) -> None:
    page = consultant.get(f"{SHORTLIST}?limit=2&ignore_wishes=1").text

    assert len(listed(page)) == 2
    assert "(2 af 7 vist)" in page
    assert "2 af 7 kandidater vises" in page


def test_the_form_works_without_javascript(consultant: Browser) -> None:
    form = the_form(consultant.get(SHORTLIST).text)

    assert 'method="get" action="/postings/p1"' in form
    assert '<button type="submit">' in form


def test_with_javascript_list_and_counts_change_in_place_and_the_address_follows(consultant: Browser) -> None:
    form = the_form(consultant.get(SHORTLIST).text)
    wanted = dict(re.findall(r'(hx-[a-z-]+)="([^"]*)"', form))

    assert wanted["hx-get"] == SHORTLIST
    assert wanted["hx-target"] == wanted["hx-select"] == "#results"
    assert wanted["hx-push-url"] == "true"
    assert wanted["hx-trigger"] == "change, submit"


@pytest.mark.parametrize("path", [SHORTLIST, f"{SHORTLIST}?max_km=langt&municipality=Aalbrog&available_by=aldrig"])
def test_everything_that_is_to_follow_stands_in_the_page_once(consultant: Browser, path: str) -> None:
    page = consultant.get(path).text
    form = the_form(page)
    followers = re.findall(r"#([a-z_-]+)", form.partition('hx-select-oob="')[2].partition('"')[0])

    assert {"told", "active", "exports", "places", "language", "family", "instrument"} <= set(followers)
    for id in [*followers, "results", "waiting"]:
        assert len(re.findall(rf'\sid="{id}"', page)) == 1, id


def test_exports_and_the_other_language_keep_the_filters(consultant: Browser) -> None:
    page = consultant.get(f"{SHORTLIST}?language=en&max_km=50").text

    exports = page.partition('id="exports"')[2].partition("</span>")[0]
    assert exports.count("language=en") == 3
    assert "max_km%3D50" in page.partition('id="other-language"')[2].partition("</span>")[0]


def test_the_pasted_form_sends_its_text_and_pushes_no_address(consultant: Browser) -> None:
    consultant.get("/paste")
    page = consultant.send("/paste", {"text": "Du kan svejse.", "title": "Svejser"}).text
    form = page.partition('<form id="filters"')[2].partition(">")[0]

    assert 'method="post" action="/paste"' in form
    assert 'hx-post="/paste"' in form
    assert "hx-push-url" not in form


def test_the_vendored_htmx_knows_what_the_forms_ask_of_it() -> None:
    source = (static_files.FOLDER / "htmx.min.js").read_text(encoding="utf-8")

    for attribute in ("hx-select-oob", "hx-sync", "hx-push-url", "hx-indicator", "hx-select"):
        assert f'"{attribute}"' in source


def the_form(page: str) -> str:
    """The filter form of a page."""
    return page.partition('<details class="filterbox"')[2].partition("</form>")[0]
