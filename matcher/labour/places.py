"""Postcodes, towns and municipalities as they stand in `postcodes.tsv`, `places.tsv` and `municipalities.tsv`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from matcher.labour.tables import filled, parse_table, several, table_text

Crossing = Literal["", "ferry", "bridge"]
"""How one gets to an island municipality; empty for one that is none."""

PLACE_COLUMNS = ("place", "name", "latitude", "longitude", "source")
POSTCODE_COLUMNS = ("postcodes", "town", "municipality", "place")
MUNICIPALITY_COLUMNS = ("code", "name", "aliases", "region", "crossing", "da", "en")
GEONAMES = "geonames:"
"""How the id of a place begins whose coordinates are GeoNames'; any other was estimated."""
DENMARK = ((54.5, 57.8), (8.0, 15.3))
"""Between which latitudes and longitudes the country lies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """Where a town is: degrees north and east (WGS 84). `estimated`: to about two kilometres."""

    place: str
    name: str
    latitude: float
    longitude: float
    source: str

    @property
    def estimated(self) -> bool:
        """Whether the coordinates were estimated and not taken from GeoNames."""
        return not self.place.startswith(GEONAMES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipality:
    """A Danish municipality; `da` and `en` say what is special about the way to an island."""

    code: str
    name: str
    aliases: tuple[str, ...]
    region: str
    crossing: Crossing
    da: str
    en: str

    def note(self, language: str) -> str:
        """Return what is said about the way there in Danish ("da") or English; empty where nothing is."""
        return self.da if language == "da" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A postcode with its town, the municipality of that town and where it is."""

    postcode: str
    town: str
    municipality: Municipality
    at: Coordinates


@cache
def read_places() -> Mapping[str, Place]:
    """All places by postcode; read once."""
    coordinates = {row.place: row for row in parse_coordinates("places.tsv", table_text("places.tsv"))}
    text = table_text("postcodes.tsv")
    return {place.postcode: place for place in parse_postcodes("postcodes.tsv", text, coordinates, municipalities())}


@cache
def municipalities() -> Mapping[str, Municipality]:
    """All municipalities by name; read once."""
    text = table_text("municipalities.tsv")
    return {row.name: row for row in parse_municipalities("municipalities.tsv", text)}


def parse_coordinates(file: str, text: str) -> Iterator[Coordinates]:
    """Read the text of the table of places; MalformedTable names the first line that cannot be read."""
    return parse_table(file, text, PLACE_COLUMNS, _coordinates)


def parse_municipalities(file: str, text: str) -> Iterator[Municipality]:
    """Read the text of the table of municipalities; MalformedTable names the first line that cannot be read."""
    return parse_table(file, text, MUNICIPALITY_COLUMNS, _municipality)


def parse_postcodes(
    file: str, text: str, coordinates: Mapping[str, Coordinates], known: Mapping[str, Municipality]
) -> Iterator[Place]:
    """Read the text of the table of postcodes, a line of "1000-1499" being five hundred; each postcode stands once."""
    seen: set[str] = set()

    def line(row: dict[str, str]) -> list[Place]:
        filled(row, *POSTCODE_COLUMNS)
        if row["municipality"] not in known:
            raise ValueError(f"municipality {row['municipality']!r} is not known")
        if row["place"] not in coordinates:
            raise ValueError(f"place {row['place']!r} is not in places.tsv")
        codes = _codes(row["postcodes"])
        if twice := seen.intersection(codes):
            raise ValueError(f"postcode {min(twice)} stands twice")
        seen.update(codes)
        municipality, at = known[row["municipality"]], coordinates[row["place"]]
        return [Place(postcode=code, town=row["town"], municipality=municipality, at=at) for code in codes]

    for places in parse_table(file, text, POSTCODE_COLUMNS, line):
        yield from places


def _codes(cell: str) -> list[str]:
    first, _, last = cell.partition("-")
    last = last or first
    if not all(len(code) == 4 and code.isdecimal() for code in (first, last)) or last < first:
        raise ValueError(f"{cell!r} is neither four digits nor two such, the smaller first, with a hyphen between")
    return [f"{code:04d}" for code in range(int(first), int(last) + 1)]


def _coordinates(row: dict[str, str]) -> Coordinates:
    filled(row, *PLACE_COLUMNS)
    place = Coordinates(
        place=row["place"],
        name=row["name"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        source=row["source"],
    )
    for degrees, (least, most) in zip((place.latitude, place.longitude), DENMARK, strict=True):
        if not least <= degrees <= most:
            raise ValueError(f"{degrees} lies outside Denmark")
    return place


def _municipality(row: dict[str, str]) -> Municipality:
    filled(row, "code", "name", "region")
    crossing = row["crossing"]
    if crossing not in ("", "ferry", "bridge"):
        raise ValueError(f"crossing {crossing!r} is neither ferry nor bridge nor empty")
    if bool(crossing) != bool(row["da"]) or bool(crossing) != bool(row["en"]):
        raise ValueError("an island, and nothing else, has a note in Danish and English")
    return Municipality(
        code=row["code"],
        name=row["name"],
        aliases=several(row["aliases"]),
        region=row["region"],
        crossing=cast("Crossing", crossing),
        da=row["da"],
        en=row["en"],
    )
