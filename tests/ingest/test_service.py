"""An ingest reads everything it can, refuses the rest in words, and never loses what it reported."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from matcher.errors import HomeNotWritable
from matcher.ingest.report import IngestReport
from matcher.ingest.service import ingest
from matcher.ports import Change
from matcher.records import Candidate, Contact, Posting, Record
from tests.fakes import MemoryStore

CV = "Profil\nJeg er god til tal og har erfaring med Excel.\n"


def lines(path: Path, *objects: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(item) + "\n" for item in objects), encoding="utf-8")
    return path


def document(path: Path, text: str = CV) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def statuses(report: IngestReport) -> list[str]:
    return [row.status for row in report.rows]


def ids(store: MemoryStore) -> list[str]:
    return [record.id for record in store.records("candidate")]


def test_a_folder_of_documents_and_rows_is_read_in_order(tmp_path: Path) -> None:
    document(tmp_path / "in" / "b.txt")
    document(tmp_path / "in" / "a" / "z.txt")
    lines(tmp_path / "in" / "rows.jsonl", {"id": "r1", "text": CV}, {"id": "r2", "text": CV})
    for skipped in ("README.md", ".hidden", "~$lock.docx", "Thumbs.db"):
        document(tmp_path / "in" / skipped)
    store = MemoryStore()

    report = ingest("candidates", [tmp_path / "in"], store=store)

    assert [row.id for row in report.rows] == ["b", "r1", "r2", "z"]
    assert report.counts == {"read": 4, "updated": 0, "unchanged": 0, "refused": 0}
    assert report.exit_code == 0
    assert ids(store) == ["b", "r1", "r2", "z"]


def test_the_same_content_again_is_no_work_and_other_content_an_update(tmp_path: Path) -> None:
    store = MemoryStore()
    document(tmp_path / "c1.txt")
    rows = lines(tmp_path / "rows.jsonl", {"id": "r1", "text": CV})
    ingest("candidates", [tmp_path], store=store)

    assert statuses(ingest("candidates", [tmp_path], store=store)) == ["unchanged", "unchanged"]

    lines(rows, {"id": "r1", "text": CV, "municipality": "Aalborg"})
    assert statuses(ingest("candidates", [tmp_path], store=store)) == ["unchanged", "updated"]


def test_one_bad_document_does_not_stop_the_others(tmp_path: Path) -> None:
    document(tmp_path / "a.txt", "")
    document(tmp_path / "b.txt")
    document(tmp_path / "c.pdf", "not a pdf at all \x00\x01")
    store = MemoryStore()

    report = ingest("candidates", [tmp_path, tmp_path / "gone.pdf"], store=store)

    assert [row.status for row in report.rows if row.id == "b"] == ["read"]
    assert report.counts["refused"] >= 2
    assert report.exit_code == 3
    assert "gone.pdf does not exist" in report.rows[-1].text("en")
    assert "findes ikke" in report.rows[-1].text("da")


def test_nothing_stored_because_all_was_refused_says_so_by_its_exit_code(tmp_path: Path) -> None:
    report = ingest("candidates", [lines(tmp_path / "c.jsonl", {"id": "c1"}, [1])], store=MemoryStore())

    assert statuses(report) == ["refused", "refused"]
    assert report.exit_code == 1


def test_an_empty_folder_is_refused_in_words(tmp_path: Path) -> None:
    report = ingest("candidates", [tmp_path], store=MemoryStore())

    assert report.exit_code == 1
    assert "nothing to read" in report.rows[0].text("en")


def test_of_two_rows_with_one_id_the_first_is_kept_and_both_lines_are_named(tmp_path: Path) -> None:
    store = MemoryStore()
    path = lines(
        tmp_path / "c.jsonl", {"id": "c1", "text": CV}, {"id": "c2", "text": CV}, {"id": "c1", "text": "Andet"}
    )

    report = ingest("candidates", [path], store=store)

    assert statuses(report) == ["read", "read", "refused"]
    assert "line 3: the id 'c1' stands in line 1 already" in report.rows[2].text("en")
    assert "Excel" in record(store, "c1").text


def test_an_id_in_two_files_of_a_run_is_refused_the_second_time(tmp_path: Path) -> None:
    first = lines(tmp_path / "a.jsonl", {"id": "c1", "text": CV})
    second = lines(tmp_path / "b.jsonl", {"id": "c1", "text": "Andet"})
    store = MemoryStore()

    report = ingest("candidates", [first, second], store=store)

    assert statuses(report) == ["read", "refused"]
    assert "a.jsonl" in report.rows[1].text("da")


def test_two_documents_with_one_name_are_refused_with_the_way_out(tmp_path: Path) -> None:
    document(tmp_path / "2025" / "cv.txt", CV)
    document(tmp_path / "2026" / "cv.txt", CV + "Andet.\n")
    store = MemoryStore()

    by_stem = ingest("candidates", [tmp_path], store=store)
    assert statuses(by_stem) == ["refused", "refused"]
    assert "--id-from path" in by_stem.rows[0].text("da")
    assert ids(store) == []

    by_path = ingest("candidates", [tmp_path], store=store, id_from="path")
    assert [row.id for row in by_path.rows] == ["2025/cv.txt", "2026/cv.txt"]

    by_hash = ingest("candidates", [tmp_path], store=store, id_from="hash")
    assert statuses(by_hash) == ["read", "read"]
    assert len({row.id for row in by_hash.rows}) == 2


def test_the_same_file_named_twice_is_read_once(tmp_path: Path) -> None:
    file = document(tmp_path / "cv.txt")

    assert statuses(ingest("candidates", [file, tmp_path, file], store=MemoryStore())) == ["read"]


def test_unknown_fields_are_noticed_once_a_file(tmp_path: Path) -> None:
    rows = [{"id": f"c{n}", "text": CV, "shoe": 43, "hat": n} for n in range(3)]

    report = ingest("candidates", [lines(tmp_path / "c.jsonl", *rows)], store=MemoryStore())

    notices = json.loads(report.to_json("da"))["notices"]
    assert len(notices) == 1
    assert "hat, shoe" in notices[0]["message"]
    assert report.counts["read"] == 3


def test_batches_are_saved_before_the_last_row_is_read(tmp_path: Path) -> None:
    store = MemoryStore()
    path = lines(tmp_path / "c.jsonl", *({"id": f"c{n:03}", "text": CV} for n in range(250)))

    ingest("candidates", [path], store=store)

    assert store.batches == [100, 100, 50]


class Killed(BaseException):
    """Stands for the end of the process."""


class DiesInTheThirdBatch(MemoryStore):
    """A store whose process is killed, once, before it has saved the third batch."""

    died = False

    def save(self, rows: Iterable[tuple[Record, Contact]]) -> list[Change]:
        if len(self.batches) == 2 and not self.died:
            self.died = True
            raise Killed
        return super().save(rows)


def test_after_a_kill_the_next_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    store = DiesInTheThirdBatch()
    path = lines(tmp_path / "c.jsonl", *({"id": f"c{n:03}", "text": CV} for n in range(250)))
    with pytest.raises(Killed):
        ingest("candidates", [path], store=store)

    report = ingest("candidates", [path], store=store)

    assert report.counts == {"read": 50, "updated": 0, "unchanged": 200, "refused": 0}


class Full(MemoryStore):
    """A store on a disk without space."""

    def save(self, rows: Iterable[tuple[Record, Contact]]) -> list[Change]:
        raise HomeNotWritable(home="var", why="No space left on device")


def test_a_store_that_cannot_save_ends_the_run_and_is_no_fault_of_a_row(tmp_path: Path) -> None:
    path = lines(tmp_path / "c.jsonl", *({"id": f"c{n:03}", "text": CV} for n in range(120)))

    with pytest.raises(HomeNotWritable, match="No space left"):
        ingest("candidates", [path], store=Full())


@pytest.mark.parametrize(
    "text",
    [
        "Erfaring med Excel \x00\x01 og økonomi",
        "Erfaring med Excel \ud800 og økonomi",
        "Erfaring " + "\ufdfa" * 20_000,
        "\u202eخبرة في المحاسبة والتحليل",
        "Erfaring med Excel 👩‍💻🎓 og økonomi",
        "e\u0301" * 5_000,
    ],
)
def test_odd_characters_are_stored_without_harm(tmp_path: Path, text: str) -> None:
    store = MemoryStore()

    assert ingest("candidates", [lines(tmp_path / "c.jsonl", {"id": "c1", "text": text})], store=store).exit_code == 0

    kept = record(store, "c1").text
    assert len(kept) == len(text)
    assert "\x00" not in kept.encode().decode()


def test_a_document_named_after_a_cpr_number_is_refused_and_the_number_shown_nowhere(tmp_path: Path) -> None:
    document(tmp_path / "120598-1234.txt")
    store = MemoryStore()

    refused = ingest("candidates", [tmp_path], store=store)
    assert statuses(refused) == ["refused"]
    assert "1234" not in refused.to_json().replace(str(tmp_path), "")

    assert statuses(ingest("candidates", [tmp_path], store=store, id_from="hash")) == ["read"]


def test_postings_come_from_documents_and_tables(tmp_path: Path) -> None:
    document(tmp_path / "p1.txt", "Jurist til klager\n\nDu skal læse og skrive.\n")
    document(
        tmp_path / "p2.csv",
        "id;titel;tekst;kommune;ansøgningsfrist\np2;Ingeniør;Du skal regne.;Hjørring;31-12-2026\n",
    )
    store = MemoryStore()

    assert ingest("postings", [tmp_path], store=store).exit_code == 0

    first, second = store.records("posting")
    assert isinstance(first, Posting)
    assert isinstance(second, Posting)
    assert first.title == "Jurist til klager"
    assert (second.municipality, str(second.deadline)) == ("Hjørring", "2026-12-31")


def test_employers_are_rows_and_a_document_is_refused(tmp_path: Path) -> None:
    lines(tmp_path / "e.jsonl", {"id": "e1", "name": "Klit A/S"})
    document(tmp_path / "firma.txt")
    store = MemoryStore()

    report = ingest("employers", [tmp_path], store=store)

    assert statuses(report) == ["read", "refused"]
    assert "arbejdsgivere skal stå i en tabel" in report.rows[1].text("da")


def test_placements_are_stored_and_the_same_line_again_is_unchanged(tmp_path: Path) -> None:
    path = document(
        tmp_path / "history.csv",
        "candidate;posting;date;outcome;propensity\nc1;p1;31-12-2026;hired;0,5\nc2;p1;snart;hired;\n",
    )
    store = MemoryStore()

    first = ingest("placements", [path], store=store)
    assert statuses(first) == ["read", "refused"]
    assert first.rows[1].line == 3
    assert [placement.propensity for placement in store.placements()] == [0.5]

    assert statuses(ingest("placements", [path], store=store)) == ["unchanged", "refused"]


def test_originals_are_kept_only_where_asked_for(tmp_path: Path) -> None:
    document(tmp_path / "in" / "c1.txt")
    kept = tmp_path / "kept"

    ingest("candidates", [tmp_path / "in"], store=MemoryStore())
    assert not kept.exists()

    ingest("candidates", [tmp_path / "in"], store=MemoryStore(), keep_originals=kept)
    assert [path.read_text(encoding="utf-8") for path in kept.rglob("original*")] == [CV]


def test_progress_counts_the_files(tmp_path: Path) -> None:
    document(tmp_path / "a.txt")
    document(tmp_path / "b.txt")
    told: list[tuple[int, int]] = []

    ingest("candidates", [tmp_path], store=MemoryStore(), progress=lambda done, of: told.append((done, of)))

    assert told == [(1, 2), (2, 2)]


def test_the_report_is_json_with_one_entry_a_row(tmp_path: Path) -> None:
    path = lines(tmp_path / "c.jsonl", {"id": "c1", "text": CV, "finished": "snart"}, {"text": CV})

    found = json.loads(ingest("candidates", [path], store=MemoryStore()).to_json())

    assert (found["kind"], found["counts"]["read"], found["counts"]["refused"]) == ("candidates", 1, 1)
    first, second = found["files"]
    assert (first["line"], first["id"], first["status"], first["message"]) == (1, "c1", "read", None)
    assert "snart" in first["notices"][0]
    assert (second["line"], second["id"], second["status"]) == (2, None, "refused")
    assert "`id` is missing" in second["message"]


def record(store: MemoryStore, id: str) -> Candidate:
    found = store.get("candidate", id)
    assert isinstance(found, Candidate)
    return found
