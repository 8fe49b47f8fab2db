"""Who can be proposed where: people, openings, how the past policy sees each pair, and how well it really fits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, exp, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from eval.baselines import Documents, bm25_scores
from eval.simulation.assumptions import Assumptions
from matcher.records import Candidate, EmploymentType, Posting

PLACES: Mapping[str, tuple[float, float]] = {
    "Brønderslev": (57.27, 9.94),
    "Frederikshavn": (57.44, 10.54),
    "Hjørring": (57.46, 9.98),
    "Jammerbugt": (57.16, 9.73),
    "Læsø": (57.27, 11.00),
    "Mariagerfjord": (56.64, 9.80),
    "Morsø": (56.80, 8.86),
    "Rebild": (56.88, 9.83),
    "Thisted": (56.96, 8.69),
    "Vesthimmerland": (56.80, 9.52),
    "Aalborg": (57.05, 9.92),
}
"""Latitude and longitude of the main town of each municipality of North Jutland."""
UNKNOWN_PLACE = "Aalborg"
"""Where somebody or something is who does not say, or lies outside the region."""
_EARTH_KM = 6371.0
_GROWTH = 92
"""Days from the beginning of a season within which its graduates come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A candidate as the simulation sees one."""

    id: str
    registered: date
    municipality: str
    reach: float
    """Kilometres that the candidate would travel."""
    weeks_before: int = 0
    """Weeks unemployed on the day of registration."""

    def weeks_unemployed(self, day: date) -> int:
        """Return the weeks unemployed by a day."""
        return self.weeks_before + max(0, (day - self.registered).days // 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A posting as the simulation sees one."""

    id: str
    opens: date
    closes: date
    municipality: str
    jobs: int
    slots: int
    employment_type: EmploymentType = "ordinary"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class World:
    """People and openings by id; `overlap` and `grades` have shape (openings, people).

    `overlap` is float64, better when larger, mean 0 and deviation 1 in each row: all that the past policy knows of
    fit. `grades` are int64 from 0 to 3: what employers find out.
    """

    people: tuple[Person, ...]
    openings: tuple[Opening, ...]
    overlap: NDArray[np.float64]
    grades: NDArray[np.int64]


def world_of(
    candidates: Sequence[Candidate],
    postings: Sequence[Posting],
    grades: Mapping[tuple[str, str], int],
    assumptions: Assumptions,
    *,
    seed: int,
) -> World:
    """Build the world of records and judged pairs (posting, candidate); a pair that nobody judged has grade 0.

    Records without a day get one: people in the three months in which a season's graduates come, postings in the
    first half year of a season.
    """
    people = sorted(candidates, key=lambda record: record.id)
    openings = sorted(postings, key=lambda record: record.id)
    draw = np.random.default_rng([seed, 0])
    true = [[grades.get((posting.id, candidate.id), 0) for candidate in people] for posting in openings]
    return World(
        people=tuple(_person(record, assumptions, draw) for record in people),
        openings=tuple(_opening(record, assumptions, draw) for record in openings),
        overlap=standard_rows(bm25_scores(Documents.of(openings), Documents.of(people))),
        grades=np.array(true, dtype=np.int64).reshape(len(openings), len(people)),
    )


def standard_rows(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each row with mean 0 and deviation 1; a row whose values are all alike becomes 0."""
    centred = scores - scores.mean(axis=1, keepdims=True)
    spread = scores.std(axis=1, keepdims=True)
    standard: NDArray[np.float64] = np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 0)
    return standard


def kilometres(here: str, there: str) -> float:
    """Straight line between two municipalities' main towns (haversine formula, Sinnott, Sky & Telescope 68, 1984).

    >>> round(kilometres("Aalborg", "Hjørring"))
    46
    """
    (south, west), (north, east) = (PLACES.get(place, PLACES[UNKNOWN_PLACE]) for place in (here, there))
    upright, level = sin(radians(north - south) / 2), sin(radians(east - west) / 2)
    return 2 * _EARTH_KM * asin(sqrt(upright**2 + cos(radians(south)) * cos(radians(north)) * level**2))


def willingness(person: Person, opening: Opening, assumptions: Assumptions) -> float:
    """Chance in (0, 1) that a candidate would take a job so far away: logistic in the distance beyond the reach."""
    beyond = kilometres(person.municipality, opening.municipality) - person.reach
    return 1 / (1 + exp(beyond / assumptions.reach_width))


def _person(record: Candidate, assumptions: Assumptions, draw: np.random.Generator) -> Person:
    drawn = _drawn(assumptions, draw, days=_GROWTH)
    return Person(
        id=record.id,
        registered=record.registered or drawn,
        municipality=record.municipality or UNKNOWN_PLACE,
        reach=assumptions.usual_reach if record.max_km is None else record.max_km,
        weeks_before=record.weeks_unemployed or 0,
    )


def _opening(record: Posting, assumptions: Assumptions, draw: np.random.Generator) -> Opening:
    drawn = _drawn(assumptions, draw, days=2 * _GROWTH - assumptions.open_weeks * 7)
    opens = record.published or drawn
    return Opening(
        id=record.id,
        opens=opens,
        closes=record.deadline or opens + timedelta(weeks=assumptions.open_weeks),
        municipality=record.municipality or UNKNOWN_PLACE,
        jobs=max(1, record.openings),
        slots=assumptions.slots,
        employment_type=record.employment_type,
    )


def _drawn(assumptions: Assumptions, draw: np.random.Generator, *, days: int) -> date:
    """A day of either season; always drawn, so that a record that says its own day changes nobody else's."""
    season = assumptions.second_season if draw.random() < 1 / 2 else assumptions.start
    return season + timedelta(days=int(draw.integers(days)))
