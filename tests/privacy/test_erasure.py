"""An erased person is in no file and no table, and the proof says what was looked for and where."""

import json
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher import assemble
from matcher.corrections import Correction
from matcher.engine import Engine
from matcher.errors import UnknownId
from matcher.ledger.lines import Entry, Person
from matcher.ledger.verdicts import Draft
from matcher.privacy.erasure import Proof, erase
from matcher.privacy.own_data import own_data
from matcher.records import Contact, Placement
from matcher.settings import Settings
from tests.builders import a_candidate, a_posting, bare

NAME, EMAIL, PHONE = "Ærønika Kvæstebro Hjulmand", "aeronika@kvaestebro.example", "+45 61 82 73 94"
RARE = "Har kortlagt tangskovenes vandring langs den jyske vestkyst siden barndommen"
NOTE = "Ringede i går og vil gerne vente til efter sommerferien."
CONTACT = Contact(names=(NAME, "Ærønika"), emails=(EMAIL,), phones=(PHONE,))


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """A home that knows a person in every way there is: record, index, log, verdict, correction, account, files."""
    made = assemble.engine(settings)
    person = a_candidate("k17", f"Profil\nMaskiningeniør, der tegner i SolidWorks. {RARE}.\n")
    made.store.save([(person, CONTACT), *bare(a_candidate("other"), a_posting())])
    made.store.save_placements([Placement(candidate="k17", posting="p1", date=date(2026, 1, 5), outcome="proposed")])
    made.refresh()
    log, desk = assemble.decision_log(made.store, made.home), assemble.desk(made.store)
    rows = [{"candidate": Person("k17"), "rank": 1}, {"candidate": Person("other"), "rank": 2}]
    log.append(Entry(kind="list_shown", content={"posting": "p1", "rows": rows}, about=(("posting", "p1"),)))
    draft = Draft(posting="p1", candidate="k17", verdict="propose", reason="competences", note=NOTE, account="a1")
    log.decide(draft, version=0)
    desk.correct(Correction(kind="candidate", id="k17", action="add", label="tangskovskortlægning", account="a1"))
    write_files(made.home)
    return made


