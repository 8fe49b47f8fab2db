"""A large made-up world without any text: to see that a backtest copes with as many lines as a municipality has."""

from datetime import timedelta

import numpy as np

from eval.simulation.assumptions import Assumptions
from eval.simulation.seasons import simulate
from eval.simulation.world import PLACES, Opening, Person, World, standard_rows
from matcher.records import Placement

FIELDS = 12
"""Fields of work; only pairs of one field can fit."""
WITHIN = (0.30, 0.30, 0.27, 0.13)
"""Shares of the grades 0 to 3 among pairs of one field."""
SIGHT = 0.5
"""How many standard deviations a grade moves the word overlap."""


def large_log(
    *, applications: int = 10_000, postings: int = 700, candidates: int = 2_500, seed: int = 0
) -> list[Placement]:
    """Return a SIMULATED log with exactly so many applications, evenly over the postings."""
    assumptions = Assumptions(weekly_capacity=applications, propensity_draws=50)
    slots = [applications // postings + (number < applications % postings) for number in range(postings)]
    return simulate(_world(slots, candidates, assumptions, seed), assumptions, seed=seed)


def _world(slots: list[int], candidates: int, assumptions: Assumptions, seed: int) -> World:
    draw = np.random.default_rng([seed, 4])
    towns = sorted(PLACES)
    days = (assumptions.end - assumptions.start).days - 7 * (assumptions.open_weeks + 2)
    of_person, of_opening = draw.integers(FIELDS, size=candidates), draw.integers(FIELDS, size=len(slots))
    graded = draw.choice(4, size=(len(slots), candidates), p=WITHIN)
    grades = np.where(of_opening[:, None] == of_person, graded, 0)
    opens = [assumptions.start + timedelta(days=int(day)) for day in draw.integers(days, size=len(slots))]
    return World(
        people=tuple(
            Person(
                id=f"sc{number:05}",
                # Half are there from the start, so that no posting lacks people; the others come day by day.
                registered=assumptions.start + timedelta(days=max(0, int(draw.integers(-days, days)))),
                municipality=towns[int(draw.integers(len(towns)))],
                reach=float(draw.integers(20, 121)),
            )
            for number in range(candidates)
        ),
        openings=tuple(
            Opening(
                id=f"sp{number:05}",
                opens=opened,
                closes=opened + timedelta(weeks=assumptions.open_weeks),
                municipality=towns[int(draw.integers(len(towns)))],
                jobs=1,
                slots=wanted,
            )
            for number, (opened, wanted) in enumerate(zip(opens, slots, strict=True))
        ),
        overlap=standard_rows(SIGHT * grades + draw.normal(size=grades.shape)),
        grades=grades.astype(np.int64),
    )
