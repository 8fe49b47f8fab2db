"""How sure a link is, is fitted to our own titles and to the documents for tuning."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval import linking
from eval.linking import fitted_phrases, fitted_prototypes, fitted_titles, labelled_quotes, mention_recall
from matcher.competences import linking as linker_module
from matcher.competences.concepts import concepts_by_id
from matcher.competences.linking import ROLES, Calibration, Linker, calibration, linking_file
from matcher.competences.mention_bank import TEST_WRITERS, Mention
from matcher.competences.terms import Term
from matcher.labour.isco import UnitGroup
from models.hashing import HashingEncoder
from tests.cli.conftest import write_lines
from tests.competences.linkers import TRUSTING, calibrated
from tests.eval.builders import some_prototypes

GROUPS = (
    UnitGroup(code="1111", da="smedearbejde", en="forging", titles_da=("grovsmed", "klejnsmed", "smed")),
    UnitGroup(code="2222", da="sygepleje", en="nursing", titles_da=("sygeplejerske", "sygeplejer")),
    UnitGroup(code="3333", da="jura", en="law", titles_da=("advokat", "zxq")),
)


@pytest.fixture
def linker() -> Linker:
    return Linker(HashingEncoder())


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two files of labelled documents in the place of the product's own, and the few concepts that they name."""

    def label(quote: str, concept: str | None, kind: str = "competence") -> dict[str, object]:
        return {"quote": quote, "concept": concept, "kind": kind, "occurrence": 1}

    first = [label("Python", "python"), label("etnografi", "ethnography"), label("Python", "python")]
    second = [label("dansk", "danish-language", "language"), label("bare noget", None), label("styr på SQL", "sql")]
    files = [
        write_lines(tmp_path / "postings-dev.jsonl", {"id": "p", "labels": first}),
        write_lines(tmp_path / "candidates-dev.jsonl", {"id": "c", "labels": second}),
    ]
    few = [concepts_by_id()[id] for id in ("ethnography", "excel", "python", "sql")]
    monkeypatch.setattr(linking, "DOCUMENTS", files)
    monkeypatch.setattr(linking, "read_vocabulary", lambda: few)
    return tmp_path


def test_quotes_are_those_that_say_a_competence_each_once(documents: Path) -> None:
    assert labelled_quotes() == [
        ("Python", "python"),
        ("etnografi", "ethnography"),
        ("bare noget", None),
        ("styr på SQL", "sql"),
    ]


def test_a_title_is_asked_with_while_its_own_name_is_left_out(linker: Linker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "read_unit_groups", lambda: GROUPS)

    found = fitted_titles(linker)

    assert found["asked"] == 13
    # "grovsmed" finds "klejnsmed"; "zxq" would find only itself
    assert 0.5 < float(str(found["right"])) < 1
    assert set(found) == {"letters", "coefficients", "intercept", "right", "asked"}


def test_every_so_many_titles_are_asked_with(linker: Linker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linking, "read_unit_groups", lambda: GROUPS)
    monkeypatch.setattr(linking, "SAMPLE", 4)

    assert fitted_titles(linker)["asked"] == 5


@pytest.mark.usefixtures("documents")
def test_phrases_count_as_right_where_their_concept_comes_first(linker: Linker) -> None:
    found = fitted_phrases(linker)

    assert found["asked"] == 3  # the quote without a concept is no question with an answer
    assert found["right"] == 1.0


