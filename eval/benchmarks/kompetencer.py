"""Kompetencer: Danish posting spans to their ESCO group, and spans found in posting sentences.

A folder holds the training spans `1_en_train.tsv`, `2_da_train.tsv`, `3_en_dev.tsv`, the test spans `da_test.tsv`
(span, group), and the sentences `kompetencer_danish_test.conll`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from eval.benchmarks.kompetencer_files import LAYERS, Labelled, Sentence, read_labelled, read_sentences
from eval.benchmarks.published import PUBLISHED
from eval.benchmarks.scoring import Result, Vectors, evaluation
from eval.benchmarks.tables import folder_with
from eval.runs import Evaluation
from matcher.competences import reading
from matcher.errors import InvalidBenchmark
from matcher.records import Language

Spans = Callable[[str], Sequence[tuple[int, int]]]
"""A sentence in, the places of what it demands out: start and end in code points."""

NAME = "kompetencer"
TRAINING: Mapping[str, Language] = {"1_en_train.tsv": "en", "2_da_train.tsv": "da", "3_en_dev.tsv": "en"}
TEST = "da_test.tsv"
SENTENCES = "kompetencer_danish_test.conll"


class Classifier(Protocol):
    """What learns groups from labelled spans. Vectors have shape (number of spans, dimension)."""

    def fit(self, spans: Labelled, vectors: NDArray[np.float32]) -> None:
        """Learn from spans with their groups and languages, and their vectors."""
        ...

    def predict(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> Sequence[str]:
        """Return one group for each span, all of them Danish."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Kompetencer:
    """The set as it stands in its files."""

    training: Labelled
    test: Labelled
    sentences: Sequence[Sentence]


def read(folder: Path) -> Kompetencer:
    """Read training spans, Danish test spans and Danish test sentences."""
    folder_with(folder, (*TRAINING, TEST, SENTENCES))
    training = read_labelled({folder / name: language for name, language in TRAINING.items()})
    test = read_labelled({folder / TEST: "da"})
    for file, labelled in ((next(iter(TRAINING)), training), (TEST, test)):
        if not labelled.texts:
            raise InvalidBenchmark("no_groups", file=folder / file, count=labelled.left_out)
    return Kompetencer(training=training, test=test, sentences=read_sentences(folder / SENTENCES))


def run(data: Kompetencer, vectors: Vectors, classifier: Classifier, spans: Spans) -> Result:
    """Measure groups and spans; the metrics stand side by side."""
    groups, found = group_evaluation(data, vectors, classifier), span_evaluation(data.sentences, spans)
    both = Evaluation(
        metrics={**groups.metrics, **found.metrics},
        values={**groups.values, **found.values},
        settings={"set": NAME, "groups": groups.settings, "spans": found.settings},
    )
    return Result(name=NAME, evaluation=both, groups={}, published=PUBLISHED[NAME])


def group_evaluation(data: Kompetencer, vectors: Vectors, classifier: Classifier) -> Evaluation:
    """Micro-F1 of one group a span, which is the share of spans whose group is right."""
    train, test = data.training, data.test
    classifier.fit(train, vectors.vectors(train.texts, "competence"))
    predicted = classifier.predict(test.texts, vectors.vectors(test.texts, "competence"))
    right = {f"{n:05}": float(a == b) for n, (a, b) in enumerate(zip(predicted, test.groups, strict=True))}
    settings = {
        "training_spans": len(train.texts),
        "test_spans": len(test.texts),
        "labels_that_are_no_group": {"training": train.left_out, "test": test.left_out},
    }
    return evaluation({"group_micro_f1": right}, settings, unit="test spans")


def span_evaluation(sentences: Sequence[Sentence], spans: Spans) -> Evaluation:
    """Recall: share of marked spans that a found one touches, in all and by layer. Precision: the other way round."""
    values: dict[str, dict[str, float]] = {
        "span_recall": {},
        "span_precision": {},
        **{f"span_recall_{layer}": {} for layer in LAYERS},
    }
    for number, sentence in enumerate(sentences):
        found = sorted(set(spans(sentence.text)))
        marked = [(span.start, span.end) for span in sentence.marked]
        for place, span in enumerate(sentence.marked):
            touched = _touched((span.start, span.end), found)
            for name in ("span_recall", f"span_recall_{span.layer}"):
                values[name][f"{number:05}-{place:04}"] = touched
        for place, one in enumerate(found):
            values["span_precision"][f"{number:05}-{place:04}"] = _touched(one, marked)
    counts: Mapping[str, object] = {
        "sentences": len(sentences),
        "marked": len(values["span_recall"]),
        "found": len(values["span_precision"]),
        "match": "overlap of at least one code point",
    }
    return evaluation(values, counts, unit="spans")


def demand_spans(sentence: str) -> list[tuple[int, int]]:
    """Return what the product reads as demands in a sentence of a posting."""
    return reading.spans(sentence)


def _touched(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> float:
    return float(any(span[0] < end and start < span[1] for start, end in others))
