"""The language of short and long texts: Danish lists full of English tool names above all."""

import pytest

from matcher.ingest.language import detect, named
from matcher.privacy.mask import FILLER
from matcher.records import Language

EXAMPLES: list[tuple[str, Language]] = [
    ("Erfaring med Python og SQL", "da"),
    ("Du har erfaring med Power BI", "da"),
    ("God til Excel", "da"),
    ("cand.merc. i økonomistyring", "da"),
    ("Skriver og taler flydende dansk", "da"),
    ("Jeg har jobbet som vikar i en børnehave", "da"),
    ("Projektledelse", "da"),
    ("Kommunikation", "da"),
    ("Dansk: modersmål", "da"),
    ("Sprog: dansk, engelsk, lidt tysk", "da"),
    ("- Docker, Kubernetes og GitHub Actions\n- CI/CD med Azure DevOps\n- test af REST API'er", "da"),
    ("Revit, Robot Structural Analysis, Abaqus, Excel (jeg laver helst mine egne regneark), lidt Dynamo", "da"),
    ("Google Ads, Meta Business Suite, HubSpot, WordPress til husbehov", "da"),
    ("Studentermedhjælper hos Business Intelligence Center", "da"),
    ("Machine learning og deep learning i PyTorch", "da"),
    ("Bygget dashboards i Power BI til salgsafdelingen", "da"),
    ("Frivillig i Røde Kors", "da"),
    ("Kørekort B", "da"),
    ("Vi tilbyder et job med flekstid", "da"),
    ("UDDANNELSE OG KURSER", "da"),
    ("Scrum master i et team på otte", "da"),
    ("Jeg arbejder selvstændigt og struktureret, og jeg er god til at formidle", "da"),
    ("Praktik i HR", "da"),
    ("Experience with Python", "en"),
    ("Teamwork and planning", "en"),
    ("I have worked", "en"),
    ("Danish: native. English: fluent", "en"),
    ("Danish (native), English (fluent), German (basic)", "en"),
    ("Studied at Aalborg Universitet in Denmark", "en"),
    ("Set up GA4 events and a Looker Studio report", "en"),
    ("Driving licence B", "en"),
    ("You hold an MSc in biotechnology, chemical engineering or food technology", "en"),
    ("Bachelor of Nursing, UCN", "en"),
    ("Project management in the public sector", "en"),
    ("Worked for Rambøll and Ørsted in Nørresundby", "en"),
    ("Ich habe Erfahrung mit Python und SQL", "other"),
    ("Jag har erfarenhet av programmering och projektledning i Sverige", "other"),
    ("Jeg har jobbet med utdanning og kunnskap, også på norsk høyskole", "other"),
    ("Mam doświadczenie w programowaniu oraz zarządzaniu projektami", "other"),
    ("Tengo experiencia en la gestión de proyectos y en la enseñanza", "other"),
    ("Je parle français et je travaille avec des projets de recherche", "other"),
]


@pytest.mark.parametrize(("text", "language"), EXAMPLES)
def test_a_short_text_is_told_right(text: str, language: Language) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["Python, SQL, Excel", "Docker\nGit", "", "12 34", "C++", FILLER * 30])
def test_what_tells_nothing_takes_the_languages_of_its_document(text: str) -> None:
    assert detect(text, default="da") == "da"
    assert detect(text, default="en") == "en"


def test_a_text_without_letters_is_in_no_language() -> None:
    assert detect("2019 - 2023 12 %") == "other"


def test_a_mixed_text_goes_to_the_larger_half() -> None:
    danish = "Jeg har skrevet min opgave om vand og varme i kommunerne. "

    assert detect(danish * 3 + "I speak English well.") == "da"
    assert detect(danish + "I have written about water, heat and the people who pay for both of them. " * 3) == "en"


def test_masked_stretches_do_not_count() -> None:
    assert detect(f"{FILLER * 400} Erfaring med Python og SQL") == "da"


def test_the_same_text_always_gets_the_same_answer() -> None:
    assert len({detect("Kommunikation og planning") for _ in range(5)}) == 1


@pytest.mark.parametrize(
    ("value", "language"),
    [("da", "da"), ("da-DK", "da"), ("Dansk", "da"), ("EN", "en"), ("en_GB", "en"), ("English", "en"), ("de", "other")],
)
def test_a_language_field_is_understood_in_its_usual_spellings(value: str, language: Language) -> None:
    assert named(value) == language


def test_a_field_that_names_no_language_is_not_understood() -> None:
    assert named("klingon") is None
