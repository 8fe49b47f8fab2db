"""Memory of a process that answers for a whole region, and what pruned retrieval finds there."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from eval.bench import load
from matcher import assemble
from matcher.engine import Engine
from matcher.records import Contact, Record
from matcher.settings import Settings

CANDIDATES, POSTINGS = 2_500, 5_000
SAVED_AT_ONCE = 500
QUERIES = 20
KEPT = (100, 300, 1_000)

SERVE = """
import json, resource, sys
from pathlib import Path
from matcher import assemble
from matcher.settings import Settings
home, models, packaged = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
engine = assemble.engine(Settings(home=home, models=models, encoder="hashing"))
engine.match_posting("p00000", limit=20)
engine.match_candidate("c00000", limit=20)
encoder = assemble.encoder(Settings(home=home, models=Path(packaged)))
encoder.encode(["Du kan få tal til at tale. " * 40], role="query")
status = Path("/proc/self/status").read_text()
now = int(status.split("VmRSS:")[1].split()[0]) / 1024
print(json.dumps({"resident_mb": now, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def region(home: Path, settings: Settings) -> Engine:
    """Return an engine over made-up candidates and postings of the size of a region, encoded without a model.

    A home that holds them already is taken as it is.
    """
    chosen = settings.model_copy(update={"home": home, "models": home / "models", "encoder": "hashing"})
    store = assemble.store(chosen)
    kept = store.count("candidate") == CANDIDATES and store.count("posting") == POSTINGS
    for records in () if kept else (load.candidates(CANDIDATES), load.postings(POSTINGS)):
        for rows in _batches(records):
            store.save([(record, Contact()) for record in rows])
    engine = assemble.engine(chosen)
    engine.refresh()
    return engine


def memory(engine: Engine, settings: Settings) -> dict[str, float]:
    """Return megabytes of a fresh process that has answered from `engine`'s home and holds the packaged encoder too."""
    arguments = [str(engine.home), str(engine.home / "models"), str(settings.model_folder())]
    answer = subprocess.run([sys.executable, "-c", SERVE, *arguments], capture_output=True, text=True, check=True)  # noqa: S603
    return {"candidates": CANDIDATES, "postings": POSTINGS, **json.loads(answer.stdout)}


def retrieval_recall(engine: Engine) -> dict[str, float]:
    """Return the share of the ten best of all that pruning keeps, by how many documents it keeps."""
    queries = engine.indexes.pool("posting").ids[:QUERIES]
    best = {query: [id for id, _ in engine.rank(query, kind="candidate")[:10]] for query in queries}
    pool = engine.indexes.pool("posting")
    found = {
        keep: [_share(best[query], engine.retrieve(pool.rows(query), "candidate", keep)) for query in queries]
        for keep in KEPT
    }
    return {f"recall@10 keeping {keep} of {CANDIDATES}": sum(shares) / len(shares) for keep, shares in found.items()}


def _share(wanted: Sequence[str], kept: Sequence[str]) -> float:
    return len(set(wanted) & set(kept)) / len(wanted)


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while rows := list(islice(records, SAVED_AT_ONCE)):
        yield rows
