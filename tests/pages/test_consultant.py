"""A consultant's day: lists with filters, the shortlist, a verdict, corrections, pasting, exports, companies."""

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook

from api.service import Service
from matcher.engine import Engine
from tests.builders import WELDING_POSTING
from tests.pages.conftest import EMAIL, NAME, PHONE, Browser

PAIR = "/postings/p1/candidates/engineer"


def test_postings_are_listed_with_counts_and_found_by_words(consultant: Browser) -> None:
    everything = consultant.get("/postings").text
    found = consultant.get("/postings?q=health").text

    assert "Maskiningeniør" in everything
    assert "Åbent (2)" in everything
    assert "Health consultant" in found
    assert "Maskinværket" not in found


def test_a_search_without_a_hit_says_what_to_do(consultant: Browser) -> None:
    assert "Vis alle opslag" in consultant.get("/postings?q=astronaut").text


def test_the_shortlist_shows_bands_quotes_and_the_way(consultant: Browser) -> None:
    page = consultant.get("/postings/p1").text

    assert page.index("engineer") < page.index("nurse")
    assert "beregner svejste rammer" in page
    assert "km i lige linje" in page
    assert "1 ønsker et andet område" in page  # the posting lies in Hobro, and one wants to work in Aarhus
    assert NAME not in page


def test_every_list_is_logged(consultant: Browser, service: Service) -> None:
    consultant.get("/postings/p1")

    [line] = [line for line in service.log.lines() if line.kind == "list_shown"]
    assert line.facts["query"] == {"kind": "posting", "id": "p1"}


def test_filters_cut_the_list_and_say_what_they_left_out(consultant: Browser) -> None:
    danish = consultant.get("/postings/p1?language=en").text
    wrong = consultant.get("/postings/p1?max_km=langt&municipality=Aalbrog")

    assert "uden for dine filtre" in danish
    assert wrong.status_code == 200
    assert "Skriv et tal" in wrong.text
    assert "Mente du Aalborg?" in wrong.text


def test_a_near_miss_names_what_would_have_to_give(consultant: Browser, engine: Engine) -> None:
    page = consultant.get("/postings/p1?max_km=1").text

    if engine.match_posting("p1")[0].band != "weak":
        assert "Hvis du tillader en længere afstand" in page


def test_an_id_with_a_slash_has_a_page(consultant: Browser) -> None:
    page = consultant.get("/candidates").text

    assert "/candidates/nurse~2Fda" in page
    assert consultant.get("/candidates/nurse~2Fda").status_code == 200
    assert consultant.get("/postings/p2/candidates/nurse~2Fda").status_code == 200


def test_a_pair_is_told_with_the_translation_and_its_bars(consultant: Browser) -> None:
    page = consultant.get(PAIR).text
    drawing = consultant.get(f"{PAIR}/contributions.svg")

    assert "Oversættelse" in page
    assert "Kompetencer over for krav" in page
    assert drawing.headers["content-type"].startswith("image/svg+xml")
    assert "style=" not in drawing.text


def test_a_verdict_is_kept_with_its_reason(consultant: Browser, service: Service) -> None:
    consultant.get(PAIR)
    page = consultant.send(
        f"{PAIR}/verdict", {"decision": "propose:competences", "note": "Ring mandag", "version": "0"}
    ).text

    verdict = service.log.verdict("p1", "engineer")
    assert verdict is not None
    assert (verdict.verdict, verdict.reason, verdict.note) == ("propose", "competences", "Ring mandag")
    assert "Gemt: engineer foreslås." in page
    assert "Nogen Testesen valgte" in page


def test_the_same_verdict_sent_twice_is_one(consultant: Browser, service: Service) -> None:
    consultant.get(PAIR)
    for _ in range(2):
        consultant.send(f"{PAIR}/verdict", {"decision": "propose:growth", "note": "", "version": "0"})

    verdict = service.log.verdict("p1", "engineer")
    assert verdict is not None
    assert verdict.version == 1


def test_the_second_consultant_is_told_and_keeps_what_was_typed(
    consultant: Browser, as_role: Callable[..., Browser]
) -> None:
    other = as_role("consultant", "anden@example.org", "Anden Testesen")
    consultant.get(PAIR)
    other.get(PAIR)
    consultant.send(f"{PAIR}/verdict", {"decision": "propose:growth", "note": "", "version": "0"})

    late = other.send(f"{PAIR}/verdict", {"decision": "reject:distance", "note": "Bor langt væk", "version": "0"})

    assert late.status_code == 409
    assert "Nogen Testesen traf en afgørelse" in late.text
    assert "Bor langt væk" in late.text
    assert 'value="reject:distance" selected' in late.text
    assert 'name="version" value="1"' in late.text


@pytest.mark.parametrize("decision", ["", "reject:age", "hold:other", "dance:growth"])
def test_a_verdict_without_a_reason_is_refused_with_words(consultant: Browser, decision: str, service: Service) -> None:
    consultant.get(PAIR)

    answer = consultant.send(f"{PAIR}/verdict", {"decision": decision, "note": "", "version": "0"})

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert service.log.verdict("p1", "engineer") is None


