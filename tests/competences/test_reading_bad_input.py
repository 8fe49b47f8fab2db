"""Texts as nobody should write them, and as many do."""

import pytest

from matcher.competences.reading import read_candidate, read_posting, spans
from matcher.extraction import extract_candidate, extract_posting
from tests.competences.spotters import candidate, posting, spot_words


def test_a_posting_that_is_only_boilerplate_demands_nothing() -> None:
    text = (
        "Om os\nVi er en af landets førende producenter af pumper med 300 medarbejdere.\n\n"
        "Vi tilbyder\nPension, frokostordning, flekstid og kurser i Excel.\n\n"
        "Ansøgning\nSend din ansøgning og dit CV senest den 1. maj. Vi holder samtaler løbende.\n"
        "Vi opfordrer alle uanset alder, køn og baggrund til at søge."
    )
    assert read_posting(posting(text), spot=spot_words) == ()


def test_a_cv_that_is_a_list_of_buzzwords_is_read_word_by_word() -> None:
    text = "Python, SQL, Excel, Power BI, projektledelse, blockchainstrategi, kanbanflow, nysgerrig"
    found = {held.concept or held.evidence for held in read_candidate(candidate(text), spot=spot_words)}
    assert {"python", "sql", "excel", "power-bi", "project-management", "curiosity"} <= found


def test_a_table_is_read_cell_by_cell() -> None:
    text = "Kompetencer\nVærktøj | Niveau\nPython | 5 år\nSQL | rutineret\nSvejserobotter\tlidt"
    found = {held.evidence for held in read_candidate(candidate(text), spot=spot_words)}
    assert {"Python", "SQL", "Svejserobotter"} <= found


def test_capitals_do_not_hide_demands() -> None:
    text = "DIN PROFIL\n- DU HAR ERFARING MED SQL\n- PYTHON ER EN FORDEL\n- DU BEHØVER IKKE KENDE EXCEL"
    found = {demand.concept: demand.strength for demand in read_posting(posting(text), spot=spot_words)}
    assert found == {"sql": "must", "python": "nice"}


def test_text_without_punctuation_is_read() -> None:
    text = "vi søger dig der har erfaring med sql og kan python du er nysgerrig og har kørekort"
    found = {demand.concept for demand in read_posting(posting(text), spot=spot_words)}
    assert {"sql", "python", "curiosity", "driving-licence-b"} <= found


def test_two_languages_in_one_sentence_are_read() -> None:
    text = "Du har strong experience with SQL og kan arbejde i et agile team, og Python is a plus."
    found = {demand.concept: demand.strength for demand in read_posting(posting(text), spot=spot_words)}
    assert (found["sql"], found["python"]) == ("must", "nice")


@pytest.mark.slow
def test_sixty_pages_are_read_to_the_end() -> None:
    page = "Du skriver notater og holder møder med borgere. " * 60 + "\n\n"
    text = page * 60 + "Krav\n- SQL"
    assert read_posting(posting(text), spot=spot_words)[-1].evidence == "SQL"


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "•\n•\n"])
def test_nothing_gives_nothing(text: str) -> None:
    assert extract_posting(text).demands == ()
    assert extract_candidate(text).competences == ()
    assert spans(text) == []


def test_a_long_line_of_repeated_marks_ends_quickly() -> None:
    for text in ("a " * 5_000, "," * 5_000, "og " * 5_000, "(" * 5_000, "du " * 5_000, "er, " * 5_000, "sql " * 2_000):
        assert isinstance(read_posting(posting("Krav\n- " + text), spot=spot_words), tuple)
