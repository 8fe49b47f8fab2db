"""How far apart two postcodes are, and which municipalities belong together. Shown and filtered by, never part of fit.

Distances run between the middles of the towns that give the postcodes their names.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt

from matcher.errors import UnknownMunicipality
from matcher.labour.places import Place, municipalities, read_places
from matcher.messages import message

ROAD_FACTOR = 1.3
"""A road is this much longer than the straight line: a round figure on the safe side, as whole countries mostly have it
(Ballou, Rahardja and Sakai, Transportation Research Part A 36, 2002, 843-848). Along a motorway it is nearer 1.1."""
REGION = "Nordjylland"
SETS = ("RAR Nordjylland", "Region Nordjylland", "Nordjylland", "North Jutland")
"""Names of the eleven municipalities of the regional labour market council (RAR), those of the region."""
_EARTH_KM = 6371.0
_POSTCODE = re.compile(r"(?:DK[\s-]*)?(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnknownPlace:
    """A postcode that the table does not hold, or none at all. It is no obstacle to a match, and the reader is told."""

    postcode: str | None

    def text(self, language: str) -> str:
        """Return what is unknown, in Danish ("da") or English."""
        if not (self.postcode and self.postcode.strip()):
            return message("geography.no_postcode", language)
        return message("geography.unknown_postcode", language, postcode=self.postcode.strip())


@dataclass(frozen=True, slots=True)
class Distance:
    """Kilometres between two postcodes. `road_km` is the straight line times `ROAD_FACTOR`: an estimate, no route.

    `estimated`: one of the two towns lies somewhere within two kilometres. `islands`: names of the island
    municipalities that have to be crossed to or from.
    """

    straight_km: float
    road_km: float
    estimated: bool = False
    islands: tuple[str, ...] = ()

    def notes(self, language: str) -> list[str]:
        """Return what is special about the way, in Danish ("da") or English: ferries and bridges."""
        return [municipalities()[name].note(language) for name in self.islands]

    def text(self, language: str) -> str:
        """Return the distance in words, with ferries and bridges."""
        told = message("geography.distance", language, straight=round(self.straight_km), road=round(self.road_km))
        return " ".join([told, *self.notes(language)])


def place(postcode: str | None) -> Place | UnknownPlace:
    """Return the town of a postcode ("9000", "DK-9000"), or what is unknown about it."""
    found = _POSTCODE.fullmatch((postcode or "").strip())
    return read_places().get(found.group(1), UnknownPlace(postcode)) if found else UnknownPlace(postcode)


@lru_cache(maxsize=1 << 16)
def distance_km(from_postcode: str | None, to_postcode: str | None) -> Distance | UnknownPlace:
    """Return the distance between two postcodes, or which of them is unknown.

    >>> distance_km("9000", "9800").straight_km
    46.4
    """
    here, there = place(from_postcode), place(to_postcode)
    if isinstance(here, UnknownPlace):
        return here
    if isinstance(there, UnknownPlace):
        return there
    straight = haversine_km((here.at.latitude, here.at.longitude), (there.at.latitude, there.at.longitude))
    ends = (here.municipality, there.municipality)
    apart = here.municipality.name != there.municipality.name
    return Distance(
        straight_km=round(straight, 1),
        road_km=round(straight * ROAD_FACTOR, 1),
        estimated=here.at.estimated or there.at.estimated,
        islands=tuple(end.name for end in ends if apart and end.crossing),
    )


def haversine_km(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Great circle between two points (latitude, longitude in degrees): Sinnott, Sky & Telescope 68, 1984, 159.

    >>> round(haversine_km((57.0, 10.0), (58.0, 10.0)), 1)
    111.2
    """
    (south, west), (north, east) = here, there
    upright, level = sin(radians(north - south) / 2), sin(radians(east - west) / 2)
    return 2 * _EARTH_KM * asin(sqrt(upright**2 + cos(radians(south)) * cos(radians(north)) * level**2))


@lru_cache(maxsize=1 << 12)
def municipality_name(written: str) -> str:
    """Return a municipality's official name, however it is written; an unknown one small and without "kommune".

    >>> municipality_name("VESTHIMMERLAND kommune"), municipality_name("Malmö ")
    ('Vesthimmerlands', 'malmö')
    """
    plain = _plain(written)
    return _names().get(plain, plain)


@lru_cache(maxsize=1 << 14)
def municipality_at(written: str | None, postcode: str | None) -> str:
    """Return the official name of the municipality of a record: as written, else of its postcode, else of the town.

    What is none of these comes back as `municipality_name` has it; where nothing is known, "".

    >>> municipality_at("Aalborg Øst", None), municipality_at(None, "9800"), municipality_at("Malmö", "1")
    ('Aalborg', 'Hjørring', 'malmö')
    """
    known = municipality_name(written or "")
    if known in municipalities():
        return known
    found = place(postcode)
    if not isinstance(found, UnknownPlace):
        return found.municipality.name
    return _towns().get(known, known)


def municipality_set(names: Iterable[str]) -> frozenset[str]:
    """Return official names for those of municipalities and sets ("RAR Nordjylland"); UnknownMunicipality for another.

    >>> len(municipality_set(["RAR Nordjylland", "Aarhus"]))
    12
    """
    chosen: set[str] = set()
    for name in names:
        if _plain(name) in {_plain(known) for known in SETS}:
            chosen |= rar_nordjylland()
        elif (known := municipality_name(name)) in municipalities():
            chosen.add(known)
        else:
            near = get_close_matches(known, _names(), n=1)
            raise UnknownMunicipality(found=name.strip(), near=_names()[near[0]] if near else SETS[0])
    return frozenset(chosen)


@cache
def rar_nordjylland() -> frozenset[str]:
    """The eleven municipalities of the regional labour market council of North Jutland."""
    return frozenset(name for name, row in municipalities().items() if row.region == REGION)


@cache
def _names() -> dict[str, str]:
    """Official name by every way to write it."""
    return {_plain(way): name for name, row in municipalities().items() for way in (name, *row.aliases)}


@cache
def _towns() -> dict[str, str]:
    """Municipality by the name of a town that lies in one only."""
    found: dict[str, set[str]] = {}
    for row in read_places().values():
        found.setdefault(_plain(row.town), set()).add(row.municipality.name)
    return {town: next(iter(names)) for town, names in found.items() if len(names) == 1}


def _plain(written: str) -> str:
    return written.strip().casefold().removesuffix(" kommune").removesuffix(" municipality").strip()
