"""Trains the adapter and puts it where the product reads it: `python -m eval.adapter --esco DIR`.

DIR holds the reduced ESCO tables that `read_esco` describes. Occupations of the ISCO unit groups that
`models.adapter_split` holds out are never seen, in whichever of the tables' codes; mentions are those of the training
writers. `models/weights/adapter.json` says what came of it. Takes about half an hour on a quiet machine.
"""

import argparse
import csv
import gzip
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from matcher.competences.concepts import Concept, read_vocabulary
from matcher.competences.mention_bank import TEST_WRITERS, Mention, read_mentions
from matcher.fit import kinship
from matcher.ports import Encoder
from matcher.settings import Settings
from models.adapter import load_adapter, save_adapter
from models.adapter_split import RULE, held_out
from models.onnx_encoder import OnnxEncoder
from models.packaged import PLAIN, prepare
from models.prototypes import FOLDER, fit_prototypes, save_prototypes
from models.training.corpus import Corpus, Entry, Item, Work
from models.training.recipe import Recipe

ATTRIBUTION = "This service uses the ESCO classification of the European Commission."
SAVE_EVERY = 100
MOST_ALIASES = 8
"""Names that a concept of the vocabulary takes over from ESCO in each language."""
LEAST_SKILLS = 4
"""An occupation with fewer skills teaches little about what it takes."""
Row = dict[str, str]
Occupation = tuple[Item, dict[str, str], set[str]]
"""An occupation, its descriptions by language, and every ISCO code that the tables give it."""


def corpus(esco: Path) -> Corpus:
    """Return what is learned from: ESCO without the held-out groups, the vocabulary, the training mentions."""
    occupations, skills, relations = read_esco(esco)
    by_key = {item.key: item for item in skills}
    seen = [
        (item, described)
        for item, described, codes in occupations
        if len(item.names) > 1 and not any(map(held_out, codes))
    ]
    works = [
        Work(item=item, described=described, skills=tuple(relations[item.key]))
        for item, described in seen
        if len(relations[item.key]) >= LEAST_SKILLS
    ]
    return Corpus(
        titles=tuple(item for item, _ in seen),
        skills=tuple(item for item in skills if item.names),
        entries=tuple(entries(by_key)),
        works=tuple(works),
    )


def entries(skills: dict[str, Item]) -> Iterator[Entry]:
    """Yield the vocabulary's concepts with their names, ESCO's for the same thing, and the training mentions."""
    said: dict[str, list[Mention]] = defaultdict(list)
    for mention in training_mentions():
        said[mention.concept].append(mention)
    for concept in read_vocabulary():
        mine = said[concept.id]
        yield Entry(
            key=concept.id,
            labels=(concept.da, concept.en),
            names=_names(concept, skills),
            mentions=tuple(mention.text for mention in mine if mention.kind == "mention"),
            near=tuple(mention.text for mention in mine if mention.kind == "near"),
            related=frozenset({concept.broader} if concept.broader else set()),
        )


def training_mentions() -> list[Mention]:
    """Return the mentions of all writers but those who are for testing."""
    return [mention for mention in read_mentions() if mention.writer not in TEST_WRITERS]


def read_esco(folder: Path) -> tuple[list[Occupation], list[Item], dict[str, list[tuple[str, int]]]]:
    """Return occupations (with descriptions by language and every ISCO code they have), skills, and relations.

    The folder holds `occupations.tsv.gz` and `skills.tsv.gz` (uri, label_en, alt_en, label_da, alt_da; `isco`),
    `occupations_{da,en}.csv.gz` and `skills_en.csv.gz` (official), `skills_description_da.tsv.gz`, and
    `occupation_skill_relations.tsv.gz` (occupation, skill, essential).
    """
    described: dict[str, dict[str, str]] = defaultdict(dict)
    codes: dict[str, set[str]] = defaultdict(set)
    for language in ("da", "en"):
        for row in _table(folder / f"occupations_{language}.csv.gz", ","):
            key = _key(row["conceptUri"])
            codes[key] |= {row["iscoGroup"]} - {"", None}
            described[key] |= {language: row["description"]} if row["description"] else {}
    skill_texts: dict[str, list[str]] = defaultdict(list)
    for name, separator in (("skills_description_da.tsv.gz", "\t"), ("skills_en.csv.gz", ",")):
        for row in _table(folder / name, separator):
            if row["description"]:
                skill_texts[_key(row["conceptUri"])].append(row["description"])
    occupations = []
    for row in _table(folder / "occupations.tsv.gz", "\t"):
        key = _key(row["uri"])
        item = _item(row, tuple(described[key].values()))
        occupations.append((item, described[key], codes[key] | {row["isco"]}))
    skills = [_item(row, tuple(skill_texts[_key(row["uri"])])) for row in _table(folder / "skills.tsv.gz", "\t")]
    known = {item.key for item in skills if item.names}
    relations: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in _table(folder / "occupation_skill_relations.tsv.gz", "\t"):
        if row["skill"] in known:
            relations[row["occupation"]].append((row["skill"], 2 if row["essential"] == "1" else 1))
    return occupations, skills, relations


