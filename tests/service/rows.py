"""Every route with who may use it and what it may tell: written down here by hand, and held against the app."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.accounts.roles import ROLES, Role
from tests.service.people import ADDED, BO, COLLEAGUES, MAJA, NORA, NOTE, SOULS

LETTERS: Mapping[str, Role] = {
    "C": "consultant",
    "G": "graduate",
    "A": "analyst",
    "E": "employer_contact",
    "D": "administrator",
}
ANYBODY, ANYONE = "*", "CGAED"
"""Who has not signed in, too; and every role."""
PAIR = f"/postings/p1/candidates/{MAJA.id}"
API = "/api/v1"
IDS = (MAJA.id, NORA.id)
SENTENCES = tuple(soul.sentence for soul in SOULS)
ACCOUNTS = (*COLLEAGUES.values(), *MAJA.contact, *NORA.contact)
"""Names and addresses of those who have an account."""
Values = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One route as it is asked. `who`: letters of the roles that may; `tells`: what it shows to those beyond the usual.

    `stranger`: the status for who has not signed in, where it is not the usual one.
    """

    path: str
    who: str
    status: int = 200
    stranger: int | None = None
    form: Values = field(default_factory=dict)
    body: object = None
    lines: str | None = None
    tells: tuple[str, ...] = ()

    @property
    def roles(self) -> set[Role]:
        return set(ROLES) if self.who == ANYBODY else {LETTERS[letter] for letter in self.who}

    @property
    def public(self) -> bool:
        return self.who == ANYBODY


def pages() -> dict[str, Row]:
    """Pages by method and address as the app knows it; `{report}` and the like are filled in by the test."""
    return {**_open(), **_consultants(), **_graduates(), **_analysts(), **_administrators()}


def _open() -> dict[str, Row]:
    return {
        "GET /static/{name}": Row(path="/static/pages.css", who=ANYBODY),
        "GET /": Row(path="/", who=ANYBODY, status=303),
        "GET /sign-in": Row(path="/sign-in", who=ANYBODY, status=303, stranger=200),
        "POST /sign-in": Row(path="/sign-in", who=ANYBODY, status=401, form={"email": "x@example.org"}),
        "POST /sign-out": Row(path="/sign-out", who=ANYONE, status=303),
        "GET /link/{token}": Row(path="/link/none", who=ANYBODY, status=410),
        "POST /link/{token}": Row(path="/link/none", who=ANYBODY, status=410),
        "GET /language/{language}": Row(path="/language/da", who=ANYBODY, status=303),
        "GET /about": Row(path="/about", who=ANYBODY),
    }


