"""Forms sent twice, after the session has ended, or by two at once: one effect, nothing lost, the second is told."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from threading import Barrier

import pytest
from sqlalchemy import func, select

from api.auth.csrf import FIELD
from api.service import Service
from matcher.accounts.roles import Role
from matcher.storage.service_tables import ACCOUNT, API_KEY, CORRECTION, POSTING_STATE, VERDICT
from matcher.storage.store import SqlStore
from tests.accounts.examples import PASSWORD, House
from tests.pages.conftest import SAME_SITE
from tests.service.conftest import As, Person
from tests.service.people import COLLEAGUES, MAJA

LONG = "Æblegrød\n" * 8_000
"""A pasted text of 72,000 letters."""
Form = Mapping[str, object]
FORMS: dict[str, tuple[Role, str, Form]] = {
    "a verdict": (
        "consultant",
        f"/postings/p2/candidates/{MAJA.id}/verdict",
        {"decision": "hold:other", "note": "Ring <b>torsdag</b> & fredag\nsent", "version": "0"},
    ),
    "a correction": (
        "consultant",
        "/postings/p1/reading",
        {"action": "add", "label": "Drejning & fræsning", "strength": "nice", "start": "0", "end": "0"},
    ),
    "a paste": ("consultant", "/paste", {"title": "Smed", "text": f"Du svejser rammer.\n{LONG}", "postcode": "9000"}),
    "a state": ("consultant", "/postings/p2/state", {"state": "filled"}),
    "a competence": ("graduate", "/me/reading/add", {"label": "Fyrpasning på Læsø"}),
    "wishes": (
        "graduate",
        "/me/wishes",
        {"types": ["praktik", "vikariat"], "areas": ["Aalborg"], "other_areas": "Aarhus", "hours": "20", "km": "33"},
    ),
    "an account": ("administrator", "/admin/accounts", {"name": "Ny", "email": "ny@example.org", "role": "analyst"}),
}
SENT_TWICE = {
    **FORMS,
    "a key": ("administrator", "/admin/accounts/{other}/keys", {"name": "grafer"}),
    "a link": ("administrator", "/admin/accounts/{other}/link", {}),
    "a run": ("analyst", "/analysis/runs", {"kind": "groups", "direction": "postings", "amount": "10"}),
    "an erasure": ("administrator", "/admin/erasure", {"candidate": MAJA.id, "sure": "yes"}),
}


class Fields(HTMLParser):
    """The hidden fields of every form of a page, by the form's address."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: dict[str, list[tuple[str, str]]] = {}
        self._action = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "form":
            self._action = found.get("action") or ""
            self.forms.setdefault(self._action, [])
        elif tag == "input" and found.get("type") == "hidden":
            self.forms[self._action].append((found.get("name") or "", found.get("value") or ""))


