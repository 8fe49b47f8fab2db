"""The mention bank: every line is whole, names a concept of the vocabulary, and says something no other line says."""

import csv
from importlib.resources import files
from pathlib import Path

import pytest

from matcher.competences.concepts import read_vocabulary

FILES = sorted(Path(str(files("matcher.competences"))).joinpath("mentions").glob("*.tsv"))
COLUMNS = ["concept", "language", "side", "kind", "text"]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_line_is_whole_and_names_a_concept(file: Path) -> None:
    known = {concept.id for concept in read_vocabulary()}
    for row in rows(file):
        assert list(row) == COLUMNS, row
        assert row["concept"] in known, row
        assert row["language"] in {"da", "en"}, row
        assert row["side"] in {"cv", "posting"}, row
        assert row["kind"] in {"mention", "near"}, row
        assert row["text"].strip() == row["text"] != "", row


def test_no_mention_stands_twice() -> None:
    texts = [(row["concept"], row["text"].casefold()) for file in FILES for row in rows(file)]

    assert len(texts) == len(set(texts))
