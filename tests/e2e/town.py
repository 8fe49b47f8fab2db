"""A small invented town: graduates, companies and postings with a past, so that every page has something to show."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

from api.runs import Runs
from eval.kept_reports import KeptReports
from matcher import assemble
from matcher.accounts.roles import Role
from matcher.engine import Engine
from matcher.ledger.verdicts import Choice, Draft
from matcher.records import Contact, Employer, Placement, Record
from matcher.settings import Settings
from matcher.storage.store import SqlStore
from tests.accounts.examples import House
from tests.builders import DANISH_NURSE_CV, NURSE_CV, WELDER_CV, a_candidate, a_posting, bare, health_posting

DAY = date(2026, 3, 2)
"""The day the town lives in."""
NAME, EMAIL, PHONE = "Maja Prøvesen", "maja@example.org", "28 61 07 43"
LONG_TITLE = "Arbejdsmarkedsuddannelseskoordinator til beskæftigelsesforvaltningens virksomhedssamarbejde"
PEOPLE: dict[Role, str] = {
    "consultant": "Karen Konsulentsen",
    "graduate": NAME,
    "analyst": "Anders Analysen",
    "employer_contact": "Eva Afdelingsen",
    "administrator": "Bo Bestyrelsen",
}
COLLEAGUE = "anden@example.org"
NEWCOMER = "ny@example.org"


def address_of(role: Role) -> str:
    """The e-mail address that somebody of a role signs in with."""
    return f"{role}@example.org"


def build(home: Path, models: Path) -> None:
    """Read, index and live in a home until it has accounts, verdicts, a history and two reports."""
    engine = assemble.engine(Settings(home=home, models=models, encoder="hashing"))
    _read_records(engine)
    engine.refresh()
    _open_accounts(engine)
    _decide(engine)
    _report(engine)
    cast("SqlStore", engine.store).close()


def _read_records(engine: Engine) -> None:
    at_home = {"municipality": "Aalborg", "postcode": "9000"}
    engineer = replace(
        a_candidate("engineer"),
        programme="Maskiningeniør",
        weeks_unemployed=20,
        available_from=date(2026, 1, 1),
        **at_home,  # type: ignore[arg-type]
    )
    engine.store.save([(engineer, Contact(names=(NAME,), emails=(EMAIL,), phones=(PHONE,)))])
    engine.store.save(bare(*_others(), *_postings(), *_employers()))
    engine.store.save_placements(
        [
            Placement(candidate="welder", posting="p3", date=date(2026, 2, 2), outcome="proposed"),
            Placement(candidate="welder", posting="p3", date=date(2026, 2, 9), outcome="interview"),
        ]
    )


def _others() -> tuple[Record, ...]:
    return (
        replace(a_candidate("nurse", NURSE_CV), programme="Folkesundhedsvidenskab", municipality="Hjørring"),
        replace(a_candidate("nurse/da", DANISH_NURSE_CV), wanted_municipalities=("Aarhus",), max_km=40.0),
        replace(a_candidate("welder", WELDER_CV + "Kørekort til gaffeltruck.\n"), postcode="9990"),
    )


def _postings() -> tuple[Record, ...]:
    welding = replace(a_posting(), employer="Maskinværket", municipality="Hobro", postcode="9500")
    return (
        replace(welding, deadline=date(2026, 4, 1)),
        replace(health_posting(), employer="Sundhedshuset"),
        replace(a_posting("p3", LONG_TITLE), employer="Aalborg Kommune, Job- og Velfærdsforvaltningen"),
    )


def _employers() -> tuple[Record, ...]:
    made = Employer(id="e1", name="Maskinværket", text="Vi svejser rammer.", hires=("2019: maskiningeniør",))
    return (made, Employer(id="e2", name="Sundhedshuset", sector="Sundhed", hosts=("2025: folkesundhed",)))


def _open_accounts(engine: Engine) -> None:
    house = house_of(engine)
    for role, name in PEOPLE.items():
        house.somebody(role, address_of(role), name, "engineer" if role == "graduate" else None)
    house.somebody("consultant", COLLEAGUE, "Anna Kollegasen")
    house.somebody("graduate", NEWCOMER, "Nye Testesen")


def house_of(engine: Engine) -> House:
    """The accounts of a home, with passwords that cost nothing to hash."""
    return House(cast("SqlStore", engine.store).accounts)


def _decide(engine: Engine) -> None:
    log = assemble.decision_log(engine.store, engine.home)
    [consultant] = [one for one in house_of(engine).accounts.roster.all() if one.email == COLLEAGUE]
    decided: tuple[tuple[str, str, Choice, str], ...] = (
        ("p2", "nurse", "propose", "competences"),
        ("p3", "engineer", "propose", "growth"),
        ("p2", "engineer", "reject", "must_missing"),
    )
    for posting, candidate, choice, reason in decided:
        draft = Draft(posting=posting, candidate=candidate, verdict=choice, reason=reason, account=consultant.id)
        log.decide(draft, version=0)


def _report(engine: Engine) -> None:
    runs = Runs(engine, KeptReports(engine.home))
    runs.groups(_nobody_watches)
    runs.groups(_nobody_watches)
    runs.swap(4, _nobody_watches)


def _nobody_watches(_stage: str, _done: int, _total: int) -> None:
    """Nobody is told how far it is."""