def as_sent(fields: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Fields of a form by name, as a browser sends them."""
    sent: dict[str, list[str]] = {}
    for name, value in fields:
        sent.setdefault(name, []).append(value)
    return sent


def rows(service: Service) -> dict[str, int]:
    """How much there is of what forms make."""
    store = service.engine.store
    assert isinstance(store, SqlStore)
    live = select(func.count()).select_from(API_KEY).where(API_KEY.c.revoked.is_(None))
    with store._database.read() as connection:
        tables = {
            table.name: select(func.count()).select_from(table)
            for table in (ACCOUNT, CORRECTION, POSTING_STATE, VERDICT)
        }
        counted = {name: connection.execute(query).scalar_one() for name, query in {**tables, "key": live}.items()}
    records = {kind: store.count(kind) for kind in ("candidate", "posting", "employer")}
    return {**counted, **records, "jobs": len(service.jobs._jobs)}


def changed(service: Service) -> dict[str, int]:
    """As `rows`, with the count of changes that records went through."""
    return {**rows(service), "changes": service.engine.store.generation()}


@pytest.mark.parametrize("name", SENT_TWICE)
def test_a_form_that_is_sent_twice_has_one_effect(service: Service, as_role: As, house: House, name: str) -> None:
    role, path, form = SENT_TWICE[name]
    other = house.somebody("analyst", "anden@kommune.example", "Anden Kollega")
    person = as_role(role)
    hold = Barrier(2)
    if name == "a run":  # so that the first has not ended when the second comes
        service.jobs.start("test", "nobody", lambda _: hold.wait(30) and None)
    person.get("/about" if role == "graduate" else "/versions")
    first = person.send(path.format(other=other.id), form, follow=False)
    once = rows(service)
    second = person.send(path.format(other=other.id), form, follow=False)
    if name == "a run":
        hold.wait(30)

    assert first.status_code < 400
    assert second.status_code in (200, 303, 404, 409)
    assert rows(service) == once


def test_a_key_that_is_made_again_by_a_double_click_is_one_that_works(administrator: Person, house: House) -> None:
    account = house.somebody("analyst", "anden@kommune.example", "Anden Kollega")
    first, second = (house.accounts.keys.make(account.id, "grafer", by=account) for _ in range(2))
    house.accounts.keys.account(second.secret)
    third = house.accounts.keys.make(account.id, "grafer", by=account)

    live = {key.id for key in house.accounts.keys.of(account.id) if key.revoked is None}
    assert live == {second.key.id, third.key.id}
    assert first.key.id not in live


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(SAME_SITE, id="fetch"),
        pytest.param({"Origin": "http://testserver"}, id="origin", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("name", FORMS)
def test_nothing_typed_is_lost_when_the_session_ends_meanwhile(
    service: Service, as_role: As, house: House, name: str, header: dict[str, str]
) -> None:
    role, path, form = FORMS[name]
    person = as_role(role)
    person.get("/about")
    house.clock.move(hours=100)
    before = changed(service)

    ended = person.client.post(path, data={FIELD: person.token, **form}, headers=header, follow_redirects=False)
    assert (ended.status_code, changed(service)) == (401, before)
    kept = as_sent(Fields(ended.text).forms["/sign-in"])
    back = person.client.post(
        "/sign-in", data={**kept, "email": COLLEAGUES[role], "password": PASSWORD}, headers=SAME_SITE
    )
    again = as_sent(Fields(back.text).forms[path])
    assert as_typed(again) == as_typed(form)
    done = person.client.post(path, data=again, headers=SAME_SITE)

    assert done.status_code == 200
    assert name == "a paste" or changed(service) != before


def as_typed(form: Mapping[str, object]) -> dict[str, list[str]]:
    """Values by name, line ends as one machine has them, the token left out."""
    listed = {name: value if isinstance(value, list) else [value] for name, value in form.items() if name != FIELD}
    return {name: [str(one).replace("\r\n", "\n") for one in values] for name, values in listed.items()}


def test_of_two_who_decide_at_once_one_is_told_by_whom_and_keeps_what_they_typed(as_role: As, service: Service) -> None:
    people = [as_role("consultant"), as_role("consultant", "bente@kommune.example", name="Bente Beslutsen")]
    path = f"/postings/p2/candidates/{MAJA.id}"
    for person in people:
        person.get(path)
    start = Barrier(2)

    def decide(number: int) -> tuple[int, str]:
        start.wait(10)
        verdict: dict[str, object] = {"decision": "hold:other", "note": f"Notat {number}", "version": "0"}
        answer = people[number].send(f"{path}/verdict", verdict, follow=False)
        return answer.status_code, answer.text

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(decide, range(2)))

    assert sorted(status for status, _ in answers) == [303, 409]
    loser = next(number for number, (status, _) in enumerate(answers) if status == 409)
    page = answers[loser][1]
    assert f"{people[1 - loser].account.name} traf en afgørelse" in page
    assert f">Notat {loser}</textarea>" in page
    assert 'name="version" value="1"' in page
    verdict = service.log.verdict("p2", MAJA.id)
    assert verdict is not None
    assert (verdict.note, verdict.version) == (f"Notat {1 - loser}", 1)


def test_a_program_that_decides_too_late_is_told_by_whom(as_role: As, consultant: Person) -> None:
    other = as_role("consultant", "bente@kommune.example", name="Bente Beslutsen")
    path = f"postings/p2/candidates/{MAJA.id}/verdict"
    given = {"verdict": "reject", "reason": "distance", "version": 0}

    first = consultant.ask("PUT", path, json=given)
    second = other.ask("PUT", path, json={**given, "reason": "level"}, headers={"Accept-Language": "da"})

    assert (first.status_code, second.status_code) == (200, 409)
    assert consultant.account.name in second.json()["detail"]
    assert other.ask("GET", path).json()["reason"] == "distance"