def _consultants() -> dict[str, Row]:
    verdict = {"decision": "hold:in_process", "note": "", "version": "1"}
    reading = {"action": "add", "label": "Svejsning", "strength": "nice"}
    return {
        "GET /postings": Row(path="/postings?q=maskin", who="C"),
        "GET /postings/{id}": Row(path="/postings/p1", who="C"),
        "POST /postings/{id}/state": Row(path="/postings/p2/state", who="C", status=303, form={"state": "filled"}),
        "GET /postings/{id}/reading": Row(path="/postings/p1/reading", who="C"),
        "POST /postings/{id}/reading": Row(path="/postings/p2/reading", who="C", status=303, form=reading),
        "GET /postings/{id}/shortlist.csv": Row(path="/postings/p1/shortlist.csv", who="C"),
        "GET /postings/{id}/shortlist.xlsx": Row(path="/postings/p1/shortlist.xlsx", who="C"),
        "GET /postings/{id}/print": Row(path="/postings/p1/print", who="C"),
        "GET /postings/{id}/candidates/{candidate}": Row(path=PAIR, who="C"),
        "POST /postings/{id}/candidates/{candidate}/verdict": Row(
            path=f"{PAIR}/verdict", who="C", status=303, form=verdict
        ),
        "GET /postings/{id}/candidates/{candidate}/contributions.svg": Row(path=f"{PAIR}/contributions.svg", who="C"),
        "GET /cards": Row(path="/cards", who="CE"),
        "GET /postings/{id}/cards": Row(path="/postings/p1/cards", who="CE"),
        "GET /postings/{id}/candidates/{candidate}/card": Row(path=f"{PAIR}/card", who="CE"),
        "GET /postings/{id}/compare": Row(
            path=f"/postings/p1/compare?candidate={MAJA.id}&candidate={NORA.id}", who="C"
        ),
        "GET /paste": Row(path="/paste", who="C"),
        "POST /paste": Row(
            path="/paste", who="C", form={"title": "Smed", "text": "Du svejser rammer.", "postcode": ""}
        ),
        "GET /candidates": Row(path="/candidates?q=svejsning", who="C"),
        "GET /candidates/{id}": Row(path=f"/candidates/{MAJA.id}", who="C"),
        "GET /candidates/{id}/contact": Row(path=f"/candidates/{MAJA.id}/contact", who="C", tells=MAJA.contact),
        "GET /merge": Row(path="/merge", who="C"),
        "GET /merge/pair": Row(
            path=f"/merge/pair?first={MAJA.id}&second={NORA.id}", who="C", tells=(*MAJA.contact, *NORA.contact)
        ),
        "POST /merge": Row(
            path="/merge",
            who="C",
            status=422,
            form={"first": MAJA.id, "second": NORA.id},
            tells=(*MAJA.contact, *NORA.contact),
        ),
        "GET /companies": Row(path="/companies", who="C"),
        "GET /companies/{id}": Row(path="/companies/e1", who="C"),
        "GET /requests": Row(path="/requests", who="C", tells=ACCOUNTS),
        "POST /requests/{id}": Row(path="/requests/none", who="C", status=404),
        "GET /invite": Row(path="/invite", who="CD", tells=ACCOUNTS),
        "POST /invite": Row(path="/invite", who="CD", status=422, form={"name": "", "email": ""}, tells=ACCOUNTS),
        "POST /invite/again": Row(path="/invite/again", who="CD", status=404, form={"account": "none"}),
    }


def _graduates() -> dict[str, Row]:
    return {
        "GET /me": Row(path="/me", who="G", status=303),
        "GET /me/start": Row(path="/me/start", who="G"),
        "POST /me/cv": Row(path="/me/cv", who="G", status=422),
        "GET /me/reading": Row(path="/me/reading", who="G"),
        "POST /me/reading": Row(path="/me/reading", who="G", status=303, form={"action": "drop", "key": "none"}),
        "POST /me/reading/add": Row(path="/me/reading/add", who="G", status=303, form={"label": "Havbiologi"}),
        "GET /me/suggestions": Row(path="/me/suggestions", who="G"),
        "GET /me/openings": Row(path="/me/openings", who="G"),
        "GET /me/postings/{posting_id}": Row(path="/me/postings/p1", who="G"),
        "GET /me/wishes": Row(path="/me/wishes", who="G"),
        "POST /me/wishes": Row(path="/me/wishes", who="G", status=303, form={"km": "50"}),
        "GET /me/data": Row(path="/me/data", who="G"),
        "GET /me/data.json": Row(path="/me/data.json", who="G", tells=(NOTE,)),
        "GET /me/ask": Row(path="/me/ask", who="G"),
        "POST /me/ask": Row(path="/me/ask", who="G", status=422, form={"wanted": ""}),
        "POST /me/ask/withdraw": Row(path="/me/ask/withdraw", who="G", status=404, form={"request": "none"}),
        "POST /me/data/delete": Row(path="/me/data/delete", who="G", status=422),
    }


