"""What was deleted or replaced is gone from every file of the home, byte for byte."""

import random
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.records import Competence, Contact
from matcher.storage import scrub
from matcher.storage.open import FILE, open_store
from matcher.storage.store import SqlStore
from tests.storage.examples import ENCODER, a_candidate, a_contact, a_passage, a_vector
from tests.storage.workers import start

RARE = "Kvæsthusgrævlingens hydrologiske afvandingsjournal."
NAME = "Ulvhild Prøvekvist"
EMPLOYERS_PLACE = "Utzonville"
READ = Competence(label="grævlingehydrologi", evidence="Kvæsthusgrævlingens hydrologi", start=0, end=29)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(None, tmp_path) as opened:
        opened.save([(a_candidate(f"c{number}", text="Almindelig tekst. " * 60), a_contact()) for number in range(40)])
        opened.save([(a_candidate("rare-id", text=RARE, municipality=EMPLOYERS_PLACE), Contact(names=(NAME,)))])
        yield opened


def on_disk(home: Path, *words: str) -> set[str]:
    """Which of the words stand in any file below a folder."""
    contents = [file.read_bytes() for file in home.rglob("*") if file.is_file()]
    return {word for word in words if any(word.encode() in content for content in contents)}


def index(store: SqlStore, id: str, *, span: Competence | None = None, key: bytes = b"k") -> None:
    """Store one passage of a candidate, with what it was read as."""
    store.save_passages(
        "candidate",
        id,
        digest=store.digests("candidate")[id],
        encoder=ENCODER,
        passages=[a_passage(key, unit="phrase", span=span)],
        vectors={key: a_vector(1)},
    )


def test_a_deleted_record_is_in_no_file_while_the_store_is_still_open(store: SqlStore, tmp_path: Path) -> None:
    index(store, "rare-id", span=READ, key=b"the-key-of-a-passage")
    everything = (RARE, NAME, EMPLOYERS_PLACE, READ.label, "rare-id", "the-key-of-a-passage")
    assert on_disk(tmp_path, *everything) == set(everything)

    store.delete("candidate", "rare-id")

    assert on_disk(tmp_path, *everything) == set()


def test_replaced_text_and_contact_are_in_no_file(store: SqlStore, tmp_path: Path) -> None:
    assert on_disk(tmp_path, RARE, NAME) == {RARE, NAME}

    store.save([(a_candidate("rare-id", text="Noget andet."), Contact())])

    assert on_disk(tmp_path, RARE, NAME, "Noget andet.") == {"Noget andet."}


def test_what_was_read_in_a_replaced_text_is_in_no_file_before_the_new_text_is_indexed(
    store: SqlStore, tmp_path: Path
) -> None:
    index(store, "rare-id", span=READ)
    assert on_disk(tmp_path, READ.label) == {READ.label}

    store.save([(a_candidate("rare-id", text="Noget andet."), Contact())])

    assert on_disk(tmp_path, RARE, READ.evidence, READ.label) == set()
    assert store.vectors([b"k"]).keys() == {b"k"}


def test_the_text_of_before_is_read_again_when_it_comes_back(store: SqlStore) -> None:
    index(store, "rare-id", span=READ)
    record, contact = store.get("candidate", "rare-id"), store.contact("candidate", "rare-id")

    store.save([(a_candidate("rare-id", text="Noget andet."), Contact())])
    store.save([(record, contact)])

    assert store.passages("candidate", "rare-id") == []
    assert "rare-id" not in store.indexed("candidate", ENCODER)


def test_no_copy_stays_in_pages_that_were_moved_about(tmp_path: Path) -> None:
    """Without writing the tables anew, two texts of this history stay behind in rebalanced pages (SQLite 3.40)."""
    with open_store(None, tmp_path) as store:
        store.save([(a_candidate("last"), Contact())])
        living, gone = a_long_history(tmp_path / FILE)

        store.delete("candidate", "last")

        assert on_disk(tmp_path, *gone) == set()
        assert on_disk(tmp_path, *living) == living


