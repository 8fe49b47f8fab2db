from pathlib import Path

import numpy as np
import pytest

from models.q4_weights import read_weights
from tests.models.tiny import SHAPE, q4_file, tiny_vocabulary


def test_shape_and_vocabulary_are_read(tmp_path: Path) -> None:
    weights = read_weights(q4_file(tmp_path / "w.bin", {}))

    assert weights.shape == SHAPE
    assert weights.vocabulary == tiny_vocabulary()


def test_a_block_is_its_scale_times_each_half_byte_less_eight(tmp_path: Path) -> None:
    halves = bytes(low | (15 - low) << 4 for low in range(16))
    block = np.float16(0.5).tobytes() + halves
    weights = read_weights(q4_file(tmp_path / "w.bin", {"l0.q.w": (32, block)}))

    first, second = [(low - 8) / 2 for low in range(16)], [(15 - low - 8) / 2 for low in range(16)]
    assert weights.tensors["l0.q.w"].tolist() == first + second


def test_unrounded_tensors_and_matrices_have_their_shape(tmp_path: Path) -> None:
    matrix = np.arange(6, dtype="<f4")
    file = q4_file(tmp_path / "w.bin", {"fi.w": (6, matrix.tobytes()), "fi.b": (2, bytes(8))})

    assert read_weights(file).matrix("fi").tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_tensor_of_the_wrong_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tensor x: 17 bytes for 32 weights"):
        read_weights(q4_file(tmp_path / "w.bin", {"x": (32, bytes(17))}))


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.bin").write_bytes(b"%PDF-1.7 and so on")

    with pytest.raises(ValueError, match="does not start with"):
        read_weights(tmp_path / "w.bin")
