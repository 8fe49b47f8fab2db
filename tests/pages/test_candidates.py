"""Candidates: found by a few words in either language, cut by places and fields, and shown with what their CV says."""

from dataclasses import replace

import pytest

from api.service import Service
from matcher.engine import Engine
from matcher.records import Contact
from tests.builders import a_candidate
from tests.pages.conftest import NAME, Browser


def rows(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('<th scope="row"><a href="/candidates/')[1:]]


def test_words_are_ranked_by_the_engine_and_shown_with_what_the_cv_says(consultant: Browser) -> None:
    page = consultant.get("/candidates?q=SolidWorks og Ansys").text

    assert rows(page)[0] == "engineer"
    assert "<q>SolidWorks</q>" in page
    assert NAME not in page


def test_a_search_is_a_list_that_was_shown_and_the_log_does_not_hold_its_words(
    consultant: Browser, service: Service
) -> None:
    consultant.get("/candidates?q=hemmelig%20svejsning")
    [line] = [line for line in service.log.lines() if line.kind == "list_shown"]

    assert line.facts["query"] == {"kind": "posting", "id": None}
    assert line.facts["rows"]
    assert "hemmelig" not in line.content


def test_a_search_is_cut_by_a_free_set_of_municipalities(consultant: Browser, engine: Engine) -> None:
    north = replace(a_candidate("north"), postcode="9990")  # no municipality is written: Skagen lies in Frederikshavn
    engine.store.save([(north, Contact())])

    assert rows(consultant.get("/candidates?municipality=Frederikshavn").text) == ["north"]
    assert rows(consultant.get("/candidates?municipality=frederikshavn kommune, Aalborg").text) == ["engineer", "north"]
    assert rows(consultant.get("/candidates?q=SolidWorks&municipality=RAR Nordjylland").text) == ["engineer", "north"]
    assert "(1)" in consultant.get("/candidates").text.split('value="Frederikshavn"')[1][:40]


def test_an_unknown_municipality_is_told_and_asks_nothing(consultant: Browser) -> None:
    page = consultant.get("/candidates?municipality=Ålborgg").text

    assert "Mente du" in page
    assert len(rows(page)) == 3


@pytest.mark.parametrize("words", ["%20", ",,;", "' OR 1=1 --", "<script>alert(1)</script>", "x" * 200])
def test_any_words_are_only_words(consultant: Browser, words: str) -> None:
    answer = consultant.get(f"/candidates?q={words}")

    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_an_unknown_postcode_says_so_on_the_page(consultant: Browser, engine: Engine) -> None:
    engine.store.save([(replace(a_candidate("nowhere"), postcode="0001"), Contact())])

    assert "Postnummeret 0001 findes ikke" in consultant.get("/candidates/nowhere").text
    assert "postnummeret 0001 står ikke i tabellen" in consultant.get("/postings/p1").text


def test_a_study_programme_that_only_the_cv_names_is_shown_and_counted(consultant: Browser, engine: Engine) -> None:
    cv = "Uddannelse\n2024-2026 Cand.scient.soc. i sociologi, Aalborg Universitet\n\nErfaring\nInterview og analyse.\n"
    engine.store.save([(a_candidate("sociologist", cv), Contact())])
    page = consultant.get("/candidates/sociologist").text

    assert "ociolog" in page.split("<dd>")[1]
    assert "læst i" in page
    assert rows(consultant.get("/candidates?family=03").text) == ["sociologist"]
