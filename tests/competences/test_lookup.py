"""Looking up a competence by what somebody types, in either language."""

import pytest

from matcher.competences.concepts import read_vocabulary
from matcher.competences.lookup import look_up


@pytest.mark.parametrize("typed", ["projektledelse", "Project  Management", "PROJEKTLEDELSE "])
def test_the_name_itself_comes_first_in_either_language(typed: str) -> None:
    assert look_up(typed)[0].id == "project-management"


def test_every_concept_is_found_by_both_its_names() -> None:
    for concept in read_vocabulary()[::250]:
        assert concept.id in [found.id for found in look_up(concept.da, limit=30)]
        assert concept.id in [found.id for found in look_up(concept.en, limit=30)]


@pytest.mark.parametrize("typed", ["", " ", "x", "zzzzzz", "%", "' OR 1=1"])
def test_what_names_nothing_finds_nothing(typed: str) -> None:
    assert look_up(typed) == []


def test_a_concept_is_found_once_and_no_more_than_asked_for() -> None:
    found = [concept.id for concept in look_up("an", limit=7)]

    assert len(found) == len(set(found)) == 7
