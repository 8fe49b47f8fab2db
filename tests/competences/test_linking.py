"""What links a text to concepts, and what is left unlinked."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.competences.linking import LEAST, ROLES, Calibration, Linker, Names, evidence, linked_by_vector
from matcher.competences.terms import Purpose, Term
from matcher.ports import Role
from models.grid import snap
from models.hashing import HashingEncoder
from models.prototypes import Prototypes
from tests.competences.linkers import CALIBRATION, TRUSTING, calibrated

TERMS = [
    Term("python", "Python"),
    Term("python", "Python-programmering"),
    Term("excel", "Excel"),
    Term("excel", "regneark"),
    Term("hydrology", "hydrologi"),
    Term("hydrology", "hydrology"),
    Term("care", "ældrepleje"),
    Term("care", "pleje af ældre"),
]
NONSENSE = ["xyzzy qwrt", "", "   ", "12 34", "…"]


class RoleEncoder(HashingEncoder):
    """Tells apart in which role a text was encoded, and remembers it."""

    def __init__(self) -> None:
        self.roles: list[Role] = []

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        self.roles.append(role)
        return super().encode(texts, role=role)


@pytest.fixture(autouse=True)
def _figures(monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch)


def a_linker(**without: bool) -> Linker:
    return Linker(HashingEncoder(), **without)


def links(text: str, linker: Linker | None = None, most: int = 5) -> list[str]:
    chosen = linker or a_linker()
    [found] = chosen.link([text], chosen.names(TERMS, "competence"), most=most)
    return [link.concept for link in found]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.text)
def test_an_exact_name_links_to_its_concept_first(term: Term) -> None:
    linker = a_linker()
    [[first, *_]] = linker.link([term.text], linker.names(TERMS, "competence"))

    assert (first.concept, first.label) == (term.concept, term.text)
    assert LEAST <= first.confidence <= 1


@pytest.mark.parametrize("text", ["PYTHON", "regneark i Excel", "pleje af de ældre"])
def test_another_wording_links_too(text: str) -> None:
    assert links(text)[:1] == [{"P": "python", "r": "excel", "p": "care"}[text[0]]]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_links_to_nothing(text: str) -> None:
    assert links(text) == []


def test_a_concept_is_linked_once_however_many_of_its_names_are_near(monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch, TRUSTING)

    assert sorted(links("Python")) == ["care", "excel", "hydrology", "python"]


def test_the_surest_come_first_and_no_more_than_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch, TRUSTING)
    linker = a_linker()
    [found] = linker.link(["regneark i Python"], linker.names(TERMS, "competence"), most=3)

    assert len(found) == 3
    assert [link.confidence for link in found] == sorted((link.confidence for link in found), reverse=True)
    assert {link.concept for link in found[:2]} == {"python", "excel"}


def test_a_text_is_linked_the_same_whoever_else_is_linked_with_it() -> None:
    linker = a_linker()
    names = linker.names(TERMS, "competence")
    texts = ["Python", "xyzzy", "pleje af ældre", "regneark"]

    assert linker.link(texts, names) == [linker.link([text], names)[0] for text in texts]


def test_scores_profit_from_the_other_names_of_a_concept() -> None:
    linker = a_linker()
    [scores] = linker.scores(["Excel"], linker.names(TERMS, "competence"))
    by_name = dict(zip([term.text for term in TERMS], scores.tolist(), strict=True))

    assert by_name["Excel"] > by_name["regneark"] > by_name["Python"]
    assert by_name["regneark"] > 0.9 * by_name["Excel"]


def test_without_the_vocabulary_a_name_stands_for_itself() -> None:
    linker = a_linker(vocabulary=False)
    [scores] = linker.scores(["Excel"], linker.names(TERMS, "competence"))
    by_name = dict(zip([term.text for term in TERMS], scores.tolist(), strict=True))

    assert by_name["Excel"] > 1
    assert by_name["regneark"] < 0.3


def test_without_letters_only_the_vectors_count() -> None:
    linker = a_linker(lexical=False, vocabulary=False)
    encoder = HashingEncoder()
    wanted = encoder.encode(["Excel"], role="query") @ encoder.encode([t.text for t in TERMS], role="query").T

    assert linker.scores(["Excel"], linker.names(TERMS, "competence")).tolist() == wanted.tolist()


def test_letters_add_to_what_the_vectors_say() -> None:
    [with_letters], [without] = (
        a_linker(vocabulary=False, lexical=lexical).scores(["Excel"], a_linker().names(TERMS, "competence"))
        for lexical in (True, False)
    )
    place = [term.text for term in TERMS].index("Excel")

    assert with_letters[place] == pytest.approx(without[place] + CALIBRATION.letters, abs=1e-6)


@pytest.mark.parametrize("purpose", ROLES)
def test_texts_and_names_are_encoded_in_the_role_of_their_purpose(purpose: Purpose) -> None:
    encoder = RoleEncoder()
    linker = Linker(encoder)
    linker.link(["Python"], linker.names(TERMS, purpose))

    assert encoder.roles == [ROLES[purpose][1], ROLES[purpose][0]]


@pytest.mark.parametrize("purpose", ROLES)
def test_without_heads_everything_is_encoded_as_a_query(purpose: Purpose) -> None:
    encoder = RoleEncoder()
    linker = Linker(encoder, head=False)
    linker.link(["Python"], linker.names(TERMS, purpose))

    assert encoder.roles == ["query", "query"]


def test_vectors_that_are_known_are_not_made_again() -> None:
    encoder = RoleEncoder()
    linker = Linker(encoder)
    vectors = linker.vectors([term.text for term in TERMS], "competence")
    names = linker.names(TERMS, "competence", vectors=vectors)

    assert encoder.roles == ["competence"]
    assert [link.concept for link in linker.link(["regneark"], names)[0]] == ["excel"]


def test_no_texts_have_no_links() -> None:
    linker = a_linker()
    names = linker.names(TERMS, "competence")

    assert linker.link([], names) == []
    assert linker.scores([], names).shape == (0, len(TERMS))


def names_of(owners: list[int]) -> Names:
    concepts = [f"c{owner}" for owner in owners]
    return a_linker().names([Term(concept, f"navn {place}") for place, concept in enumerate(concepts)], "competence")


def test_evidence_is_the_best_score_its_lead_and_the_letters_shared() -> None:
    own = np.array([[0.2, 0.9, 0.7]])
    letters = np.array([[0.4, 0.1, 0.3]])

    found = evidence(own, letters, names_of([0, 0, 1]))

    assert found.tolist() == [[[0.9, pytest.approx(0.2), 0.4], [0.7, pytest.approx(-0.2), 0.3]]]


def test_two_concepts_that_are_equally_near_lead_over_nobody() -> None:
    found = evidence(np.array([[0.8, 0.8, 0.1]]), np.zeros((1, 3)), names_of([0, 1, 2]))

    assert found[0, :, 1].tolist() == [0.0, 0.0, pytest.approx(-0.7)]


def test_a_concept_without_rivals_leads_by_all_it_has() -> None:
    assert evidence(np.array([[0.6]]), np.zeros((1, 1)), names_of([0]))[0, 0].tolist() == [0.6, 0.6, 0.0]


def test_confidence_is_a_logistic_function_of_the_evidence() -> None:
    figures = Calibration(letters=1.0, coefficients=(1.0, 2.0, 3.0), intercept=-1.0)

    assert figures.confidence(np.array([1.0, 0.0, 0.0])) == 0.5
    assert figures.confidence(np.array([0.5, 0.5, 0.5])) == pytest.approx(1 / (1 + np.exp(-2)))


def prototypes(count: int = 3, width: int = 8) -> Prototypes:
    names = tuple(f"c{place}" for place in range(count))
    return Prototypes(checksum="made up", names=names, rows=np.eye(count, width, dtype=np.float32))


def test_a_phrase_is_linked_to_the_nearest_prototype() -> None:
    found = linked_by_vector(np.eye(3, 8, dtype=np.float32)[[2, 0]], prototypes())

    assert [concept for concept, _ in found] == ["c2", "c0"]
    assert all(LEAST <= sure <= 1 for _, sure in found)


def test_a_phrase_that_is_near_to_nothing_or_to_two_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    calibrated(monkeypatch, replace(CALIBRATION, coefficients=(4.0, 8.0, 0.0), intercept=-4.0))
    between = snap(np.array([[1.0, 1.0, 0, 0, 0, 0, 0, 0]]) / np.sqrt(2))
    far = np.eye(1, 8, k=7, dtype=np.float32)

    assert linked_by_vector(np.concatenate([between, far]), prototypes()) == [(None, 0.0), (None, 0.0)]
