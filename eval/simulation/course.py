"""What comes of one proposal, step by step, as long as nobody else gets in its way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from eval.simulation.assumptions import Assumptions
from eval.simulation.world import Opening, Person, willingness
from matcher.records import Outcome

Step = tuple[date, Outcome]


@dataclass(frozen=True, slots=True)
class Chances:
    """Draws of chance for the steps of one proposal."""

    draw: np.random.Generator

    def happens(self, chance: float) -> bool:
        """Whether something of this chance happens."""
        return bool(self.draw.random() < chance)

    def after(self, day: date, days: tuple[int, int]) -> date:
        """A day so many days later, least and most."""
        return day + timedelta(days=int(self.draw.integers(days[0], days[1] + 1)))


def course(
    person: Person, opening: Opening, grade: int, day: date, assumptions: Assumptions, draw: np.random.Generator
) -> list[Step]:
    """Return the steps of a proposal made on `day`, in order of time; the last may be an end.

    contacted -> willing, else withdrawn -> interview, else rejected -> offered, else rejected -> hired, else withdrawn
    -> still_there. Chances grow with the grade, willingness falls with the distance.
    """
    chances = Chances(draw)
    if chances.happens(assumptions.misjudged):
        grade = int(draw.integers(4))
    return list(_steps(person, opening, grade, day, assumptions, chances))


def _steps(
    person: Person, opening: Opening, grade: int, day: date, assumptions: Assumptions, chances: Chances
) -> Iterator[Step]:
    yield day, "proposed"
    if not chances.happens(assumptions.contacted[grade]):
        return
    day = chances.after(day, assumptions.contact_days)
    yield day, "contacted"
    day = chances.after(day, assumptions.interview_days)
    if not chances.happens(willingness(person, opening, assumptions)):
        yield day, "withdrawn"
        return
    if not chances.happens(assumptions.interview[grade]):
        yield day, "rejected"
        return
    yield day, "interview"
    day = chances.after(day, assumptions.offer_days)
    if not chances.happens(assumptions.offered[grade]):
        yield day, "rejected"
        return
    yield day, "offered"
    day = chances.after(day, assumptions.hire_days)
    if not chances.happens(assumptions.takes):
        yield day, "withdrawn"
        return
    yield day, "hired"
    if chances.happens(assumptions.stays):
        yield day + timedelta(days=assumptions.stay_days), "still_there"


def instrument(
    person: Person, opening: Opening, day: date, assumptions: Assumptions, draw: np.random.Generator
) -> str | None:
    """Return what supports the proposal: the posting's own kind, else what the weeks unemployed allow, used in part."""
    used = bool(draw.random() < assumptions.instrument_used)
    if opening.employment_type in ("praktik", "loentilskud"):
        return opening.employment_type
    weeks = person.weeks_unemployed(day)
    if not used or weeks < assumptions.praktik_from:
        return None
    return "praktik" if weeks < assumptions.loentilskud_from else "loentilskud"
