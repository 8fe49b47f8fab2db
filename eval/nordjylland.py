"""The project's own judged set: invented CVs, postings and employers of North Jutland, in a dev and a test part."""

from importlib.resources import files
from pathlib import Path
from typing import Literal

from eval.judged import Direction, Judged, judged
from matcher import assemble
from matcher.engine import Engine
from matcher.ingest.report import Plural
from matcher.ingest.rows import read_judgements
from matcher.settings import Settings

Part = Literal["dev", "test"]
FOLDER = Path(str(files("eval.datasets"))) / "nordjylland"
KINDS: tuple[Plural, ...] = ("candidates", "postings", "employers")


def part_engine(part: Part, home: Path, settings: Settings) -> Engine:
    """Return an engine over one part of the set in a home of its own, read as `matcher ingest` would, indexes built."""
    from matcher.ingest.service import ingest

    chosen = settings.model_copy(update={"home": home, "models": settings.model_folder()})
    store = assemble.store(chosen)
    for kind in KINDS:
        ingest(kind, [FOLDER / part / f"{kind}.jsonl"], store=store)
    engine = assemble.engine(chosen)
    engine.refresh()
    return engine


def part_judgements(part: Part, engine: Engine, direction: Direction = "postings") -> Judged:
    """Return the settled judgements of one part."""
    return judged(
        read_judgements(FOLDER / part / "judgements.jsonl"),
        postings=engine.store.ids("posting"),
        candidates=engine.store.ids("candidate"),
        direction=direction,
    )
