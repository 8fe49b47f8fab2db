"""MELO: job titles of national classifications linked to the labels of ESCO.

A folder of a set holds `queries.tsv` (id, text), `corpus_elements.tsv` (id, text), `annotations.tsv`
(query, 0, element, 1) and `concept_mapping.tsv` (element, URI), all without header; a folder of such folders is all
its sets.
"""

from pathlib import Path

from eval.benchmarks.published import PUBLISHED
from eval.benchmarks.scoring import Names, Result, Scorer, Task, Tell, evaluation, measured
from eval.benchmarks.tables import folder_with, read_grades, read_texts
from eval.measures import measure
from matcher.competences.terms import Term
from matcher.errors import InvalidBenchmark

FILES = ("queries.tsv", "corpus_elements.tsv", "annotations.tsv", "concept_mapping.tsv")


def read(folder: Path) -> list[Task]:
    """Read the set in `folder`, or every set in its subfolders, by name."""
    if not folder.is_dir() or any((folder / name).exists() for name in FILES):
        return [_read_set(folder)]
    sets = sorted(path.parent for path in folder.glob(f"*/{FILES[0]}"))
    if not sets:
        raise InvalidBenchmark("missing_file", folder=folder, file=FILES[0], wanted=", ".join(FILES))
    return [_read_set(path) for path in sets]


def run(task: Task, scorer: Scorer[Names], tell: Tell | None = None) -> Result:
    """Measure MAP over all relevant elements of each title."""
    values = measured(task, scorer, tell)
    return Result(
        name=task.name,
        evaluation=evaluation(values, task.settings),
        groups={},
        published=PUBLISHED.get(task.name, ()),
    )


def _read_set(folder: Path) -> Task:
    folder_with(folder, FILES)
    queries = read_texts(folder / "queries.tsv", ("id", "text"))
    elements = read_texts(folder / "corpus_elements.tsv", ("id", "text"))
    concepts = read_texts(folder / "concept_mapping.tsv", ("element", "concept"))
    if nameless := sorted(elements.keys() - concepts.keys()):
        raise InvalidBenchmark("no_concept", file=folder / "concept_mapping.tsv", id=nameless[0], count=len(nameless))
    return Task(
        name=folder.resolve().name,
        purpose="title",
        queries=queries,
        elements={id_: Term(concepts[id_], text) for id_, text in elements.items()},
        grades=read_grades(folder / "annotations.tsv", queries, elements, grades=("1",)),
        measures=(measure("map", relevant=1),),
    )
