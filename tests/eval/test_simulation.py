"""A simulated log follows its stated assumptions: nobody before their time, real propensities, fit goes further."""

import json
from collections import Counter, defaultdict
from dataclasses import fields, replace
from datetime import date, timedelta
from importlib.resources import files
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from eval.backtest import Backtest, backtest
from eval.placements import applications
from eval.simulation.assumptions import Assumptions
from eval.simulation.course import course, instrument
from eval.simulation.files import LOG, simulate_folders, write_placements
from eval.simulation.large import large_log
from eval.simulation.policy import draw_in_turn, inclusion
from eval.simulation.seasons import simulate
from eval.simulation.world import Opening, Person, World, kilometres, standard_rows, willingness, world_of
from matcher.ingest.placement_file import read_placements
from matcher.records import Placement
from tests.eval.builders import a_candidate, a_posting

START = Assumptions().start


def a_person(id: str = "c", *, registered: date = START, municipality: str = "Aalborg", reach: float = 60.0) -> Person:
    return Person(id=id, registered=registered, municipality=municipality, reach=reach)


def an_opening(id: str = "p", *, opens: date = START, slots: int = 6, municipality: str = "Aalborg") -> Opening:
    closes = opens + timedelta(weeks=4)
    return Opening(id=id, opens=opens, closes=closes, municipality=municipality, jobs=1, slots=slots)


def a_world(*, people: int = 40, openings: int = 30, seed: int = 0) -> World:
    draw = np.random.default_rng(seed)
    grades = draw.choice(4, size=(openings, people), p=[0.7, 0.1, 0.1, 0.1])
    return World(
        people=tuple(
            a_person(f"c{number:02}", registered=START + timedelta(days=10 * number)) for number in range(people)
        ),
        openings=tuple(
            an_opening(f"p{number:02}", opens=START + timedelta(days=15 * number)) for number in range(openings)
        ),
        overlap=standard_rows(0.5 * grades + draw.normal(size=grades.shape)),
        grades=grades.astype(np.int64),
    )


@pytest.fixture(scope="module")
def log() -> list[Placement]:
    return simulate(a_world())


def test_the_same_seed_gives_the_same_log_and_another_one_another(log: list[Placement]) -> None:
    assert simulate(a_world()) == log
    assert simulate(a_world(), seed=1) != log


def test_nobody_is_proposed_before_they_are_registered_or_the_posting_is_open(log: list[Placement]) -> None:
    world = a_world()
    registered = {person.id: person.registered for person in world.people}
    openings = {opening.id: opening for opening in world.openings}

    for application in applications(log):
        assert registered[application.candidate] <= application.proposed
        assert openings[application.posting].opens <= application.proposed <= openings[application.posting].closes


def test_nothing_happens_after_the_log_was_drawn(log: list[Placement]) -> None:
    assert min(line.date for line in log) >= START
    assert max(line.date for line in log) <= Assumptions().end


def test_an_opening_is_filled_once_and_a_person_is_hired_once(log: list[Placement]) -> None:
    hired = [line for line in log if line.outcome == "hired"]

    assert len(hired) > 3
    assert max(Counter(line.posting for line in hired).values()) == 1
    assert max(Counter(line.candidate for line in hired).values()) == 1


def test_whoever_is_hired_is_proposed_no_more(log: list[Placement]) -> None:
    left = {line.candidate: line.date for line in log if line.outcome == "hired"}

    assert [line for line in log if line.outcome == "proposed" and line.date > left.get(line.candidate, date.max)] == []


def test_whoever_has_waited_for_long_has_left(log: list[Placement]) -> None:
    registered = {person.id: person.registered for person in a_world().people}
    longest = timedelta(weeks=Assumptions().registered_weeks)

    assert max(item.proposed - registered[item.candidate] for item in applications(log)) < longest


def test_steps_come_in_the_order_of_time_and_end_once(log: list[Placement]) -> None:
    stages: dict[tuple[str, str], list[Placement]] = defaultdict(list)
    for line in log:
        stages[line.posting, line.candidate].append(line)

    for lines in stages.values():
        outcomes = [line.outcome for line in lines]
        assert outcomes[0] == "proposed"
        assert len(set(outcomes)) == len(outcomes)
        assert not {"rejected", "withdrawn"} & set(outcomes[:-1])


def test_every_line_says_that_it_was_shown_with_what_chance_and_score(log: list[Placement]) -> None:
    for line in log:
        assert line.exposed is True
        assert line.propensity is not None
        assert 0 < line.propensity <= 1
        assert line.score is not None


