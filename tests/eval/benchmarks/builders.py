"""Small sets in the format of the public ones, written by the tests, and a linker that compares letters."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matcher.competences.terms import Purpose, Term

ESCO = "http://data.europa.eu/esco/"


def letter_pairs(text: str) -> set[str]:
    padded = f" {text.casefold()} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}


class OverlapLinker:
    """Fulfils `eval.benchmarks.scoring.Linking`: the share of letter pairs that two texts have in common."""

    def __init__(self) -> None:
        self.purposes: list[Purpose] = []
        self.block_sizes: list[int] = []

    def names(self, terms: Sequence[Term], purpose: Purpose) -> list[set[str]]:
        self.purposes.append(purpose)
        return [letter_pairs(term.text) for term in terms]

    def scores(self, queries: Sequence[str], names: list[set[str]]) -> NDArray[np.float32]:
        self.block_sizes.append(len(queries))
        asked = [letter_pairs(query) for query in queries]
        return np.array([[len(a & b) / len(a | b) for b in names] for a in asked], dtype=np.float32)

    def vectors(self, texts: Sequence[str], purpose: Purpose) -> NDArray[np.float32]:
        self.purposes.append(purpose)
        rows = np.zeros((len(texts), 32), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in text.casefold():
                row[ord(letter) % 32] += 1
        lengths: NDArray[np.float32] = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1), dtype=np.float32)


def write_table(file: Path, *rows: Sequence[object]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join("\t".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return file


def write_melo(folder: Path) -> Path:
    """Three titles, the last of which has no right answer, and five labels of four concepts."""
    write_table(folder / "queries.tsv", ("Q1", "Sygeplejerske"), ("Q2", "Softwareudvikler"), ("Q3", "Dragetæmmer"))
    write_table(
        folder / "corpus_elements.tsv",
        ("C1_0", "sygeplejerske"),
        ("C1_1", "sygehjælper"),
        ("C2_0", "programmør"),
        ("C2_1", "softwareingeniør"),
        ("C3_0", "smed"),
    )
    write_table(
        folder / "concept_mapping.tsv",
        *((f"C{concept}_{name}", f"{ESCO}occupation/{concept}") for concept, name in ((1, 0), (1, 1), (2, 0), (2, 1))),
        ("C3_0", f"{ESCO}isco/C7221"),
    )
    write_table(folder / "annotations.tsv", ("Q1", 0, "C1_0", 1), ("Q1", 0, "C1_1", 1), ("Q2", 0, "C2_0", 1))
    return folder


def write_job_skill(folder: Path) -> Path:
    """Three occupations: one in a group that is held out (2631), two in groups that are not."""
    write_table(
        folder / "queries.tsv",
        ("q_id", "uri", "isco", "label", "alt_labels", "description"),
        ("Q1", f"{ESCO}occupation/1", "2631", "økonom", "analytiker", "Økonomer laver statistik."),
        ("Q2", f"{ESCO}occupation/2", "7222", "smed", "", "Smede bruger ild."),
        ("Q3", f"{ESCO}occupation/3", "2144", "maskiningeniør", "", ""),
    )
    write_table(
        folder / "corpus.tsv",
        ("c_id", "uri", "type", "label", "description"),
        ("S1", f"{ESCO}skill/1", "knowledge", "økonomi", "-"),
        ("S2", f"{ESCO}skill/2", "knowledge", "statistik", "-"),
        ("S3", f"{ESCO}skill/3", "skill/competence", "smede", "-"),
    )
    write_table(folder / "qrels.tsv", ("Q1", 0, "S2", 2), ("Q1", 0, "S1", 1), ("Q2", 0, "S3", 2), ("Q2", 0, "S1", 1))
    return folder


def write_kompetencer(folder: Path) -> Path:
    """Spans of two groups that letters can tell apart, junk labels, and three sentences with the known junk rows."""
    write_table(
        folder / "1_en_train.tsv",
        *((f"work together {n}", "S1") for n in range(6)),
        *((f"python {n}", "K06") for n in range(6)),
        ("risk", "skill"),
        ("policy", "0000"),
    )
    write_table(folder / "2_da_train.tsv", ("samarbejde", "S1"))
    write_table(folder / "3_en_dev.tsv", ("python scripts", "K06"), ("teams", "knowledge"))
    write_table(folder / "da_test.tsv", ("work together 7", "S1"), ("python 7", "K06"), ("python 8", "S1"))
    write_table(
        folder / "kompetencer_danish_test.conll",
        ("Du", "O", "O"),
        ("kan", "O", "O"),
        ("kode", "B-Skill", "O"),
        ("i", "I-Skill", "O"),
        ("Python", "I-Skill", "B-Knowledge"),
        ("", "", ""),
        ("\x95", "Undervisning", "B-Skill"),
        ("og", "I-Skill", "O"),
        ("", "drift", "I-Skill"),
        ("O", "O", ""),
        ("<ORG>", "", ""),
        ("", "", ""),
        ("", "", ""),
        ("Godt", "O", "O"),
        ("samarbejde", "O", "I-Knowledge"),
        ("", "", ""),
    )
    return folder
