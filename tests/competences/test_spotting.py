"""Concepts in sentences as CVs and postings say them, and the traps that must not fire."""

from importlib.resources import files

import pytest

from matcher.competences.concepts import read_vocabulary
from matcher.competences.spotting import decoys, forms_of, spot
from matcher.records import Language

pytestmark = pytest.mark.slow


def ids(text: str, language: Language = "da") -> set[str]:
    return {found.concept.id for found in spot(text, language)}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Du har erfaring med R, SPSS eller Stata", {"r-language", "spss", "stata"}),
        ("Kompetencer: R, Excel", {"r-language", "excel"}),
        ("Jeg har kodet firmware i C og C++", {"c-language", "cpp"}),
        ("node.js-udvikler med .NET som bagland", {"nodejs", "dotnet"}),
        ("Projektledelsens udfordringer", {"project-management"}),
        ("Du er Python-udvikler og laver GIS-analyser", {"python", "gis"}),
        ("databaseadministration", {"database-administration"}),
        ("projekt- og teamledelse", {"project-management", "people-management"}),
        ("Design af UX/UI", {"ux-design", "ui-design"}),
        ("god til word, excel og outlook", {"microsoft-word", "excel", "outlook"}),
        ("Du er stærk i excel", {"excel"}),
        ("KENDSKAB TIL R, SPSS OG STATA", {"r-language", "spss", "stata"}),
        ("certificering i ISO9001", {"iso-9001"}),
        ("Du skriver Python3", {"python"}),
        ("Kørekort kategori B er et krav", {"driving-licence-b"}),
        ("Bogføring i e-conomic", {"bookkeeping", "e-conomic"}),
    ],
)
def test_danish_sentences_name_their_concepts(text: str, concepts: set[str]) -> None:
    assert concepts <= ids(text)


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Programming skills in R and Python", {"r-language", "python"}),
        ("React, Node.js and TypeScript", {"react", "nodejs", "typescript"}),
        ("Managing stakeholders across departments", {"stakeholder-management"}),
        ("qualitative and quantitative methods", {"mixed-methods"}),
        ("Advanced Excel and Word", {"excel", "microsoft-word"}),
        ("fluent in Danish", {"danish-language"}),
        ("Docker and kubernetes", {"docker", "kubernetes"}),
    ],
)
def test_english_sentences_name_their_concepts(text: str, concepts: set[str]) -> None:
    assert concepts <= ids(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "Vi har en stand på messen.",
        "Din chef hedder Form.",
        "Vitamin C er godt, og R er et bogstav.",
        "Go til opgaven med godt humør",
        "Rust på metallet",
        "Han tog ordet og gav sit word",
        "Hjemmesiden blev lavet uden at kode",
        "God kemi med kollegerne",
        "Samlede stumperne og samler på frimærker",
        "Vi har en stærk servicekultur i teams",
    ],
)
def test_danish_traps_stay_silent(text: str) -> None:
    assert not ids(text) & {
        "r-language",
        "c-language",
        "golang",
        "rust",
        "microsoft-word",
        "programming",
        "chemistry",
        "identity-access-management",
        "servicenow",
        "microsoft-teams",
        "trade-fairs",
        "people-management",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Excel in your new role",
        "Access to a gym and free lunch",
        "We drive our teams forward",
        "You keep your word and give access to others",
        "Spring is coming, and we react to change",
        "Go the extra mile",
        "A safe environment with a clear outlook",
        "CPR on a dummy",
        "A law firm in Aalborg",
    ],
)
def test_english_traps_stay_silent(text: str) -> None:
    assert not ids(text, "en") & {
        "excel",
        "microsoft-access",
        "microsoft-teams",
        "microsoft-word",
        "spring-boot",
        "react",
        "golang",
        "safe-scaled-agile",
        "outlook",
        "civil-registration",
        "law",
        "google-workspace",
    }


def test_spots_are_slices_of_the_text_in_order() -> None:
    text = "😀 Du kan Python, projekt\u00adledelse\tog bogføring."

    spots = spot(text, "da")

    assert [text[found.start : found.end] for found in spots] == ["Python", "projekt\u00adledelse", "bogføring"]


def test_capitals_make_a_name_uncertain() -> None:
    [word] = [found for found in spot("HOLD DIT EXCEL", "da") if found.concept.id == "excel"]

    assert word.certainty < 0.5


def test_two_meanings_are_both_given_only_where_both_rules_hold() -> None:
    assert ids("GCP i kliniske forsøg") & {"gcp", "google-cloud"} == {"gcp"}
    assert not ids("GCP") & {"gcp", "google-cloud"}


def test_no_form_is_under_two_context_rules() -> None:
    crowded = [
        (concept.id, form)
        for concept in read_vocabulary()
        for form in concept.forms
        if sum(bool(rule.context) for rule in concept.rules_for(form)) > 1
    ]

    assert crowded == [], "the tagger would take either context for enough"


def test_every_form_of_a_concept_becomes_a_form_of_the_tagger() -> None:
    for concept in read_vocabulary():
        assert {form.text for form in forms_of(concept)} >= set(concept.forms)


def test_decoys_are_whole_lines_with_a_reason() -> None:
    header, *lines = files("matcher.competences").joinpath("decoys.tsv").read_text(encoding="utf-8").splitlines()

    assert header.split("\t") == ["phrase", "why"]
    assert all(len(line.split("\t")) == 2 and all(line.split("\t")) for line in lines)
    assert all(form.target == "" for form in decoys())


def test_a_decoy_is_no_form() -> None:
    forms = {form.casefold() for concept in read_vocabulary() for form in concept.forms}

    assert {form.text.casefold() for form in decoys()} & forms == set()
