"""How far apart places are, what is said where one is unknown, and which municipalities belong together."""

import pytest

from matcher.errors import UnknownMunicipality
from matcher.labour.geography import (
    ROAD_FACTOR,
    Distance,
    UnknownPlace,
    distance_km,
    haversine_km,
    municipality_at,
    municipality_name,
    municipality_set,
    place,
    rar_nordjylland,
)
from matcher.labour.places import Place

AALBORG = "9000"


def known(here: str, there: str) -> Distance:
    found = distance_km(here, there)
    assert isinstance(found, Distance)
    return found


@pytest.mark.parametrize(
    ("postcode", "kilometres"),
    [("9800", 47), ("9900", 57), ("9500", 44), ("9990", 85), ("8000", 100)],
    ids=["Hjørring", "Frederikshavn", "Hobro", "Skagen", "Aarhus"],
)
def test_known_distances_from_aalborg_are_met_to_three_kilometres(postcode: str, kilometres: int) -> None:
    assert known(AALBORG, postcode).straight_km == pytest.approx(kilometres, abs=3)


def test_thisted_is_nearer_than_the_users_say() -> None:
    """They say 78 km; the points that GeoNames has for both towns lie 75 km apart."""
    assert known(AALBORG, "7700").straight_km == pytest.approx(75, abs=1)
    assert known(AALBORG, "7700").straight_km == pytest.approx(78, abs=4)


def test_a_distance_is_the_same_in_both_directions_and_none_to_oneself() -> None:
    assert known("9900", "7700") == known("7700", "9900")
    assert known(AALBORG, AALBORG) == Distance(straight_km=0.0, road_km=0.0)


def test_the_road_is_the_straight_line_times_the_stated_factor() -> None:
    found = known(AALBORG, "9990")

    assert found.road_km == pytest.approx(found.straight_km * ROAD_FACTOR, abs=0.1)


def test_a_quarter_of_the_equator_is_a_quarter_of_the_equator() -> None:
    assert haversine_km((0, 0), (0, 90)) == pytest.approx(10007.5, abs=0.1)


@pytest.mark.parametrize("written", ["9990", " 9990 ", "DK-9990", "dk 9990"])
def test_a_postcode_is_found_however_it_is_written(written: str) -> None:
    found = place(written)

    assert isinstance(found, Place)
    assert (found.postcode, found.town, found.municipality.name) == ("9990", "Skagen", "Frederikshavn")


@pytest.mark.parametrize("written", ["0000", "9999", "99", "Skagen", "SE-9990"])
def test_an_unknown_postcode_says_so_in_both_languages(written: str) -> None:
    found = distance_km(AALBORG, written)

    assert isinstance(found, UnknownPlace)
    assert written in found.text("da")
    assert written in found.text("en")
    assert distance_km(written, AALBORG) == found


@pytest.mark.parametrize("missing", [None, "", "  "])
def test_no_postcode_says_so(missing: str | None) -> None:
    found = distance_km(AALBORG, missing)

    assert isinstance(found, UnknownPlace)
    assert found.text("en") == "Distance unknown: no postcode is given."
    assert found.text("da") == "Afstand ukendt: der står intet postnummer."


def test_the_way_to_laesoe_speaks_of_the_ferry() -> None:
    over = known(AALBORG, "9940")

    assert over.islands == ("Læsø",)
    assert "færge" in over.text("da")
    assert "ferry" in over.text("en")


def test_the_way_to_mors_speaks_of_its_bridges_and_the_way_on_mors_does_not() -> None:
    assert known("7900", "7700").islands == ("Morsø",)
    assert known("7900", "7990").islands == ()
    assert known("9940", "7900").islands == ("Læsø", "Morsø")
    assert known("9940", "7900").text("en").count("island") == 1


def test_a_distance_in_words_rounds_to_whole_kilometres() -> None:
    assert Distance(46.6, 60.4).text("en") == "47 km as the crow flies, about 60 km by road."
    assert Distance(46.6, 60.4).text("da") == "47 km i luftlinje, omkring 60 km ad vej."


def test_an_estimated_town_is_told() -> None:
    assert known(AALBORG, "9293").estimated
    assert not known(AALBORG, "9990").estimated


def test_the_labour_market_council_of_north_jutland_has_eleven_municipalities() -> None:
    assert rar_nordjylland() == {
        *("Brønderslev", "Frederikshavn", "Hjørring", "Jammerbugt", "Læsø", "Mariagerfjord", "Morsø"),
        *("Rebild", "Thisted", "Vesthimmerlands", "Aalborg"),
    }


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Vesthimmerland", "Vesthimmerlands"),
        ("VESTHIMMERLANDS KOMMUNE", "Vesthimmerlands"),
        ("Mors", "Morsø"),
        ("Ålborg", "Aalborg"),
        ("Aalborg Municipality ", "Aalborg"),
        ("Malmö kommune", "malmö"),
    ],
)
def test_a_municipality_has_one_name(written: str, name: str) -> None:
    assert municipality_name(written) == name


def test_a_set_of_municipalities_is_free_and_knows_the_region() -> None:
    assert municipality_set([]) == frozenset()
    assert municipality_set(["aarhus kommune", "Mors"]) == {"Aarhus", "Morsø"}
    assert municipality_set(["rar nordjylland"]) == rar_nordjylland()
    assert municipality_set(["Nordjylland", "Aarhus"]) == rar_nordjylland() | {"Aarhus"}


def test_a_municipality_that_nobody_knows_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownMunicipality, match=r"no municipality 'Aalbrog'.*'Aalborg'") as refused:
        municipality_set(["Aalbrog"])
    assert "Aalborg" in refused.value.text("da")
    with pytest.raises(UnknownMunicipality, match="RAR Nordjylland"):
        municipality_set(["???"])


@pytest.mark.parametrize(
    ("written", "postcode", "name"),
    [
        ("Vesthimmerland", None, "Vesthimmerlands"),
        ("Aalborg Øst", None, "Aalborg"),
        ("Nørresundby", "9990", "Frederikshavn"),
        ("Hjørring", "9000", "Hjørring"),
        (None, "DK-9000", "Aalborg"),
        (None, "9940", "Læsø"),
        ("Atlantis", "0001", "atlantis"),
        (None, None, ""),
    ],
)
def test_a_record_lies_where_its_municipality_its_postcode_or_its_town_says(
    written: str | None, postcode: str | None, name: str
) -> None:
    assert municipality_at(written, postcode) == name
