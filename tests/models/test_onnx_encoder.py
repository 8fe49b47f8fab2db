import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from models.artefacts import open_artefact
from models.errors import DamagedArtefactError, EncoderUnavailableError
from models.onnx_encoder import OnnxEncoder
from models.onnx_export import DATA_SUFFIX
from models.packaged import GRAPH, TOKENIZER
from tests.models.tiny import tiny_folder

TEXTS = [
    "erfaring med drift",
    "og ingen",
    "a",
    "b",
    "c d",
    "den anden vej rundt",
    "Python og SQL",
    "en lang tekst " * 90,
    "en anden lang tekst " * 70,
]


def flip_last_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_making_one_and_asking_its_name_loads_nothing(tiny_model: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from models.encoder import OnnxEncoder;"
        f"e = OnnxEncoder(Path({str(tiny_model)!r})); print(e.fingerprint, e.dimension);"
        "assert not {'onnxruntime', 'tokenizers', 'onnx', 'torch'} & set(sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert answer.stdout.startswith("tiny-int8@")
    assert answer.stdout.endswith("+grid2048 32\n")


def test_one_thread_and_many_give_the_same_bits(tiny_model: Path) -> None:
    one, many = OnnxEncoder(tiny_model, threads=1), OnnxEncoder(tiny_model, threads=5)

    assert np.array_equal(one.encode(TEXTS, role="query"), many.encode(TEXTS, role="query"))


def test_one_encoder_may_serve_several_callers_at_once(tiny_model: Path) -> None:
    encoder = OnnxEncoder(tiny_model)
    with ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(lambda _: encoder.encode(TEXTS, role="query"), range(24)))

    assert all(np.array_equal(answer, answers[0]) for answer in answers)


def test_the_two_roles_of_a_text_have_two_vectors(tiny_model: Path) -> None:
    encoder = OnnxEncoder(tiny_model)

    assert not np.array_equal(encoder.encode(["drift"], role="query"), encoder.encode(["drift"], role="passage"))


def test_what_lies_beyond_512_tokens_is_not_read(tiny_model: Path) -> None:
    encoder = OnnxEncoder(tiny_model)
    start = "a " * 1000

    first, second = encoder.encode([start + "slut", start + "helt anderledes"], role="query")
    assert np.array_equal(first, second)


def test_tokens_are_counted_without_prefix_and_ends(tiny_model: Path) -> None:
    encoder = OnnxEncoder(tiny_model)

    assert encoder.count_tokens("og erfaring") == 2
    assert encoder.count_tokens("og " * 700) == 700


def test_other_weights_have_another_fingerprint(tiny_model: Path, tmp_path: Path) -> None:
    same, other = tiny_folder(tmp_path / "same"), tiny_folder(tmp_path / "other")
    flip_last_byte(other / TOKENIZER)
    (other / "manifest.json").unlink()

    assert OnnxEncoder(same).fingerprint == OnnxEncoder(tiny_model).fingerprint
    with pytest.raises(DamagedArtefactError, match="manifest"):
        OnnxEncoder(other)


def test_a_flipped_bit_in_the_weights_is_refused_and_the_folder_condemned(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path / "model")
    data = folder / (GRAPH + DATA_SUFFIX)
    with data.open("ab") as file:  # large enough that opening the folder does not read it
        file.write(bytes(1 << 20))
    folder = republished(folder)
    encoder = OnnxEncoder(folder)
    flip_last_byte(folder / (GRAPH + DATA_SUFFIX))

    with pytest.raises(EncoderUnavailableError, match=r"checksum of .*run the command again"):
        encoder.encode(["drift"], role="query")
    with pytest.raises(DamagedArtefactError, match="manifest"):
        open_artefact(folder)


def republished(folder: Path) -> Path:
    """Return a whole artefact with the files `folder` has now."""
    from models.artefacts import publish

    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    del files[Path("manifest.json")]

    def build(empty: Path) -> dict[str, object]:
        for name, content in files.items():
            (empty / name).parent.mkdir(parents=True, exist_ok=True)
            (empty / name).write_bytes(content)
        return {"name": "tiny", "dimension": 32}

    return publish(folder.with_name("again"), build).folder
