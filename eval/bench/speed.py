"""How long a user waits: reading 200 PDFs, and a cold shortlist beside the import of torch."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from eval.bench import load
from matcher import assemble
from matcher.ingest.service import ingest
from matcher.settings import Settings

PDFS = 200
REPEATS = 7


def ingest_pdfs(settings: Settings) -> dict[str, float]:
    """Time `matcher ingest candidates` over 200 made-up one-page PDFs, and the same again unchanged."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "cvs"
        files.mkdir()
        load.write_pdfs(files, PDFS)
        store = assemble.store(settings.model_copy(update={"home": Path(folder) / "home"}))
        first, again = (_timed(lambda: ingest("candidates", [files], store=store)) for _ in range(2))
    return {"files": PDFS, "seconds": first, "files_per_second": PDFS / first, "seconds_unchanged": again}


def cold_shortlist(home: Path, models: Path, posting: str) -> dict[str, float]:
    """Time a fresh `matcher shortlist` and a fresh `import torch` by turns; medians, seconds."""
    environment = os.environ | {"MATCHER_HOME": str(home), "MATCHER_MODELS": str(models)}
    commands = {
        "shortlist": ["-m", "api.cli", "shortlist", posting, "--json"],
        "import_torch": ["-c", "import torch"],
        "python": ["-c", "pass"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(REPEATS):
        for name, words in commands.items():
            start = perf_counter()
            subprocess.run([sys.executable, *words], env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
            times[name].append(perf_counter() - start)
    middle = {f"{name}_seconds": median(found) for name, found in times.items()}
    return {**middle, "ratio": middle["shortlist_seconds"] / middle["import_torch_seconds"]}


def _timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
