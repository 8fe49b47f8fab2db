"""ESCO job -> skill: which of all skills does ESCO hold to be essential (grade 2) or optional (1) for an occupation.

A folder holds `queries.tsv` (q_id, uri, isco, label, alt_labels, description) and `corpus.tsv` (c_id, uri, type, label,
description), both with a header, and `qrels.tsv` (q_id, 0, c_id, grade).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.benchmarks.published import PUBLISHED
from eval.benchmarks.scoring import Names, Result, Scorer, Task, Tell, evaluation, measured
from eval.benchmarks.tables import add_once, folder_with, malformed, read_grades, read_lines, read_table
from eval.measures import measure
from matcher.competences.terms import Term
from matcher.errors import InvalidBenchmark
from models.adapter_split import RULE, held_out, unit_group

QueryText = Literal["label", "full"]
"""What is asked with: the occupation's label, or its label and description."""

NAME = "esco-job-skill"
FILES = ("queries.tsv", "corpus.tsv", "qrels.tsv")
QUERY_COLUMNS = ("q_id", "uri", "isco", "label", "alt_labels", "description")
CORPUS_COLUMNS = ("c_id", "uri", "type", "label", "description")
HELD_OUT = "held-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupations:
    """The set: its task, and the ISCO unit group of each query."""

    task: Task
    groups: Mapping[str, str]
    text: QueryText


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The ISCO unit groups to measure on, and the rule that chose them, in words."""

    name: str
    rule: str
    holds: Callable[[str], bool]


def read(folder: Path, *, text: QueryText = "full") -> Occupations:
    """Read the set; descriptions join the queries where `text` is "full"."""
    folder_with(folder, FILES)
    queries, groups = _read_queries(folder / "queries.tsv", text)
    skills = _read_skills(folder / "corpus.tsv")
    known = {id_: skill.text for id_, skill in skills.items()}
    grades = read_grades(folder / "qrels.tsv", queries, known, grades=("0", "1", "2"))
    task = Task(
        name=NAME,
        purpose="work",
        queries=queries,
        elements=skills,
        grades=grades,
        measures=(measure("map", relevant=1), measure("ndcg@10", gain="linear")),
    )
    return Occupations(task=task, groups=groups, text=text)


def selection(groups: str) -> Selection | None:
    """Return the groups named by `groups`: "held-out", a file with one ISCO unit group a line, or None for "all"."""
    if groups == "all":
        return None
    if groups == HELD_OUT:
        return Selection(name=HELD_OUT, rule=RULE, holds=held_out)
    file = Path(groups)
    if not file.is_file():
        raise InvalidBenchmark("no_groups_file", found=groups)
    wanted = frozenset(_read_groups(file))
    return Selection(name=file.stem, rule=f"ISCO unit groups listed in {file.name}", holds=wanted.__contains__)


def run(
    occupations: Occupations, scorer: Scorer[Names], *, groups: Selection | None = None, tell: Tell | None = None
) -> Result:
    """Measure MAP (grade 1 and 2 relevant) and nDCG@10 (gain: the grade) on the selected groups.

    With a selection the result's groups show all queries and the selected ones side by side.
    """
    chosen = {query for query, isco in occupations.groups.items() if groups is None or groups.holds(isco)}
    if not chosen:
        raise InvalidBenchmark("no_query_in_groups", rule=groups.rule if groups else "all")
    values = measured(occupations.task, scorer, tell)
    settings = {**occupations.task.settings, "text": occupations.text}
    rule = {"groups": groups.name if groups else "all", "groups_rule": groups.rule if groups else "every group"}
    count = {"groups_measured": len({occupations.groups[query] for query in chosen})}
    part = {name: {q: value for q, value in queries.items() if q in chosen} for name, queries in values.items()}
    found = evaluation(part, {**settings, **rule, **count, "queries": len(chosen)})
    both = {} if groups is None else {"all": evaluation(values, settings), groups.name: found}
    return Result(name=NAME, evaluation=found, groups=both, published=PUBLISHED[NAME])


def _read_queries(file: Path, text: QueryText) -> tuple[dict[str, str], dict[str, str]]:
    queries: dict[str, str] = {}
    groups: dict[str, str] = {}
    for number, (id_, _, isco, label, _, description) in read_table(file, QUERY_COLUMNS, header=True):
        whole = f"{label}. {description}" if text == "full" and description else label
        add_once(queries, id_, whole, file=file, line=number)
        groups[id_] = _unit_group(isco, file, number)
    return queries, groups


def _read_skills(file: Path) -> dict[str, Term]:
    skills: dict[str, Term] = {}
    for number, (id_, uri, _, label, _) in read_table(file, CORPUS_COLUMNS, header=True):
        if id_ in skills:
            raise InvalidBenchmark("repeated_id", file=file, line=number, id=id_)
        skills[id_] = Term(uri, label)
    return skills


def _read_groups(file: Path) -> list[str]:
    return [_unit_group(line, file, number) for number, line in read_lines(file) if line.strip()]


def _unit_group(isco: str, file: Path, line: int) -> str:
    try:
        return unit_group(isco)
    except ValueError as problem:
        raise malformed(file, line, found=isco, wanted="ISCO-08, 4 digits") from problem
