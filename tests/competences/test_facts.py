"""Languages, education and years."""

import pytest

from matcher.competences.facts import degrees, experience, languages


def spoken(text: str) -> list[tuple[str | None, str | None]]:
    return [(fact.concept, fact.level) for fact in languages(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Dansk (modersmål)", "native"),
        ("Danish: native", "native"),
        ("flydende dansk", "fluent"),
        ("dansk i skrift og tale", "professional"),
        ("Danish C1", "C1"),
        ("lidt dansk", "basic"),
        ("Danish", None),
    ],
)
def test_a_language_has_its_level(text: str, level: str | None) -> None:
    assert spoken(text) == [("danish-language", level)]


def test_each_language_of_a_list_has_its_own_level() -> None:
    assert spoken("Dansk (modersmål), engelsk (flydende), tysk B1") == [
        ("danish-language", "native"),
        ("english-language", "fluent"),
        ("german-language", "B1"),
    ]


def test_a_level_after_a_list_is_for_all_of_it() -> None:
    assert {level for _, level in spoken("You master Danish and English in speech and writing")} == {"professional"}


@pytest.mark.parametrize(
    "text", ["Danish employment law", "dansk lovgivning", "polish the surface", "engelsk litteratur"]
)
def test_an_adjective_is_no_language(text: str) -> None:
    assert spoken(text) == []


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Du har en kandidatgrad i biologi", "master"),
        ("cand.merc. i økonomistyring", "master"),
        ("a bachelor's degree in physics", "bachelor"),
        ("ph.d. i kemi", "phd"),
        ("uddannet laborant", None),
        ("a relevant education", None),
    ],
)
def test_a_degree_has_its_level(text: str, level: str | None) -> None:
    assert [fact.level for fact in degrees(text, 0, len(text))][:1] == [level]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("mindst 3 års erfaring med salg", 3),
        ("two years of professional experience", 2),
        ("2-5 års relevant erfaring", 2),
        ("et par års erfaring fra revision", 2),
        ("5+ years of experience", 5),
    ],
)
def test_years_of_experience_are_counted(text: str, years: float) -> None:
    assert [fact.years for fact in experience(text, 0, len(text))][:1] == [years]


def test_a_company_age_is_no_experience() -> None:
    assert list(experience("Vi har 30 år på bagen", 0, 21)) == []
