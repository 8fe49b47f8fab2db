"""What a sentence of a posting is for."""

import pytest

from matcher.competences.boilerplate import purpose_of


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi er Danmarks førende inden for robotteknologi.",
        "Vores produkter bruges af landmænd i hele Europa.",
        "We are a leading supplier of pumps.",
        "Nordlys Robotics A/S udvikler robotter til fødevareindustrien.",
    ],
)
def test_what_the_company_is_and_makes_is_no_demand(sentence: str) -> None:
    assert purpose_of(sentence, "other") == "company"


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi tilbyder pension, frokostordning og fleksible arbejdstider.",
        "We offer a good salary and free fruit.",
        "Du får en mentor de første tre måneder.",
    ],
)
def test_benefits_are_no_demand(sentence: str) -> None:
    assert purpose_of(sentence, "other") == "offer"


@pytest.mark.parametrize(
    "sentence",
    [
        "Send din ansøgning og CV senest den 1. maj.",
        "Apply online no later than 1 May.",
        "Vi opfordrer alle uanset alder, køn og baggrund til at søge.",
        "Equal opportunities: we welcome everyone.",
    ],
)
def test_how_to_apply_and_equal_opportunities_are_no_demand(sentence: str) -> None:
    assert purpose_of(sentence, "other") in ("application", "offer", "unclear")


def test_a_sentence_to_you_demands_also_in_running_text_without_headings() -> None:
    assert purpose_of("Du har erfaring med bogføring.", "other") == "asks"
    assert purpose_of("You will run our laboratory.", "other") == "does"


def test_a_demand_in_the_wrong_section_is_still_a_demand() -> None:
    assert purpose_of("Du skal have kørekort.", "offer") == "asks"


def test_items_below_a_lead_in_belong_to_it() -> None:
    assert purpose_of("bogføring", "other", lead="Vi forventer, at du har erfaring med:", bullet=True) == "asks"
    assert purpose_of("bogføring", "about", bullet=True) == "company"


def test_the_language_spoken_at_work_is_a_demand() -> None:
    assert purpose_of("Vi taler dansk til daglig.", "tasks") == "asks"