def test_the_weight_of_letters_is_the_one_with_which_most_is_right(linker: Linker) -> None:
    names = linker.names([Term("a", "x"), Term("b", "y")], "competence")
    near = np.array([[0.6, 0.5], [0.5, 0.6], [0.3, 0.55], [0.2, 0.1]])
    letters = np.array([[0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [0.0, 0.0]])

    found = linking._fitted(near, letters, ["a", "b", "a", None], names)

    assert (found["letters"], found["right"], found["asked"]) == (0.3, 1.0, 3)


def test_right_ones_are_made_surer_than_wrong_ones(linker: Linker) -> None:
    names = linker.names([Term("a", "x"), Term("b", "y")], "competence")
    near = np.array([[0.9, 0.1], [0.8, 0.2], [0.35, 0.3], [0.3, 0.33]])
    fitted = linking._fitted(near, np.zeros_like(near), ["a", "a", "b", None], names)
    coefficients: Any = fitted["coefficients"]
    figures = Calibration(letters=0.0, coefficients=tuple(coefficients), intercept=float(str(fitted["intercept"])))

    sure, unsure = figures.confidence(np.array([[0.9, 0.8, 0.0], [0.35, 0.05, 0.0]]))

    assert sure > 0.9
    assert unsure < 0.1


@pytest.mark.usefixtures("documents")
def test_a_prototype_is_right_where_it_is_the_nearest_and_a_quote_without_concept_never_is(
    linker: Linker, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = linker.vectors(["Python", "etnografi", "styr på SQL"], "competence")
    monkeypatch.setattr(linking, "load_prototypes", lambda: some_prototypes(rows, "python", "excel", "sql"))

    found = fitted_prototypes(linker)

    assert (found["asked"], found["right"], found["letters"]) == (4, 0.5, 0.0)


def mentions(*rows: tuple[str, str, str, str]) -> tuple[Mention, ...]:
    return tuple(
        Mention(concept=concept, language="da", side="cv", kind=kind, text=text, writer=writer)
        for concept, kind, text, writer in rows
    )


@pytest.fixture
def bank(linker: Linker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three mentions by those who are for testing, one of them linked wrongly, and other lines that do not count."""
    kept = sorted(TEST_WRITERS)
    found = mentions(
        ("python", "mention", "skrev små programmer", kept[0]),
        ("sql", "mention", "hentede tal i databasen", kept[1]),
        ("excel", "mention", "hentede tal i databasen igen", kept[0]),
        ("excel", "near", "skrev små programmer", kept[0]),
        ("excel", "mention", "skrev små programmer", "w1"),
    )
    rows = linker.vectors(["skrev små programmer", "hentede tal i databasen", "regneark"], "competence")
    monkeypatch.setattr(linking, "read_mentions", lambda: found)
    monkeypatch.setattr(linking, "load_prototypes", lambda: some_prototypes(rows, "python", "sql", "excel"))


@pytest.mark.usefixtures("bank")
def test_only_mentions_of_the_writers_for_testing_are_measured(linker: Linker, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch, TRUSTING)

    found = mention_recall(linker)

    assert found["mentions"] == 3
    assert found["recall@1"] == pytest.approx(2 / 3)
    assert found["recall@5"] == 1.0
    assert found["linked"] == 1
    assert found["linked_right"] == pytest.approx(2 / 3)


@pytest.mark.usefixtures("bank")
def test_where_nothing_is_sure_enough_nothing_is_linked(linker: Linker, monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch, Calibration(letters=0.0, coefficients=(0.0, 0.0, 0.0), intercept=-9.0))

    found = mention_recall(linker)

    assert found["linked"] == found["linked_right"] == 0
    assert found["recall@1"] == pytest.approx(2 / 3)


def test_fitting_needs_no_figures_that_were_fitted_before(
    linker: Linker, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_purpose: str) -> Calibration:
        raise FileNotFoundError("linking.json")

    monkeypatch.setattr(linker_module, "calibration", missing)
    monkeypatch.setattr(linking, "read_unit_groups", lambda: GROUPS)

    assert fitted_phrases(linker)["asked"] == 3
    assert fitted_titles(linker)["asked"] == 13


def test_the_shipped_figures_are_whole_and_more_evidence_makes_surer() -> None:
    stored = json.loads(linking_file().read_text(encoding="utf-8"))

    assert set(stored) == {*ROLES, "prototype"}
    for purpose in stored:
        figures = calibration(purpose)
        assert 0 <= figures.letters <= max(linking.LETTER_WEIGHTS)
        nothing, much = figures.confidence(np.array([[0.0, 0.0, 0.0], [1.0, 0.6, 0.0]]))
        assert nothing < 0.05
        assert much > 0.5


def test_signals_hold_a_row_a_text_and_a_column_a_name(linker: Linker) -> None:
    names = linker.names([Term("a", "x"), Term("a", "y"), Term("b", "x")], "title")

    near, letters = linking._signals(linker, ["x", "q"], names)

    assert near.shape == letters.shape == (2, 3)
    assert letters[0].tolist() == pytest.approx([1, 0, 1])
