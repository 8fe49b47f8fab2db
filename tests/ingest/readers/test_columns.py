"""Reading order on generated pages: columns one by one, dates and headings of a margin beside their lines."""

import pypdfium2
import pytest

from matcher.ingest.readers.pdf_page import page_text
from tests.ingest.documents import Line, interleaved, one_column, pdf

LEFT = [f"venstre linje {number} med ord om analyse" for number in range(12)]
RIGHT = [f"højre linje {number} med ord om ledelse" for number in range(12)]


def lines_of(page: list[Line]) -> list[str]:
    document = pypdfium2.PdfDocument(pdf(page))
    try:
        return page_text(document[0]).split("\n")
    finally:
        document.close()


@pytest.mark.parametrize("leading", [14, 15.5], ids=["on the same lines", "on lines of their own"])
def test_two_columns_drawn_row_by_row_are_read_one_after_the_other(leading: float) -> None:
    page = interleaved(one_column(LEFT), one_column(RIGHT, left=310, leading=leading))

    assert lines_of(page) == LEFT + RIGHT


def test_a_name_over_the_page_comes_before_both_columns() -> None:
    name = "Anna Eksempel, kandidat i planlægning med en lang undertitel der går hen over begge spalter på siden"
    page = [(60.0, 800.0, name), *interleaved(one_column(LEFT, top=760), one_column(RIGHT, left=310, top=760))]

    assert lines_of(page) == [name, *LEFT, *RIGHT]


def test_a_narrow_sidebar_is_a_column_also_when_it_is_shorter() -> None:
    sidebar = ["Kontakt", "Aalborg", "Sprog", "Dansk", "Engelsk", "Tysk"]
    page = interleaved(one_column(sidebar), one_column(RIGHT, left=200))

    assert lines_of(page) == sidebar + RIGHT


def test_three_columns_under_two() -> None:
    lower = [[f"{name} {number}" for number in range(6)] for name in ("programmer", "metoder", "sprog")]
    columns = [one_column(texts, left=60 + 170 * place, top=500) for place, texts in enumerate(lower)]
    across = "En linje over hele siden skiller de to dele, så det er til at se, hvor den nye begynder og slutter"
    page = [
        *interleaved(one_column(LEFT), one_column(RIGHT, left=310)),
        (60.0, 560.0, across),
        *(line for row in zip(*columns, strict=True) for line in row),
    ]

    assert lines_of(page) == [*LEFT, *RIGHT, across, *lower[0], *lower[1], *lower[2]]


def test_a_heading_under_two_columns_stays_with_the_lines_it_heads() -> None:
    text = ["En lang linje om erfaring går fra kant til kant og hører til under overskriften Erfaring her"] * 3
    page = [
        *interleaved(one_column(LEFT), one_column(RIGHT, left=310)),
        (60.0, 590.0, "Erfaring"),
        *one_column(text, top=570),
    ]

    assert lines_of(page) == [*LEFT, *RIGHT, "Erfaring", *text]


def test_dates_in_the_margin_stay_beside_what_they_date() -> None:
    jobs = [f"{2015 + number} – {2016 + number}" for number in range(6)]
    places = [f"Konsulent i en virksomhed nummer {number}" for number in range(6)]
    page = interleaved(one_column(jobs), one_column(places, left=160))

    assert [line.split("\t") for line in lines_of(page)] == [list(pair) for pair in zip(jobs, places, strict=True)]


def test_dates_at_the_right_edge_stay_beside_what_they_date() -> None:
    jobs = [f"Konsulent i en virksomhed nummer {number}" for number in range(6)]
    dates = [f"{2015 + number} – {2016 + number}" for number in range(6)]
    page = interleaved(one_column(jobs), one_column(dates, left=450))

    assert [line.split("\t") for line in lines_of(page)] == [list(pair) for pair in zip(jobs, dates, strict=True)]


def test_headings_in_the_margin_stand_on_a_line_of_their_own_before_their_text() -> None:
    texts = [f"Linje {number} om det, som overskriften i margenen nævner" for number in range(12)]
    heights = [780 - 14 * number - 10 * (number // 4) for number in range(12)]
    headings = ["Erfaring", "Uddannelse", "Sprog"]
    page = [(60.0, float(heights[4 * number]), heading) for number, heading in enumerate(headings)]
    page += [(180.0, float(height), text) for height, text in zip(heights, texts, strict=True)]

    assert lines_of(page) == ["Erfaring", *texts[:4], "Uddannelse", *texts[4:8], "Sprog", *texts[8:]]


def test_bullets_are_no_column() -> None:
    texts = [f"punkt {number} i en liste over opgaver" for number in range(8)]
    page = interleaved(one_column(["•"] * 8, left=66), one_column(texts, left=84))

    assert lines_of(page) == [f"• {text}" for text in texts]


def test_one_column_keeps_the_order_of_the_file() -> None:
    assert lines_of(one_column(LEFT)) == LEFT
