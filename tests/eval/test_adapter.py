"""What the adapter is trained on, and what is kept from it: groups, writers, and fields that are empty."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval import adapter
from eval.adapter import corpus, fitted_prototypes, read_esco, training_mentions
from matcher.competences.concepts import concepts_by_id, read_vocabulary
from matcher.competences.mention_bank import TEST_WRITERS, Mention, read_mentions
from matcher.ports import Role
from models.hashing import HashingEncoder
from models.prototypes import MANIFEST, load_prototypes
from models.training.corpus import Corpus, Item
from tests.eval.esco_tables import DESCRIBED, OCCUPATIONS, occupation, skill, write, write_tables


@pytest.fixture
def learned(tmp_path: Path) -> Corpus:
    return corpus(write_tables(tmp_path))


def every_text(learned: Corpus) -> set[str]:
    """All that a training on this corpus can see."""
    items = (*learned.titles, *learned.skills, *(work.item for work in learned.works))
    of_items = {text for item in items for text in (*item.names, *item.descriptions)}
    of_works = {text for work in learned.works for text in work.described.values()}
    of_entries = {text for each in learned.entries for text in (*each.labels, *each.names, *each.mentions, *each.near)}
    return of_items | of_works | of_entries


def test_occupations_of_held_out_groups_are_absent_by_whichever_code(learned: Corpus) -> None:
    assert [item.key for item in learned.titles] == ["seen", "few"]
    assert [work.item.key for work in learned.works] == ["seen"]
    assert not [text for text in every_text(learned) if "holdt ude" in text or "held out" in text]


def test_an_occupation_without_a_code_is_refused_rather_than_learned_from(tmp_path: Path) -> None:
    folder = write_tables(tmp_path)
    write(folder / "occupations.tsv.gz", OCCUPATIONS, occupation("new", "", en="a thing", da="en ting"))

    with pytest.raises(ValueError, match="no ISCO-08 unit group"):
        corpus(folder)


def test_empty_fields_shown_as_two_quotation_marks_are_no_names(learned: Corpus) -> None:
    [seen, few] = learned.titles

    assert seen.names == ("maskiningeniør", "ingeniør", "kvist", "mechanical engineer")
    assert few.names == ("svejser", "welder")
    assert "alone" not in {item.key for item in learned.titles}  # one name has no other to be near to
    assert "nameless" not in {item.key for item in learned.skills}
    assert not {'""', '"', ""} & every_text(learned)


def test_works_are_occupations_with_enough_skills_the_essential_ones_heavier(learned: Corpus) -> None:
    [work] = learned.works

    assert work.skills == (("s0", 2), ("s1", 2), ("s2", 1), ("s3", 1))
    assert work.described == {"da": "seen på da", "en": "seen på en"}


def test_descriptions_come_from_both_languages_and_empty_ones_are_none(learned: Corpus) -> None:
    described = {item.key: item.descriptions for item in learned.skills}

    assert described == {"s0": ("At gøre ingenting.", "Doing nothing."), "s1": (), "s2": (), "s3": ()}


def test_codes_of_all_tables_are_collected_for_each_occupation(tmp_path: Path) -> None:
    occupations, _, _ = read_esco(write_tables(tmp_path))

    assert {item.key: codes for item, _, codes in occupations} == {
        "seen": {"2144"},
        "few": {"7212"},
        "alone": {"7212"},
        "kept": {"2631", "2144"},
        "kept-by-official": {"2631", "2144"},
        "kept-below": {"2144", "C2631.3"},
    }


def test_every_concept_is_an_entry_with_the_mentions_of_the_training_writers(learned: Corpus) -> None:
    assert [entry.key for entry in learned.entries] == [concept.id for concept in read_vocabulary()]
    said = sum(len(entry.mentions) + len(entry.near) for entry in learned.entries)
    assert said == len(training_mentions()) == sum(m.writer not in TEST_WRITERS for m in read_mentions())
    for entry in learned.entries:
        concept = concepts_by_id()[entry.key]
        assert {name.casefold() for name in entry.names} == {form.casefold() for form in concept.forms}
        assert entry.related == ({concept.broader} if concept.broader else set())


def test_all_writers_but_those_for_testing_are_learned_from() -> None:
    assert {m.writer for m in training_mentions()} == {m.writer for m in read_mentions()} - TEST_WRITERS


def test_no_mention_of_the_test_writers_is_learned_from(learned: Corpus) -> None:
    by_concept = {entry.key: {*entry.mentions, *entry.near} for entry in learned.entries}
    kept = [mention for mention in read_mentions() if mention.writer in TEST_WRITERS]

    assert kept
    assert [mention for mention in kept if mention.text in by_concept[mention.concept]] == []


def test_a_concept_takes_over_the_names_that_esco_has_for_it_each_spelling_once() -> None:
    concept = next(each for each in read_vocabulary() if each.esco)
    key = str(concept.esco).rsplit("/", 1)[-1]
    many = tuple(f"navn {place}" for place in range(20))
    same = Item(key=key, da=(concept.da.upper(), *many), en=("name",))

    [entry] = [entry for entry in adapter.entries({key: same}) if entry.key == concept.id]

    assert len(entry.names) == len({name.casefold() for name in entry.names})
    assert set(entry.names) == {*concept.forms, *many[: adapter.MOST_ALIASES - 1], "name"}
    assert entry.labels == (concept.da, concept.en)


class Remembering(HashingEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Role]] = []

    def encode(self, texts: Sequence[str], *, role: Role) -> NDArray[np.float32]:
        self.asked += [(text, role) for text in texts]
        return super().encode(texts, role=role)


@pytest.mark.slow
def test_prototypes_are_fitted_to_names_and_training_mentions_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    concepts = [concepts_by_id()[id] for id in ("ethnography", "python", "welding")]
    said = [
        Mention(
            concept=concept.id, language="da", side="cv", kind=kind, text=f"{writer} {kind} {concept.da}", writer=writer
        )
        for concept in concepts
        for writer in ("w1", *sorted(TEST_WRITERS))
        for kind in ("mention", "near")
    ]
    monkeypatch.setattr(adapter, "read_vocabulary", lambda: tuple(concepts))
    monkeypatch.setattr(adapter, "read_mentions", lambda: tuple(said))
    monkeypatch.setattr(adapter, "kinship", lambda: np.zeros((4, 4), dtype=np.int8))
    encoder = Remembering()

    fitted_prototypes(encoder, tmp_path)

    forms = [form for concept in concepts for form in concept.forms]
    wanted = [(text, "competence") for text in (*forms, *(f"w1 mention {concept.da}" for concept in concepts))]
    assert encoder.asked == wanted
    fitted = load_prototypes(tmp_path)
    assert fitted.names == ("ethnography", "python", "welding")
    near = fitted.rows @ encoder.encode([concept.en for concept in concepts], role="competence").T
    assert near.argmax(axis=0).tolist() == [0, 1, 2]
    trained_on = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["trained_on"]
    assert trained_on == {"names": len(forms), "mentions": 3, "writers": ["w1"], "encoder": encoder.fingerprint}


def test_a_table_that_is_missing_is_no_empty_one(tmp_path: Path) -> None:
    folder = write_tables(tmp_path)
    (folder / "skills_en.csv.gz").unlink()

    with pytest.raises(FileNotFoundError, match="skills_en"):
        corpus(folder)


def test_a_skill_without_any_name_takes_part_in_nothing(tmp_path: Path) -> None:
    folder = write_tables(tmp_path)
    write(
        folder / "skills.tsv.gz",
        ("uri", "label_en", "alt_en", "label_da", "alt_da"),
        skill("s0", en="one"),
        skill("s1"),
    )
    write(folder / "skills_en.csv.gz", DESCRIBED)

    learned = corpus(folder)

    assert [item.key for item in learned.skills] == ["s0"]
    assert learned.works == ()
