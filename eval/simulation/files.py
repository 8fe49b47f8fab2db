"""Reads the records a simulation starts from, and writes its log as the CSV that `matcher evaluate` reads."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import cast

from eval.simulation.assumptions import Assumptions
from eval.simulation.seasons import simulate
from eval.simulation.world import world_of
from matcher.errors import InvalidLine
from matcher.ingest.build import build
from matcher.ingest.placement_file import SIMULATED
from matcher.ingest.rows import json_lines, read_judgements
from matcher.ingest.source import Source, checked_id
from matcher.records import Candidate, Kind, Placement, Posting, Record

LOG = "placements-simulated.csv"
"""Name of the log beside the folders with the records that it was made from."""


def simulate_folders(
    folders: Sequence[Path], *, seed: int = 0, assumptions: Assumptions | None = None
) -> list[Placement]:
    """Simulate one log of folders with candidates.jsonl, postings.jsonl and judgements.jsonl, all in one region."""
    chosen = assumptions or Assumptions()
    candidates = [cast("Candidate", record) for record in _records(folders, "candidate")]
    postings = [cast("Posting", record) for record in _records(folders, "posting")]
    judgements = [judgement for folder in folders for judgement in read_judgements(folder / "judgements.jsonl")]
    grades = {(judgement.posting, judgement.candidate): judgement.grade for judgement in judgements}
    return simulate(world_of(candidates, postings, grades, chosen, seed=seed), chosen, seed=seed)


def write_placements(path: Path, placements: Iterable[Placement]) -> None:
    """Write a simulated log; its name has to say what it is."""
    if SIMULATED not in path.name.lower():
        raise ValueError(f"{path.name}: the name of a simulated log holds the word {SIMULATED!r}")
    names = [field.name for field in fields(Placement)]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(names)
        table.writerows([_cell(getattr(line, name)) for name in names] for line in placements)


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return f"{value:.6f}" if isinstance(value, float) else value


def _records(folders: Iterable[Path], kind: Kind) -> Iterator[Record]:
    for path in (folder / f"{kind}s.jsonl" for folder in folders):
        for line, row in json_lines(path):
            if isinstance(row, InvalidLine):
                raise row
            source = Source(file=path, line=line)
            yield build(kind, checked_id(str(row.get("id", "")), source), row, source).record
