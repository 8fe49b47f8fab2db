"""What other processes do to a home: `python -m tests.storage.workers TASK HOME [ARGUMENTS]`."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import event

from matcher.errors import MatcherError
from matcher.records import Contact
from matcher.storage import records
from matcher.storage.open import open_store
from tests.storage.examples import ENCODER, a_candidate, a_contact, a_passage, a_vector

ROOT = Path(__file__).parent.parent.parent


def start(task: str, home: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a task in a process of its own, with its output in a pipe."""
    command = [sys.executable, "-m", "tests.storage.workers", task, str(home), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def write(home: Path, name: str) -> None:
    """Save and index ten batches, one transaction after the other."""
    with open_store(None, home) as store:
        for batch in range(10):
            store.save([(a_candidate(f"{name}-{batch}-{n}"), a_contact()) for n in range(5)])
            id, key = f"{name}-{batch}-0", f"{name}-{batch}".encode()
            store.save_passages(
                "candidate",
                id,
                digest=store.digests("candidate")[id],
                encoder=ENCODER,
                passages=[a_passage(key)],
                vectors={key: a_vector(batch)},
            )


def hang(home: Path) -> None:
    """Save one batch, say so, and stop in the middle of a second one."""
    store = open_store(None, home)
    store.save([(a_candidate("kept", text="Det, der blev lovet."), a_contact())])

    def stop(connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO contact"):
            say("halfway")
            time.sleep(600)

    event.listen(store._database._engine, "after_cursor_execute", stop)
    rows = [(a_candidate(f"half-{n}"), a_contact()) for n in range(3000)]
    store.save([(a_candidate("kept", text="Halvt skrevet."), a_contact()), *rows])


def die_before_scrubbing(home: Path, id: str) -> None:
    """Delete a candidate, and be killed before its text is overwritten."""
    store = open_store(None, home)
    with store._database.write() as connection:
        records.remove(connection, "candidate", id)
    os.kill(os.getpid(), signal.SIGKILL)


def fill(home: Path, limit: str) -> None:
    """Save until no file may grow any more; tell how many rows were acknowledged, and the refusal."""
    saved = 0
    with open_store(None, home) as store:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
        try:
            while True:
                store.save([(a_candidate(f"c{saved}", text="Lang tekst. " * 300), Contact())])
                saved += 1
        except MatcherError as refusal:
            say(f"{saved}\t{type(refusal).__name__}\t{refusal}")
        os._exit(0)


def imported(home: Path) -> None:
    """Open a home; tell which of the heavy modules that took."""
    with open_store(None, home):
        say(" ".join({"alembic", "filelock", "torch", "spacy", "sklearn"} & set(sys.modules)) or "none")


if __name__ == "__main__":
    globals()[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])
