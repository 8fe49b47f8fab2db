"""Every number that a simulated placement log is made from. None of them was measured; all of them are guesses."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What is assumed of policy, employers and candidates. Tuples are by grade 0, 1, 2, 3 of the pair."""

    start: date = date(2025, 6, 1)
    """First week of season one."""
    second_season: date = date(2026, 6, 1)
    """First week of season two."""
    end: date = date(2026, 11, 20)
    """Day on which the log was drawn: what would have happened later is not in it."""
    weekly_capacity: int = 40
    """Proposals that all consultants together make in a week; postings wait while there is none left."""
    slots: int = 12
    """Candidates proposed for one posting, at most."""
    registered_weeks: int = 22
    """Weeks after which somebody who was not hired leaves for elsewhere: pairs of two seasons are not judged."""
    open_weeks: int = 4
    """Weeks that a posting without a deadline is open."""

    same_municipality: float = 0.8
    """What the past policy adds where candidate and posting share a municipality, in deviations of word overlap."""
    policy_noise: float = 0.5
    """Standard deviation of what else moved the past policy: a pair's own and constant."""
    temperature: float = 0.6
    """Of the softmax from which the past policy draws: the smaller, the more it takes the best by its score."""
    propensity_draws: int = 1000
    """Draws from which the chance of being among the proposed is estimated."""

    contacted: tuple[float, float, float, float] = (0.35, 0.50, 0.70, 0.85)
    """Chance that an employer who reads about a proposed candidate asks for more."""
    interview: tuple[float, float, float, float] = (0.08, 0.25, 0.60, 0.80)
    """Chance of an interview for a candidate who was asked for and is willing."""
    offered: tuple[float, float, float, float] = (0.10, 0.25, 0.45, 0.60)
    """Chance of an offer after an interview."""
    takes: float = 0.9
    """Chance that an offer is taken."""
    stays: float = 0.8
    """Chance to be there still after `stay_days`."""
    misjudged: float = 0.05
    """Share of the pairs that go by a random grade: reasons that stand in no document."""
    usual_reach: float = 60.0
    """Kilometres a candidate would travel who does not say."""
    reach_width: float = 15.0
    """Kilometres over which the willingness falls from .73 to .27; at the reach it is .5."""

    contact_days: tuple[int, int] = (1, 7)
    """Least and most days from proposal to contact; likewise below from the step before."""
    interview_days: tuple[int, int] = (5, 21)
    """Days from contact to interview."""
    offer_days: tuple[int, int] = (3, 14)
    """Days from interview to offer."""
    hire_days: tuple[int, int] = (2, 10)
    """Days from offer to contract."""
    stay_days: int = 91
    """Days from contract to the question whether the candidate is still there."""

    praktik_from: int = 13
    """Weeks unemployed from which virksomhedspraktik may be used."""
    loentilskud_from: int = 26
    """Weeks unemployed from which løntilskud may be used."""
    instrument_used: float = 0.5
    """Share of the proposals that use the instrument that may be used."""
