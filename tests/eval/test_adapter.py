"""What the adapter is trained on: never what is measured on."""

import gzip
from pathlib import Path

import pytest

from eval.adapter import LEAST_SKILLS, corpus, entries, read_esco, training_mentions
from matcher.competences.concepts import concepts_by_id
from matcher.competences.mention_bank import TEST_WRITERS, read_mentions
from models.adapter_split import held_out
from models.training.corpus import Item

SEEN, HELD_OUT = "2144", "2631"
URI = "http://data.europa.eu/esco/"
OCCUPATIONS = {
    "smith": (SEEN, SEEN, "smed", "smith"),
    "economist": (HELD_OUT, HELD_OUT, "økonom", "economist"),
    "moved": (SEEN, HELD_OUT, "analytiker", "analyst"),
    "danish-only": (SEEN, SEEN, "dansker", '""'),
    "idle": (SEEN, SEEN, "dagdriver", "idler"),
}
"""Key -> (code in the reduced table, code in the official one, Danish and English title)."""
SKILLS = [f"skill{number}" for number in range(LEAST_SKILLS + 1)]


def table(folder: Path, name: str, rows: list[dict[str, str]]) -> None:
    separator = "," if ".csv" in name else "\t"
    lines = [separator.join(rows[0]), *(separator.join(row.values()) for row in rows)]
    with gzip.open(folder / name, "wt", encoding="utf-8", newline="") as file:
        file.write("\n".join(lines) + "\n")


@pytest.fixture
def esco(tmp_path: Path) -> Path:
    """A small folder of tables as the training reads them."""

    def names(key: str, da: str, en: str) -> dict[str, str]:
        return {"uri": URI + key, "label_en": en, "alt_en": "", "label_da": da, "alt_da": f"{da}|{da} i fast job"}

    described = {
        key: {"conceptUri": URI + key, "iscoGroup": official, "description": f"{key} works"}
        for key, (_, official, _, _) in OCCUPATIONS.items()
    }
    table(
        tmp_path,
        "occupations.tsv.gz",
        [{**names(key, da, en), "isco": isco} for key, (isco, _, da, en) in OCCUPATIONS.items()],
    )
    table(tmp_path, "occupations_en.csv.gz", list(described.values()))
    table(tmp_path, "occupations_da.csv.gz", [{**row, "description": ""} for row in described.values()])
    table(tmp_path, "skills.tsv.gz", [{**names(key, f"kan {key}", key), "isco": ""} for key in SKILLS])
    table(tmp_path, "skills_en.csv.gz", [{"conceptUri": URI + key, "description": f"about {key}"} for key in SKILLS])
    table(tmp_path, "skills_description_da.tsv.gz", [{"conceptUri": URI + key, "description": ""} for key in SKILLS])
    relations = [
        {"occupation": key, "skill": skill, "essential": "1" if skill == SKILLS[0] else "0"}
        for key in OCCUPATIONS
        for skill in (SKILLS[:1] if key == "idle" else [*SKILLS, "unknown-skill"])
    ]
    table(tmp_path, "occupation_skill_relations.tsv.gz", relations)
    return tmp_path


def test_an_occupation_of_a_held_out_group_is_never_seen_whichever_table_says_so(esco: Path) -> None:
    assert held_out(HELD_OUT)
    assert not held_out(SEEN)

    assert [item.key for item in corpus(esco).titles] == ["smith", "danish-only", "idle"]


def test_only_occupations_with_enough_skills_teach_what_work_takes(esco: Path) -> None:
    works = {work.item.key: work for work in corpus(esco).works}

    assert set(works) == {"smith", "danish-only"}
    assert works["smith"].skills == tuple((skill, 2 if skill == SKILLS[0] else 1) for skill in SKILLS)
    assert works["smith"].described == {"en": "smith works"}


def test_names_are_kept_once_and_the_sign_for_nothing_is_no_name(esco: Path) -> None:
    occupations, skills, _ = read_esco(esco)
    by_key = {item.key: item for item, _, _ in occupations}

    assert by_key["smith"].da == ("smed", "smed i fast job")
    assert by_key["smith"].en == ("smith",)
    assert by_key["danish-only"].en == ()
    assert skills[0].descriptions == (f"about {SKILLS[0]}",)


def test_no_mention_of_a_writer_for_testing_is_learned() -> None:
    learned = {text for entry in entries({}) for text in (*entry.mentions, *entry.near)}
    writers = {mention.writer for mention in training_mentions()}

    assert learned == {mention.text for mention in training_mentions()}
    assert writers == {mention.writer for mention in read_mentions()} - TEST_WRITERS


def test_every_concept_is_an_entry_with_its_forms_and_what_is_broader() -> None:
    found = {entry.key: entry for entry in entries({})}

    assert set(found) == set(concepts_by_id())
    for key, entry in found.items():
        concept = concepts_by_id()[key]
        assert {name.casefold() for name in entry.names} == {form.casefold() for form in concept.forms}
        assert entry.related == ({concept.broader} if concept.broader else set())


def test_a_concept_takes_over_the_names_that_esco_has_for_the_same_thing() -> None:
    concept = next(concept for concept in concepts_by_id().values() if concept.esco)
    key = str(concept.esco).rsplit("/", 1)[-1]
    item = Item(key=key, da=("et helt andet navn",), en=("quite another name",))
    [entry] = [entry for entry in entries({key: item}) if entry.key == concept.id]

    assert {"et helt andet navn", "quite another name"} < set(entry.names)
