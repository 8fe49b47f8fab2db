"""CPR numbers that people type by hand: into a note, a correction, a request, a name. None reaches the disk."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher import assemble
from matcher.corrections import Correction
from matcher.ledger.verdicts import Draft
from matcher.requests import Request
from matcher.settings import Settings
from matcher.storage.desk import SqlDesk
from tests.builders import a_candidate, a_posting, bare

CPR = "010190-1234"
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def held_in(home: Path) -> bytes:
    return b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())


@pytest.fixture
def desk(settings: Settings) -> SqlDesk:
    store = assemble.store(settings)
    store.save(bare(a_candidate("c1"), a_posting("p1")))
    return assemble.desk(store)


def test_a_note_on_a_verdict_holds_none(settings: Settings, desk: SqlDesk) -> None:
    log = assemble.decision_log(assemble.store(settings), settings.home)
    draft = Draft.of(
        posting="p1",
        candidate="c1",
        verdict="hold",
        reason="other",
        note=f"Ring om CPR {CPR}, sagde hun, kl. 9",
        account="a1",
    )
    log.decide(draft, version=0, at=NOW)

    found = log.verdict("p1", "c1")
    assert found is not None
    assert "Ring om" in found.note
    assert CPR.encode() not in held_in(settings.home)


def test_what_is_added_to_a_reading_holds_none(settings: Settings, desk: SqlDesk) -> None:
    desk.correct(Correction(kind="candidate", id="c1", action="add", label=f"svejsning {CPR}", account="a1", at=NOW))

    assert b"svejsning" in held_in(settings.home)
    assert CPR.encode() not in held_in(settings.home)


def test_a_request_for_a_person_holds_none(settings: Settings, desk: SqlDesk) -> None:
    desk.ask(
        Request(id="r1", account="a1", candidate="c1", wanted="talk", note=f"Mit nummer er {CPR}", at="2026-03-02")
    )

    assert b"Mit nummer er" in held_in(settings.home)
    assert CPR.encode() not in held_in(settings.home)


def test_the_name_of_an_account_holds_none(settings: Settings, desk: SqlDesk) -> None:
    accounts = assemble.accounts(assemble.store(settings), settings.home)
    accounts.links.invite(name=f"Maja Prøvesen {CPR}", email="maja@example.org", role="consultant")

    assert "Maja Prøvesen".encode() in held_in(settings.home)
    assert CPR.encode() not in held_in(settings.home)