def a_long_history(database: Path) -> tuple[set[str], set[str]]:
    """Insert and delete texts of many lengths; return the marks of those that are left and of those that are not."""
    draw = random.Random(22)
    living: dict[str, str] = {}
    gone: set[str] = set()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA secure_delete=ON")
    for number in range(1500):
        id, mark = f"x{draw.randrange(10**6)}", f"<mark {number:05d}>"
        if living and draw.random() < 0.5:
            id = draw.choice(sorted(living))
            gone.add(living.pop(id))
            connection.execute("DELETE FROM candidate WHERE id = ?", (id,))
        if draw.random() < 0.7:
            living[id] = mark
            row = (id, mark * draw.choice([10, 30, 100, 300, 450]))
            connection.execute(
                "INSERT INTO candidate (id, digest, language, sections, text) VALUES (?, x'00', 'da', '[]', ?)", row
            )
    connection.commit()
    connection.close()
    return set(living.values()), gone


def test_no_copy_of_what_was_read_stays_in_pages_that_were_moved_about(tmp_path: Path) -> None:
    """Without writing the table anew, one passage of this history stays behind (SQLite 3.40)."""
    with open_store(None, tmp_path) as store:
        store.save([(a_candidate("last"), Contact())])
        living, gone = a_long_history_of_passages(tmp_path / FILE)

        store.delete("candidate", "last")

        assert on_disk(tmp_path, *gone) == set()
        assert on_disk(tmp_path, *living) == living


def a_long_history_of_passages(database: Path) -> tuple[set[str], set[str]]:
    """Add and delete documents with passages; return the marks of those that are left and of those that are not."""
    draw = random.Random(1)
    living: dict[int, set[str]] = {}
    gone: set[str] = set()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA secure_delete=ON")
    columns = "document, ordinal, unit, start, end, key, span"
    for number in range(1500):
        if living and draw.random() < 0.5:
            document = draw.choice(sorted(living))
            gone |= living.pop(document)
            connection.execute("DELETE FROM passage WHERE document = ?", (document,))
        if draw.random() < 0.6:
            document = draw.randrange(10**9)
            marks = [f"<mark {number:05d}-{ordinal}>" for ordinal in range(draw.randrange(1, 3))]
            spans = [mark * draw.choice([10, 30, 100, 300, 450]) for mark in marks]
            rows = [(document, ordinal, "phrase", 0, 0, b"", span) for ordinal, span in enumerate(spans)]
            connection.executemany(f"INSERT INTO passage ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
            living[document] = set(marks)
    connection.commit()
    connection.close()
    return {mark for marks in living.values() for mark in marks}, gone


def test_what_another_reader_keeps_from_being_overwritten_is_overwritten_at_the_next_start(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scrub, "READERS_SECONDS", 0.1)
    reader = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM candidate").fetchall()

    store.delete("candidate", "rare-id")
    assert on_disk(tmp_path, RARE) == {RARE}

    reader.close()
    with open_store(None, tmp_path):
        assert on_disk(tmp_path, RARE) == set()


def test_a_process_killed_before_it_overwrote_leaves_that_to_the_next_start(store: SqlStore, tmp_path: Path) -> None:
    store.close()
    with start("die_before_scrubbing", tmp_path, "rare-id") as worker:
        assert worker.wait() == -signal.SIGKILL
    assert on_disk(tmp_path, RARE) == {RARE}

    with open_store(None, tmp_path) as opened:
        assert on_disk(tmp_path, RARE) == set()
        assert "rare-id" not in opened.ids("candidate")


def test_overwriting_keeps_everything_else(store: SqlStore) -> None:
    index(store, "c1", span=READ)
    before = list(store.records("candidate")), store.contact("candidate", "c1"), store.passages("candidate", "c1")

    store.save([(a_candidate("rare-id", text="Kort."), Contact())])
    store.delete("candidate", "rare-id")

    after = list(store.records("candidate")), store.contact("candidate", "c1"), store.passages("candidate", "c1")
    assert (before[0][:40], *before[1:]) == after
    assert store.vectors([b"k"]).keys() == {b"k"}
