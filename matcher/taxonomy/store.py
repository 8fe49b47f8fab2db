"""The imported taxonomy in a home: `taxonomy/esco/`, replaced as a whole or not at all."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from matcher.errors import InvalidTaxonomy
from matcher.home import writing
from matcher.taxonomy.concepts import EscoConcept, Taxonomy
from models.artefacts import Artefact, open_artefact, publish
from models.errors import DamagedArtefactError

CONCEPTS = "concepts.jsonl.gz"
FORMAT = 1
"""Grows when the file changes in a way that older or newer programs would misread."""


def folder_of(home: Path) -> Path:
    """Return where the taxonomy of a home lies."""
    return home / "taxonomy" / "esco"


def save_taxonomy(home: Path, taxonomy: Taxonomy, facts: Mapping[str, object]) -> None:
    """Put a taxonomy in the place of the one before; whatever fails leaves that one as it was."""
    folder = folder_of(home)

    def build(empty: Path) -> Mapping[str, object]:
        _write(empty / CONCEPTS, taxonomy)
        return {**facts, "format": FORMAT, "languages": list(taxonomy.languages), "concepts": len(taxonomy)}

    from filelock import FileLock

    with writing(home):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.parent / ".esco.lock"):
            publish(folder, build)


def read_taxonomy(home: Path) -> Taxonomy:
    """Return the imported taxonomy, an empty one where none was imported; a damaged one is refused."""
    folder = folder_of(home)
    if not folder.exists():
        return Taxonomy()
    try:
        artefact = open_artefact(folder)
        artefact.verify([CONCEPTS])
        return _read(artefact)
    except DamagedArtefactError as problem:
        raise InvalidTaxonomy("stored_damaged", folder=folder, why=problem.why) from problem


def _write(file: Path, taxonomy: Taxonomy) -> None:
    """One JSON object a line, without empty fields; the same taxonomy gives the same bytes."""
    lines = (
        json.dumps({name: value for name, value in asdict(concept).items() if value}, ensure_ascii=False)
        for concept in taxonomy.concepts.values()
    )
    text = "".join(f"{line}\n" for line in lines)
    file.write_bytes(gzip.compress(text.encode(), compresslevel=6, mtime=0))


def _read(artefact: Artefact) -> Taxonomy:
    if artefact.facts.get("format") != FORMAT:
        raise DamagedArtefactError(artefact.folder, f"format {artefact.facts.get('format')!r} instead of {FORMAT}")
    text = gzip.decompress((artefact.folder / CONCEPTS).read_bytes()).decode()
    concepts = (_concept(json.loads(line)) for line in text.split("\n") if line)
    return Taxonomy(
        concepts={concept.uri: concept for concept in concepts}, languages=tuple(artefact.facts["languages"])
    )


def _concept(fields: dict[str, Any]) -> EscoConcept:
    """A concept from its JSON object, lists as tuples again."""
    lists = {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    aliases = {language: tuple(names) for language, names in fields.get("aliases", {}).items()}
    return EscoConcept(**{**fields, **lists, "aliases": aliases})
