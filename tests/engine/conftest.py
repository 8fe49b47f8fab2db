"""An engine over a small home: two engineers, two public health graduates, two postings."""

import pytest

from matcher import assemble
from matcher.engine import Engine
from matcher.settings import Settings
from tests.builders import DANISH_NURSE_CV, NURSE_CV, a_candidate, a_posting, bare, health_posting


@pytest.fixture
def engine(settings: Settings) -> Engine:
    made = assemble.engine(settings)
    made.store.save(
        bare(
            a_candidate("engineer"),
            a_candidate("nurse-da", DANISH_NURSE_CV),
            a_candidate("nurse-en", NURSE_CV),
            a_posting(),
            health_posting(),
        )
    )
    return made
