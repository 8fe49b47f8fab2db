"""Runs two seasons week by week: postings are served while there is capacity, people leave when they are hired."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush

import numpy as np

from eval.simulation.assumptions import Assumptions
from eval.simulation.course import Step, course, instrument
from eval.simulation.policy import draw_in_turn, inclusion, policy_scores, weights_of
from eval.simulation.world import Opening, Person, World
from matcher.records import Outcome, Placement

_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Proposal:
    """A person proposed for an opening, and what would come of it if nobody else were hired first."""

    person: Person
    opening: Opening
    steps: list[Step]
    instrument: str | None
    propensity: float
    score: float


def simulate(world: World, assumptions: Assumptions | None = None, *, seed: int = 0) -> list[Placement]:
    """Return a SIMULATED placement log of the whole time, by (date, posting, candidate), with exposure and propensity.

    Equal input and seed give equal logs. Every line carries the past policy's score and the chance, at the time of
    the proposal and given who was there to be proposed, that the candidate was among the proposed.
    """
    return _Run(world, assumptions or Assumptions(), seed).lines()


class _Run:
    def __init__(self, world: World, assumptions: Assumptions, seed: int) -> None:
        self._world, self._assumptions = world, assumptions
        self._scores = policy_scores(world, assumptions, seed=seed)
        self._draw, self._estimate = np.random.default_rng([seed, 2]), np.random.default_rng([seed, 3])
        self._hired: dict[str, date] = {}
        self._taken: Counter[str] = Counter()
        self._events: list[tuple[date, str, str, int, int]] = []
        self._proposals: list[_Proposal] = []
        self._lines: list[Placement] = []

    def lines(self) -> list[Placement]:
        waiting = sorted(range(len(self._world.openings)), key=lambda n: (self._opening(n).opens, self._opening(n).id))
        week = self._assumptions.start
        while week <= self._assumptions.end:
            self._settle(week)
            waiting = self._serve(week, waiting)
            week += timedelta(weeks=1)
        self._settle(self._assumptions.end)
        return sorted(self._lines, key=lambda line: (line.date, line.posting, line.candidate))

    def _opening(self, place: int) -> Opening:
        return self._world.openings[place]

    def _serve(self, week: date, waiting: list[int]) -> list[int]:
        """Propose for the openings that wait, first come first served; return those that wait still."""
        left = self._assumptions.weekly_capacity
        still = []
        for place in waiting:
            opening = self._opening(place)
            if opening.opens <= week <= opening.closes and left > 0:
                served = self._propose(place, min(opening.slots, left), week)
                left -= served
                if served:
                    continue
            if week <= opening.closes:
                still.append(place)
        return still

    def _propose(self, place: int, slots: int, day: date) -> int:
        since = day - timedelta(weeks=self._assumptions.registered_weeks)
        pool = [
            number
            for number, person in enumerate(self._world.people)
            if since < person.registered <= day and person.id not in self._hired
        ]
        if not pool:
            return 0
        assumptions, opening = self._assumptions, self._opening(place)
        scores = self._scores[place, pool]
        weights = weights_of(scores, assumptions)
        chances = inclusion(weights, slots, self._estimate, draws=assumptions.propensity_draws)
        chosen = draw_in_turn(weights, slots, self._draw)
        for drawn in sorted(chosen.tolist()):
            person, grade = self._world.people[pool[drawn]], int(self._world.grades[place, pool[drawn]])
            self._start(
                _Proposal(
                    person=person,
                    opening=opening,
                    instrument=instrument(person, opening, day, assumptions, self._draw),
                    steps=course(person, opening, grade, day, assumptions, self._draw),
                    propensity=round(float(chances[drawn]), _DIGITS) or 10**-_DIGITS,
                    score=round(float(scores[drawn]), _DIGITS),
                )
            )
        return len(chosen)

    def _start(self, proposal: _Proposal) -> None:
        number = len(self._proposals)
        self._proposals.append(proposal)
        self._log(proposal, *proposal.steps[0])
        self._plan(number, 1)

    def _plan(self, number: int, step: int) -> None:
        proposal = self._proposals[number]
        if step < len(proposal.steps):
            heappush(self._events, (proposal.steps[step][0], proposal.opening.id, proposal.person.id, number, step))

    def _settle(self, until: date) -> None:
        """Let happen what was planned up to a day: a person hired elsewhere withdraws, a filled opening rejects."""
        while self._events and self._events[0][0] <= until:
            day, opening, person, number, step = heappop(self._events)
            proposal = self._proposals[number]
            outcome = proposal.steps[step][1]
            if outcome != "still_there" and person in self._hired:
                self._log(proposal, day, "withdrawn")
            elif outcome not in ("still_there", "withdrawn") and self._taken[opening] >= proposal.opening.jobs:
                self._log(proposal, day, "rejected")
            else:
                self._log(proposal, day, outcome)
                if outcome == "hired":
                    self._hired[person] = day
                    self._taken[opening] += 1
                self._plan(number, step + 1)

    def _log(self, proposal: _Proposal, day: date, outcome: Outcome) -> None:
        self._lines.append(
            Placement(
                candidate=proposal.person.id,
                posting=proposal.opening.id,
                date=day,
                outcome=outcome,
                instrument=proposal.instrument,
                exposed=True,
                propensity=proposal.propensity,
                score=proposal.score,
            )
        )
