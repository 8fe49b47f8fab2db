"""The packaged model, converted once for all runs, and a tiny one of the same kind."""

from pathlib import Path

import pytest

from models.packaged import prepare
from tests.models.tiny import tiny_folder


@pytest.fixture(scope="session")
def packaged_model(shared_models: Path) -> Path:
    """The converted multilingual-e5-small; the first run makes it, in about ten seconds."""
    return prepare(shared_models)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of the same kind with random weights, for reading only."""
    return tiny_folder(tmp_path_factory.mktemp("tiny") / "model")
