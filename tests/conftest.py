"""What all tests share: the folder of converted models, and a home without weights."""

import gc
import os
from pathlib import Path

import hypothesis
import pytest

from matcher.settings import Settings

hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.load_profile("repeatable")

gc.set_threshold(50_000, 20, 50)  # vocabulary and grids are a million objects that every full collection walks

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared_models() -> Path:
    """The converted encoder and its reference cohort, made once under MATCHER_HOME and kept between runs."""
    return Path(os.environ.get("MATCHER_HOME", REPOSITORY / "var")).resolve() / "models"


@pytest.fixture(scope="session")
def hashing_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the reference cohort of the weightless encoder."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture
def home(tmp_path: Path, hashing_models: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home; commands run in this test use it and the weightless encoder."""
    folder = tmp_path / "home"
    monkeypatch.setenv("MATCHER_HOME", str(folder))
    monkeypatch.setenv("MATCHER_MODELS", str(hashing_models))
    monkeypatch.setenv("MATCHER_ENCODER", "hashing")
    monkeypatch.delenv("MATCHER_LANGUAGE", raising=False)
    return folder


@pytest.fixture
def settings(home: Path, hashing_models: Path) -> Settings:
    """Settings of that home."""
    return Settings(home=home, models=hashing_models, encoder="hashing")
