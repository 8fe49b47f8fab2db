"""The tables of postcodes, places and municipalities, and the script that takes coordinates from GeoNames."""

import pytest

from matcher.labour.make_places import places_table
from matcher.labour.places import (
    Coordinates,
    Municipality,
    municipalities,
    parse_coordinates,
    parse_municipalities,
    parse_postcodes,
    read_places,
)
from matcher.labour.tables import MalformedTable

NORTH = [
    *("7700", "7730", "7741", "7742", "7752", "7755", "7760", "7770", "7900", "7950", "7960", "7970", "7980"),
    *("7990", "8970", "8990", "9000", "9200", "9210", "9220", "9230", "9240", "9260", "9270", "9280", "9293"),
    *("9300", "9310", "9320", "9330", "9340", "9352", "9362", "9370", "9380", "9381", "9382", "9400", "9430"),
    *("9440", "9460", "9480", "9490", "9492", "9493", "9500", "9510", "9520", "9530", "9541", "9550", "9560"),
    *("9574", "9575", "9600", "9610", "9620", "9631", "9632", "9640", "9670", "9681", "9690", "9700", "9740"),
    *("9750", "9760", "9800", "9830", "9850", "9870", "9881", "9900", "9940", "9970", "9981", "9982", "9990"),
]
"""Every postcode with addresses in the region, as PostNord listed them in 2020."""
HEAD = "postcodes\ttown\tmunicipality\tplace\n"
TOWNS = "place\tname\tlatitude\tlongitude\tsource\n"
CODES = "code\tname\taliases\tregion\tcrossing\tda\ten\n"
SKAGEN = Coordinates(place="geonames:1", name="Skagen", latitude=57.7, longitude=10.6, source="x")


def test_every_postcode_of_north_jutland_has_a_place() -> None:
    assert [code for code in NORTH if code not in read_places()] == []


def test_postcodes_of_the_region_lie_in_its_municipalities_but_for_those_whose_town_lies_beyond_the_border() -> None:
    beyond = {code for code in NORTH if read_places()[code].municipality.region != "Nordjylland"}

    assert beyond == {"8970", "8990", "9632"}


def test_every_municipality_of_the_region_has_a_postcode() -> None:
    named = {place.municipality.name for place in read_places().values()}

    assert {name for name, row in municipalities().items() if row.region == "Nordjylland"} <= named


@pytest.mark.parametrize("code", ["1050", "2000", "5000", "6700", "7100", "7400", "8000", "8600", "8800", "8900"])
def test_the_larger_towns_of_the_country_are_known(code: str) -> None:
    assert code in read_places()


def test_the_country_has_98_municipalities_with_their_own_codes() -> None:
    assert len(municipalities()) == 98
    assert len({row.code for row in municipalities().values()}) == 98


def test_no_two_municipalities_are_written_alike() -> None:
    ways = [way.casefold() for row in municipalities().values() for way in (row.name, *row.aliases)]

    assert len(ways) == len(set(ways))


def test_places_of_one_municipality_lie_near_each_other() -> None:
    """A town of the same name elsewhere in the country would stand out."""
    by_name: dict[str, list[Coordinates]] = {}
    for place in read_places().values():
        by_name.setdefault(place.municipality.name, []).append(place.at)
    for towns in by_name.values():
        assert max(t.latitude for t in towns) - min(t.latitude for t in towns) < 0.5
        assert max(t.longitude for t in towns) - min(t.longitude for t in towns) < 0.75


def test_a_range_of_postcodes_is_one_town() -> None:
    [first, *_, last] = list(
        parse_postcodes("p", HEAD + "9990-9992\tSkagen\tX\tgeonames:1\n", {"geonames:1": SKAGEN}, municipalities_x())
    )

    assert (first.postcode, last.postcode) == ("9990", "9992")
    assert first.at == last.at == SKAGEN


def municipalities_x() -> dict[str, Municipality]:
    return {row.name: row for row in parse_municipalities("m", CODES + "1\tX\t\tNord\t\t\t\n")}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("999\tA\tX\tgeonames:1\n", "'999' is neither"),
        ("9992-9990\tA\tX\tgeonames:1\n", "'9992-9990' is neither"),
        ("9990\tA\tY\tgeonames:1\n", "municipality 'Y' is not known"),
        ("9990\tA\tX\tgeonames:2\n", "place 'geonames:2' is not in places.tsv"),
        ("9990\tA\tX\tgeonames:1\n9990\tB\tX\tgeonames:1\n", "line 3: postcode 9990 stands twice"),
        ("9990\t\tX\tgeonames:1\n", "town is empty"),
    ],
)
def test_a_line_of_postcodes_that_cannot_be_is_named(lines: str, why: str) -> None:
    with pytest.raises(MalformedTable, match=why):
        list(parse_postcodes("p", HEAD + lines, {"geonames:1": SKAGEN}, municipalities_x()))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("own:a\tA\t12.5\t56.0\tx\n", "12.5 lies outside Denmark"),
        ("own:a\tA\tnorth\t10\tx\n", "could not convert"),
        ("own:a\tA\t56\t10\t\n", "source is empty"),
    ],
)
def test_coordinates_that_cannot_be_are_named(line: str, why: str) -> None:
    with pytest.raises(MalformedTable, match=why):
        list(parse_coordinates("places", TOWNS + line))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("1\tX\t\tNord\ttunnel\ta\tb\n", "crossing 'tunnel'"),
        ("1\tX\t\tNord\tferry\ta\t\n", "an island, and nothing else, has a note"),
        ("1\tX\t\tNord\t\ta\tb\n", "an island, and nothing else, has a note"),
        ("1\tX\ta||b\tNord\t\t\t\n", "is empty or has space"),
    ],
)
def test_a_municipality_that_cannot_be_is_named(line: str, why: str) -> None:
    with pytest.raises(MalformedTable, match=why):
        list(parse_municipalities("m", CODES + line))


def test_the_script_takes_coordinates_from_geonames_and_keeps_what_was_estimated() -> None:
    estimated = Coordinates(place="own:b", name="B", latitude=56.5, longitude=9.5, source="guess")
    stale = Coordinates(place="geonames:20", name="Old", latitude=56.0, longitude=9.0, source="x")
    cities = {
        "20": {"name": "New", "latitude": 57.12346, "longitude": 10.5},
        "3": {"name": "Three", "latitude": 55.0, "longitude": 9.25},
    }

    made = places_table(["own:b", "geonames:20", "geonames:3", "geonames:20"], [estimated, stale], cities)

    assert made == TOWNS + (
        "geonames:3\tThree\t55.0000\t9.2500\tGeoNames, CC BY 4.0\n"
        "geonames:20\tNew\t57.1235\t10.5000\tGeoNames, CC BY 4.0\n"
        "own:b\tB\t56.5000\t9.5000\tguess\n"
    )


def test_the_script_refuses_a_place_that_nobody_knows() -> None:
    with pytest.raises(KeyError, match="own:c"):
        places_table(["own:c"], [], {})
