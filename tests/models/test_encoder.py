from pathlib import Path

import pytest

from models.encoder import HashingEncoder, OnnxEncoder, load_encoder
from models.errors import EncoderUnavailableError
from models.packaged import PLAIN, SPEC


def test_hashing_needs_no_folder(tmp_path: Path) -> None:
    assert isinstance(load_encoder("hashing", tmp_path / "models"), HashingEncoder)
    assert list(tmp_path.iterdir()) == []


def test_a_package_nobody_made_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailableError, match=f"only {SPEC} and {PLAIN} are packaged"):
        load_encoder("packaged:bert", tmp_path)


def test_a_folder_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailableError, match=r"there is no folder .*nowhere"):
        load_encoder(str(tmp_path / "nowhere"), tmp_path)


@pytest.mark.model
def test_the_packaged_model_is_served_from_its_folder(packaged_model: Path) -> None:
    encoder = load_encoder(SPEC, packaged_model.parent)

    assert isinstance(encoder, OnnxEncoder)
    assert encoder.dimension == 384