def write_files(home: Path) -> None:
    original = home / "originals" / "candidate" / "k17"
    original.mkdir(parents=True)
    (original / "original.txt").write_text(f"{NAME}\n{RARE}", encoding="utf-8")
    exports = home / "exports"
    exports.mkdir()
    (exports / "p1.csv").write_text("rank,candidate\n1,k17\n", encoding="utf-8")
    (exports / "p2.csv").write_text("rank,candidate\n1,other\n", encoding="utf-8")
    with zipfile.ZipFile(exports / "p1.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("sheet.xml", f"<c>{NAME}</c>")


def proof_of(engine: Engine, id: str = "k17") -> Proof:
    return erase(engine.store, assemble.desk(engine.store), engine.home, id, account="a1")


def left(home: Path) -> set[str]:
    """Which of the person's traces stand in any file, byte for byte."""
    words = (NAME, EMAIL, RARE, NOTE, "61 82 73 94", "k17", "tangskovskort")
    contents = [file.read_bytes() for file in home.rglob("*") if file.is_file()]
    return {word for word in words if any(word.encode() in content for content in contents)}


def test_before_the_erasure_everything_can_be_found(engine: Engine) -> None:
    assert left(engine.home) == {NAME, EMAIL, RARE, NOTE, "61 82 73 94", "k17", "tangskovskort"}


def test_after_the_erasure_no_file_of_the_home_holds_any_of_it(engine: Engine) -> None:
    assert proof_of(engine).clean

    assert left(engine.home) == set()


def test_the_proof_lists_what_went_and_what_was_searched_and_repeats_nothing(engine: Engine) -> None:
    proof = proof_of(engine)

    assert proof.removed["candidate"] == proof.removed["verdict"] == proof.removed["placement"] == 1
    assert proof.looked_for == {"name": 1, "email": 1, "phone": 1, "sentence": 1}
    assert proof.left_out == 1
    places = {one.place for one in proof.searched}
    assert {"contact", "decision", "matcher.db", "anchors/decision-log.jsonl"} <= places
    assert proof.exports == ("exports/p1.csv", "exports/p1.xlsx")
    assert not any(word in repr(proof) for word in (NAME, EMAIL, RARE, "61827394"))


def test_an_export_of_others_stays(engine: Engine) -> None:
    proof_of(engine)

    assert [file.name for file in (engine.home / "exports").iterdir()] == ["p2.csv"]


def test_the_log_stays_whole_and_knows_nobody_by_the_pseudonym(engine: Engine) -> None:
    log = assemble.decision_log(engine.store, engine.home)
    pseudonym = json.loads(log.about("candidate", "k17")[-1].content)["rows"][0]["candidate"]

    proof = proof_of(engine)

    assert log.verify().ok
    assert log.store.persons([pseudonym]) == {}
    line = log.line(proof.line)
    assert (line.kind, line.facts["person"], line.facts["account"]) == ("erasure", pseudonym, "a1")


def test_the_placement_history_keeps_its_line_under_another_name(engine: Engine) -> None:
    proof_of(engine)

    [line] = engine.store.placements()
    assert (line.posting, line.outcome) == ("p1", "proposed")
    assert line.candidate.startswith("gone-")


def test_others_are_found_as_before(engine: Engine) -> None:
    before = [match for match in engine.match_posting("p1") if match.candidate == "other"]
    proof_of(engine)

    after = engine.match_posting("p1")
    assert [(match.candidate, match.score) for match in after] == [("other", before[0].score)]


def test_what_is_left_somewhere_is_found_and_told(engine: Engine) -> None:
    (engine.home / "backup.json").write_text(json.dumps({"name": NAME, "call": "61827394"}), encoding="ascii")
    (engine.home / "notes.txt").write_text(f"Skriv til {EMAIL.upper()}", encoding="utf-8")
    with zipfile.ZipFile(engine.home / "old.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("cv.txt", RARE)
    (engine.home / "scan.pdf").write_bytes(b"%PDF-1.7 ...")

    proof = proof_of(engine)

    assert {one.place: set(one.found) for one in proof.found} == {
        "backup.json": {"name", "phone"},
        "notes.txt": {"email"},
        "old.zip": {"sentence"},
    }
    assert proof.unread == ("scan.pdf",)


def test_a_namesake_is_found_and_keeps_the_record(engine: Engine) -> None:
    engine.store.save([(a_candidate("namesake"), Contact(names=(NAME,)))])

    proof = proof_of(engine)

    assert {one.place for one in proof.found} == {"contact", "matcher.db"} | {
        one.place for one in proof.found if one.place.startswith("matcher.db-")
    }
    assert "namesake" in engine.store.ids("candidate")


def test_an_erasure_is_done_once(engine: Engine) -> None:
    proof_of(engine)

    with pytest.raises(UnknownId, match="k17"):
        proof_of(engine)


def test_what_an_earlier_deletion_left_behind_can_still_be_erased(engine: Engine) -> None:
    engine.store.delete("candidate", "k17")
    assert "k17" in left(engine.home)

    assert proof_of(engine).removed.keys() == {"placement", "verdict", "pseudonym"}
    assert "k17" not in left(engine.home)


def test_a_person_gets_everything_that_is_held(engine: Engine) -> None:
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    found = json.dumps(own_data(assemble.desk(engine.store), engine.home, "k17", at=at), ensure_ascii=False)

    for word in (NAME, EMAIL, RARE, NOTE, "tangskovskort", "list_shown", "original.txt", "2026-01-05"):
        assert word in found
    with pytest.raises(UnknownId):
        own_data(assemble.desk(engine.store), engine.home, "nobody", at=at)
