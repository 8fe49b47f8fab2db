"""Runs the measurements that were asked for (all of them by default) and rewrites docs/results.md.

`python -m eval.bench`, or some of it: `python -m eval.bench quality flat`. Results of parts that were not run stay as
they were: they are kept in docs/results.json, from which the page is written. `python -m eval.bench public` needs the
public sets: MATCHER_BENCH_DATA names the folder that holds `melo`, `esco_job_skill_da` and `kompetencer`.
"""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from eval.bench.page import page
from matcher.settings import Settings

DOCS = Path(__file__).parent.parent.parent / "docs"
STORED = DOCS / "results.json"
PAGE = DOCS / "results.md"

PUBLIC_DATA = "MATCHER_BENCH_DATA"

Values = Mapping[str, object]


def encoding(settings: Settings) -> Values:
    """Measure the encoder against plain sentence-transformers."""
    from eval.bench.encoding import encoding as measure

    return measure(settings.model_folder())


def fidelity(settings: Settings) -> Values:
    """Measure what int8 changes about lists."""
    from eval.bench.fidelity import fidelity as measure

    return measure(settings)


def quality(settings: Settings) -> Values:
    """Measure the rankers on the sample."""
    from eval.bench.quality import quality as measure

    return measure(settings)


def judged(settings: Settings) -> Values:
    """Measure the engine beside the baselines on the judged set."""
    from eval.bench.judged import judged_set as measure

    return measure(settings)


def audit(settings: Settings) -> Values:
    """Run the swap test and the deletion test."""
    from eval.bench.audit import audit as measure

    return measure(settings)


def flat(_settings: Settings) -> Values:
    """Measure an exact search against reading the same bytes."""
    from eval.bench.flat import flat_query

    return flat_query()


def ingest(settings: Settings) -> Values:
    """Measure reading 200 PDFs."""
    from eval.bench.speed import ingest_pdfs

    return ingest_pdfs(settings)


def region(settings: Settings) -> Values:
    """Measure memory and retrieval at the size of a region."""
    from eval.bench import memory

    with tempfile.TemporaryDirectory() as home:
        engine = memory.region(Path(home), settings)
        return {**memory.memory(engine, settings), **memory.retrieval_recall(engine)}


def service(settings: Settings) -> Values:
    """Measure the served pages of many users beside the bare engine, and what kills lose."""
    from eval.bench.service import service as measure

    return measure(settings)


def cold(settings: Settings) -> Values:
    """Measure a cold shortlist beside the import of torch."""
    from eval.bench.quality import sample_engine
    from eval.bench.speed import cold_shortlist

    with tempfile.TemporaryDirectory() as home:
        sample_engine(Path(home), settings)
        return cold_shortlist(Path(home), settings.model_folder(), "p05")


def extraction(settings: Settings) -> Values:
    """Measure what is read in whole labelled documents, and how fast."""
    from eval.bench.reading import extraction as measure

    return measure(settings)


def linking(settings: Settings) -> Values:
    """Measure how other people's wording is linked to concepts, and when a demand counts as covered."""
    from eval.bench.reading import linking as measure

    return measure(settings)


def coverage(_settings: Settings) -> Values:
    """Measure what holding demands against competences costs."""
    from eval.bench.coverage import coverage as measure

    return measure()


def public(settings: Settings) -> Values:
    """Measure the public sets, where there are any."""
    from eval.bench.public import public as measure

    data = os.environ.get(PUBLIC_DATA)
    if not data:
        sys.exit(f"Set {PUBLIC_DATA} to the folder that holds the public sets, or name the other parts to run.")
    return measure(Path(data), settings)


PARTS: Mapping[str, Callable[[Settings], Values]] = {
    part.__name__: part
    for part in (
        judged,
        audit,
        quality,
        extraction,
        linking,
        encoding,
        fidelity,
        flat,
        coverage,
        ingest,
        cold,
        region,
        service,
        public,
    )
}


def main(names: list[str]) -> None:
    """Run the named parts and write the page."""
    if unknown := [name for name in names if name not in PARTS]:
        sys.exit(f"No such measurement: {', '.join(unknown)}. There are: {', '.join(PARTS)}.")
    stored = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    for name in names or [part for part in PARTS if part != "public" or PUBLIC_DATA in os.environ]:
        sys.stderr.write(f"{name} ...\n")
        values = PARTS[name](Settings())
        stored[name] = {"values": values, "on": datetime.now(UTC).date().isoformat(), "machine": _machine()}
        STORED.write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        PAGE.write_text(page(stored), encoding="utf-8")


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main(sys.argv[1:])
