"""The proof of quality on the page, and how far the judges agree."""

import json
from typing import Any

import pytest

from eval.bench.__main__ import STORED
from eval.bench.judged import agreement
from eval.bench.page import WORDS, page

STORED_PARTS: dict[str, Any] = json.loads(STORED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("part", ["dev", "test"])
def test_agreement_is_what_the_stored_page_says(part: str) -> None:
    found = agreement(part)  # type: ignore[arg-type]

    assert found == pytest.approx(STORED_PARTS["judged"]["values"]["judges"][part])
    assert found["judged_twice"] <= found["pairs"]
    assert found["kappa_linear_where_not_both_0"] < found["kappa_linear"] < found["kappa_quadratic"] < 1


def test_every_figure_of_the_judged_set_on_the_page_is_a_stored_one() -> None:
    part = STORED_PARTS["judged"]
    shown = page({"judged": part})
    value = part["values"]["postings"]["metrics"]["ndcg@10"]

    assert WORDS["judged"]["title"] in shown
    assert f"{value['value']:.3f} [{value['low']:.3f}, {value['high']:.3f}]" in shown
    assert shown.count("| **this engine**") == 2
    for ranker in ("BM25 on words", "random", "popularity", "encoder as published"):
        assert ranker in shown
