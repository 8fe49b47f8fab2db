"""The bundled sample: 32 invented CVs, 20 postings, 16 employers, and a grade for every pair."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from matcher.ingest.report import IngestReport, Plural
from matcher.ports import Store

SAMPLE = Path(str(files("eval.datasets"))) / "sample"
JUDGEMENTS = SAMPLE / "judgements.jsonl"
SOURCES: tuple[tuple[Plural, str], ...] = (
    ("candidates", "candidates"),
    ("postings", "postings"),
    ("employers", "employers.jsonl"),
)


def read_sample(store: Store, progress: Callable[[int, int], None] | None = None) -> list[IngestReport]:
    """Read the sample's documents into a store, as `matcher ingest` would; one report a kind."""
    from matcher.ingest.service import ingest

    return [ingest(kind, [SAMPLE / source], store=store, progress=progress) for kind, source in SOURCES]
