"""ESCO files in their official format, small and written by the tests."""

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path

ESCO = "http://data.europa.eu/esco/"
SKILL_COLUMNS = ("conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "status")
OCCUPATION_COLUMNS = ("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "code")
ISCO_COLUMNS = ("conceptType", "conceptUri", "code", "preferredLabel", "altLabels", "description")
BROADER_COLUMNS = ("conceptType", "conceptUri", "broaderType", "broaderUri")
RELATION_COLUMNS = ("occupationUri", "relationType", "skillType", "skillUri")


def skill(uri: str, label: str, *aliases: str, status: str = "released", sort: str = "skill/competence") -> list[str]:
    return ["KnowledgeSkillCompetence", f"{ESCO}skill/{uri}", sort, "cross-sector", label, "\n".join(aliases), status]


def occupation(uri: str, isco: str, label: str, *aliases: str) -> list[str]:
    return ["Occupation", f"{ESCO}occupation/{uri}", isco, label, "\n".join(aliases), "released", f"{isco}.1"]


def isco_group(code: str, label: str) -> list[str]:
    return ["ISCOGroup", f"{ESCO}isco/C{code}", code, label, "", "Flere\nlinjer."]


def broader(uri: str, above: str, *, sort: str = "KnowledgeSkillCompetence") -> list[str]:
    return [sort, f"{ESCO}skill/{uri}", "KnowledgeSkillCompetence", f"{ESCO}skill/{above}"]


def relation(occupation: str, sort: str, skill: str) -> list[str]:
    return [f"{ESCO}occupation/{occupation}", sort, "knowledge", f"{ESCO}skill/{skill}"]


def csv_bytes(columns: Sequence[str], *rows: Sequence[str], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([columns, *rows])
    return text.getvalue().encode()


def write_csv(file: Path, columns: Sequence[str], *rows: Sequence[str]) -> Path:
    """Write the file, packed where its name ends in .gz."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = csv_bytes(columns, *rows)
    file.write_bytes(gzip.compress(content) if file.suffix == ".gz" else content)
    return file


def write_esco(folder: Path) -> Path:
    """Two skills, two occupations and two ISCO groups in Danish and English, with relations between them."""
    write_csv(
        folder / "skills_da.csv",
        SKILL_COLUMNS,
        skill("s1", "bogføring", "føre regnskab", "bogføring", sort="knowledge"),
        skill("s2", "føre kassebog"),
    )
    write_csv(
        folder / "skills_en.csv",
        SKILL_COLUMNS,
        skill("s1", "bookkeeping", "keeping  books", sort="knowledge"),
        skill("s2", "keep a cash book"),
    )
    write_csv(
        folder / "occupations_da.csv", OCCUPATION_COLUMNS, occupation("o1", "3313", "bogholder", "regnskabsassistent")
    )
    write_csv(
        folder / "occupations_en.csv",
        OCCUPATION_COLUMNS,
        occupation("o1", "3313", "bookkeeper"),
        occupation("o2", "2411", "accountant"),
    )
    for language, labels in {"da": ("Regnskabsarbejde", "Revision"), "en": ("Accounting", "Accountants")}.items():
        rows = [isco_group(code, label) for code, label in zip(("3313", "2411"), labels, strict=True)]
        write_csv(folder / f"ISCOGroups_{language}.csv", ISCO_COLUMNS, *rows)
    write_csv(folder / "broaderRelationsSkillPillar.csv", BROADER_COLUMNS, broader("s2", "s1"))
    write_csv(
        folder / "occupationSkillRelations.csv",
        RELATION_COLUMNS,
        relation("o1", "essential", "s2"),
        relation("o1", "essential", "s1"),
        relation("o2", "optional", "s1"),
    )
    return folder
