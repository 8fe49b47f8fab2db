"""An engine over a small home, without weights: engineers and public health graduates, and a posting for each."""

from pathlib import Path

import pytest

from eval.sample import read_sample
from matcher import assemble
from matcher.engine import Engine
from matcher.settings import PACKAGED, Settings
from tests.builders import NURSE_CV, a_candidate, a_posting, bare, health_posting


@pytest.fixture(scope="session")
def sample_engine(tmp_path_factory: pytest.TempPathFactory, shared_models: Path) -> Engine:
    """The bundled sample with the real encoder; skipped where that was not converted."""
    if not shared_models.is_dir():
        pytest.skip("the converted encoder is not there")
    made = assemble.engine(Settings(home=tmp_path_factory.mktemp("sample"), models=shared_models, encoder=PACKAGED))
    read_sample(made.store)
    made.refresh()
    return made


@pytest.fixture
def engine(settings: Settings) -> Engine:
    made = assemble.engine(settings)
    made.store.save(bare(a_candidate("engineer"), a_candidate("nurse", NURSE_CV), a_posting(), health_posting()))
    return made
