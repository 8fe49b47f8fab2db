"""The report on labelled documents, on a document small enough to count by hand."""

import json
from pathlib import Path

import pytest

from eval.extraction import figures, places, report, score_posting
from matcher.records import Demand

pytestmark = pytest.mark.slow
"""The product's own tagger takes some seconds to build."""

POSTING = {
    "id": "x",
    "language": "da",
    "title": "Analytiker",
    "text": "Krav\n- Python\n- Kendskab til SQL er en fordel\n- Excel er ikke et krav\n- flydende dansk",
    "labels": [
        {"quote": "Python", "occurrence": 1, "concept": "python", "strength": "must", "kind": "competence"},
        {"quote": "SQL", "occurrence": 1, "concept": "sql", "strength": "nice", "kind": "competence"},
        {"quote": "Excel", "occurrence": 1, "concept": "excel", "strength": "not", "kind": "competence"},
        {"quote": "dansk", "occurrence": 1, "concept": "danish-language", "strength": "must", "kind": "language"},
    ],
}


def test_a_label_is_found_at_its_occurrence() -> None:
    twice = {"text": "SQL og SQL", "labels": [{"quote": "SQL", "occurrence": 2}]}
    assert [(label.start, label.end) for label in places(twice)] == [(7, 10)]


def test_a_posting_read_without_fault_scores_full_marks() -> None:
    counts = figures([score_posting(POSTING)])
    assert counts["recall"] == (3, 3)
    assert counts["precision"] == (3, 3)
    assert counts["not taken as demand"] == (0, 1)
    assert counts["must or nice"] == (3, 3)
    assert counts["concept"] == (3, 3)
    assert counts["language facts"] == (1, 1)


def test_what_is_not_demanded_and_read_all_the_same_counts_twice() -> None:
    scored = score_posting(POSTING)
    start = POSTING["text"].index("Excel")
    spans = (*scored.spans, Demand(label="Excel", evidence="Excel", start=start, end=start + 5, concept="excel"))
    counts = figures([type(scored)(scored.document, spans, scored.labels)])
    assert counts["not taken as demand"] == (1, 1)
    assert counts["precision"] == (3, 4)


def test_the_report_lists_misses_where_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "postings-dev.jsonl"
    missing = {"quote": "Krav", "occurrence": 1, "concept": None, "strength": "must", "kind": "competence"}
    labels = [*POSTING["labels"], missing]
    file.write_text(json.dumps({**POSTING, "labels": labels}) + "\n", encoding="utf-8")
    lines = list(report(file, misses=True))
    assert lines[0] == "postings-dev.jsonl: 1 documents"
    assert any("missed" in line and "'Krav'" in line for line in lines)
    assert not any("missed" in line for line in report(file, misses=False))
