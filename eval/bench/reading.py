"""How well and how fast demands and competences are read, linked, and held against each other."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from time import process_time

from eval.bench.load import posting_text
from eval.cover import measured_cover, pull_auc
from eval.extraction import figures, read, score_candidate, score_posting
from eval.linking import mention_recall
from matcher import assemble
from matcher.competences.reading import read_posting
from matcher.ingest.build import prepare
from matcher.prior import Prior
from matcher.records import Posting
from matcher.settings import Settings

PARTS = ("dev", "test", "test2")
POSTINGS = 200


def extraction(_settings: Settings) -> dict[str, float]:
    """Return each figure on the dev and on the held-out documents, and how many postings a core reads in a second."""
    figures = {name: value for part in PARTS for name, value in _figures(part)}
    return {**figures, "postings_a_second_a_core": _speed()}


def linking(settings: Settings) -> dict[str, float]:
    """Return how mentions of the test writers are linked, and how the test pairs are judged."""
    linker = assemble.linker(settings)
    cover = measured_cover(linker.encoder, Prior.load().cover)
    judged = {f"pairs_{name}": value for name, value in cover.items()}
    return {**mention_recall(linker), **judged, **pull_auc(linker.encoder)}


def _figures(part: str) -> Iterator[tuple[str, float]]:
    folder = Path(str(files("eval.datasets"))) / "extraction"
    for kind, score in (("postings", score_posting), ("candidates", score_candidate)):
        scored = [score(document) for document in read(folder / f"{kind}-{part}.jsonl")]
        for name, (right, of) in figures(scored).items():
            yield f"{part} {kind}: {name} (of {of})", right / of if of else float("nan")


def _speed() -> float:
    """Read made-up postings once to warm the caches and once by the clock of this process."""
    records = []
    for number in range(POSTINGS):
        prepared = prepare(posting_text(number), "posting")
        text, language, sections = prepared.text, prepared.language, prepared.sections
        records.append(Posting(id=str(number), title="-", text=text, language=language, sections=sections))
    for record in records:
        read_posting(record)
    start = process_time()
    for record in records:
        read_posting(record)
    return POSTINGS / (process_time() - start)