def _analysts() -> dict[str, Row]:
    return {
        "GET /analysis": Row(path="/analysis", who="AD"),
        "POST /analysis/runs": Row(path="/analysis/runs", who="AD", status=422, form={"kind": "judgements"}),
        "GET /analysis/jobs/{job_id}": Row(path="/analysis/jobs/{job}", who="AD", status=303),
        "GET /analysis/reports/{report_id}": Row(path="/analysis/reports/{report}", who="AD"),
        "GET /analysis/reports/{report_id}/plots/{number}.png": Row(
            path="/analysis/reports/{report}/plots/999.png", who="AD", status=404
        ),
        "GET /analysis/reports/{report_id}/report.{suffix}": Row(
            path="/analysis/reports/{report}/report.html", who="AD"
        ),
        "POST /analysis/reports/{report_id}/delete": Row(
            path="/analysis/reports/20200101T000000-00000000/delete", who="AD", status=404
        ),
        "GET /analysis/compare": Row(path="/analysis/compare?first={report}&second={report}", who="AD"),
        "GET /proposals": Row(path="/proposals", who="AD"),
        "GET /proposals.png": Row(path="/proposals.png", who="AD"),
        "GET /versions": Row(path="/versions", who="CAD"),
        "GET /model-card": Row(path="/model-card", who="CAD"),
    }


def _administrators() -> dict[str, Row]:
    new = {"name": "Ny Kollega", "email": "ny@kommune.example", "role": "analyst"}
    same = {"name": "Anden Kollega", "email": "anden@kommune.example", "role": "analyst"}
    return {
        "GET /admin/accounts": Row(path="/admin/accounts", who="D", tells=(*ACCOUNTS, MAJA.id)),
        "POST /admin/accounts": Row(path="/admin/accounts", who="D", form=new),
        "GET /admin/accounts/{account_id}": Row(path="/admin/accounts/{other}", who="D"),
        "POST /admin/accounts/{account_id}": Row(path="/admin/accounts/{other}", who="D", status=303, form=same),
        "POST /admin/accounts/{account_id}/link": Row(path="/admin/accounts/{other}/link", who="D"),
        "POST /admin/accounts/{account_id}/state": Row(
            path="/admin/accounts/{other}/state", who="D", status=303, form={"active": "yes"}
        ),
        "POST /admin/accounts/{account_id}/delete": Row(path="/admin/accounts/{other}/delete", who="D", status=422),
        "POST /admin/accounts/{account_id}/keys": Row(
            path="/admin/accounts/{other}/keys", who="D", form={"name": "grafer"}
        ),
        "POST /admin/accounts/{account_id}/keys/{key_id}/revoke": Row(
            path="/admin/accounts/{other}/keys/none/revoke", who="D", status=404
        ),
        "GET /admin/instruments": Row(path="/admin/instruments", who="D"),
        "GET /admin/instruments/instruments.toml": Row(path="/admin/instruments/instruments.toml", who="D"),
        "POST /admin/instruments": Row(path="/admin/instruments", who="D", status=422, form={"text": "ikke toml"}),
        "GET /admin/log": Row(path="/admin/log", who="D", tells=ACCOUNTS),
        "GET /admin/log/check": Row(path="/admin/log/check", who="D", status=303),
        "POST /admin/log/check": Row(path="/admin/log/check", who="D", status=303),
        "GET /admin/log/{number}": Row(path="/admin/log/1", who="D"),
        "POST /admin/log/{number}/replay": Row(path="/admin/log/1/replay", who="D", status=409),
        "GET /admin/erasure": Row(path="/admin/erasure", who="D"),
        "POST /admin/erasure": Row(path="/admin/erasure", who="D", status=422),
        "GET /admin/retention": Row(path="/admin/retention", who="D"),
        "POST /admin/retention": Row(path="/admin/retention", who="D"),
    }


def endpoints() -> dict[str, Row]:
    """Routes of the API and of what watches over the service."""
    return {**_api(), **_watch()}


