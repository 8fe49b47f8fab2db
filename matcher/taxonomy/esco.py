"""Import of the official ESCO files: read everything, then replace what is stored, then tell what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matcher.errors import InvalidTaxonomy, Phrase
from matcher.taxonomy.concepts import Taxonomy, TaxonomyKind
from matcher.taxonomy.files import NAMED, RELATIONS, Files, find_files, read_table
from matcher.taxonomy.gather import BROADER_COLUMNS, NAME_COLUMNS, RELATION_COLUMNS, Gathering
from matcher.taxonomy.store import save_taxonomy

ATTRIBUTION = Phrase("taxonomy.attribution")
"""What the licence of ESCO asks to be shown wherever it is used."""

PLURALS: Mapping[TaxonomyKind, str] = {"skill": "skills", "occupation": "occupations", "isco_group": "isco_groups"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import read and left out."""

    languages: tuple[str, ...]
    names: Mapping[str, Mapping[str, int]]
    """By language: how many skills, occupations and isco_groups have a name, and how many aliases there are."""
    concepts: Mapping[str, int]
    """How many skills, occupations and isco_groups there are."""
    relations: Mapping[str, int]
    """How many broader, essential and optional relations there are."""
    files: tuple[str, ...]
    ignored: tuple[str, ...]
    """Files of the folder that are none of those that are read."""
    notices: tuple[Phrase, ...]


def import_esco(folder: Path, home: Path, *, languages: Sequence[str] = ()) -> ImportReport:
    """Read the ESCO files of `folder` (in all their languages, or in these) and store them in the home.

    Nothing is changed unless everything could be read. What was imported before is replaced.
    """
    found = find_files(folder)
    chosen = _chosen(folder, found, languages)
    gathering = Gathering()
    _missing(found, chosen, gathering)
    files: list[Path] = []
    for language in chosen:
        for stem in NAMED:
            if file := found.named.get((stem, language)):
                gathering.add_names(stem, language, read_table(file, NAME_COLUMNS))
                files.append(file)
    for stem, file in found.relations.items():
        if stem == "occupationskillrelations":
            gathering.add_skills_of_occupations(read_table(file, RELATION_COLUMNS))
        else:
            gathering.add_broader(read_table(file, BROADER_COLUMNS))
        files.append(file)
    taxonomy = gathering.taxonomy(chosen)
    report = _report(taxonomy, found, [file.relative_to(folder).as_posix() for file in files], gathering.notices)
    facts = {"files": list(report.files), "counts": dict(report.concepts), "relations": dict(report.relations)}
    save_taxonomy(home, taxonomy, facts)
    return report


def _chosen(folder: Path, found: Files, languages: Sequence[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(language.strip().lower() for language in languages)) or found.languages
    if absent := [language for language in wanted if language not in found.languages]:
        raise InvalidTaxonomy("no_language", folder=folder, wanted=absent[0], found=", ".join(found.languages))
    return wanted


def _missing(found: Files, languages: Sequence[str], gathering: Gathering) -> None:
    for stem, official in NAMED.items():
        for language in languages:
            if (stem, language) not in found.named:
                gathering.notices.append(Phrase("taxonomy.notice.no_names", {"file": f"{official}_{language}.csv"}))
    for stem, official in RELATIONS.items():
        if stem not in found.relations:
            gathering.notices.append(Phrase("taxonomy.notice.no_relations", {"file": f"{official}.csv"}))


def _report(taxonomy: Taxonomy, found: Files, files: Sequence[str], notices: Sequence[Phrase]) -> ImportReport:
    concepts = {plural: sum(1 for _ in taxonomy.of_kind(kind)) for kind, plural in PLURALS.items()}
    names = {language: _names(taxonomy, language) for language in taxonomy.languages}
    nameless = [
        Phrase(f"taxonomy.nameless.{plural}", {"count": concepts[plural] - count, "code": language})
        for language, counts in names.items()
        for plural, count in counts.items()
        if plural != "aliases" and 0 < count < concepts[plural]
    ]
    return ImportReport(
        languages=taxonomy.languages,
        names=names,
        concepts=concepts,
        relations={
            relation: sum(len(getattr(concept, relation)) for concept in taxonomy.concepts.values())
            for relation in ("broader", "essential", "optional")
        },
        files=tuple(files),
        ignored=found.ignored,
        notices=(*notices, *nameless),
    )


def _names(taxonomy: Taxonomy, language: str) -> dict[str, int]:
    every = taxonomy.concepts.values()
    labelled = {
        plural: sum(concept.kind == kind and language in concept.labels for concept in every)
        for kind, plural in PLURALS.items()
    }
    return {**labelled, "aliases": sum(len(concept.aliases.get(language, ())) for concept in every)}
