"""docs/results.md says what was measured, and nothing that was not."""

import json
import re
from typing import Any

import pytest

from eval.bench.__main__ import PARTS, STORED
from eval.bench.page import WORDS, page

INTERVAL = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 12}
UNKNOWN = {"value": None, "low": None, "high": None, "n": 0}


def stored(**parts: dict[str, Any]) -> dict[str, Any]:
    return {name: {"values": values, "on": "2026-01-02", "machine": "2 cores"} for name, values in parts.items()}


def rows(text: str) -> list[list[str]]:
    """Cells of the lines of the tables."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]


def test_every_part_of_the_bench_has_its_words() -> None:
    assert set(WORDS) == {"head", *PARTS}
    assert all({"title", "words"} <= set(WORDS[name]) for name in PARTS)


def test_a_part_says_how_when_and_where_it_was_measured() -> None:
    shown = page(stored(flat={"read_ms": 7.12345}))

    assert shown.startswith("# Results")
    assert WORDS["flat"]["title"] in shown
    assert "`python -m eval.bench flat`, 2026-01-02, 2 cores" in shown
    assert ["read_ms", "7.123"] in rows(shown)


def test_what_was_never_measured_is_left_out() -> None:
    shown = page(stored(linking={"mentions": 3}))

    assert [name for name in PARTS if f"## {WORDS[name]['title']}" in shown] == ["linking"]


def test_parts_come_in_the_order_of_the_page_whatever_the_order_they_were_measured_in() -> None:
    shown = page(stored(flat={"a": 1}, linking={"a": 1}, extraction={"a": 1}))

    places = [shown.index(WORDS[name]["title"]) for name in ("extraction", "linking", "flat")]
    assert places == sorted(places)


@pytest.mark.parametrize("part", ["extraction", "linking"])
def test_figures_of_reading_stand_one_a_line(part: str) -> None:
    shown = page(stored(**{part: {"dev postings: recall (of 520)": 0.87654, "mentions": 4000, "nothing": None}}))

    assert rows(shown) == [
        ["what", "measured"],
        ["---", "---"],
        ["dev postings: recall (of 520)", "0.8765"],
        ["mentions", "4000"],
        ["nothing", "-"],
    ]


def test_a_public_set_has_a_line_a_measure_with_each_variant_and_the_best_published_figure() -> None:
    published = [
        {"system": "weak", "measure": "map", "value": 0.1, "source": "s"},
        {"system": "strong", "measure": "map", "value": 0.4, "source": "s"},
        {"system": "other", "measure": "ndcg@10", "value": 0.9, "source": "s"},
    ]
    without = {"map": {**INTERVAL, "value": 0.3}, "recall": UNKNOWN}
    found = {"set_a": {"published": published, "whole": {"map": INTERVAL, "recall": UNKNOWN}, "without head": without}}

    assert rows(page(stored(public=found))) == [
        ["set", "measure", "whole", "without head", "best published"],
        ["---"] * 5,
        ["set_a", "map", "0.500 [0.400, 0.600]", "0.300 [0.400, 0.600]", "0.400 (strong)"],
        ["set_a", "recall", "-", "-", ""],
    ]


def test_rankers_are_called_by_their_names_and_the_engine_leads_over_the_others_not_over_itself() -> None:
    measured = dict.fromkeys(("ndcg@10", "mrr", "map", "recall@5", "recall@10"), INTERVAL)
    values = {
        "rankers": {"dense_adapted": measured, "matcher": measured, "of tomorrow": measured},
        "lead": {"dense_adapted": {"difference": 0.05, "low": -0.01, "high": 0.11}},
        "languages": {"da-en": {"ndcg@10": INTERVAL}},
    }

    shown = {cells[0]: cells for cells in rows(page(stored(quality=values)))}

    assert shown["dense, whole document, adapted encoder"][-1] == "+0.050 [-0.010, +0.110]"
    assert shown["**this engine** (standardised against the reference cohort)"][-1] == ""
    assert shown["of tomorrow"][1] == "0.500 [0.400, 0.600]"
    assert shown["da-en"] == ["da-en", "0.500 [0.400, 0.600]", "12"]


def test_tables_are_whole() -> None:
    measured = json.loads(STORED.read_text(encoding="utf-8"))

    for name, part in measured.items():
        tables = re.findall(r"(?:^\|.*\n?)+", page({name: part}), flags=re.MULTILINE)
        assert tables, name
        for table in tables:
            assert len({len(cells) for cells in rows(table)}) == 1, f"{name}: {table}"
            assert len(rows(table)) > 2, f"{name}: {table}"


def test_the_page_in_the_repository_is_what_was_stored() -> None:
    assert STORED.with_suffix(".md").read_text(encoding="utf-8") == page(json.loads(STORED.read_text(encoding="utf-8")))
