"""The vocabulary as written: complete, unambiguous, and no everyday word taken for a competence."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from matcher.competences.concepts import KINDS, Concept, folded, parse_area, read_vocabulary

AREAS = sorted(entry.name for entry in files("matcher.competences").joinpath("vocabulary").iterdir() if entry.is_file())
EVERYDAY = Path(__file__).parent / "everyday_words.tsv"
TOLD_APART_BY_ENDING = {"production control"}
"""Lemmas that fall together though the words do not: production control and production controlling."""


@cache
def owners() -> dict[str, dict[str, Concept]]:
    """Concepts by folded form and id; a form that a concept spells in two ways counts once."""
    found: dict[str, dict[str, Concept]] = defaultdict(dict)
    for concept in read_vocabulary():
        for form in concept.forms:
            found[folded(form)][concept.id] = concept
    return dict(found)


def unruled(concept: Concept) -> Iterator[str]:
    """Forms of a concept that count wherever they stand."""
    return (form for form in concept.forms if not concept.rules_for(form))


def ids(*, kind: str) -> list[str]:
    return [concept.id for concept in read_vocabulary() if concept.kind == kind]


def everyday_words() -> set[str]:
    _, *lines = EVERYDAY.read_text(encoding="utf-8").splitlines()
    return {folded(word) for line in lines for word in line.split("\t")[1].split()}


def lemmatised(form: str, language: str) -> str:
    import simplemma

    words = re.findall(r"[\w#+&.'/]+", folded(form))
    return " ".join(simplemma.lemmatize(word, lang=language).casefold() for word in words)


def test_there_are_at_least_fifteen_hundred_concepts() -> None:
    assert len(read_vocabulary()) >= 1500


@pytest.mark.parametrize("area", [name for name in AREAS if name.endswith(".tsv")])
def test_every_area_has_concepts_in_nine_clean_columns(area: str) -> None:
    text = files("matcher.competences").joinpath("vocabulary", area).read_text(encoding="utf-8")

    assert len(list(parse_area(area, text))) >= 50
    assert text.endswith("\n")
    assert "\r" not in text
    assert not re.search(r"(?m) (?=\t|$)|(?:\t|^) |  ", text), "space at the edge of a cell, or double space"


def test_every_concept_has_an_id_of_its_own_in_kebab_case() -> None:
    found = Counter(concept.id for concept in read_vocabulary())

    assert [id for id, count in found.items() if count > 1] == []
    assert [id for id in found if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)] == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_represented(kind: str) -> None:
    assert len(ids(kind=kind)) >= 50


def test_no_concept_says_the_same_word_twice_in_one_language() -> None:
    for concept in read_vocabulary():
        for label, aliases in ((concept.da, concept.aliases_da), (concept.en, concept.aliases_en)):
            words = [word.casefold() for word in (label, *aliases)]
            assert len(words) == len(set(words)), concept.id


def test_every_concept_but_a_tool_has_aliases() -> None:
    assert [c.id for c in read_vocabulary() if c.kind != "tool" and not (c.aliases_da or c.aliases_en)] == []


def test_broader_concepts_exist_and_lead_upwards_to_an_end() -> None:
    broader = {concept.id: concept.broader for concept in read_vocabulary()}

    for start, first in broader.items():
        above, at = {start}, first
        while at is not None:
            assert at in broader, f"{at}, above {start}, does not exist"
            assert at not in above, f"{start} is broader than itself by way of {at}"
            above.add(at)
            at = broader[at]


def test_esco_references_are_skill_uris_and_name_one_concept_each() -> None:
    found = Counter(concept.esco for concept in read_vocabulary() if concept.esco)

    assert [uri for uri in found if not re.fullmatch(r"skill/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", uri)] == []
    assert [uri for uri, count in found.items() if count > 1] == []
    assert len(found) >= 500


def test_a_form_of_two_concepts_has_a_rule_on_each() -> None:
    shared = {form: by_id for form, by_id in owners().items() if len(by_id) > 1}
    loose = [
        (form, id) for form, by_id in shared.items() for id, concept in by_id.items() if not concept.rules_for(form)
    ]

    assert loose == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["da", "en"])
def test_an_inflection_belongs_to_the_concept_of_its_word(language: str) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for concept in read_vocabulary():
        spoken = {concept.da, *concept.aliases_da} if language == "da" else {concept.en, *concept.aliases_en}
        for form in spoken.intersection(unruled(concept)):
            found[lemmatised(form, language)].add(concept.id)

    assert {lemma: sorted(by) for lemma, by in found.items() if len(by) > 1 and lemma not in TOLD_APART_BY_ENDING} == {}


def test_no_everyday_word_counts_without_a_rule() -> None:
    everyday = everyday_words()
    loose = [(form, c.id) for c in read_vocabulary() for form in unruled(c) if folded(form) in everyday]

    assert loose == []


def test_single_letters_count_only_with_a_rule() -> None:
    assert [(form, c.id) for c in read_vocabulary() for form in unruled(c) if len(form) == 1] == []


@pytest.mark.parametrize("form", ["R", "C", "IT", "CPR", "Go", "Excel", "Word", "Teams", "SAS", "Access", "tjener"])
def test_known_traps_are_in_the_vocabulary_with_a_rule(form: str) -> None:
    traps = owners()[folded(form)].values()

    assert all(concept.rules_for(form) for concept in traps)


@pytest.mark.parametrize(
    ("form", "id"),
    [
        ("GWO", "gwo-certificates"),
        ("autoriseret sygeplejerske", "nurse-authorisation"),
        ("politisk kommunikation", "political-communication"),
        ("trafiksikkerhed", "road-safety"),
        ("trafiktællinger", "traffic-surveys"),
        ("trafikmodeller", "traffic-modelling"),
        ("standard operating procedures", "work-instructions"),
        ("finite element method", "finite-element-analysis"),
    ],
)
def test_a_form_leads_to_the_concept_that_means_it(form: str, id: str) -> None:
    assert list(owners()[folded(form)]) == [id]
