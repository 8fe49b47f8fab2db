"""The broad field of a study programme as people write it."""

import pytest

from matcher.labour.families import FAMILIES, family_of
from matcher.labour.programmes import read_programmes
from matcher.messages.catalogue import catalogue


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("Maskiningeniør", "07"),
        ("civilingeniør, cand.polyt. i maskinteknik", "07"),
        ("Cand.merc.", "04"),
        ("cand.jur.", "04"),
        ("Sygeplejerske", "09"),
        ("MSc in Computer Science", "06"),
        ("cand.mag. i dansk", "02"),
        ("Cand.scient.soc. i sociologi", "03"),
        ("MASKININGENIØR ", "07"),
    ],
)
def test_a_programme_has_the_family_of_its_field_in_either_language(written: str, family: str) -> None:
    assert family_of(written) == family


@pytest.mark.parametrize("written", [None, "", "   ", "Livets skole", "9000 Aalborg"])
def test_what_names_no_programme_has_no_family(written: str | None) -> None:
    assert family_of(written) is None


def test_every_programme_of_the_table_has_a_family_that_can_be_chosen() -> None:
    without = [one.id for one in read_programmes() if one.iscedf[:2] not in FAMILIES]

    assert without == []
    assert {one.da: family_of(one.da) for one in read_programmes() if family_of(one.da) not in FAMILIES} == {}


def test_every_family_has_a_name_in_both_languages() -> None:
    for language in ("da", "en"):
        names = [catalogue(language)[f"telling.field.{family}"] for family in FAMILIES]
        assert len(set(names)) == len(FAMILIES)
