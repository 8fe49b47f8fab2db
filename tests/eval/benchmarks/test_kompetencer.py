"""Kompetencer: the junk of its files, groups learned from spans, and spans found in sentences."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.benchmarks import kompetencer
from eval.benchmarks.group_classifier import GroupClassifier
from eval.benchmarks.kompetencer_files import Labelled, read_sentences
from matcher.errors import InvalidBenchmark
from matcher.records import Language
from tests.eval.benchmarks.builders import OverlapLinker, write_kompetencer, write_table


class AlwaysCooperation:
    """Fulfils `Classifier`: every span is of group S1."""

    def __init__(self) -> None:
        self.learned: list[str] = []

    def fit(self, spans: Labelled, vectors: NDArray[np.float32]) -> None:
        assert len(spans.texts) == len(vectors) == len(spans.languages)
        self.learned = list(spans.groups)

    def predict(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> list[str]:
        return ["S1"] * len(texts)


def nothing(sentence: str) -> list[tuple[int, int]]:
    return []


def test_labels_that_are_no_group_are_left_out_and_counted(tmp_path: Path) -> None:
    data = kompetencer.read(write_kompetencer(tmp_path))
    classifier = AlwaysCooperation()

    found = kompetencer.run(data, OverlapLinker(), classifier, nothing).evaluation

    assert set(classifier.learned) == {"S1", "K06"}
    assert len(classifier.learned) == 14
    assert found.metrics["group_micro_f1"].value == pytest.approx(2 / 3)
    groups = found.settings["groups"]
    assert isinstance(groups, dict)
    assert groups["labels_that_are_no_group"] == {"training": 3, "test": 0}


def test_groups_are_learned_from_spans(tmp_path: Path) -> None:
    data = kompetencer.read(write_kompetencer(tmp_path))

    found = kompetencer.group_evaluation(data, OverlapLinker(), GroupClassifier())

    assert list(found.values["group_micro_f1"].values()) == [1.0, 1.0, 0.0]


def test_danish_spans_weigh_as_much_in_all_as_the_many_english_ones() -> None:
    groups = ("S1", "S1", "S1", "S1", "A1", "A1", "S1")
    languages: tuple[Language, ...] = ("en", "en", "en", "en", "da", "da", "da")
    spans = Labelled(texts=("a",) * 7, groups=groups, languages=languages, left_out=0)
    vectors = np.ones((7, 2), dtype=np.float32)
    classifier = GroupClassifier()

    classifier.fit(spans, vectors)

    assert classifier.predict(["a"], vectors[:1]) == ["S1"], "4 of 4 and 1 of 3 outweigh 2 of 3"
    [chances] = classifier._model.predict_proba(classifier._centred(vectors[:1]))
    assert chances[list(classifier._model.classes_).index("A1")] == pytest.approx(1 / 3, abs=0.02), "by heads 2 / 7"


def test_sentences_survive_bullets_lost_words_and_rows_of_tabs(tmp_path: Path) -> None:
    sentences = read_sentences(write_kompetencer(tmp_path) / kompetencer.SENTENCES)

    assert [sentence.text for sentence in sentences] == [
        "Du kan kode i Python",
        "Undervisning og drift <ORG>",
        "Godt samarbejde",
    ]
    assert [[(sentence.text[m.start : m.end], m.layer) for m in sentence.marked] for sentence in sentences] == [
        [("kode i Python", "skill"), ("Python", "knowledge")],
        [("Undervisning og drift", "skill")],
        [("samarbejde", "knowledge")],
    ]


def test_a_span_is_found_when_it_is_touched(tmp_path: Path) -> None:
    sentences = kompetencer.read(write_kompetencer(tmp_path)).sentences
    answers = {
        "Du kan kode i Python": [(7, 11), (0, 2)],  # "kode" touches the skill alone, "Du" nothing
        "Undervisning og drift <ORG>": [(16, 21)],
        "Godt samarbejde": [(0, 5)],  # ends where "samarbejde" begins
    }

    found = kompetencer.span_evaluation(sentences, answers.__getitem__).metrics

    assert found["span_recall"].value == pytest.approx(2 / 4)
    assert found["span_precision"].value == pytest.approx(2 / 4)
    assert found["span_recall_skill"].value == 1.0
    assert found["span_recall_knowledge"].value == 0.0


def test_a_reader_that_finds_nothing_has_no_precision_rather_than_a_perfect_one(tmp_path: Path) -> None:
    found = kompetencer.span_evaluation(kompetencer.read(write_kompetencer(tmp_path)).sentences, nothing)

    assert found.metrics["span_recall"].value == 0.0
    assert found.metrics["span_precision"].n == 0
    assert found.as_json()["metrics"]["span_precision"]["value"] is None  # type: ignore[index]


def test_the_product_reads_demands_in_a_sentence_with_their_place() -> None:
    sentence = "Du har erfaring med Python og SQL ."

    spans = kompetencer.demand_spans(sentence)

    assert spans
    assert all(0 <= start < end <= len(sentence) for start, end in spans)


@pytest.mark.parametrize(
    ("file", "row", "said"),
    [
        ("kompetencer_danish_test.conll", ("ord", "B-Skil", "O"), "found “ord | B-Skil | O”, wanted: word | skill tag"),
        ("kompetencer_danish_test.conll", ("ord", "O"), "found “ord | O”"),
        ("da_test.tsv", ("samarbejde",), "da_test.tsv, line 1: found “samarbejde”, wanted: span | group"),
        ("da_test.tsv", ("samarbejde", "skill"), "da_test.tsv has no span with an ESCO group"),
    ],
)
def test_a_line_that_is_not_as_wanted_is_named(tmp_path: Path, file: str, row: tuple[object, ...], said: str) -> None:
    write_table(write_kompetencer(tmp_path) / file, row)

    with pytest.raises(InvalidBenchmark) as refused:
        kompetencer.read(tmp_path)

    assert said in str(refused.value)
