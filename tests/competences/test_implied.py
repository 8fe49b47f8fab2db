"""What a study programme implies is a guess, is marked as one, and names what it was guessed from."""

import pytest

from matcher.competences.concepts import concepts_by_id
from matcher.competences.implied import implied_competences
from matcher.ingest.build import prepare
from matcher.labour.programmes import read_programmes
from matcher.records import Candidate, Competence

CV = """Uddannelse
Cand.scient. i teknoantropologi, Aalborg Universitet, 2024

Kompetencer
Python
"""
ENGLISH_CV = """Education
MSc Techno-Anthropology, Aalborg University, 2024
"""
ANTHROPOLOGY = next(programme for programme in read_programmes() if programme.id == "msc-techno-anthropology")


def a_candidate(text: str, programme: str | None = None) -> Candidate:
    prepared = prepare(text, "candidate")
    return Candidate(
        id="c", text=prepared.text, language=prepared.language, sections=prepared.sections, programme=programme
    )


def implied(text: str, programme: str | None = None) -> list[Competence]:
    return list(implied_competences(a_candidate(text, programme)))


def test_a_programme_implies_its_competences_with_their_weights() -> None:
    found = {competence.concept: competence.confidence for competence in implied(CV)}

    assert found == {item.concept: item.weight for item in ANTHROPOLOGY.implied}


def test_every_one_of_them_says_that_it_is_implied_and_by_what() -> None:
    for competence in implied(CV):
        assert competence.programme == ANTHROPOLOGY.id
        assert competence.source == "education"
        assert competence.evidence == "Cand.scient. i teknoantropologi"
        assert competence.evidence == CV[competence.start : competence.end]
        assert competence.confidence is not None
        assert 0.2 <= competence.confidence <= 0.9


@pytest.mark.parametrize(("text", "language"), [(CV, "da"), (ENGLISH_CV, "en")])
def test_they_are_called_by_their_name_in_the_language_of_the_cv(text: str, language: str) -> None:
    found = {competence.concept: competence.label for competence in implied(text)}

    assert found["ethnography"] == getattr(concepts_by_id()["ethnography"], language)


def test_they_carry_the_concept_of_esco_where_there_is_one() -> None:
    uris = {competence.concept: competence.uri for competence in implied(CV)}

    assert uris["ethnography"] == f"http://data.europa.eu/esco/{concepts_by_id()['ethnography'].esco}"
    assert uris["techno-anthropology"] is None


def test_the_programme_of_the_record_counts_without_a_word_in_the_cv() -> None:
    found = implied("Kompetencer\nPython\n", programme="Teknoantropologi, kandidat")

    assert {competence.programme for competence in found} == {ANTHROPOLOGY.id}
    assert {(competence.evidence, competence.start, competence.end) for competence in found} == {("", 0, 0)}


def test_a_programme_named_twice_implies_once_and_the_cv_is_what_names_it() -> None:
    found = implied(CV, programme="Cand.scient. i teknoantropologi")

    assert len(found) == len(ANTHROPOLOGY.implied)
    assert {competence.evidence for competence in found} == {"Cand.scient. i teknoantropologi"}


def test_the_words_that_name_a_programme_are_found_wherever_they_stand() -> None:
    text = f"Profil\nJeg er 😀 og nysgerrig.\n\n{CV}"

    assert {text[found.start : found.end] for found in implied(text)} == {"Cand.scient. i teknoantropologi"}


def test_two_programmes_imply_both() -> None:
    text = "Uddannelse\nCand.scient. i teknoantropologi, AAU, 2024\nBachelor i historie, AAU, 2022\n"

    assert len({competence.programme for competence in implied(text)}) == 2


def test_a_programme_told_outside_education_implies_nothing_where_education_stands() -> None:
    text = f"{CV}\nErfaring\nStudiementor for bachelor i historie, Aalborg Universitet\n"

    assert {competence.programme for competence in implied(text)} == {ANTHROPOLOGY.id}


@pytest.mark.parametrize(
    ("text", "programme"), [("Kompetencer\nPython\n", None), ("Kompetencer\nPython\n", "noget andet"), ("...", "")]
)
def test_without_a_programme_nothing_is_implied(text: str, programme: str | None) -> None:
    assert implied(text, programme) == []


def test_a_cv_without_headings_is_searched_as_well() -> None:
    found = implied("Jeg er cand.scient. i teknoantropologi fra Aalborg Universitet og søger arbejde.")

    assert {competence.programme for competence in found} == {ANTHROPOLOGY.id}
