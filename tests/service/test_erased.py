"""Who is erased through the service is nowhere in the home, and the log goes on without them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from api.runs import Runs
from api.service import Service
from eval.kept_reports import KeptReports
from tests.service.conftest import As, Person
from tests.service.people import ADDED, MAJA, NORA, NOTE, Soul

GIVEN = "models"


def traces(soul: Soul) -> tuple[str, ...]:
    return (*soul.contact, soul.sentence, soul.id, ADDED)


def left(home: Path, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """(file, word) for every word that stands in the bytes of any file, in UTF-8 or UTF-16, whatever the case."""
    found = set()
    for file in home.rglob("*"):
        if file.is_file() and file.relative_to(home).parts[0] != GIVEN:
            content = file.read_bytes().lower()
            forms = ((word, form) for word in words for form in (word, word.upper()))
            found |= {
                (file.name, word)
                for word, form in forms
                if any(form.encode(code).lower() in content for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"))
            }
    return found


def in_tables(home: Path, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """(table, word) for every word that a query of the database finds."""
    found = set()
    with closing(sqlite3.connect(home / "matcher.db")) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = repr(database.execute(f"SELECT * FROM {table}").fetchall()).casefold()
            found |= {(table, word) for word in words if word.casefold() in rows}
    return found


def used(service: Service, consultant: Person, maja: Person) -> None:
    """A day's work that leaves traces of Maja in lists, exports, notes and reports."""
    consultant.get("/postings/p1")
    consultant.get("/postings/p1/shortlist.xlsx")
    consultant.get(f"/candidates/{MAJA.id}/contact")
    consultant.get(f"/postings/p2/candidates/{MAJA.id}")
    verdict = {"decision": "hold:other", "note": f"{NOTE}. {MAJA.name}: {MAJA.email}", "version": "0"}
    assert consultant.send(f"/postings/p2/candidates/{MAJA.id}/verdict", verdict).status_code == 200
    maja.get("/me/suggestions")
    maja.get("/me/wishes")
    assert maja.send("/me/wishes", {"km": "30", "other_areas": "Læsø"}).status_code == 200
    assert maja.get("/me/data.json").status_code == 200
    Runs(service.engine, KeptReports(service.home)).groups(lambda *_: None)


def list_with(service: Service) -> int:
    """The number of the newest line with a list that Maja stands on."""
    lines = service.log.about("candidate", MAJA.id)
    return next(line.number for line in lines if line.kind == "list_shown" and line.facts["list"] == "candidate")


def assert_gone(service: Service, shown: int, administrator: Person) -> None:
    assert not left(service.home, traces(MAJA))
    assert not in_tables(service.home, traces(MAJA))
    assert left(service.home, (NORA.name,))  # and the search would have found somebody who is there
    assert service.log.verify().ok
    administrator.get(f"/admin/log/{shown}")
    again = administrator.send(f"/admin/log/{shown}/replay").text
    assert "slettet" in again
    assert MAJA.id not in again


def test_nothing_is_left_after_an_administrators_erasure(
    service: Service, as_role: As, consultant: Person, maja: Person
) -> None:
    used(service, consultant, maja)
    administrator, shown = as_role("administrator"), list_with(service)
    assert {word for _, word in left(service.home, traces(MAJA))} >= {MAJA.name, MAJA.email, MAJA.phone, MAJA.sentence}

    administrator.get("/admin/erasure")
    proof = administrator.send("/admin/erasure", {"candidate": MAJA.id, "sure": "yes"})

    assert proof.status_code == 200
    assert not [word for word in (*MAJA.contact, MAJA.sentence) if word in proof.text]
    assert_gone(service, shown, administrator)
    assert maja.get("/me/start", follow_redirects=False).status_code == 303


def test_nothing_is_left_after_a_graduate_deleted_their_own_data(
    service: Service, as_role: As, consultant: Person, maja: Person
) -> None:
    used(service, consultant, maja)
    shown = list_with(service)

    maja.get("/me/data")
    done = maja.send("/me/data/delete", {"sure": "yes"})

    assert done.status_code == 200
    assert_gone(service, shown, as_role("administrator"))
    assert maja.get("/me/start", follow_redirects=False).status_code == 303


def test_nothing_is_left_after_an_erasure_by_a_program(
    service: Service, as_role: As, consultant: Person, maja: Person
) -> None:
    used(service, consultant, maja)
    administrator, shown = as_role("administrator"), list_with(service)

    proof = administrator.ask("DELETE", f"candidates/{MAJA.id}")

    assert proof.json()["clean"] is True
    assert_gone(service, shown, administrator)
