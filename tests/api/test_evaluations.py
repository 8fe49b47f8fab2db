"""Evaluations as jobs: taken in at once, told how far they are, and done with measures that name nobody."""

import json
import threading
from collections.abc import Iterator

import pytest

from api.jobs import MOST_WAITING, Jobs, Tell, TooManyJobs, UnknownJob
from matcher.errors import UnknownMeasure
from tests.api.conftest import As, Person

PAIRS = [("p1", "engineer", 3), ("p1", "nurse", 0), ("p2", "nurse", 3), ("p2", "engineer", 0)]
JUDGEMENTS = "".join(
    json.dumps({"posting": posting, "candidate": candidate, "grade": grade}) + "\n"
    for posting, candidate, grade in PAIRS
).encode()


@pytest.fixture
def analyst(as_role: As) -> Person:
    return as_role("analyst")


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


def ended(person: Person, id: str) -> dict[str, object]:
    """The job once it has ended; the test waits for the thread that runs it, not for a clock."""
    service = person.client.app.state.service  # type: ignore[attr-defined]
    service.jobs._pool.submit(lambda: None).result(timeout=60)
    body = person.get(f"jobs/{id}").json()
    assert isinstance(body, dict)
    return body


def test_an_evaluation_is_taken_in_and_done_with_its_measures(analyst: Person) -> None:
    started = analyst.post("evaluations/judgements?baselines=false", content=JUDGEMENTS)
    job = ended(analyst, started.json()["id"])

    assert started.status_code == 202
    assert job["state"] == "done", job
    assert job["result"]["metrics"]["ndcg@10"]["value"] == pytest.approx(1.0)  # type: ignore[index]
    assert job["done"] == job["total"] != 0
    assert not any(id in json.dumps(job) for id in ("engineer", "nurse"))


def test_an_evaluation_says_in_words_why_it_cannot_be_done(analyst: Person) -> None:
    unknown = b'{"posting": "p9", "candidate": "c9", "grade": 1}\n'
    job = ended(analyst, analyst.post("evaluations/judgements", content=unknown).json()["id"])

    assert job["state"] == "refused"
    assert job["detail"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"posting": "p1", "candidate": "engineer", "grade": 7}\n'])
def test_lines_that_are_no_judgements_are_refused_at_once(analyst: Person, content: bytes) -> None:
    answer = analyst.post("evaluations/judgements", content=content)

    assert answer.status_code == 422
    assert str(analyst.client.app.state.service.home) not in answer.text  # type: ignore[attr-defined]


def test_a_job_is_shown_to_whoever_started_it_only(analyst: Person, as_role: As) -> None:
    id = analyst.post("evaluations/judgements?baselines=false", content=JUDGEMENTS).json()["id"]
    ended(analyst, id)

    assert as_role("administrator").get(f"jobs/{id}").status_code == 404
    assert as_role("administrator").get("jobs").json() == {"jobs": []}
    assert [job["id"] for job in analyst.get("jobs").json()["jobs"]] == [id]


def test_a_job_tells_how_far_it_is(jobs: Jobs) -> None:
    told, go_on = threading.Event(), threading.Event()

    def work(tell: Tell) -> str:
        tell("rank", 3, 7)
        told.set()
        go_on.wait(10)
        return "found"

    job = jobs.start("evaluation", "a1", work)
    told.wait(10)
    half = jobs.get(job.id)
    go_on.set()
    jobs.close()

    assert (half.state, half.stage, half.done, half.total) == ("running", "rank", 3, 7)
    assert (jobs.get(job.id).state, jobs.get(job.id).result) == ("done", "found")


def test_a_job_that_fails_stops_no_other(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def refused(_tell: Tell) -> None:
        raise UnknownMeasure(found="x", known="y")

    def failed(_tell: Tell) -> None:
        raise RuntimeError("Maja Prøvesen")

    ids = [jobs.start("evaluation", "a1", work).id for work in (refused, failed, lambda _: 1)]
    jobs._pool.submit(lambda: None).result(timeout=60)

    assert [jobs.get(id).state for id in ids] == ["refused", "failed", "done"]
    assert "Maja" not in caplog.text


def test_no_more_jobs_wait_than_are_taken(jobs: Jobs) -> None:
    go_on = threading.Event()
    for _ in range(MOST_WAITING):
        jobs.start("evaluation", "a1", lambda _: go_on.wait(10))

    with pytest.raises(TooManyJobs, match="jobs are waiting already"):
        jobs.start("evaluation", "a1", lambda _: None)
    go_on.set()


def test_an_unknown_job_is_refused(jobs: Jobs) -> None:
    with pytest.raises(UnknownJob, match="no job"):
        jobs.get("x")
