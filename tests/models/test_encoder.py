from pathlib import Path

import pytest

from models import encoder as module
from models.adapter import MANIFEST, WEIGHTS, load_adapter, save_adapter
from models.encoder import HashingEncoder, OnnxEncoder, load_encoder
from models.errors import EncoderUnavailableError
from models.packaged import PLAIN, SPEC
from tests.models.adapters import FACTS, adapter_tensors


def test_hashing_needs_no_folder(tmp_path: Path) -> None:
    assert isinstance(load_encoder("hashing", tmp_path / "models"), HashingEncoder)
    assert list(tmp_path.iterdir()) == []


def test_a_package_nobody_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailableError, match=f"only {SPEC} and {PLAIN} are packaged"):
        load_encoder("packaged:bert", tmp_path)


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailableError, match=r"there is no folder .*nowhere"):
        load_encoder(str(tmp_path / "nowhere"), tmp_path)


@pytest.mark.parametrize(("file", "content"), [(WEIGHTS, b"cut"), (MANIFEST, b"{"), (MANIFEST, None)])
def test_trained_weights_that_cannot_be_read_are_refused_with_the_way_out(
    file: str, content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_adapter(adapter_tensors(), FACTS, tmp_path)
    (tmp_path / file).write_bytes(content) if content is not None else (tmp_path / file).unlink()
    monkeypatch.setattr(module, "load_adapter", lambda: load_adapter(tmp_path))

    with pytest.raises(EncoderUnavailableError, match=f"MATCHER_ENCODER={PLAIN}"):
        load_encoder(SPEC, tmp_path / "models")


@pytest.mark.model
def test_the_packaged_model_is_served_from_its_folder(packaged_model: Path) -> None:
    encoder = load_encoder(SPEC, packaged_model.parent)

    assert isinstance(encoder, OnnxEncoder)
    assert encoder.dimension == 384
