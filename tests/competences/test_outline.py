"""Lines of a section with what stands above them."""

from matcher.competences.outline import lines
from matcher.records import Kind, Section


def read(text: str, kind: Kind = "posting") -> list[tuple[str, str]]:
    whole = Section(kind="other", start=0, end=len(text), language="da")
    return [(text[line.start : line.end], line.lead) for line in lines(text, whole, kind)]


def test_items_know_the_lead_in_of_their_list() -> None:
    assert read("Vi forventer, at du:\n- kan SQL\n- kan Excel") == [
        ("kan SQL", "Vi forventer, at du:"),
        ("kan Excel", "Vi forventer, at du:"),
    ]


def test_a_heading_of_wishes_ends_with_its_list() -> None:
    found = dict(read("Nice to have\n- SQL\n\nDu er nysgerrig og god til at samarbejde med andre."))
    assert found == {"SQL": "Nice to have", "Du er nysgerrig og god til at samarbejde med andre.": ""}


def test_an_abbreviation_in_capitals_is_no_heading() -> None:
    assert [line for line, _ in read("Python\nSQL\nGod til at forklare ting for andre")] == [
        "Python",
        "SQL",
        "God til at forklare ting for andre",
    ]


def test_arrows_and_angle_brackets_are_bullets() -> None:
    assert [line for line, _ in read("Du:\n→ kan SQL\n> kan Excel")] == ["kan SQL", "kan Excel"]


def test_the_line_of_a_cv_that_names_an_entry_is_one_line() -> None:
    text = "ERFARING\n\nPraktikant, Studio Nord · aug. 2023 – jun. 2024\nTegnede plakater."
    assert next(line for line, _ in read(text, "candidate")) == "Praktikant, Studio Nord · aug. 2023 – jun. 2024"


def test_a_heading_in_the_line_of_its_text_is_the_lead_in_of_that_line() -> None:
    assert read("Krav: SQL og Excel.\nPluses: Python, Polish.") == [
        ("SQL og Excel.", "Krav: "),
        ("Python, Polish.", "Pluses: "),
    ]
