"""Nothing that is fitted or trained has seen what it is measured on: documents, writers, pairs."""

import ast
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from eval import adapter, cover, linking
from eval.extraction import read
from eval.phrase_pairs import read_pairs
from matcher.competences.concepts import read_vocabulary
from matcher.competences.linking import Linker
from matcher.competences.mention_bank import TEST_WRITERS, read_mentions
from matcher.ports import Role
from matcher.records import Candidate, Posting
from models.hashing import HashingEncoder
from tests.conftest import REPOSITORY
from tests.eval.builders import some_prototypes

PRODUCT = ("api", "eval", "index", "matcher", "models")
DOCUMENTS = REPOSITORY / "eval" / "datasets" / "extraction"


class Witness(HashingEncoder):
    """Remembers every text that it was shown."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        self.seen |= set(texts)
        return super().encode(texts, role=role)


def said(part: str) -> set[str]:
    """Quotes of the labelled documents of a part."""
    found = (document for file in DOCUMENTS.glob(f"*-{part}*.jsonl") for document in read(file))
    return {label["quote"] for document in found for label in document["labels"]}


def of_writers_for_testing() -> set[str]:
    """What only they say."""
    kept = {mention.text for mention in read_mentions() if mention.writer in TEST_WRITERS}
    return kept - {mention.text for mention in read_mentions() if mention.writer not in TEST_WRITERS}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that are read as text from here on."""
    names: list[str] = []
    whole = Path.read_text

    def noting(self: Path, *args: Any, **kwargs: Any) -> str:
        names.append(self.name)
        return whole(self, *args, **kwargs)

    monkeypatch.setattr(Path, "read_text", noting)
    return names


@pytest.mark.slow
def test_fitting_how_sure_a_link_is_reads_dev_documents_only(
    opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    few = read_vocabulary()[::40]  # enough to fit against, and quickly
    rows = HashingEncoder().encode([concept.en for concept in few], role="phrase")
    prototypes = some_prototypes(rows, *(concept.id for concept in few))
    monkeypatch.setattr(linking, "read_vocabulary", lambda: few)
    monkeypatch.setattr(linking, "load_prototypes", lambda: prototypes)
    witness = Witness()

    linking.fitted_phrases(Linker(witness))
    linking.fitted_prototypes(Linker(witness))

    documents = {name for name in opened if name.endswith(".jsonl")}
    assert documents
    assert all("-dev" in name for name in documents)
    assert said("dev") & witness.seen
    vocabulary = {form for concept in read_vocabulary() for form in concept.forms}
    assert not (said("test") - said("dev") - vocabulary) & witness.seen
    assert not (of_writers_for_testing() - said("dev") - vocabulary) & witness.seen


@pytest.mark.slow
def test_fitting_when_a_demand_is_covered_never_looks_at_the_verdicts_of_the_test_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = read_pairs()
    norms = dict.fromkeys(("any", "da-da", "da-en", "en-da", "en-en"), 0.3)
    monkeypatch.setattr(cover, "unrelated", lambda _encoder: (norms, norms))
    encoder = HashingEncoder()
    fitted = cover.fitted_cover(encoder)

    monkeypatch.setattr(cover, "read_pairs", lambda: [pair for pair in pairs if pair.part == "dev"])

    assert cover.fitted_cover(encoder) == fitted


def test_training_takes_mentions_of_no_writer_for_testing() -> None:
    assert len(TEST_WRITERS) == 2
    assert {mention.writer for mention in read_mentions()} >= TEST_WRITERS
    assert not TEST_WRITERS & {mention.writer for mention in adapter.training_mentions()}
    learned = {text for entry in adapter.entries({}) for text in (*entry.mentions, *entry.near)}
    assert not of_writers_for_testing() & learned


def test_the_reference_cohort_holds_no_labelled_document() -> None:
    from matcher.reference.cohort import reference_candidates, reference_postings

    records: list[Candidate | Posting] = [*reference_candidates(), *reference_postings()]
    labelled = {document["text"] for file in DOCUMENTS.glob("*.jsonl") for document in read(file)}
    assert not labelled & {record.text for record in records}


@cache
def sources() -> dict[str, ast.Module]:
    """Every module of the product by its path."""
    return {
        file.relative_to(REPOSITORY).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for package in PRODUCT
        for file in sorted((REPOSITORY / package).rglob("*.py"))
    }


def uses_of(name: str) -> dict[str, set[str]]:
    """Modules that use a name beyond importing it, and the functions in which they do."""
    found: dict[str, set[str]] = {}
    for path, module in sources().items():
        for function in ast.walk(module):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
                if name in inside:
                    found.setdefault(path, set()).add(function.name)
    return found


def test_the_mention_bank_is_opened_by_training_which_leaves_writers_out_and_by_measuring_alone() -> None:
    uses = uses_of("read_mentions")

    assert uses == {"eval/adapter.py": {"training_mentions"}, "eval/linking.py": {"mention_recall"}}
    assert uses_of("TEST_WRITERS") == uses


def test_measuring_is_called_by_the_bench_alone() -> None:
    for measure in ("mention_recall", "measured_cover"):
        assert set(uses_of(measure)) == {"eval/bench/reading.py"}


def test_files_for_testing_are_named_by_the_bench_alone() -> None:
    naming = {
        path
        for path, module in sources().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "-test" in node.value
    }
    extraction = {path for path in naming if not path.startswith("eval/benchmarks/")}

    assert extraction == set()  # the bench puts the name together from the part that it was asked for
    assert set(uses_of("DOCUMENTS")) == {"eval/linking.py"}
    assert all("-dev" in file.name for file in linking.DOCUMENTS)
