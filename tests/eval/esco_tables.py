"""The reduced ESCO tables that the adapter is trained on, small and written by the tests."""

import gzip
from collections.abc import Sequence
from pathlib import Path

OCCUPATIONS = ("uri", "label_en", "alt_en", "label_da", "alt_da", "isco")
SKILLS = OCCUPATIONS[:-1]
OFFICIAL = ("conceptUri", "iscoGroup", "description")
DESCRIBED = ("conceptUri", "description")
RELATIONS = ("occupation", "skill", "essential")
EMPTY = '""""""'
"""What a table of quoted fields writes for a field that holds two quotation marks."""
ESCO = "http://data.europa.eu/esco"


def occupation(key: str, isco: str, *, en: str = "", alt_en: str = "", da: str = "", alt_da: str = "") -> list[str]:
    return [f"{ESCO}/occupation/{key}", en, alt_en, da, alt_da, isco]


def skill(key: str, *, en: str = "", alt_en: str = "", da: str = "", alt_da: str = "") -> list[str]:
    return [f"{ESCO}/skill/{key}", en, alt_en, da, alt_da]


def write(file: Path, columns: Sequence[str], *rows: Sequence[str]) -> None:
    separator = "," if file.name.endswith(".csv.gz") else "\t"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(gzip.compress("".join(separator.join(row) + "\n" for row in (columns, *rows)).encode()))


def write_tables(folder: Path) -> Path:
    """Five skills; occupations of held-out groups by either table's code, and three that may be learned from.

    2631 is held out, 2144 and 7212 are not.
    """
    write(
        folder / "occupations.tsv.gz",
        OCCUPATIONS,
        occupation(
            "seen", "2144", en="mechanical engineer", alt_en=EMPTY, da="maskiningeniør", alt_da="ingeniør|kvist"
        ),
        occupation("few", "7212", en="welder", da="svejser"),
        occupation("alone", "7212", en="lone welder", da=EMPTY),
        occupation("kept", "2631", en="economist held out", da="økonom holdt ude"),
        occupation("kept-by-official", "2144", en="statistician held out", da="statistiker holdt ude"),
        occupation("kept-below", "2144", en="price analyst held out", da="prisanalytiker holdt ude"),
    )
    for language, codes in (("da", {"kept-by-official": "2631"}), ("en", {"kept-below": "C2631.3"})):
        rows = [
            [
                f"{ESCO}/occupation/{key}",
                codes.get(key, "2144"),
                f"{key} på {language}" + (" holdt ude" if key != "seen" else ""),
            ]
            for key in ("seen", "kept", "kept-by-official", "kept-below")
        ]
        write(folder / f"occupations_{language}.csv.gz", OFFICIAL, *rows, [f"{ESCO}/occupation/few", "", ""])
    write(
        folder / "skills.tsv.gz",
        SKILLS,
        *(skill(f"s{place}", en=f"skill {place}", da=f"færdighed {place}") for place in range(4)),
        skill("nameless", en=EMPTY, alt_en='""', da="", alt_da=EMPTY),
    )
    write(folder / "skills_en.csv.gz", DESCRIBED, [f"{ESCO}/skill/s0", "Doing nothing."], [f"{ESCO}/skill/s1", ""])
    write(folder / "skills_description_da.tsv.gz", DESCRIBED, [f"{ESCO}/skill/s0", "At gøre ingenting."])
    related = [(key, f"s{place}", "1" if place < 2 else "0") for key in ("seen", "kept") for place in range(4)]
    more = [("few", "s0", "1"), ("seen", "nameless", "1"), ("seen", "unheard-of", "1"), ("kept-below", "s1", "1")]
    write(folder / "occupation_skill_relations.tsv.gz", RELATIONS, *related, *more)
    return folder
