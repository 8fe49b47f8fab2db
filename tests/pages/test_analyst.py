"""An analyst's pages: start a run, watch it, read and compare reports, and see how proposals are spread."""

import json
import time
from collections.abc import Callable

import httpx2
import pytest

from api.auth.csrf import FIELD
from api.runs import Runs
from api.service import Service
from eval.kept_reports import KeptReports
from matcher.ledger.verdicts import Draft
from tests.pages.conftest import SAME_SITE, Browser

PATIENCE = 600


@pytest.fixture
def analyst(as_role: Callable[..., Browser]) -> Browser:
    return as_role("analyst")


def start(browser: Browser, kind: str, content: bytes | None = None, **fields: str) -> httpx2.Response:
    browser.get("/analysis")
    data = {FIELD: browser.token, "kind": kind, **fields}
    files = {"file": ("../secret/file.jsonl", content)} if content is not None else None
    return browser.client.post("/analysis/runs", data=data, files=files, headers=SAME_SITE)


def ended(browser: Browser, service: Service, answer: httpx2.Response) -> httpx2.Response:
    """Wait for a run and return what its page then shows."""
    path = answer.url.path
    for _ in range(PATIENCE):
        if path.startswith("/analysis/reports/") or service.jobs.get(path.split("/")[-1]).ended:
            break
        time.sleep(0.1)
    return browser.get(path)


def silent(_stage: str, _done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.mark.slow
def test_an_audit_runs_in_the_background_and_ends_in_a_report(analyst: Browser, service: Service) -> None:
    report = ended(analyst, service, start(analyst, "groups"))

    assert report.url.path.startswith("/analysis/reports/")
    assert "Revision: hvem kommer på listerne" in report.text
    assert "Audit: who makes the lists" in analyst.get("/language/en", params={"next": report.url.path}).text
    plot = analyst.get(f"{report.url.path}/report.json")
    assert "attachment" in plot.headers["content-disposition"]


@pytest.mark.slow
def test_an_evaluation_on_judgements_shows_plots_by_address_and_no_ids(analyst: Browser, service: Service) -> None:
    rows = [
        {"posting": "p1", "candidate": "engineer", "grade": 3},
        {"posting": "p1", "candidate": "nurse", "grade": 0},
        {"posting": "p2", "candidate": "nurse", "grade": 3},
        {"posting": "p2", "candidate": "engineer", "grade": 0},
        {"posting": "p2", "candidate": "unknown-person", "grade": 1},
    ]
    sent = "".join(json.dumps(row) + "\n" for row in rows).encode()
    report = ended(analyst, service, start(analyst, "judgements", sent))
    plot = analyst.get(f"{report.url.path}/plots/0.png")

    assert "nDCG@10" in report.text
    assert plot.headers["content-type"] == "image/png"
    for suffix in ("html", "json"):
        assert "unknown-person" not in analyst.get(f"{report.url.path}/report.{suffix}").text
    assert "unknown-person" not in report.text


def test_a_run_without_its_file_and_a_bad_file_are_refused_at_once(analyst: Browser, service: Service) -> None:
    missing = start(analyst, "judgements", None)
    bad = start(analyst, "judgements", b'{"posting": 1}\n')
    history = start(analyst, "placements", None)

    assert [answer.status_code for answer in (missing, bad, history)] == [422, 422, 422]
    assert "vælg en fil" in missing.text
    assert "/tmp" not in bad.text
    assert "secret" not in bad.text
    assert service.jobs.of("nobody") == []


def test_two_runs_are_held_against_each_other(analyst: Browser, service: Service) -> None:
    runs = Runs(service.engine, KeptReports(service.home))
    first, second = runs.groups(silent), runs.groups(silent)
    page = analyst.get(f"/analysis/compare?first={first.id}&second={second.id}").text

    assert "lavet med den samme model" in page
    assert "0,000" in page
    assert "Sammenlign to kørsler" in analyst.get("/analysis/compare").text


def test_a_report_that_is_not_there_is_not_found(analyst: Browser) -> None:
    for id in ("20260101T000000-00000000", "..%2F..%2Fsecret", "x"):
        assert analyst.get(f"/analysis/reports/{id}").status_code == 404
        assert analyst.get(f"/analysis/reports/{id}/plots/0.png").status_code == 404


def test_a_report_can_be_deleted(analyst: Browser, service: Service) -> None:
    kept = Runs(service.engine, KeptReports(service.home)).groups(silent)
    analyst.get(f"/analysis/reports/{kept.id}")
    analyst.send(f"/analysis/reports/{kept.id}/delete")

    assert KeptReports(service.home).all() == []


def test_present_proposals_are_counted_without_names(analyst: Browser, service: Service) -> None:
    assert "Ingen er foreslået lige nu" in analyst.get("/proposals").text
    assert analyst.get("/proposals.png").status_code == 404
    for posting in ("p1", "p2"):
        draft = Draft(posting=posting, candidate="engineer", verdict="propose", reason="competences", account="a1")
        service.log.decide(draft, version=0)
    page = analyst.get("/proposals").text

    assert "1 af 3" in page
    assert "engineer" not in page
    assert analyst.get("/proposals.png").headers["content-type"] == "image/png"


def test_runs_are_seen_by_who_started_them(analyst: Browser, as_role: Callable[..., Browser], service: Service) -> None:
    job = service.jobs.start("analysis.groups", "somebody-else", lambda tell: None)

    assert analyst.get(f"/analysis/jobs/{job.id}").status_code == 404
    assert as_role("administrator").get(f"/analysis/jobs/{job.id}").status_code == 404


def test_other_roles_are_kept_out(consultant: Browser, as_role: Callable[..., Browser]) -> None:
    graduate = as_role("graduate")
    paths = ("/analysis", "/analysis/compare", "/proposals", "/analysis/reports/x", "/analysis/jobs/x")

    assert [consultant.get(path).status_code for path in paths] == [403] * len(paths)
    assert [graduate.get(path).status_code for path in paths] == [403] * len(paths)
