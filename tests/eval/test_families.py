import doctest

import pytest

from eval import families
from eval.families import BROAD_FIELDS, UNKNOWN, broad_field, discipline_family
from matcher.labour import read_programmes
from matcher.messages.catalogue import catalogue
from matcher.records import Candidate


def test_the_examples_in_the_docstrings_are_true() -> None:
    result = doctest.testmod(families)

    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("programme", [None, "", "  ", "Livets skole", "Noget helt andet"])
def test_a_programme_that_nobody_knows_stands_apart(programme: str | None) -> None:
    assert broad_field(programme) == UNKNOWN


def test_a_programme_is_known_by_its_id_and_by_its_name() -> None:
    known = read_programmes()[0]

    assert broad_field(known.id) == known.iscedf[:2]
    assert broad_field("MSc in Mathematics-Statistics") == "05"


def test_every_programme_belongs_to_a_broad_field_that_has_a_name_in_both_languages() -> None:
    for language in ("da", "en"):
        named = {field for field in (*BROAD_FIELDS, UNKNOWN) if f"report.family.{field}" in catalogue(language)}
        assert named == {*BROAD_FIELDS, UNKNOWN}
    assert {programme.iscedf[:2] for programme in read_programmes()} <= set(BROAD_FIELDS)


def test_a_pair_belongs_to_the_field_of_its_candidate() -> None:
    group = discipline_family(
        [
            Candidate(id="c1", text="CV", language="da", programme="Cand.scient.soc. i sociologi"),
            Candidate(id="c2", text="CV", language="da"),
        ]
    )

    assert group("p1", "c1") == "03"
    assert group("p1", "c2") == UNKNOWN
