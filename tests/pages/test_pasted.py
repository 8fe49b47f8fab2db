"""A pasted posting: filtered, missed by little and explained like a stored one, and nowhere to be found afterwards."""

import re
from base64 import b64decode
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from api.service import Service
from matcher.engine import Engine
from matcher.listing import Filters
from matcher.records import Posting
from tests.builders import WELDING_POSTING, a_candidate, bare
from tests.pages.conftest import Browser

RARE = "Vi holder til i et kolibrigult pakhus ved Sæby Havn."
TYPED: dict[str, object] = {
    "title": "Konstruktør til kolibrigul svejsehal",
    "text": f"{WELDING_POSTING}\n{RARE}\n",
    "employer": "Kolibriværket",
    "postcode": "9000",
    "employment_type": "ordinary",
}


@pytest.fixture
def far(engine: Engine) -> None:
    """Somebody who fits and lives far away."""
    engine.store.save(bare(replace(a_candidate("far"), municipality="Aarhus", postcode="8000")))


def pasted(browser: Browser, **more: object) -> str:
    browser.get("/paste")
    return browser.send("/paste", TYPED | more).text


def listed(page: str) -> list[str]:
    """Candidates on the list of a page, near misses left out."""
    return re.findall(r'<h3><a href="/candidates/([^"]+)"', page.partition('class="matches near"')[0])


def test_the_list_is_that_of_the_same_posting_stored(consultant: Browser, service: Service) -> None:
    page = pasted(consultant, title="Maskiningeniør", text=WELDING_POSTING, employer="", postcode="9500")

    assert listed(page) == [match.candidate.replace("/", "~2F") for match in service.engine.match_posting("p1")]
    assert "km i lige linje" in page
    assert "beregner svejste rammer" in page


def test_a_filter_cuts_the_list_and_keeps_the_text(consultant: Browser, far: None) -> None:
    everybody, near = pasted(consultant), pasted(consultant, max_km="50")

    assert {"engineer", "far"} <= set(listed(everybody))
    assert "far" not in listed(near)
    assert RARE in near
    assert 'name="max_km" inputmode="decimal" value="50"' in near
    assert 'value="Kolibriværket"' in near
    assert "(1 valgt)" in near


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"language": "en"}, ["nurse"]),
        ({"municipality": "Aalborg"}, ["engineer"]),
        ({"family": "07", "municipality": "Aarhus"}, ["far"]),
        ({"available_by": "2025-01-01", "municipality": "RAR Nordjylland"}, []),
    ],
)
def test_each_field_of_the_form_is_used(
    consultant: Browser, far: None, asked: dict[str, object], names: list[str]
) -> None:
    assert listed(pasted(consultant, **asked)) == names


def test_a_near_miss_names_what_would_have_to_give(consultant: Browser, far: None) -> None:
    page = pasted(consultant, max_km="50")

    missed = page.partition('class="matches near"')[2]
    assert "Hvis du tillader en længere afstand" in missed
    assert "/candidates/far" in missed


def test_a_wish_counts_against_the_kind_of_job_that_was_typed(consultant: Browser, engine: Engine) -> None:
    engine.store.save(bare(replace(a_candidate("temp"), wanted_types=("vikariat",))))

    assert "temp" not in listed(pasted(consultant))
    assert "temp" in listed(pasted(consultant, employment_type="vikariat"))


def test_counts_agree_with_the_list_that_a_choice_brings(consultant: Browser, far: None) -> None:
    page = pasted(consultant)

    for name in ("language", "family", "instrument"):
        choices = re.findall(r'<option value="([^"]+)"[^>]*>[^<]*\((\d+)\)', select(page, name))
        assert choices or name == "instrument"
        for value, count in choices:
            assert len(listed(pasted(consultant, **{name: value}))) == int(count)


def select(page: str, name: str) -> str:
    return page.partition(f'<select id="{name}"')[2].partition("</select>")[0]


def test_what_drew_a_score_is_an_image_in_the_page_with_the_figures_beside_it(consultant: Browser) -> None:
    page = pasted(consultant)
    images = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)" alt="([^"]+)"', page)
    drawing = b64decode(images[0][0]).decode()

    assert len(images) == len(listed(page))
    assert ET.fromstring(drawing).tag.endswith("svg")
    assert "style=" not in drawing
    assert "Kompetencer over for krav" in drawing
    assert "Søjler for engineer" in images[0][1]
    assert page.count("Kompetencer over for krav</th>") == len(images)


def test_a_longer_list_can_be_asked_for(consultant: Browser) -> None:
    short = pasted(consultant, limit="1")

    assert len(listed(short)) == 1
    assert re.search(r'<button[^>]* form="filters" name="limit" value="2"', short)
    assert len(listed(pasted(consultant, limit="2"))) == 2


def test_wrong_filters_are_said_and_the_list_is_made_without_them(consultant: Browser) -> None:
    page = pasted(consultant, max_km="langt", municipality="Aalbrog")

    assert "Skriv et tal" in page
    assert "Mente du Aalborg?" in page
    assert "engineer" in listed(page)


@pytest.mark.parametrize("text", ["", "   ", "x" * 200_001])
def test_a_text_that_cannot_be_used_is_refused_and_the_rest_is_kept(consultant: Browser, text: str) -> None:
    consultant.get("/paste")
    answer = consultant.send("/paste", TYPED | {"text": text})

    assert answer.status_code == 422
    assert 'value="Kolibriværket"' in answer.text
    assert 'value="ordinary" selected' in answer.text


def test_a_script_that_is_pasted_is_shown_as_text(consultant: Browser) -> None:
    script = "<script>alert(1)</script>"
    page = pasted(consultant, title=script, text=f"{script}\nDu kan svejse.", employer=f'"{script}')

    assert script not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_that_was_pasted_is_left_in_the_home(consultant: Browser, service: Service) -> None:
    consultant.get("/paste")
    before = {file: file.read_bytes() for file in files(service.home)}
    page = pasted(consultant, max_km="50")
    service.log.verify()

    assert RARE in page
    assert service.engine.store.count("posting") == 2
    for trace in ("kolibrigult", "Kolibrigul", "Kolibriværket", "kolibri"):
        for written in (trace.encode(), trace.encode("utf-16-le"), trace.encode("latin-1")):
            left = [file for file in files(service.home) if written.lower() in file.read_bytes().lower()]
            assert left == []
    assert [file for file in files(service.home) if before.get(file) != file.read_bytes()]  # the log's line is written


def test_the_log_knows_that_a_list_was_shown_and_not_for_what(consultant: Browser, service: Service) -> None:
    pasted(consultant, max_km="50", language="da")

    [line] = [line for line in service.log.lines() if line.kind == "list_shown"]
    assert line.facts["query"] == {"kind": "posting", "id": None}
    assert (line.facts["filters"]["max_km"], line.facts["filters"]["languages"]) == (50.0, ["da"])
    assert "olibri" not in line.content


def test_the_posting_is_compared_once_and_for_all_of_the_page(service: Service) -> None:
    posting = Posting(id="pasted", title="Svejser", text=WELDING_POSTING, language="da")
    shown = service.lists.shortlist(posting, filters=Filters(), limit=5, account="a")

    assert shown.subject.record == posting
    assert shown.matches


def files(home: Path) -> list[Path]:
    return [file for file in home.rglob("*") if file.is_file()]
