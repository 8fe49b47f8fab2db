"""The mention bank as it is read; what its lines must be is `test_mentions`."""

from collections import Counter
from pathlib import Path

import pytest

from matcher.competences import mention_bank
from matcher.competences.concepts import concepts_by_id
from matcher.competences.mention_bank import COLUMNS, TEST_WRITERS, Mention, read_mentions

HEADER = "\t".join(COLUMNS)


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty bank, read in the place of the product's own."""
    monkeypatch.setattr(mention_bank, "files", lambda _package: tmp_path)
    (tmp_path / "mentions").mkdir()
    return tmp_path / "mentions"


def read() -> tuple[Mention, ...]:
    return read_mentions.__wrapped__()


def test_a_line_is_a_mention_and_the_name_of_its_file_tells_the_writer(bank: Path) -> None:
    (bank / "it_data-w2.tsv").write_text(f"{HEADER}\nnvivo\tda\tcv\tmention\tkodede interviews\n", encoding="utf-8")

    assert read() == (
        Mention(concept="nvivo", language="da", side="cv", kind="mention", text="kodede interviews", writer="w2"),
    )


def test_mentions_come_by_file_and_line_and_other_files_are_left_alone(bank: Path) -> None:
    for name, texts in (("b-w1.tsv", "cd"), ("a-w12.tsv", "ab"), ("README.md", "e")):
        lines = (f"nvivo\ten\tcv\tnear\t{text}" for text in texts)
        (bank / name).write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")

    assert [(mention.text, mention.writer) for mention in read()] == [
        ("a", "w12"),
        ("b", "w12"),
        ("c", "w1"),
        ("d", "w1"),
    ]


def test_a_line_with_a_cell_too_few_is_refused(bank: Path) -> None:
    (bank / "it-w2.tsv").write_text(f"{HEADER}\nnvivo\tda\tcv\tmention\n", encoding="utf-8")

    with pytest.raises(ValueError, match="shorter"):
        read()


def test_the_bank_is_read_once() -> None:
    assert read_mentions() is read_mentions()


def test_every_concept_has_three_mentions_in_each_language() -> None:
    said = Counter((mention.concept, mention.language) for mention in read_mentions() if mention.kind == "mention")

    assert [key for key in concepts_by_id() for language in ("da", "en") if said[key, language] < 3] == []


def test_about_a_fifth_was_written_by_those_whom_no_model_learns_from() -> None:
    mentions = [mention for mention in read_mentions() if mention.kind == "mention"]
    share = sum(mention.writer in TEST_WRITERS for mention in mentions) / len(mentions)

    assert 0.12 < share < 0.3


def test_no_writer_for_testing_says_what_another_wrote() -> None:
    learned: set[tuple[str, str]] = set()
    kept: set[tuple[str, str]] = set()
    for mention in read_mentions():
        (kept if mention.writer in TEST_WRITERS else learned).add((mention.concept, mention.text.casefold()))

    assert not learned & kept


def test_near_misses_are_there_for_models_and_for_tests() -> None:
    near = Counter(mention.writer in TEST_WRITERS for mention in read_mentions() if mention.kind == "near")

    assert near[True] > 100
    assert near[False] > 100