def test_consultants_propose_no_more_than_they_can() -> None:
    assumptions = Assumptions(weekly_capacity=5)
    proposed = [line for line in simulate(a_world(), assumptions) if line.outcome == "proposed"]

    assert max(Counter(line.date for line in proposed).values()) <= 5


def test_better_fit_goes_further() -> None:
    world = a_world(people=200, openings=60)
    place = {person.id: number for number, person in enumerate(world.people)}
    row = {opening.id: number for number, opening in enumerate(world.openings)}
    reached: dict[int, list[int]] = defaultdict(list)
    for item in applications(simulate(world)):
        reached[int(world.grades[row[item.posting], place[item.candidate]])].append(item.grade)

    means = [float(np.mean(reached[grade])) for grade in range(4)]
    assert means[0] < means[2] < means[3]


def test_draws_in_turn_follow_the_weights() -> None:
    weights = np.array([0.6, 0.3, 0.1])
    draw = np.random.default_rng(0)
    drawn = Counter(tuple(draw_in_turn(weights, 3, draw).tolist()) for _ in range(20_000))

    for order in permutations(range(3)):
        first, second, _ = order
        chance = weights[first] * weights[second] / (1 - weights[first])
        assert drawn[order] / 20_000 == pytest.approx(chance, abs=0.012)


def test_propensities_are_the_chances_of_being_drawn() -> None:
    weights = np.array([0.6, 0.3, 0.1])
    exact = [
        sum(weights[i] * weights[j] / (1 - weights[i]) for i, j in permutations(range(3), 2) if wanted in (i, j))
        for wanted in range(3)
    ]

    found = inclusion(weights, 2, np.random.default_rng(0), draws=20_000)

    assert found == pytest.approx(exact, abs=0.005)
    assert found.sum() == pytest.approx(2, abs=0.01)


def test_where_there_is_room_for_everybody_everybody_is_proposed() -> None:
    assert inclusion(np.array([0.9, 0.1]), 2, np.random.default_rng(0), draws=10).tolist() == [1.0, 1.0]


def test_the_rarest_candidate_still_has_a_chance() -> None:
    assert inclusion(np.array([0.5, 0.5 - 1e-9, 1e-9]), 2, np.random.default_rng(0), draws=50).min() > 0


def test_distances_are_those_of_the_map() -> None:
    assert kilometres("Aalborg", "Frederikshavn") == pytest.approx(57, abs=2)
    assert kilometres("Thisted", "Thisted") == 0
    assert kilometres("Aalborg", "Andeby") == 0


def test_who_lives_further_away_is_less_willing() -> None:
    opening, assumptions = an_opening(), Assumptions()
    near, far = a_person(), a_person(municipality="Thisted")

    assert willingness(near, opening, assumptions) > 0.9
    assert willingness(far, opening, assumptions) < 0.3
    assert willingness(replace(far, reach=120), opening, assumptions) > 0.9


def test_a_course_ends_after_a_refusal() -> None:
    sure = (1.0, 1.0, 1.0, 1.0)
    nobody = Assumptions(contacted=sure, interview=(0, 0, 0, 0), reach_width=0.1)

    steps = course(a_person(), an_opening(), 3, START, nobody, np.random.default_rng(0))

    assert [outcome for _, outcome in steps] == ["proposed", "contacted", "rejected"]
    assert [day for day, _ in steps] == sorted(day for day, _ in steps)


def test_a_course_may_go_all_the_way() -> None:
    sure = (1.0, 1.0, 1.0, 1.0)
    certain = Assumptions(contacted=sure, interview=sure, offered=sure, takes=1.0, stays=1.0, reach_width=0.1)

    steps = course(a_person(), an_opening(), 0, START, certain, np.random.default_rng(0))

    assert [outcome for _, outcome in steps][1:] == ["contacted", "interview", "offered", "hired", "still_there"]


@pytest.mark.parametrize(("weeks", "found"), [(12, None), (13, "praktik"), (25, "praktik"), (26, "loentilskud")])
def test_the_instrument_follows_from_the_weeks_unemployed(weeks: int, found: str | None) -> None:
    always, day = Assumptions(instrument_used=1.0), START + timedelta(weeks=weeks)

    assert instrument(a_person(), an_opening(), day, always, np.random.default_rng(0)) == found


def test_a_posting_that_is_an_instrument_stays_one() -> None:
    never, opening = Assumptions(instrument_used=0.0), replace(an_opening(), employment_type="praktik")

    assert instrument(a_person(), opening, START, never, np.random.default_rng(0)) == "praktik"


