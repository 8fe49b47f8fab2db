"""The table of cues."""

import re
from importlib.resources import files

import pytest

from matcher.competences.cues import cues, speaks, words

ROWS = [
    line.split("\t")
    for line in files("matcher.competences").joinpath("cues.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_every_row_is_a_group_and_a_pattern_that_stands_once() -> None:
    assert all(len(row) == 2 and all(row) for row in ROWS)
    assert len({tuple(row) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("group", sorted({row[0] for row in ROWS}))
def test_every_group_compiles_and_is_told_of_in_the_module(group: str) -> None:
    assert isinstance(cues(group), re.Pattern)
    assert not cues(group).fullmatch("")
    assert isinstance(speaks(group, "Et ord"), bool)


def test_cues_are_whole_words_whatever_their_case() -> None:
    assert speaks("nice", "SQL ER EN FORDEL")
    assert not speaks("nice", "fordelagtigheden")


def test_a_cue_may_look_at_capitals() -> None:
    assert speaks("application", "Ring til Kirsten")
    assert not speaks("application", "ring til kunder")


def test_plain_words_are_a_set() -> None:
    assert {"og", "and"} <= words("empty")
