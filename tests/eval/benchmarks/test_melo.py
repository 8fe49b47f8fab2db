"""MELO: sums worked by hand, ties by id, and files that are not as they should be."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.benchmarks import melo
from eval.benchmarks.scoring import BLOCK, measured
from matcher.errors import InvalidBenchmark
from tests.eval.benchmarks.builders import OverlapLinker, write_melo, write_table


class EverythingAlike(OverlapLinker):
    """Scores all elements the same, so that only ties are left."""

    def scores(self, queries: Sequence[str], names: list[set[str]]) -> NDArray[np.float32]:
        return np.zeros((len(queries), len(names)), dtype=np.float32)


def test_a_title_finds_all_names_of_its_concept(tmp_path: Path) -> None:
    [task] = melo.read(write_melo(tmp_path / "dnk_q_da_c_da"))
    linker = OverlapLinker()

    result = melo.run(task, linker)

    assert linker.purposes == ["title"]
    assert result.evaluation.values["map"]["Q1"] == 1.0
    assert result.evaluation.values["map"]["Q2"] < 1.0


def test_elements_that_score_alike_are_ranked_by_their_ids(tmp_path: Path) -> None:
    [task] = melo.read(write_melo(tmp_path / "a"))

    result = melo.run(task, EverythingAlike())

    assert result.evaluation.values["map"] == {"Q1": 1.0, "Q2": pytest.approx(1 / 3)}
    assert result.evaluation.metrics["map"].value == pytest.approx((1 + 1 / 3) / 2)


def test_a_title_without_a_right_answer_is_left_out_and_counted(tmp_path: Path) -> None:
    [task] = melo.read(write_melo(tmp_path / "a"))

    found = melo.run(task, OverlapLinker()).evaluation

    assert found.metrics["map"].n == 2
    assert found.settings["without_relevant"] == {"map": 1}


def test_the_folder_above_is_all_its_sets_each_with_its_published_figures(tmp_path: Path) -> None:
    for name in ("usa_q_en_c_en", "dnk_q_da_c_da", "nor_q_no_c_no"):
        write_melo(tmp_path / name)
    (tmp_path / "published_results").mkdir()

    results = [melo.run(task, OverlapLinker()) for task in melo.read(tmp_path)]

    assert [result.name for result in results] == ["dnk_q_da_c_da", "nor_q_no_c_no", "usa_q_en_c_en"]
    assert [bool(result.published) for result in results] == [True, False, True]
    assert max(figure.value for figure in results[0].published) == 0.407


def test_many_titles_are_scored_in_blocks_with_the_same_result_as_one_by_one(tmp_path: Path) -> None:
    folder = write_melo(tmp_path / "a")
    write_table(folder / "queries.tsv", *((f"Q{n}", f"Sygeplejerske {n}") for n in range(1, BLOCK + 3)))
    [task] = melo.read(folder)
    linker, told = OverlapLinker(), []

    values = measured(task, linker, lambda what, done, total: told.append((what, done, total)))

    assert linker.block_sizes == [BLOCK, 2]
    assert told == [("link", BLOCK, BLOCK + 2), ("link", BLOCK + 2, BLOCK + 2)]
    assert values["map"]["Q1"] == 1.0


def test_scores_that_are_no_numbers_are_no_ranking(tmp_path: Path) -> None:
    class Nan(OverlapLinker):
        def scores(self, queries: Sequence[str], names: list[set[str]]) -> NDArray[np.float32]:
            return np.full((3, len(names)), np.nan, dtype=np.float32)

    [task] = melo.read(write_melo(tmp_path / "a"))

    with pytest.raises(ValueError, match="nan has no place"):
        melo.run(task, Nan())


def test_a_missing_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidBenchmark, match=r"There is no folder .*nowhere"):
        melo.read(tmp_path / "nowhere")
    with pytest.raises(InvalidBenchmark, match=r"has no queries.tsv\. Wanted are the files queries.tsv, corpus"):
        melo.read(tmp_path)

    (write_melo(tmp_path / "a") / "annotations.tsv").unlink()
    with pytest.raises(InvalidBenchmark, match=r"has no annotations\.tsv"):
        melo.read(tmp_path / "a")


@pytest.mark.parametrize(
    ("file", "row", "said"),
    [
        ("queries.tsv", ("Q1",), "queries.tsv, line 1: found “Q1”, wanted: id | text"),
        ("queries.tsv", ("Q1", "a", "b"), "found “Q1 | a | b”"),
        ("annotations.tsv", ("Q9", 0, "C1_0", 1), "line 1 names 'Q9'"),
        ("annotations.tsv", ("Q1", 0, "C9", 1), "line 1 names 'C9'"),
        ("annotations.tsv", ("Q1", 0, "C1_0", "yes"), "found “yes”, wanted: 1"),
        ("concept_mapping.tsv", ("C1_0", "http://x"), "gives no concept for 4 elements, the first is 'C1_1'"),
    ],
)
def test_a_line_that_is_not_as_wanted_is_named(tmp_path: Path, file: str, row: tuple[object, ...], said: str) -> None:
    folder = write_melo(tmp_path / "a")
    write_table(folder / file, row)

    with pytest.raises(InvalidBenchmark) as refused:
        melo.read(folder)

    assert said in str(refused.value)
    assert refused.value.text("da") != str(refused.value)


def test_an_id_that_stands_twice_an_empty_file_and_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    folder = write_melo(tmp_path / "a")
    write_table(folder / "corpus_elements.tsv", ("C1", "a"), ("C1", "b"))
    with pytest.raises(InvalidBenchmark, match="line 2: the id 'C1' stands here a second time"):
        melo.read(folder)

    (folder / "corpus_elements.tsv").write_bytes(b"\n")
    with pytest.raises(InvalidBenchmark, match=r"corpus_elements\.tsv is empty"):
        melo.read(folder)

    (folder / "corpus_elements.tsv").write_bytes(b"C1\tsm\xf8d\n")
    with pytest.raises(InvalidBenchmark, match=r"no UTF-8 text \(byte 5"):
        melo.read(folder)


def test_windows_line_ends_byte_order_marks_and_odd_spaces_change_nothing(tmp_path: Path) -> None:
    folder = write_melo(tmp_path / "a")
    text = (folder / "queries.tsv").read_text(encoding="utf-8").replace("\n", "\r\n")
    (folder / "queries.tsv").write_bytes(b"\xef\xbb\xbf" + text.replace("Drage", "Dra\u2028ge").encode())

    [task] = melo.read(folder)

    assert task.queries == {"Q1": "Sygeplejerske", "Q2": "Softwareudvikler", "Q3": "Dra\u2028getæmmer"}