def test_whoever_is_proposed_elsewhere_is_marked(consultant: Browser) -> None:
    consultant.get("/postings/p2/candidates/engineer")
    consultant.send(
        "/postings/p2/candidates/engineer/verdict", {"decision": "propose:growth", "note": "", "version": "0"}
    )

    assert "Foreslået andre steder (1)" in consultant.get("/postings/p1").text


def test_a_script_in_a_note_is_shown_as_text(consultant: Browser) -> None:
    consultant.get(PAIR)
    page = consultant.send(
        f"{PAIR}/verdict", {"decision": "hold:other", "note": "<script>alert(1)</script>", "version": "0"}
    ).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_demand_added_by_a_person_is_on_the_list_at_once(consultant: Browser) -> None:
    consultant.get("/postings/p1/reading")
    added = consultant.send("/postings/p1/reading", {"action": "add", "label": "Projektledelse", "strength": "nice"})
    page = consultant.get("/postings/p1").text
    consultant.get("/postings/p1/reading")
    consultant.send("/postings/p1/reading", {"action": "undo", "label": "Projektledelse", "start": "0", "end": "0"})

    assert "Tilføjet: Projektledelse" in added.text
    assert "Projektledelse" in page
    assert "Projektledelse" not in consultant.get("/postings/p1").text


def test_a_wrong_correction_is_refused_and_kept(consultant: Browser) -> None:
    consultant.get("/postings/p1/reading")
    answer = consultant.send("/postings/p1/reading", {"action": "add", "label": "x" * 300, "strength": "must"})

    assert answer.status_code == 422
    assert "x" * 300 in answer.text


def test_a_posting_is_closed_and_opened_again(consultant: Browser) -> None:
    consultant.get("/postings/p1")
    closed = consultant.send("/postings/p1/state", {"state": "filled"}).text
    listed = consultant.get("/postings?state=filled").text
    opened = consultant.send("/postings/p1/state", {"state": "open"}).text

    assert "Stillingen er besat" in closed
    assert "Maskiningeniør" in listed
    assert "Stillingen er besat" not in opened


def test_a_pasted_posting_is_ranked_and_not_kept(consultant: Browser, service: Service) -> None:
    consultant.get("/paste")
    page = consultant.send("/paste", {"title": "", "text": WELDING_POSTING, "postcode": "9000"}).text
    empty = consultant.send("/paste", {"title": "", "text": " ", "postcode": ""})

    assert "engineer" in page
    assert "ikke gemt" in page
    assert service.engine.store.count("posting") == 2
    assert empty.status_code == 422


def test_two_candidates_stand_side_by_side(consultant: Browser) -> None:
    page = consultant.get("/postings/p1/compare?candidate=engineer&candidate=nurse").text
    few = consultant.get("/postings/p1/compare?candidate=engineer").text

    assert "Sammenlign kandidater" in page
    assert "Vælg to eller tre" in few


def test_an_export_opens_in_a_spreadsheet_and_is_logged(consultant: Browser, service: Service) -> None:
    lines = consultant.get("/postings/p1/shortlist.csv").content.decode("utf-8-sig").splitlines()
    sheet = load_workbook(BytesIO(consultant.get("/postings/p1/shortlist.xlsx").content)).active
    paper = consultant.get("/postings/p1/print").text

    assert lines[0].split(";")[:2] == ["Plads", "Kandidat"]
    assert lines[1].split(";")[1] == "engineer"
    assert sheet is not None
    assert sheet["B2"].value == "engineer"
    assert "engineer" in paper
    assert [line.kind for line in service.log.lines()].count("export") == 3


def test_candidates_are_found_by_words_in_another_language_too(consultant: Browser) -> None:
    page = consultant.get("/candidates?q=rygestopkursus").text

    nurse, engineer = page.find("/candidates/nurse~2Fda"), page.find('"/candidates/engineer"')
    assert nurse > 0
    assert engineer == -1 or nurse < engineer


def test_contact_stands_only_where_it_is_asked_for(consultant: Browser) -> None:
    for path in ("/candidates", "/candidates/engineer", "/postings/p1", PAIR, f"{PAIR}/card", "/companies/e1"):
        page = consultant.get(path)
        assert page.status_code == 200
        assert not [told for told in (NAME, EMAIL, PHONE) if told in page.text]
    contact = consultant.get("/candidates/engineer/contact").text

    assert NAME in contact
    assert EMAIL in contact


def test_the_card_does_not_name_the_candidate(consultant: Browser) -> None:
    card = consultant.get(f"{PAIR}/card").text

    assert "engineer" not in card.partition("<main")[2].partition("</main>")[0]


def test_a_company_shows_its_postings_and_what_came_of_proposals(consultant: Browser) -> None:
    consultant.get(PAIR)
    consultant.send(f"{PAIR}/verdict", {"decision": "propose:competences", "note": "", "version": "0"})
    listed = consultant.get("/companies").text
    page = consultant.get("/companies/e1").text
    named = consultant.get("/companies/name:Sundhedshuset")

    assert "Maskinværket" in listed
    assert "Sundhedshuset" in listed
    assert "2019: maskiningeniør" in page
    assert "foreslå" in page
    assert named.status_code == 200
    assert consultant.get("/companies/none").status_code == 404
