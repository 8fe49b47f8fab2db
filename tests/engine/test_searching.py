"""A few words as a posting that asks for just that."""

import pytest

from matcher.searching import MOST_PARTS, parts_of


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("GIS og borgerinddragelse", ["GIS", "borgerinddragelse"]),
        ("GIS, QGIS; gis", ["GIS", "QGIS", "gis"]),
        ("python  excel", ["python", "excel"]),
        ("project management", ["project management"]),
        ("someone who can weld", ["someone who can weld"]),
        ("organisationsudvikling", ["organisationsudvikling"]),
        (" og , ; ", []),
        ("", []),
    ],
)
def test_words_are_taken_apart_where_they_name_several_things(words: str, parts: list[str]) -> None:
    assert parts_of(words) == parts


def test_an_endless_search_is_cut_off() -> None:
    found = parts_of(", ".join(f"ting {number}" for number in range(100)) + "x" * 10_000)

    assert len(found) == MOST_PARTS
    assert all(len(part) <= 200 for part in found)