def _watch() -> dict[str, Row]:
    return {
        "GET /health": Row(path="/health", who=ANYBODY),
        "GET /health/live": Row(path="/health/live", who=ANYBODY),
        "GET /health/ready": Row(path="/health/ready", who=ANYBODY),
        "GET /metrics": Row(path="/metrics", who="CAD"),
        f"GET {API}/openapi.json": Row(path=f"{API}/openapi.json", who=ANYBODY),
    }


def _api() -> dict[str, Row]:
    pair = f"postings/p1/candidates/{MAJA.id}"
    verdict = {"verdict": "propose", "reason": "growth", "version": 2}
    every: list[tuple[str, Row]] = [
        ("GET postings", Row(path="postings", who="CE")),
        ("GET postings/{id}", Row(path="postings/p1", who="CGE")),
        ("GET postings/{id}/shortlist", Row(path="postings/p1/shortlist", who="C")),
        ("POST shortlist", Row(path="shortlist", who="C", body={"title": "Smed", "text": "Du svejser rammer."})),
        ("GET postings/{id}/cards", Row(path="postings/p1/cards", who="CE")),
        ("GET candidates", Row(path="candidates", who="C")),
        ("GET candidates/{id}", Row(path=f"candidates/{MAJA.id}", who="CG")),
        ("GET candidates/{id}/contact", Row(path=f"candidates/{MAJA.id}/contact", who="C", tells=MAJA.contact)),
        ("GET candidates/{id}/suggestions", Row(path=f"candidates/{MAJA.id}/suggestions", who="CG")),
        ("GET employers", Row(path="employers", who="C")),
        ("GET employers/{id}", Row(path="employers/e1", who="C")),
        ("GET postings/{posting}/candidates/{candidate}/explanation", Row(path=f"{pair}/explanation", who="CG")),
        ("GET postings/{posting}/candidates/{candidate}/verdict", Row(path=f"{pair}/verdict", who="C")),
        ("PUT postings/{posting}/candidates/{candidate}/verdict", Row(path=f"{pair}/verdict", who="C", body=verdict)),
        ("GET verdicts", Row(path="verdicts", who="C")),
        ("POST extract", Row(path="extract", who="CG", body={"kind": "posting", "text": "Du svejser."})),
        ("POST ingest/{kind}", Row(path="ingest/postings", who="CD", lines='{"id": "p3", "title": "x", "text": "y"}')),
        ("POST ingest/{kind}/files", Row(path="ingest/postings/files", who="CD", form={})),
        ("DELETE postings/{id}", Row(path="postings/none", who="CD", status=404)),
        ("DELETE employers/{id}", Row(path="employers/none", who="CD", status=404)),
        ("DELETE candidates/{id}", Row(path="candidates/none", who="D", status=404)),
        ("POST evaluations/{basis}", Row(path="evaluations/judgements", who="AD", status=422, lines="no judgement")),
        ("GET jobs", Row(path="jobs", who="AD")),
        ("GET jobs/{id}", Row(path="jobs/none", who="AD", status=404)),
        ("GET me", Row(path="me", who=ANYONE)),
        ("GET versions", Row(path="versions", who="CAD")),
        ("GET decision-log/verification", Row(path="decision-log/verification", who="D")),
    ]
    return {
        f"{route.replace(' ', f' {API}/', 1)}": Row(**{**vars(row), "path": f"{API}/{row.path}"})
        for route, row in every
    }


USUAL: Mapping[Role, tuple[str, ...]] = {
    "consultant": (*IDS, MAJA.sentence, NORA.sentence, BO.sentence, NOTE, ADDED),
    "graduate": (MAJA.id, MAJA.sentence, BO.sentence, ADDED, *MAJA.contact),
    "analyst": (),
    "employer_contact": (BO.sentence,),
    "administrator": (),
}
"""What a role may be told anywhere: consultants CVs without names, graduates their own, and nobody else of any."""
SECRETS = (*(word for soul in SOULS for word in soul.contact), *IDS, *SENTENCES, NOTE, ADDED, *COLLEAGUES.values())
"""All that is looked for."""