def test_a_world_is_made_of_records_and_a_pair_nobody_judged_does_not_fit() -> None:
    candidates = [a_candidate("c2", "svejser rammer"), a_candidate("c1", "bager brød")]
    postings = [replace(a_posting("p", "vi bager brød"), published=date(2026, 7, 1), openings=2)]

    world = world_of(candidates, postings, {("p", "c2"): 3}, Assumptions(), seed=0)

    assert [person.id for person in world.people] == ["c1", "c2"]
    assert world.grades.tolist() == [[0, 3]]
    assert world.overlap[0, 0] > world.overlap[0, 1]
    assert (world.openings[0].opens, world.openings[0].jobs) == (date(2026, 7, 1), 2)


def test_a_log_is_made_from_a_folder_and_can_be_read_and_evaluated(tmp_path: Path) -> None:
    people = [
        {"id": f"c{n}", "text": f"Jeg kan bage brød nummer {n}", "language": "da", "registered": "2025-06-01"}
        for n in range(15)
    ]
    jobs = [
        {"id": f"p{n}", "title": "Bager", "text": "Vi bager brød", "language": "da", "published": f"2025-0{n}-01"}
        for n in (6, 7, 8, 9)
    ]
    grades = [{"posting": job["id"], "candidate": who["id"], "grade": 3} for job in jobs for who in people]
    for name, rows in (("candidates", people), ("postings", jobs), ("judgements", grades)):
        text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text(text, encoding="utf-8")

    made = simulate_folders([tmp_path])
    write_placements(tmp_path / LOG, made)
    read = read_placements(tmp_path / LOG, today=Assumptions().end)

    assert read.simulated
    assert list(read.placements) == made
    result = backtest(read.placements, before=START, simulated=read.simulated)
    assert result.correction.missing == 0
    assert result.settings["simulated"] is True


@pytest.mark.slow
def test_what_everybody_would_have_come_to_is_found_again_in_what_the_policy_showed() -> None:
    """Once everybody is proposed, once twelve a posting: the corrected figures of the second are those of the first."""
    nobody_leaves = Assumptions(weekly_capacity=10**6, registered_weeks=10**3, takes=0.0)
    world = a_world(people=80, openings=300)
    late = nobody_leaves.end - timedelta(weeks=20)
    people = tuple(replace(person, registered=START) for person in world.people)
    openings = [replace(item, jobs=10**6, opens=late, closes=nobody_leaves.end) for item in world.openings]

    def shown(slots: int) -> Backtest:
        served = tuple(replace(opening, slots=slots) for opening in openings)
        log = simulate(replace(world, people=people, openings=served), nobody_leaves)
        return backtest(log, before=START, clip=0.001)

    everybody, some = shown(80), shown(12)

    assert everybody.corrected == everybody.as_logged
    for measure in ("auc", "precision@5"):
        truth, fixed = everybody.as_logged["logged_score"][measure].value, some.corrected["logged_score"][measure]
        assert fixed.low < truth < fixed.high
    truth, logged, fixed_ndcg = (
        made["logged_score"]["ndcg@10"].value for made in (everybody.as_logged, some.as_logged, some.corrected)
    )
    assert abs(fixed_ndcg - truth) < abs(logged - truth) / 3


def test_a_file_that_does_not_say_that_it_is_simulated_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds the word 'simulated'"):
        write_placements(tmp_path / "placements.csv", [])


def test_every_assumption_is_documented_with_its_value() -> None:
    text = (Path(str(files("eval.datasets"))) / "nordjylland" / "README-simulated.md").read_text(encoding="utf-8")
    table = dict(line.split(" | ")[:2] for line in text.removeprefix("|").splitlines() if line.startswith("| `"))

    for field in fields(Assumptions):
        value = getattr(Assumptions(), field.name)
        shown = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        assert table.get(f"| `{field.name}`") == shown, field.name


@pytest.mark.slow
def test_a_backtest_copes_with_ten_thousand_applications_on_seven_hundred_postings(tmp_path: Path) -> None:
    path = tmp_path / "large-simulated.csv"
    write_placements(path, large_log())

    log = read_placements(path, score_column="score", today=Assumptions().end)
    every = applications(log.placements)
    made = backtest(log.placements, simulated=log.simulated)

    assert len(every) == 10_000
    assert len({item.posting for item in every}) == 700
    assert made.settings["evaluated"] == made.correction.applications
    assert made.results["logged_score"].metrics["ndcg@10"].n > 100
    assert made.leads["random"].low > 0