def _item(row: Row, descriptions: tuple[str, ...]) -> Item:
    return Item(
        key=_key(row["uri"]),
        da=_labels(row["label_da"], row["alt_da"]),
        en=_labels(row["label_en"], row["alt_en"]),
        descriptions=descriptions,
    )


def _labels(label: str, aliases: str) -> tuple[str, ...]:
    """Names without the tables' sign for an empty field."""
    found = (name.strip() for name in (label, *aliases.split("|")))
    return tuple(dict.fromkeys(name for name in found if name and name != '""'))


def _names(concept: Concept, skills: dict[str, Item]) -> tuple[str, ...]:
    same = skills.get(_key(concept.esco)) if concept.esco else None
    more = (*same.da[:MOST_ALIASES], *same.en[:MOST_ALIASES]) if same else ()
    return tuple({name.casefold(): name for name in reversed((*concept.forms, *more))}.values())[::-1]


def _table(file: Path, separator: str) -> Iterator[Row]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=separator)


def _key(uri: str) -> str:
    return uri.rsplit("/", 1)[-1]


def fitted_prototypes(encoder: Encoder, folder: Path) -> None:
    """Fit and save the prototypes of the vocabulary's concepts, with vectors as the product makes them."""
    concepts = read_vocabulary()
    place = {concept.id: number for number, concept in enumerate(concepts)}
    named = [(form, concept.id) for concept in concepts for form in concept.forms]
    said = [(mention.text, mention.concept) for mention in training_mentions() if mention.kind == "mention"]
    texts = [text for text, _ in (*named, *said)]
    owners = np.array([place[concept] for _, concept in (*named, *said)], dtype=np.int64)
    rows = fit_prototypes(encoder.encode(texts, role="competence"), owners, kinship()[:-1, :-1] > 0)
    facts = {"names": len(named), "mentions": len(said), "writers": sorted({m.writer for m in training_mentions()})}
    save_prototypes(tuple(place), rows, {**facts, "encoder": encoder.fingerprint}, folder)


def main() -> None:
    """Train and save the adapter, then the prototypes; `--prototypes` does the second alone, in minutes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    what = arguments.add_mutually_exclusive_group(required=True)
    what.add_argument("--esco", type=Path, help="folder of the ESCO tables")
    what.add_argument("--prototypes", action="store_true", help="fit the prototypes only")
    arguments.add_argument("--steps", type=int, default=None, help="instead of the recipe's own number")
    arguments.add_argument("--into", type=Path, default=FOLDER, help="instead of the product's own folder")
    given = arguments.parse_args()
    csv.field_size_limit(sys.maxsize)
    models = Settings().model_folder()
    if given.esco:
        _train(given.esco, models, Recipe(**({"steps": given.steps} if given.steps else {})), given.into)
    adapter = replace(load_adapter(given.into), prototypes=None)  # those of before are no part of what is fitted to
    fitted_prototypes(OnnxEncoder(prepare(models, adapter=adapter), adapter=adapter), given.into)


def _train(esco: Path, models: Path, recipe: Recipe, folder: Path) -> None:
    from models.training.train import Training

    learned = corpus(esco)
    training = Training(prepare(models), learned, recipe)
    facts = {
        "encoder": PLAIN,
        "trained_on": {
            "titles": len(learned.titles),
            "skills": len(learned.skills),
            "works": len(learned.works),
            "concepts": len(learned.entries),
            "mentions": sum(len(entry.mentions) for entry in learned.entries),
            "mention_writers": sorted({mention.writer for mention in training_mentions()}),
            "held_out": RULE,
        },
        "sources": "ESCO v1.1.1 and v1.0.8: labels, descriptions, relations; this project's vocabulary and mentions",
        "attribution": ATTRIBUTION,
    }

    def tell(step: int, steps: int, losses: dict[str, float]) -> None:
        shown = ", ".join(f"{name} {value:.3f}" for name, value in sorted(losses.items()))
        sys.stderr.write(f"{step}/{steps}  {shown}\n")
        sys.stderr.flush()
        if step % SAVE_EVERY == 0:  # a training that is killed has not been for nothing
            save_adapter(training.tensors(), {**facts, "recipe": {**training.recipe(), "stopped_after": step}}, folder)

    training.run(tell)
    save_adapter(training.tensors(), {**facts, "recipe": training.recipe()}, folder)


if __name__ == "__main__":
    main()
