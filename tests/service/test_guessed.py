"""Ids that somebody guessed tell nothing: what is there and may not be seen looks like what is not there."""

import pytest

from api.service import Service
from tests.service.conftest import As, Person
from tests.service.people import MAJA, NORA, report_of

NOBODY = "k-000000"
OF_CANDIDATES = (
    "/candidates/{id}",
    "/candidates/{id}/contact",
    "/postings/p1/candidates/{id}",
    "/postings/p1/candidates/{id}/contributions.svg",
    "/postings/p1/compare?candidate={id}&candidate=x",
)
IN_THE_API = (
    "candidates/{id}",
    "candidates/{id}/contact",
    "candidates/{id}/suggestions",
    "postings/p1/candidates/{id}/explanation",
    "postings/p1/candidates/{id}/verdict",
    "verdicts?candidate={id}",
)


@pytest.mark.parametrize("role", ["graduate", "analyst", "employer_contact", "administrator"])
def test_a_page_of_another_looks_like_that_of_nobody(as_role: As, role: str) -> None:
    person = as_role(role)

    for path in OF_CANDIDATES:
        known, unknown = (person.get(path.format(id=id)) for id in (NORA.id, NOBODY))
        assert known.status_code == unknown.status_code == 403, path
        assert known.text.replace(NORA.id, NOBODY) == unknown.text, path


@pytest.mark.parametrize("role", ["graduate", "analyst", "employer_contact", "administrator"])
def test_a_record_of_another_looks_like_that_of_nobody(as_role: As, role: str) -> None:
    person = as_role(role)

    for path in IN_THE_API:
        known, unknown = (person.ask("GET", path.format(id=id)) for id in (NORA.id, NOBODY))
        assert known.status_code == unknown.status_code == 403, path
        assert known.text.replace(NORA.id, NOBODY) == unknown.text, path


def test_an_employer_contact_sees_cards_of_those_who_are_proposed_and_no_others(as_role: As) -> None:
    guest = as_role("employer_contact")

    proposed = guest.get(f"/postings/p1/candidates/{MAJA.id}/card")
    other, nobody = (guest.get(f"/postings/p2/candidates/{id}/card") for id in (MAJA.id, NOBODY))

    assert proposed.status_code == 200
    assert other.status_code == nobody.status_code == 403
    assert other.text.replace(MAJA.id, NOBODY) == nobody.text


def test_a_graduate_reads_and_changes_only_their_own_record(maja: Person, nora: Person, service: Service) -> None:
    nora.get("/me/reading")
    for path, form in (
        ("/me/wishes", {"km": "7", "candidate": MAJA.id, "id": MAJA.id}),
        ("/me/reading/add", {"label": "Fyrpasning", "candidate": MAJA.id, "id": MAJA.id}),
    ):
        assert nora.send(path, form).status_code == 200

    assert service.engine.candidate(MAJA.id).max_km is None
    assert service.engine.candidate(NORA.id).max_km == 7
    assert "Fyrpasning" not in maja.get("/me/reading").text
    assert NORA.name not in maja.get("/me/data.json").text


def test_a_run_of_a_colleague_looks_like_none(as_role: As, service: Service) -> None:
    first, second = as_role("analyst"), as_role("analyst", "anden@kommune.example")
    job = service.jobs.start("analysis.groups", first.account.id, lambda _: {"report": "none"})

    for path in ("/analysis/jobs/{id}", "/api/v1/jobs/{id}"):
        known, unknown = (second.get(path.format(id=id)) for id in (job.id, "0" * 16))
        assert known.status_code == unknown.status_code == 404
        assert known.text.replace(job.id, "0" * 16) == unknown.text


@pytest.mark.parametrize(
    "name",
    ["..%2f..%2fsecret", "..%5c..%5csecret", "%2e%2e", "..%2f..%2fmatcher.db", "x%00", "20200101T000000-00000000%0a"],
)
def test_no_address_leads_out_of_its_folder(as_role: As, service: Service, name: str) -> None:
    analyst = as_role("analyst")

    for path in (f"/analysis/reports/{name}/report.html", f"/analysis/reports/{name}", f"/static/{name}"):
        assert analyst.get(path).status_code == 404, path
    assert analyst.get(f"/analysis/reports/{report_of(service.engine)}/plots/-1.png").status_code == 404


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aX: y", "x"])
def test_nothing_leads_to_another_site(consultant: Person, elsewhere: str) -> None:
    for path in ("/language/en", "/sign-in"):
        answer = consultant.client.get(path, params={"next": elsewhere}, follow_redirects=False)
        assert answer.headers["location"].startswith("/"), path
        assert "evil.example" not in answer.headers["location"], path
        assert "X" not in answer.headers, path


def test_a_foreign_host_in_a_request_is_in_no_answer(consultant: Person) -> None:
    for path in ("/postings", "/postings/", "/", "/sign-in", "/nothing/", "/api/v1/me/"):
        answer = consultant.client.get(path, headers={"Host": "evil.example"}, follow_redirects=False)
        assert "evil.example" not in answer.text + repr(answer.headers.multi_items()), path
