"""The project's own labelled sets are whole: every quote is where it is said to be, every concept exists."""

import csv
import json
import re
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest

from eval.extraction import places, read
from eval.phrase_pairs import FILE, read_pairs
from matcher.competences.concepts import concepts_by_id, read_vocabulary
from matcher.records import Source

FOLDER = Path(str(files("eval.datasets")))
DOCUMENTS = sorted((FOLDER / "extraction").glob("*.jsonl"))
KINDS = {"competence", "language", "education", "experience", "licence"}
OF_A_POSTING = {"quote", "occurrence", "concept", "strength", "kind"}
OF_A_CV = {"quote", "occurrence", "concept", "kind", "source", "recent"}
SOURCES = {source.replace("_", " ") for source in get_args(Source)}

by_file = pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)


def labels(file: Path) -> list[dict[str, Any]]:
    return [label for document in read(file) for label in document["labels"]]


def test_there_are_postings_and_cvs_to_tune_on_and_to_measure_on() -> None:
    counts = {file.stem: len(read(file)) for file in DOCUMENTS}

    assert min(counts["candidates-dev"], counts["postings-dev"]) >= 20
    assert min(counts["candidates-test"], counts["postings-test"]) >= 10
    assert all("-dev" in name or "-test" in name for name in counts)


def test_ids_are_unique_over_all_files_and_so_are_texts() -> None:
    documents = [document for file in DOCUMENTS for document in read(file)]

    assert [id for id, count in Counter(document["id"] for document in documents).items() if count > 1] == []
    assert len({document["text"] for document in documents}) == len(documents)


def test_no_writer_of_a_file_for_measuring_wrote_one_for_tuning() -> None:
    writers = {part: {d["writer"] for f in DOCUMENTS if part in f.name for d in read(f)} for part in ("-dev", "-test")}

    assert not writers["-dev"] & writers["-test"]


@by_file
def test_both_languages_are_there_about_equally(file: Path) -> None:
    spoken = Counter(document["language"] for document in read(file))

    assert set(spoken) == {"da", "en"}
    assert min(spoken.values()) >= sum(spoken.values()) / 3


@by_file
def test_every_quote_stands_in_the_text_at_its_occurrence(file: Path) -> None:
    for document in read(file):
        for place in places(document):
            quote = place.label["quote"]
            assert document["text"][place.start : place.end] == quote
            assert quote == quote.strip() != ""
            assert place.label["occurrence"] >= 1


@by_file
def test_no_stretch_is_labelled_twice(file: Path) -> None:
    for document in read(file):
        found = Counter((place.start, place.end, place.label["concept"]) for place in places(document))
        assert [place for place, count in found.items() if count > 1] == [], document["id"]


@by_file
def test_every_label_has_its_fields_and_names_a_concept_of_the_vocabulary(file: Path) -> None:
    fields = OF_A_POSTING if "posting" in file.name else OF_A_CV
    for label in labels(file):
        assert set(label) == fields, label
        assert label["concept"] is None or label["concept"] in concepts_by_id(), label
        assert label["kind"] in KINDS, label
        if "posting" in file.name:
            assert label["strength"] in {"must", "nice", "not"}, label
        else:
            assert label["source"] in SOURCES, label
            assert isinstance(label["recent"], bool), label


@by_file
def test_every_document_has_labels_and_every_posting_a_title_and_things_that_are_not_asked(file: Path) -> None:
    for document in read(file):
        assert len(document["labels"]) >= 5, document["id"]
        if "posting" in file.name:
            assert document["title"].strip()
            assert sum(label["strength"] == "not" for label in document["labels"]) >= 2, document["id"]


def test_the_documentation_names_every_file_and_says_how_many_documents_it_holds() -> None:
    text = (FOLDER / "extraction" / "README.md").read_text(encoding="utf-8")
    table = dict(re.findall(r"^\| `([^`]+)` \| (\d+) ", text, flags=re.MULTILINE))

    assert table == {file.name: str(len(read(file))) for file in DOCUMENTS}
    for file in DOCUMENTS:
        for writer in {document["writer"] for document in read(file)}:
            assert f"`{writer}`" in text, f"{file.name}: writer {writer}"


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_pair_is_whole_and_was_judged() -> None:
    for row in rows():
        assert None not in row, row
        assert None not in row.values(), row
        assert row["status"] in {"covered", "partly", "missing"}, row
        assert row["part"] in {"dev", "test"}, row
        for side in ("demand", "competence"):
            assert row[side] == row[side].strip() != "", row
            assert row[f"{side}_language"] in {"da", "en"}, row
            assert row[f"{side}_concept"] in {"", *concepts_by_id()}, row


def test_all_pairs_of_one_demand_are_of_one_part() -> None:
    parts: dict[tuple[str, str], set[str]] = defaultdict(set)
    for pair in read_pairs():
        parts[pair.demand.casefold(), pair.demand_language].add(pair.part)

    assert [demand for demand, found in parts.items() if len(found) > 1] == []
    test = sum(found == {"test"} for found in parts.values())
    assert 0.25 < test / len(parts) < 0.4


def test_no_pair_is_judged_twice() -> None:
    pairs = Counter((pair.demand, pair.demand_language, pair.competence) for pair in read_pairs())

    assert [pair for pair, count in pairs.items() if count > 1] == []


@pytest.mark.parametrize("part", ["dev", "test"])
def test_each_part_has_every_verdict_and_every_pair_of_languages_often_enough(part: str) -> None:
    pairs = [pair for pair in read_pairs() if pair.part == part]

    assert min(Counter(pair.status for pair in pairs).values()) > 50
    spoken = Counter((pair.demand_language, pair.competence_language) for pair in pairs)
    assert len(spoken) == 4
    assert min(spoken.values()) > 30


def test_the_documentation_of_the_pairs_counts_them() -> None:
    text = (FOLDER / "phrase_pairs" / "README.md").read_text(encoding="utf-8")
    demands = {(pair.demand, pair.demand_language) for pair in read_pairs()}

    assert f"{len(read_pairs()):,} pairs in {len(demands)} groups" in text


def test_labels_name_a_good_part_of_the_vocabulary() -> None:
    named = {label["concept"] for file in DOCUMENTS for label in labels(file)} - {None}

    assert len(named) > 300
    assert len(named) < len(read_vocabulary())


def test_each_line_of_a_file_is_one_object() -> None:
    for file in DOCUMENTS:
        for line in file.read_text(encoding="utf-8").splitlines():
            assert isinstance(json.loads(line), dict), file.name
